<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="de" sourcelanguage="en">
<context>
    <name></name>
    <message>
        <source>burr cell</source>
        <translation>Echinozyt</translation>
    </message>
    <message>
        <source>elliptocyte</source>
        <translation>Elliptozyt</translation>
    </message>
    <message>
        <source>hypochromia</source>
        <translation>Hypochromie</translation>
    </message>
    <message>
        <source>macrocyte</source>
        <translation>Makrozyt</translation>
    </message>
    <message>
        <source>microcyte</source>
        <translation>Mikrozyt</translation>
    </message>
    <message>
        <source>normal</source>
        <translation>Normozyt</translation>
    </message>
    <message>
        <source>not a red cell</source>
        <translation>kein Erythrozyt</translation>
    </message>
    <message>
        <source>ovalocyte</source>
        <translation>Ovalozyt</translation>
    </message>
    <message>
        <source>schistocyte</source>
        <translation>Fragmentozyt</translation>
    </message>
    <message>
        <source>spherocyte</source>
        <translation>Sphärozyt</translation>
    </message>
    <message>
        <source>stomatocyte</source>
        <translation>Stomatozyt</translation>
    </message>
    <message>
        <source>target cell</source>
        <translation>Targetzelle</translation>
    </message>
    <message>
        <source>teardrop</source>
        <translation>Dakryozyt</translation>
    </message>
    <message>
        <source>uncategorised</source>
        <translation>nicht zugeordnet</translation>
    </message>
</context>
</TS>
