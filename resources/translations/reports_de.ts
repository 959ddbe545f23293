<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="de" sourcelanguage="en">
<context>
    <name></name>
    <message numerus="yes">
        <source> ({count} cell left out)</source>
        <comment> ({count} cells left out)</comment>
        <translation>
            <numerusform> ({count} Zelle ausgelassen)</numerusform>
            <numerusform> ({count} Zellen ausgelassen)</numerusform>
        </translation>
    </message>
    <message>
        <source>* interval from {low} to {high}</source>
        <translation>* Intervall von {low} bis {high}</translation>
    </message>
    <message numerus="yes">
        <source>, except {count} cell that a person counts all the same</source>
        <comment>, except {count} cells that a person counts all the same</comment>
        <translation>
            <numerusform>, außer {count} Zelle, die ein Mensch trotzdem mitzählt</numerusform>
            <numerusform>, außer {count} Zellen, die ein Mensch trotzdem mitzählt</numerusform>
        </translation>
    </message>
    <message>
        <source>, key {digits}</source>
        <translation>, Schlüssel {digits}</translation>
    </message>
    <message>
        <source>95 % CI</source>
        <translation>95-%-KI</translation>
    </message>
    <message>
        <source>95 % from</source>
        <translation>95 % von</translation>
    </message>
    <message>
        <source>95 % interval</source>
        <translation>95-%-Intervall</translation>
    </message>
    <message>
        <source>95 % to</source>
        <translation>95 % bis</translation>
    </message>
    <message>
        <source>; wider where the fields differ more than by chance</source>
        <translation>; weiter, wo sich die Felder mehr als zufällig unterscheiden</translation>
    </message>
    <message>
        <source>&lt;b&gt;Blood count&lt;/b&gt; (entered, not measured here): {values}</source>
        <translation>&lt;b&gt;Blutbild&lt;/b&gt; (eingegeben, nicht hier gemessen): {values}</translation>
    </message>
    <message>
        <source>&lt;b&gt;Not assessed&lt;/b&gt; (never to be read as absent): {missing}.</source>
        <translation>&lt;b&gt;Nicht beurteilt&lt;/b&gt; (nie als abwesend zu lesen): {missing}.</translation>
    </message>
    <message>
        <source>Accession</source>
        <translation>Auftragsnummer</translation>
    </message>
    <message>
        <source>Application</source>
        <translation>Programm</translation>
    </message>
    <message>
        <source>Apr</source>
        <translation>April</translation>
    </message>
    <message>
        <source>Audit head</source>
        <translation>Kopfwert des Prüfpfads</translation>
    </message>
    <message>
        <source>Audit head {head}</source>
        <translation>Kopfwert des Prüfpfads {head}</translation>
    </message>
    <message>
        <source>Aug</source>
        <translation>August</translation>
    </message>
    <message>
        <source>Automated pre-classification {red_cells} {fields}; {reviewed:,} of {cells} reviewed by a person.</source>
        <translation>Automatische Vorklassifikation {red_cells} {fields}; {reviewed:,} von {cells} von einem Menschen geprüft.</translation>
    </message>
    <message>
        <source>Beside normal samples</source>
        <translation>Neben Normalproben</translation>
    </message>
    <message>
        <source>Borderline</source>
        <translation>Grenzwertig</translation>
    </message>
    <message>
        <source>Born</source>
        <translation>Geboren</translation>
    </message>
    <message>
        <source>Calibration</source>
        <translation>Kalibrierung</translation>
    </message>
    <message>
        <source>Calibration outside the usual {low:.2f}–{high:.2f} µm/px: {names}.</source>
        <translation>Kalibrierung außerhalb der üblichen {low:.2f}–{high:.2f} µm/px: {names}.</translation>
    </message>
    <message>
        <source>Cells</source>
        <translation>Zellen</translation>
    </message>
    <message>
        <source>Cells may have been missed {places}.</source>
        <translation>Zellen wurden vielleicht übersehen {places}.</translation>
    </message>
    <message>
        <source>Cells may have been missed {places}; the stain {stained} is far from what the classifier has seen.</source>
        <translation>Zellen wurden vielleicht übersehen {places}; die Färbung {stained} ist weit von dem entfernt, was der Klassifikator gesehen hat.</translation>
    </message>
    <message>
        <source>Cells that lie wholly in the image; a cell cut by its edge has no class, share or size{without}{back}.</source>
        <translation>Zellen, die ganz im Bild liegen; eine vom Bildrand angeschnittene Zelle hat keine Klasse, keinen Anteil und keine Größe{without}{back}.</translation>
    </message>
    <message>
        <source>Class</source>
        <translation>Klasse</translation>
    </message>
    <message>
        <source>Classes</source>
        <translation>Klassen</translation>
    </message>
    <message>
        <source>Classifier</source>
        <translation>Klassifikator</translation>
    </message>
    <message>
        <source>Collected</source>
        <translation>Entnommen</translation>
    </message>
    <message>
        <source>Comment</source>
        <translation>Bemerkung</translation>
    </message>
    <message>
        <source>Conclusion</source>
        <translation>Beurteilung</translation>
    </message>
    <message>
        <source>Confirmed</source>
        <translation>Bestätigt</translation>
    </message>
    <message>
        <source>Control film</source>
        <translation>Kontrollausstrich</translation>
    </message>
    <message>
        <source>Control films</source>
        <translation>Kontrollausstriche</translation>
    </message>
    <message>
        <source>Counted</source>
        <translation>Gezählt</translation>
    </message>
    <message>
        <source>Counting rule</source>
        <translation>Zählregel</translation>
    </message>
    <message>
        <source>DRAFT</source>
        <translation>ENTWURF</translation>
    </message>
    <message>
        <source>Date</source>
        <translation>Datum</translation>
    </message>
    <message>
        <source>Dec</source>
        <translation>Dezember</translation>
    </message>
    <message>
        <source>Device</source>
        <translation>Rechnet auf</translation>
    </message>
    <message>
        <source>Differences: {count:,}</source>
        <translation>Unterschiede: {count:,}</translation>
    </message>
    <message>
        <source>Differences: {count:,}, {open:,} of them not settled</source>
        <translation>Unterschiede: {count:,}, davon {open:,} nicht entschieden</translation>
    </message>
    <message>
        <source>Draft of an amended report: the report before it is still the valid one.</source>
        <translation>Entwurf eines berichtigten Berichts: Der vorige Bericht gilt noch.</translation>
    </message>
    <message>
        <source>Draft: numbers and grades are suggested, not confirmed.</source>
        <translation>Entwurf: Zahlen und Grade sind vorgeschlagen, nicht bestätigt.</translation>
    </message>
    <message>
        <source>Equivalent diameter, {unit}</source>
        <translation>Äquivalentdurchmesser, {unit}</translation>
    </message>
    <message>
        <source>Feb</source>
        <translation>Februar</translation>
    </message>
    <message>
        <source>Field</source>
        <translation>Feld</translation>
    </message>
    <message>
        <source>Field {id}: {name}</source>
        <translation>Feld {id}: {name}</translation>
    </message>
    <message>
        <source>Field {id}: {name}, {cells}</source>
        <translation>Feld {id}: {name}, {cells}</translation>
    </message>
    <message>
        <source>Field {id}: {text}</source>
        <translation>Feld {id}: {text}</translation>
    </message>
    <message>
        <source>Fields</source>
        <translation>Felder</translation>
    </message>
    <message>
        <source>Final.</source>
        <translation>Endgültig.</translation>
    </message>
    <message>
        <source>Finding</source>
        <translation>Befund</translation>
    </message>
    <message>
        <source>Gallery</source>
        <translation>Galerie</translation>
    </message>
    <message>
        <source>Graded by the blood count, which must be compatible with the film; where two grades share a limit, the more marked one begins at it.</source>
        <translation>Eingestuft nach dem Blutbild, das zum Ausstrich passen muss; wo zwei Grade eine Grenze teilen, beginnt der ausgeprägtere bei ihr.</translation>
    </message>
    <message>
        <source>Grades</source>
        <translation>Grade</translation>
    </message>
    <message>
        <source>Grading scheme</source>
        <translation>Gradschema</translation>
    </message>
    <message>
        <source>Instrument</source>
        <translation>Gerät</translation>
    </message>
    <message>
        <source>Jan</source>
        <translation>Januar</translation>
    </message>
    <message>
        <source>Jul</source>
        <translation>Juli</translation>
    </message>
    <message>
        <source>Jun</source>
        <translation>Juni</translation>
    </message>
    <message>
        <source>Laboratory</source>
        <translation>Labor</translation>
    </message>
    <message>
        <source>Levey-Jennings charts of medians over the red cells of each film; mean and SD are those of the first films of an instrument (grey). Rules after Westgard: 1-2s warns, the others stop the work.</source>
        <translation>Levey-Jennings-Karten der Mediane über die Erythrozyten jedes Ausstrichs; Mittelwert und SD sind die der ersten Ausstriche eines Geräts (grau). Regeln nach Westgard: 1-2s warnt, die anderen halten die Arbeit an.</translation>
    </message>
    <message>
        <source>Made</source>
        <translation>Erstellt</translation>
    </message>
    <message>
        <source>Mar</source>
        <translation>März</translation>
    </message>
    <message>
        <source>May</source>
        <translation>Mai</translation>
    </message>
    <message>
        <source>Method</source>
        <translation>Methode</translation>
    </message>
    <message>
        <source>More cells needed</source>
        <translation>Weitere Zellen nötig</translation>
    </message>
    <message>
        <source>Needs a manual look</source>
        <translation>Manuell anzusehen</translation>
    </message>
    <message>
        <source>No cells</source>
        <translation>Keine Zellen</translation>
    </message>
    <message>
        <source>No complete, measured red cell</source>
        <translation>Kein ganzer, gemessener Erythrozyt</translation>
    </message>
    <message>
        <source>No font on this computer has the letters of {scripts}, which stand as boxes in the PDF; install a font that has them, such as Noto Sans, and export again.</source>
        <translation>Keine Schrift auf diesem Computer hat die Zeichen von {scripts}, die im PDF als Kästchen stehen; eine passende Schrift wie Noto Sans installieren und erneut exportieren.</translation>
    </message>
    <message>
        <source>No instrument named</source>
        <translation>Kein Gerät genannt</translation>
    </message>
    <message>
        <source>No red cell was counted.</source>
        <translation>Kein Erythrozyt wurde gezählt.</translation>
    </message>
    <message>
        <source>Not assessable {where}: {classes}, because {reason}.</source>
        <translation>Nicht beurteilbar {where}: {classes}, denn {reason}.</translation>
    </message>
    <message>
        <source>Not assessable {where}: {classes}, because {reason}; the shares of these classes are lower limits.</source>
        <translation>Nicht beurteilbar {where}: {classes}, denn {reason}; die Anteile dieser Klassen sind Untergrenzen.</translation>
    </message>
    <message>
        <source>Not assessed</source>
        <translation>Nicht beurteilt</translation>
    </message>
    <message>
        <source>Not calibrated: sizes are in pixels, and no cell is called micro- or macrocyte by the classifier.</source>
        <translation>Nicht kalibriert: Größen stehen in Pixeln, und der Klassifikator nennt keine Zelle Mikro- oder Makrozyt.</translation>
    </message>
    <message>
        <source>Not told here: {classes}; {reason}.</source>
        <translation>Hier nicht beurteilbar: {classes}; {reason}.</translation>
    </message>
    <message>
        <source>Note</source>
        <translation>Hinweis</translation>
    </message>
    <message>
        <source>Nov</source>
        <translation>November</translation>
    </message>
    <message>
        <source>Number, probability of the class; ✓ set or confirmed by a person, ? needs review.</source>
        <translation>Nummer, Wahrscheinlichkeit der Klasse; ✓ von einem Menschen gesetzt oder bestätigt, ? zu prüfen.</translation>
    </message>
    <message>
        <source>Oct</source>
        <translation>Oktober</translation>
    </message>
    <message numerus="yes">
        <source>Only {count} red cell was counted: the shares say little.</source>
        <comment>Only {count} red cells were counted: the shares say little.</comment>
        <translation>
            <numerusform>Nur {count} Erythrozyt wurde gezählt: Die Anteile sagen wenig.</numerusform>
            <numerusform>Nur {count} Erythrozyten wurden gezählt: Die Anteile sagen wenig.</numerusform>
        </translation>
    </message>
    <message>
        <source>Operator</source>
        <translation>Bearbeiter</translation>
    </message>
    <message>
        <source>Override rate, month by month</source>
        <translation>Anteil der Korrekturen, Monat für Monat</translation>
    </message>
    <message>
        <source>Overrides</source>
        <translation>Korrekturen</translation>
    </message>
    <message>
        <source>Overview</source>
        <translation>Übersicht</translation>
    </message>
    <message>
        <source>PRELIMINARY</source>
        <translation>VORLÄUFIG</translation>
    </message>
    <message>
        <source>Page {number}</source>
        <translation>Seite {number}</translation>
    </message>
    <message>
        <source>Page {number} of {pages}</source>
        <translation>Seite {number} von {pages}</translation>
    </message>
    <message>
        <source>Patient</source>
        <translation>Patient</translation>
    </message>
    <message>
        <source>Patient number</source>
        <translation>Patientennummer</translation>
    </message>
    <message>
        <source>Percentages</source>
        <translation>Anteile</translation>
    </message>
    <message>
        <source>Preliminary: reviewed, not final.</source>
        <translation>Vorläufig: geprüft, nicht endgültig.</translation>
    </message>
    <message>
        <source>Received</source>
        <translation>Eingegangen</translation>
    </message>
    <message>
        <source>Red cell morphology</source>
        <translation>Erythrozytenmorphologie</translation>
    </message>
    <message>
        <source>Red cells</source>
        <translation>Erythrozyten</translation>
    </message>
    <message>
        <source>Red cells counted</source>
        <translation>Gezählte Erythrozyten</translation>
    </message>
    <message>
        <source>Remark</source>
        <translation>Bemerkung</translation>
    </message>
    <message>
        <source>Report of {made}</source>
        <translation>Bericht vom {made}</translation>
    </message>
    <message>
        <source>Report {version}, {state}: {act}, {time}</source>
        <translation>Bericht {version}, {state}: {act}, {time}</translation>
    </message>
    <message>
        <source>Report {version}. {state}</source>
        <translation>Bericht {version}. {state}</translation>
    </message>
    <message>
        <source>Requested by</source>
        <translation>Einsender</translation>
    </message>
    <message>
        <source>Reviewed by</source>
        <translation>Geprüft von</translation>
    </message>
    <message>
        <source>Sample</source>
        <translation>Probe</translation>
    </message>
    <message>
        <source>Sample number</source>
        <translation>Probennummer</translation>
    </message>
    <message>
        <source>Schistocytes are {percent:.1f} % of the red cells: look at the film now.</source>
        <translation>Fragmentozyten sind {percent:.1f} % der Erythrozyten: den Ausstrich jetzt ansehen.</translation>
    </message>
    <message>
        <source>Second reading</source>
        <translation>Zweitbefundung</translation>
    </message>
    <message>
        <source>Second reading {number} by {operator}, {day}: {part}; {done:,} of {cells:,} read</source>
        <translation>Zweitbefundung {number} von {operator}, {day}: {part}; {done:,} von {cells:,} gelesen</translation>
    </message>
    <message>
        <source>Segmenter</source>
        <translation>Segmentierer</translation>
    </message>
    <message>
        <source>Sep</source>
        <translation>September</translation>
    </message>
    <message>
        <source>Several classifiers suggested the unreviewed classes: {names}.</source>
        <translation>Mehrere Klassifikatoren haben die ungeprüften Klassen vorgeschlagen: {names}.</translation>
    </message>
    <message>
        <source>Sex</source>
        <translation>Geschlecht</translation>
    </message>
    <message>
        <source>Share</source>
        <translation>Anteil</translation>
    </message>
    <message>
        <source>Shares with their intervals, no grades.</source>
        <translation>Anteile mit ihren Intervallen, keine Grade.</translation>
    </message>
    <message>
        <source>Signature</source>
        <translation>Unterschrift</translation>
    </message>
    <message>
        <source>Signatures</source>
        <translation>Unterschriften</translation>
    </message>
    <message>
        <source>Signed</source>
        <translation>Unterschrieben</translation>
    </message>
    <message>
        <source>Size of the red cells</source>
        <translation>Größe der Erythrozyten</translation>
    </message>
    <message>
        <source>Sizes</source>
        <translation>Größen</translation>
    </message>
    <message>
        <source>Smear made by</source>
        <translation>Ausstrich von</translation>
    </message>
    <message>
        <source>Specimen</source>
        <translation>Material</translation>
    </message>
    <message>
        <source>Stain</source>
        <translation>Färbung</translation>
    </message>
    <message>
        <source>State</source>
        <translation>Stand</translation>
    </message>
    <message>
        <source>Suggested</source>
        <translation>Vorgeschlagen</translation>
    </message>
    <message>
        <source>Telling cells</source>
        <translation>Aussagekräftige Zellen</translation>
    </message>
    <message>
        <source>The bar is {length} µm long.</source>
        <translation>Der Balken ist {length} µm lang.</translation>
    </message>
    <message>
        <source>The export was cancelled.</source>
        <translation>Der Export wurde abgebrochen.</translation>
    </message>
    <message>
        <source>The interval spans a limit of the scheme: {lines}.</source>
        <translation>Das Intervall reicht über eine Grenze des Schemas: {lines}.</translation>
    </message>
    <message>
        <source>The logo {name} can&apos;t be read; choose another picture in the settings, or none.</source>
        <translation>Das Logo {name} ist nicht lesbar; in den Einstellungen ein anderes Bild wählen oder keines.</translation>
    </message>
    <message>
        <source>The report can&apos;t be written to {place}: {why}.</source>
        <translation>Der Bericht lässt sich nicht nach {place} schreiben: {why}.</translation>
    </message>
    <message>
        <source>The report&apos;s fonts are missing or damaged; install the application again.</source>
        <translation>Die Schriften des Berichts fehlen oder sind beschädigt; die Anwendung neu installieren.</translation>
    </message>
    <message>
        <source>The stain {stained} is far from what the classifier has seen.</source>
        <translation>Die Färbung {stained} ist weit von dem entfernt, was der Klassifikator gesehen hat.</translation>
    </message>
    <message>
        <source>The stain {where} is far from what the classifier has seen: its probabilities promise too much there.</source>
        <translation>Die Färbung {where} ist weit von dem entfernt, was der Klassifikator gesehen hat: Seine Wahrscheinlichkeiten versprechen dort zu viel.</translation>
    </message>
    <message>
        <source>Too few red cells were counted for a grade: {lines}.</source>
        <translation>Für einen Grad wurden zu wenige Erythrozyten gezählt: {lines}.</translation>
    </message>
    <message>
        <source>Two populations of sizes: about {few:.0f} % near {small:.1f} µm and {many:.0f} % near {large:.1f} µm; correlate with RDW and transfusions.</source>
        <translation>Zwei Größenpopulationen: etwa {few:.0f} % um {small:.1f} µm und {many:.0f} % um {large:.1f} µm; mit RDW und Transfusionen abgleichen.</translation>
    </message>
    <message>
        <source>Written down from memory of Table 1 of the paper: verify against the primary source before you rely on a limit.</source>
        <translation>Aus dem Gedächtnis nach Tabelle 1 der Arbeit notiert: an der Quelle nachprüfen, bevor Sie sich auf eine Grenze verlassen.</translation>
    </message>
    <message>
        <source>about {count:,} more cells would tell</source>
        <translation>etwa {count:,} weitere Zellen würden es entscheiden</translation>
    </message>
    <message>
        <source>acanthocytes</source>
        <translation>Akanthozyten</translation>
    </message>
    <message>
        <source>all cells</source>
        <translation>alle Zellen</translation>
    </message>
    <message numerus="yes">
        <source>and {count} more field</source>
        <comment>and {count} more fields</comment>
        <translation>
            <numerusform>und {count} weiteres Feld</numerusform>
            <numerusform>und {count} weitere Felder</numerusform>
        </translation>
    </message>
    <message>
        <source>anisocytosis</source>
        <translation>Anisozytose</translation>
    </message>
    <message>
        <source>apart</source>
        <translation>gesondert</translation>
    </message>
    <message>
        <source>area px²</source>
        <translation>Fläche px²</translation>
    </message>
    <message>
        <source>area µm²</source>
        <translation>Fläche µm²</translation>
    </message>
    <message>
        <source>as usual</source>
        <translation>wie üblich</translation>
    </message>
    <message>
        <source>axes</source>
        <translation>Achsen</translation>
    </message>
    <message>
        <source>bite cells</source>
        <translation>Bisszellen</translation>
    </message>
    <message>
        <source>blister cells</source>
        <translation>Blisterzellen</translation>
    </message>
    <message>
        <source>border</source>
        <translation>Bildrand</translation>
    </message>
    <message>
        <source>calibration</source>
        <translation>Kalibrierung</translation>
    </message>
    <message>
        <source>cell</source>
        <translation>Zelle</translation>
    </message>
    <message>
        <source>cells</source>
        <translation>Zellen</translation>
    </message>
    <message>
        <source>circ.</source>
        <translation>Rundh.</translation>
    </message>
    <message>
        <source>class</source>
        <translation>Klasse</translation>
    </message>
    <message>
        <source>class is not sure</source>
        <translation>Klasse ist nicht sicher</translation>
    </message>
    <message>
        <source>classifier says</source>
        <translation>Klassifikator sagt</translation>
    </message>
    <message>
        <source>command line</source>
        <translation>Kommandozeile</translation>
    </message>
    <message>
        <source>confirmed</source>
        <translation>bestätigt</translation>
    </message>
    <message>
        <source>core/rim</source>
        <translation>Mitte/Rand</translation>
    </message>
    <message>
        <source>count {count:,} more</source>
        <translation>{count:,} weitere zählen</translation>
    </message>
    <message>
        <source>cut</source>
        <comment>by the edge of the image</comment>
        <translation>ja</translation>
    </message>
    <message>
        <source>cut by the edge</source>
        <translation>angeschnitten</translation>
    </message>
    <message>
        <source>differs between fields, see Fields</source>
        <translation>je Feld verschieden, siehe Felder</translation>
    </message>
    <message>
        <source>dimorphism</source>
        <translation>Dimorphie</translation>
    </message>
    <message numerus="yes">
        <source>field</source>
        <comment>fields</comment>
        <translation>
            <numerusform>Feld</numerusform>
            <numerusform>Felder</numerusform>
        </translation>
    </message>
    <message>
        <source>field</source>
        <translation>Feld</translation>
    </message>
    <message>
        <source>field left out</source>
        <translation>Feld ausgelassen</translation>
    </message>
    <message>
        <source>first</source>
        <translation>erste</translation>
    </message>
    <message>
        <source>first ↓   second →</source>
        <translation>erste ↓   zweite →</translation>
    </message>
    <message>
        <source>graded by the blood count</source>
        <translation>nach dem Blutbild eingestuft</translation>
    </message>
    <message>
        <source>image and SHA-256</source>
        <translation>Bild und SHA-256</translation>
    </message>
    <message>
        <source>in any field</source>
        <translation>in allen Feldern</translation>
    </message>
    <message>
        <source>in this field</source>
        <translation>in diesem Feld</translation>
    </message>
    <message>
        <source>in {count:,} of {total:,} fields</source>
        <translation>in {count:,} von {total:,} Feldern</translation>
    </message>
    <message numerus="yes">
        <source>in {count} field</source>
        <comment>in {count} fields</comment>
        <translation>
            <numerusform>in {count} Feld</numerusform>
            <numerusform>in {count} Feldern</numerusform>
        </translation>
    </message>
    <message>
        <source>in {names}</source>
        <translation>in {names}</translation>
    </message>
    <message>
        <source>inclusions</source>
        <translation>Einschlüsse</translation>
    </message>
    <message>
        <source>irregularly contracted cells</source>
        <translation>unregelmäßig kontrahierte Zellen</translation>
    </message>
    <message>
        <source>line drawn</source>
        <translation>gezogene Linie</translation>
    </message>
    <message>
        <source>mask</source>
        <translation>Maske</translation>
    </message>
    <message>
        <source>median Ø {size} {unit}</source>
        <translation>Median Ø {size} {unit}</translation>
    </message>
    <message>
        <source>microcytes and macrocytes (not calibrated)</source>
        <translation>Mikrozyten und Makrozyten (nicht kalibriert)</translation>
    </message>
    <message>
        <source>month</source>
        <translation>Monat</translation>
    </message>
    <message>
        <source>need review</source>
        <translation>zu prüfen</translation>
    </message>
    <message>
        <source>needs {measure} of the blood count</source>
        <translation>braucht {measure} aus dem Blutbild</translation>
    </message>
    <message>
        <source>no field</source>
        <translation>kein Feld</translation>
    </message>
    <message>
        <source>no.</source>
        <translation>Nr.</translation>
    </message>
    <message>
        <source>none</source>
        <comment>classifier</comment>
        <translation>keiner</translation>
    </message>
    <message>
        <source>not assessable</source>
        <translation>nicht beurteilbar</translation>
    </message>
    <message>
        <source>not assessable: {reason}</source>
        <translation>nicht beurteilbar: {reason}</translation>
    </message>
    <message>
        <source>not calibrated</source>
        <translation>nicht kalibriert</translation>
    </message>
    <message>
        <source>not classified yet</source>
        <translation>noch nicht klassifiziert</translation>
    </message>
    <message>
        <source>not counted</source>
        <translation>nicht gezählt</translation>
    </message>
    <message>
        <source>not known</source>
        <translation>nicht bekannt</translation>
    </message>
    <message>
        <source>not red cells</source>
        <translation>keine Erythrozyten</translation>
    </message>
    <message>
        <source>nucleated red cells</source>
        <translation>kernhaltige Erythrozyten</translation>
    </message>
    <message>
        <source>of {count:,} classified red cells, 95 % Wilson interval</source>
        <translation>von {count:,} klassifizierten Erythrozyten, 95-%-Wilson-Intervall</translation>
    </message>
    <message numerus="yes">
        <source>of {count} field</source>
        <comment>of {count} fields</comment>
        <translation>
            <numerusform>in {count} Feld</numerusform>
            <numerusform>in {count} Feldern</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>of {count} red cell</source>
        <comment>of {count} red cells</comment>
        <translation>
            <numerusform>von {count} Erythrozyten</numerusform>
            <numerusform>von {count} Erythrozyten</numerusform>
        </translation>
    </message>
    <message>
        <source>oval macrocytes</source>
        <translation>ovale Makrozyten</translation>
    </message>
    <message>
        <source>ovalocytes and elliptocytes</source>
        <translation>Ovalozyten und Elliptozyten</translation>
    </message>
    <message>
        <source>overruled</source>
        <translation>korrigiert</translation>
    </message>
    <message>
        <source>pallor</source>
        <comment>heading of a column</comment>
        <translation>Aufh.</translation>
    </message>
    <message>
        <source>parasites</source>
        <translation>Parasiten</translation>
    </message>
    <message>
        <source>pixels</source>
        <translation>Pixel</translation>
    </message>
    <message>
        <source>polychromasia</source>
        <translation>Polychromasie</translation>
    </message>
    <message>
        <source>preset</source>
        <translation>Vorgabe</translation>
    </message>
    <message>
        <source>prob.</source>
        <translation>Wahrsch.</translation>
    </message>
    <message>
        <source>prob.: probability that the classifier gives this class. review: ✓ set or confirmed by a person, ? needs review. Ø: equivalent diameter 2√(A/π). circ.: circularity 4πA/P². axes: major over minor axis. solid.: area over area of the convex hull. pallor: diameter of the pale centre over that of the cell. core/rim: optical density of the core over that near the rim. border: cut off by the image edge. mask: the segmenter’s own estimate of the mask’s IoU.</source>
        <translation>Wahrsch.: Wahrscheinlichkeit, die der Klassifikator dieser Klasse gibt. geprüft: ✓ von einem Menschen gesetzt oder bestätigt, ? zu prüfen. Ø: Äquivalentdurchmesser 2√(A/π). Rundh.: Rundheit 4πA/P². Achsen: lange durch kurze Achse. Komp.: Fläche durch Fläche der konvexen Hülle. Aufh.: Durchmesser der zentralen Aufhellung durch den der Zelle. Mitte/Rand: optische Dichte der Mitte durch die nahe dem Rand. Bildrand: vom Bildrand angeschnitten. Maske: wie der Segmentierer die IoU der Maske selbst einschätzt.</translation>
    </message>
    <message>
        <source>red cells classified</source>
        <translation>Erythrozyten klassifiziert</translation>
    </message>
    <message>
        <source>remark</source>
        <translation>Bemerkung</translation>
    </message>
    <message>
        <source>rev.</source>
        <translation>gepr.</translation>
    </message>
    <message>
        <source>review</source>
        <comment>heading of a column: ✓ or ?</comment>
        <translation>geprüft</translation>
    </message>
    <message>
        <source>reviewed by a person</source>
        <translation>von einem Menschen geprüft</translation>
    </message>
    <message>
        <source>rouleaux and agglutination</source>
        <translation>Geldrollenbildung und Agglutination</translation>
    </message>
    <message>
        <source>run off ({why})</source>
        <translation>außer Kontrolle ({why})</translation>
    </message>
    <message>
        <source>second</source>
        <translation>zweite</translation>
    </message>
    <message>
        <source>seen among many other poikilocytes: a remark, no percentage (ICSH)</source>
        <translation>unter vielen anderen Poikilozyten gesehen: eine Bemerkung, kein Anteil (ICSH)</translation>
    </message>
    <message>
        <source>seen by a person</source>
        <translation>von Menschen gesehen</translation>
    </message>
    <message>
        <source>settled</source>
        <translation>entschieden</translation>
    </message>
    <message>
        <source>sickle cells</source>
        <translation>Sichelzellen</translation>
    </message>
    <message>
        <source>signs</source>
        <translation>Symbolen</translation>
    </message>
    <message>
        <source>size CV (image) {cv:.1f} %</source>
        <translation>Größen-VK (Bild) {cv:.1f} %</translation>
    </message>
    <message>
        <source>solid.</source>
        <translation>Komp.</translation>
    </message>
    <message>
        <source>stated by the file</source>
        <translation>von der Datei angegeben</translation>
    </message>
    <message>
        <source>suggested</source>
        <translation>vorgeschlagen</translation>
    </message>
    <message>
        <source>told in {count} of {fields} fields</source>
        <translation>beurteilt in {count} von {fields} Feldern</translation>
    </message>
    <message>
        <source>typed</source>
        <translation>eingegeben</translation>
    </message>
    <message>
        <source>unclassified</source>
        <translation>nicht klassifiziert</translation>
    </message>
    <message>
        <source>watch it (more than 2 SD off)</source>
        <translation>beobachten (mehr als 2 SD entfernt)</translation>
    </message>
    <message>
        <source>without a class, or not counted</source>
        <translation>ohne Klasse, oder nicht gezählt</translation>
    </message>
    <message>
        <source>yes</source>
        <translation>ja</translation>
    </message>
    <message>
        <source>{act}, {time}, report {version} {state}</source>
        <translation>{act}, {time}, Bericht {version} {state}</translation>
    </message>
    <message>
        <source>{basis}: {measure} {value:g}</source>
        <translation>{basis}: {measure} {value:g}</translation>
    </message>
    <message>
        <source>{cell_class} (not counted)</source>
        <translation>{cell_class} (nicht gezählt)</translation>
    </message>
    <message>
        <source>{cells}, the first {count:,} shown</source>
        <translation>{cells}, die ersten {count:,} gezeigt</translation>
    </message>
    <message>
        <source>{cells}, {count:,} shown</source>
        <translation>{cells}, {count:,} gezeigt</translation>
    </message>
    <message>
        <source>{count:,} cells are not listed here: a table on paper ends at {most:,}. The CSV table has a row for each of them.</source>
        <translation>{count:,} Zellen sind hier nicht aufgeführt: Eine Tabelle auf Papier endet bei {most:,}. Die CSV-Tabelle hat für jede von ihnen eine Zeile.</translation>
    </message>
    <message>
        <source>{count:,} of {cells:,}</source>
        <translation>{count:,} von {cells:,}</translation>
    </message>
    <message numerus="yes">
        <source>{count} cell</source>
        <comment>{count} cells</comment>
        <translation>
            <numerusform>{count} Zelle</numerusform>
            <numerusform>{count} Zellen</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>{count} cell classified at another scale than the field has now: their classes may be wrong.</source>
        <comment>{count} cells classified at another scale than the field has now: their classes may be wrong.</comment>
        <translation>
            <numerusform>{count} Zelle wurde mit einem anderen Maßstab klassifiziert, als das Feld jetzt hat: Ihre Klasse kann falsch sein.</numerusform>
            <numerusform>{count} Zellen wurden mit einem anderen Maßstab klassifiziert, als das Feld jetzt hat: Ihre Klassen können falsch sein.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>{count} cell not assessable, because their field doesn&apos;t let their class be told: not among the red cells that the shares refer to.</source>
        <comment>{count} cells not assessable, because their field doesn&apos;t let their class be told: not among the red cells that the shares refer to.</comment>
        <translation>
            <numerusform>{count} Zelle nicht beurteilbar, weil ihr Feld die Klasse nicht erkennen lässt: nicht unter den Erythrozyten, auf die sich die Anteile beziehen.</numerusform>
            <numerusform>{count} Zellen nicht beurteilbar, weil ihr Feld die Klasse nicht erkennen lässt: nicht unter den Erythrozyten, auf die sich die Anteile beziehen.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>{count} cell that needs review was not seen by a person.</source>
        <comment>{count} cells that need review were not seen by a person.</comment>
        <translation>
            <numerusform>{count} zu prüfende Zelle hat kein Mensch gesehen.</numerusform>
            <numerusform>{count} zu prüfende Zellen hat kein Mensch gesehen.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>{count} cell without a class: not among the red cells that the shares refer to.</source>
        <comment>{count} cells without a class: not among the red cells that the shares refer to.</comment>
        <translation>
            <numerusform>{count} Zelle ohne Klasse: nicht unter den Erythrozyten, auf die sich die Anteile beziehen.</numerusform>
            <numerusform>{count} Zellen ohne Klasse: nicht unter den Erythrozyten, auf die sich die Anteile beziehen.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>{count} complete red cell</source>
        <comment>{count} complete red cells</comment>
        <translation>
            <numerusform>{count} ganzer Erythrozyt</numerusform>
            <numerusform>{count} ganze Erythrozyten</numerusform>
        </translation>
    </message>
    <message>
        <source>{day} {month} {year}</source>
        <translation>{day}. {month} {year}</translation>
    </message>
    <message>
        <source>{low:.1f} to {high:.1f} % by field</source>
        <translation>je Feld {low:.1f} bis {high:.1f} %</translation>
    </message>
    <message>
        <source>{low:.1f} to {high:.1f} % by field, interval widened</source>
        <translation>je Feld {low:.1f} bis {high:.1f} %, Intervall erweitert</translation>
    </message>
    <message>
        <source>{missing} of {fields} fields are not calibrated: there the classifier calls no cell micro- or macrocyte, so their shares are lower limits; sizes of all fields together are in pixels.</source>
        <translation>{missing} von {fields} Feldern sind nicht kalibriert: Dort nennt der Klassifikator keine Zelle Mikro- oder Makrozyt, deren Anteile sind also Untergrenzen; Größen aller Felder zusammen stehen in Pixeln.</translation>
    </message>
    <message>
        <source>{name}, page {page}</source>
        <translation>{name}, Seite {page}</translation>
    </message>
    <message>
        <source>{name}: too few films for a baseline.</source>
        <translation>{name}: zu wenige Ausstriche für Grenzen.</translation>
    </message>
    <message>
        <source>{name}: {measure}</source>
        <translation>{name}: {measure}</translation>
    </message>
    <message>
        <source>{name}: {measure} in {unit}</source>
        <translation>{name}: {measure} in {unit}</translation>
    </message>
    <message>
        <source>{overridden:,} of {count:,} reviewed cells got another class than suggested: {share:.1f} % ({low:.1f} – {high:.1f})</source>
        <translation>{overridden:,} von {count:,} geprüften Zellen erhielten eine andere Klasse als vorgeschlagen: {share:.1f} % ({low:.1f} – {high:.1f})</translation>
    </message>
    <message>
        <source>{percent:.0f} % of the cells have no class: the shares say little.</source>
        <translation>{percent:.0f} % der Zellen haben keine Klasse: Die Anteile sagen wenig.</translation>
    </message>
    <message>
        <source>{percent:.3g} % of the cells</source>
        <translation>{percent:.3g} % der Zellen</translation>
    </message>
    <message>
        <source>{percent:.3g} % of the cells, drawn with {seed}</source>
        <translation>{percent:.3g} % der Zellen, gezogen mit {seed}</translation>
    </message>
    <message>
        <source>{reviewed:,} reviewed by a person, {predicted:,} predicted only</source>
        <translation>{reviewed:,} von einem Menschen geprüft, {predicted:,} nur vorgeschlagen</translation>
    </message>
    <message>
        <source>{scale:.4g} µm/px, {source}</source>
        <translation>{scale:.4g} µm/px, {source}</translation>
    </message>
    <message>
        <source>{scale:.4g} µm/px, {source} ({detail})</source>
        <translation>{scale:.4g} µm/px, {source} ({detail})</translation>
    </message>
    <message>
        <source>{state}, report {version}</source>
        <translation>{state}, Bericht {version}</translation>
    </message>
    <message>
        <source>{title}: the baseline is {mean} ± {sd}; no film after it yet.</source>
        <translation>{title}: Die Grenzen liegen um {mean} ± {sd}; danach kam noch kein Ausstrich.</translation>
    </message>
    <message>
        <source>{title}: {value} on {day}, {z:+.1f} SD, {state}.</source>
        <translation>{title}: {value} am {day}, {z:+.1f} SD, {state}.</translation>
    </message>
    <message>
        <source>{trait}: {value}</source>
        <translation>{trait}: {value}</translation>
    </message>
    <message>
        <source>{trait}: {value} – {sentence}</source>
        <translation>{trait}: {value} – {sentence}</translation>
    </message>
</context>
</TS>
