<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="de" sourcelanguage="en">
<context>
    <name></name>
    <message>
        <source>As the system</source>
        <translation>Wie das System</translation>
    </message>
    <message>
        <source>At the next start. German hasn&apos;t been read by a native laboratory technician yet.</source>
        <translation>Ab dem nächsten Start. Die deutschen Texte hat noch keine Laborfachkraft mit deutscher Muttersprache gelesen.</translation>
    </message>
    <message>
        <source>Language</source>
        <translation>Sprache</translation>
    </message>
</context>
</TS>
