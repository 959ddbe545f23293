<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="de" sourcelanguage="en">
<context>
    <name></name>
    <message>
        <source>&quot;classes&quot; of {line} must be a list</source>
        <translation>„classes“ von {line} muss eine Liste sein</translation>
    </message>
    <message>
        <source>&quot;least cells&quot; of {line} must be a whole number</source>
        <translation>„least cells“ von {line} muss eine ganze Zahl sein</translation>
    </message>
    <message>
        <source>&quot;measure&quot; of {line} must be one of {choice}</source>
        <translation>„measure“ von {line} muss eines von {choice} sein</translation>
    </message>
    <message>
        <source>&quot;name&quot; is empty</source>
        <translation>„name“ ist leer</translation>
    </message>
    <message>
        <source>&quot;rules&quot; must be a list of at most {most}</source>
        <translation>„rules“ muss eine Liste mit höchstens {most} Einträgen sein</translation>
    </message>
    <message>
        <source>&quot;steps&quot; of {line} must be a list of grades</source>
        <translation>„steps“ von {line} muss eine Liste von Graden sein</translation>
    </message>
    <message>
        <source>&quot;{line}&quot; is graded twice</source>
        <translation>„{line}“ wird zweimal gradiert</translation>
    </message>
    <message>
        <source>&quot;{name}&quot; must be a text of at most {most} characters</source>
        <translation>„{name}“ muss ein Text von höchstens {most} Zeichen sein</translation>
    </message>
    <message>
        <source>(name removed)</source>
        <translation>(Name entfernt)</translation>
    </message>
    <message>
        <source>, a narrow basis ({most} are asked for)</source>
        <translation>, eine schmale Grundlage ({most} sind verlangt)</translation>
    </message>
    <message>
        <source>--scheduler needs the extra &apos;cluster&apos;: install it with pip install &apos;rbc-desktop[cluster]&apos;; the folder that needs no Python doesn&apos;t have it.</source>
        <translation>--scheduler braucht das Extra „cluster“: mit pip install &apos;rbc-desktop[cluster]&apos; installieren; der Ordner ohne Python enthält es nicht.</translation>
    </message>
    <message>
        <source>; what came before row {number}, which lost patient data since, only later heads vouch for</source>
        <translation>; was vor Zeile {number} kam, die seither Patientendaten verloren hat, dafür stehen nur spätere Kopfwerte ein</translation>
    </message>
    <message numerus="yes">
        <source>; {count} row came later</source>
        <comment>; {count} rows came later</comment>
        <translation>
            <numerusform>; {count} Zeile kam später</numerusform>
            <numerusform>; {count} Zeilen kamen später</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>; {count} row, number {last}, lost patient data when it was deleted: for what came before it, only later heads vouch</source>
        <comment>; {count} rows up to row {last} lost patient data when it was deleted: for what came before it, only later heads vouch</comment>
        <translation>
            <numerusform>; {count} Zeile, Nummer {last}, hat Patientendaten verloren, als sie gelöscht wurden: Für das davor stehen nur spätere Kopfwerte ein</numerusform>
            <numerusform>; {count} Zeilen bis Zeile {last} haben Patientendaten verloren, als sie gelöscht wurden: Für das davor stehen nur spätere Kopfwerte ein</numerusform>
        </translation>
    </message>
    <message>
        <source>; {rest:,} are by hand, by another model, or in images that can&apos;t be read</source>
        <translation>; {rest:,} sind von Hand, von einem anderen Modell oder in Bildern, die sich nicht lesen lassen</translation>
    </message>
    <message>
        <source>A backup of {name} can&apos;t be removed: {why}.</source>
        <translation>Eine Sicherung von {name} kann nicht entfernt werden: {why}.</translation>
    </message>
    <message>
        <source>A case becomes a draft by amending it.</source>
        <translation>Ein Fall wird durch Berichtigen wieder zum Entwurf.</translation>
    </message>
    <message>
        <source>A cell is only {px:.0f} pixels across; from {least:.0f} on a pale centre can be judged.</source>
        <translation>Eine Zelle misst nur {px:.0f} Pixel; erst ab {least:.0f} lässt sich eine zentrale Aufhellung beurteilen.</translation>
    </message>
    <message>
        <source>A class must be an object with name, letters and colour.</source>
        <translation>Eine Klasse muss ein Objekt mit Name, Buchstaben und Farbe sein.</translation>
    </message>
    <message>
        <source>A click on the sample gave no cell; install the application again.</source>
        <translation>Ein Klick auf das Beispiel ergab keine Zelle; die Anwendung neu installieren.</translation>
    </message>
    <message>
        <source>A click with the brush draws no cell. Drag around the cell, or paint all of it.</source>
        <translation>Ein Klick mit dem Pinsel zeichnet keine Zelle. Ziehen Sie um die Zelle herum, oder malen Sie sie ganz aus.</translation>
    </message>
    <message>
        <source>A control film needs {least} measured red cells that count; segment more fields of it first.</source>
        <translation>Ein Kontrollausstrich braucht {least} gemessene Erythrozyten, die zählen; erst weitere Felder davon segmentieren.</translation>
    </message>
    <message>
        <source>A name has at most {most} characters.</source>
        <translation>Ein Name hat höchstens {most} Zeichen.</translation>
    </message>
    <message>
        <source>A name is missing; choose who signs.</source>
        <translation>Der Name fehlt; auswählen, wer unterschreibt.</translation>
    </message>
    <message>
        <source>A name is missing; say who reads.</source>
        <translation>Der Name fehlt; angeben, wer befundet.</translation>
    </message>
    <message>
        <source>A normal sample needs {least} measured red cells that count; this case has {cells}.</source>
        <translation>Eine Normalprobe braucht {least} gemessene Erythrozyten, die zählen; dieser Fall hat {cells}.</translation>
    </message>
    <message>
        <source>A part of the image is missing.</source>
        <translation>Ein Teil des Bildes fehlt.</translation>
    </message>
    <message>
        <source>A part of {name} is damaged or missing; copy or export it again from its source.</source>
        <translation>Ein Teil von {name} ist beschädigt oder fehlt; erneut aus der Quelle kopieren oder exportieren.</translation>
    </message>
    <message>
        <source>A part of {name} is missing from the file; copy or export it again from its source.</source>
        <translation>In der Datei {name} fehlt ein Teil; erneut aus der Quelle kopieren oder exportieren.</translation>
    </message>
    <message>
        <source>A pass phrase has at least {least} characters; a few words are easy to keep in mind.</source>
        <translation>Eine Passphrase hat mindestens {least} Zeichen; ein paar Wörter merkt man sich leicht.</translation>
    </message>
    <message>
        <source>A person has classified this cell. Why is it deleted?</source>
        <translation>Diese Zelle wurde von einer Person klassifiziert. Warum wird sie gelöscht?</translation>
    </message>
    <message numerus="yes">
        <source>A person has classified {count} cell of {name}. Why is it removed?</source>
        <comment>A person has classified {count} cells of {name}. Why is it removed?</comment>
        <translation>
            <numerusform>Eine Person hat {count} Zelle von {name} klassifiziert. Warum wird das Feld entfernt?</numerusform>
            <numerusform>Eine Person hat {count} Zellen von {name} klassifiziert. Warum wird das Feld entfernt?</numerusform>
        </translation>
    </message>
    <message>
        <source>A region has {least} to {most:,} pixels a side; see line {line} of {name}.</source>
        <translation>Ein Bereich hat {least} bis {most:,} Pixel Seitenlänge; siehe Zeile {line} von {name}.</translation>
    </message>
    <message>
        <source>A scheme of the laboratory</source>
        <translation>Ein Schema des Labors</translation>
    </message>
    <message>
        <source>A second reading is open; go on with it, or finish it first.</source>
        <translation>Eine Zweitbefundung ist offen; erst fortsetzen oder beenden.</translation>
    </message>
    <message>
        <source>A second reading is under way: only classes can be set; finish or pause it first, by the bar over the image.</source>
        <translation>Eine Zweitbefundung läuft: Nur Klassen können gesetzt werden; erst beenden oder unterbrechen, in der Leiste über dem Bild.</translation>
    </message>
    <message>
        <source>A text of {most:,} characters is too long to be kept; shorten it.</source>
        <translation>Ein Text von {most:,} Zeichen ist zu lang zum Speichern; kürzen.</translation>
    </message>
    <message>
        <source>A warning, and no report is final without a reason</source>
        <translation>Eine Warnung, und kein Bericht wird ohne Grund endgültig</translation>
    </message>
    <message>
        <source>A warning, in the window and in the report</source>
        <translation>Eine Warnung, im Fenster und im Bericht</translation>
    </message>
    <message>
        <source>A worker can&apos;t run RBC Desktop {version}; install the same version there with the extra &apos;cluster&apos;.</source>
        <translation>Ein Worker kann RBC Desktop {version} nicht ausführen; dort dieselbe Version mit dem Extra „cluster“ installieren.</translation>
    </message>
    <message numerus="yes">
        <source>About {count} cell.</source>
        <comment>About {count} cells.</comment>
        <translation>
            <numerusform>Etwa {count} Zelle.</numerusform>
            <numerusform>Etwa {count} Zellen.</numerusform>
        </translation>
    </message>
    <message>
        <source>Add anyway</source>
        <translation>Trotzdem hinzufügen</translation>
    </message>
    <message>
        <source>Add cell</source>
        <translation>Zelle hinzufügen</translation>
    </message>
    <message>
        <source>Add or change cells</source>
        <translation>Zellen hinzufügen oder ändern</translation>
    </message>
    <message>
        <source>Add or change slides</source>
        <translation>Scan hinzufügen oder ändern</translation>
    </message>
    <message numerus="yes">
        <source>Add {count} image</source>
        <comment>Add {count} images</comment>
        <translation>
            <numerusform>{count} Bild hinzufügen</numerusform>
            <numerusform>{count} Bilder hinzufügen</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Add {count} region</source>
        <comment>Add {count} regions</comment>
        <translation>
            <numerusform>{count} Bereich hinzufügen</numerusform>
            <numerusform>{count} Bereiche hinzufügen</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Add {count} slide</source>
        <comment>Add {count} slides</comment>
        <translation>
            <numerusform>{count} Scan hinzufügen</numerusform>
            <numerusform>{count} Scans hinzufügen</numerusform>
        </translation>
    </message>
    <message>
        <source>Add {name}</source>
        <translation>{name} hinzufügen</translation>
    </message>
    <message>
        <source>All entries of the file are on the list already.</source>
        <translation>Alle Einträge der Datei stehen schon auf der Liste.</translation>
    </message>
    <message>
        <source>All of these are confirmed already.</source>
        <translation>Diese sind schon alle bestätigt.</translation>
    </message>
    <message>
        <source>All results are made again: what is in {folder} {renewed}.</source>
        <translation>Alle Ergebnisse werden neu erstellt: Der Inhalt von {folder} {renewed}.</translation>
    </message>
    <message>
        <source>Amend report {version}</source>
        <translation>Bericht {version} berichtigen</translation>
    </message>
    <message>
        <source>Another file has taken the place of {name}; nothing further is kept until you save the case under a name (File › Save case as…).</source>
        <translation>Eine andere Datei steht an der Stelle von {name}; nichts wird mehr gespeichert, bis Sie den Fall unter einem Namen speichern (Datei › Fall speichern unter…).</translation>
    </message>
    <message>
        <source>Backspace</source>
        <translation>Rücktaste</translation>
    </message>
    <message>
        <source>Begin second reading {number}</source>
        <translation>Zweitbefundung {number} beginnen</translation>
    </message>
    <message>
        <source>Burr cells (uraemia among causes, or an artefact of storage): correlate with the sample&apos;s age and renal function.</source>
        <translation>Echinozyten (u. a. Urämie oder Lagerungsartefakt): mit Probenalter und Nierenfunktion abgleichen.</translation>
    </message>
    <message>
        <source>CSV table</source>
        <translation>CSV-Tabelle</translation>
    </message>
    <message numerus="yes">
        <source>Calibrate {count} field</source>
        <comment>Calibrate {count} fields</comment>
        <translation>
            <numerusform>{count} Feld kalibrieren</numerusform>
            <numerusform>{count} Felder kalibrieren</numerusform>
        </translation>
    </message>
    <message>
        <source>Cancelled. What is done is kept; the same command with --resume continues from there.</source>
        <translation>Abgebrochen. Was fertig ist, bleibt; derselbe Befehl mit --resume macht dort weiter.</translation>
    </message>
    <message>
        <source>Cell {cell}</source>
        <translation>Zelle {cell}</translation>
    </message>
    <message>
        <source>Cell {cell} in {name} has no positive point and no box; add one.</source>
        <translation>Zelle {cell} in {name} hat keinen positiven Punkt und keinen Rahmen; einen hinzufügen.</translation>
    </message>
    <message>
        <source>Cell {cell} is in the file and not in the case.</source>
        <translation>Zelle {cell} steht in der Datei und nicht im Fall.</translation>
    </message>
    <message>
        <source>Cell {cell} is not in the file.</source>
        <translation>Zelle {cell} steht nicht in der Datei.</translation>
    </message>
    <message>
        <source>Cell {id} of {name}: drawn again it overlaps {percent:.0f} %.</source>
        <translation>Zelle {id} von {name}: Neu gezeichnet deckt sie sich zu {percent:.0f} %.</translation>
    </message>
    <message numerus="yes">
        <source>Cell {numbers} was replaced by the outline that covers the same place. Undo with {key}.</source>
        <comment>Cells {numbers} were replaced by the outline that covers the same place. Undo with {key}.</comment>
        <translation>
            <numerusform>Zelle {numbers} wurde durch den Umriss ersetzt, der dieselbe Stelle bedeckt. Rückgängig mit {key}.</numerusform>
            <numerusform>Die Zellen {numbers} wurden durch den Umriss ersetzt, der dieselbe Stelle bedeckt. Rückgängig mit {key}.</numerusform>
        </translation>
    </message>
    <message>
        <source>Cell {number}</source>
        <translation>Zelle {number}</translation>
    </message>
    <message>
        <source>Cell {number} · right click: not this · Shift+click: this too · {key}: delete · digit: class</source>
        <translation>Zelle {number} · Rechtsklick: das nicht · Umschalt+Klick: das auch · {key}: löschen · Ziffer: Klasse</translation>
    </message>
    <message>
        <source>Cell {number}: now click its other half. Esc drops.</source>
        <translation>Zelle {number}: jetzt die andere Hälfte anklicken. Esc verwirft.</translation>
    </message>
    <message>
        <source>Cells are large enough to judge.</source>
        <translation>Die Zellen sind groß genug zum Beurteilen.</translation>
    </message>
    <message>
        <source>Cells are not flattened.</source>
        <translation>Die Zellen sind nicht abgeflacht.</translation>
    </message>
    <message>
        <source>Cells are segmented and measured but not classified: {reason}</source>
        <translation>Zellen werden segmentiert und gemessen, aber nicht klassifiziert: {reason}</translation>
    </message>
    <message>
        <source>Cells are segmented and measured but not classified; details are in the log.</source>
        <translation>Zellen werden segmentiert und gemessen, aber nicht klassifiziert; Einzelheiten stehen im Protokoll.</translation>
    </message>
    <message>
        <source>Cells may have been missed.</source>
        <translation>Zellen wurden möglicherweise übersehen.</translation>
    </message>
    <message>
        <source>Change fields</source>
        <translation>Felder ändern</translation>
    </message>
    <message>
        <source>Change what has to be changed, then mark it as reviewed or make it final again.</source>
        <translation>Ändern, was zu ändern ist, dann erneut als geprüft oder endgültig kennzeichnen.</translation>
    </message>
    <message>
        <source>Choose a colour for {name}.</source>
        <translation>Eine Farbe für {name} wählen.</translation>
    </message>
    <message>
        <source>Class by class</source>
        <translation>Klasse für Klasse</translation>
    </message>
    <message>
        <source>Classes</source>
        <translation>Klassen</translation>
    </message>
    <message>
        <source>Click a cell first; then a right click says what is not part of it.</source>
        <translation>Erst eine Zelle anklicken; dann sagt ein Rechtsklick, was nicht zu ihr gehört.</translation>
    </message>
    <message>
        <source>Click once on each half of a cell that is two.</source>
        <translation>Jede Hälfte einer Zelle, die zwei sind, einmal anklicken.</translation>
    </message>
    <message>
        <source>Click once on each half of the selected cell.</source>
        <translation>Jede Hälfte der ausgewählten Zelle einmal anklicken.</translation>
    </message>
    <message>
        <source>Confirm all suggested grades</source>
        <translation>Alle vorgeschlagenen Grade bestätigen</translation>
    </message>
    <message numerus="yes">
        <source>Confirm {count} cell</source>
        <comment>Confirm {count} cells</comment>
        <translation>
            <numerusform>{count} Zelle bestätigen</numerusform>
            <numerusform>{count} Zellen bestätigen</numerusform>
        </translation>
    </message>
    <message>
        <source>Confirmed grades of the scheme before were taken back ({count}); undo brings them back.</source>
        <translation>Die bestätigten Grade des vorigen Schemas wurden zurückgenommen ({count}); Rückgängig bringt sie wieder.</translation>
    </message>
    <message>
        <source>Continue</source>
        <translation>Fortfahren</translation>
    </message>
    <message>
        <source>Copy details</source>
        <translation>Einzelheiten kopieren</translation>
    </message>
    <message numerus="yes">
        <source>Count {count} cell at the edge</source>
        <comment>Count {count} cells at the edge</comment>
        <translation>
            <numerusform>{count} Zelle am Rand zählen</numerusform>
            <numerusform>{count} Zellen am Rand zählen</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Count {count} field</source>
        <comment>Count {count} fields</comment>
        <translation>
            <numerusform>{count} Feld mitzählen</numerusform>
            <numerusform>{count} Felder mitzählen</numerusform>
        </translation>
    </message>
    <message>
        <source>Create the case</source>
        <translation>Fall anlegen</translation>
    </message>
    <message>
        <source>Ctrl</source>
        <translation>Strg</translation>
    </message>
    <message>
        <source>Cut cell {number}</source>
        <translation>Zelle {number} zerschneiden</translation>
    </message>
    <message>
        <source>DICOM annotations name their slide and its patient, so a de-identified export leaves them out.</source>
        <translation>DICOM-Annotationen nennen Scan und Patient; ein Export ohne Patientenbezug lässt sie deshalb weg.</translation>
    </message>
    <message>
        <source>DICOM annotations of the slide</source>
        <translation>DICOM-Annotationen des Scans</translation>
    </message>
    <message>
        <source>Del</source>
        <translation>Entf</translation>
    </message>
    <message>
        <source>Delete cells</source>
        <translation>Zellen löschen</translation>
    </message>
    <message>
        <source>Delete patient data</source>
        <translation>Patientendaten löschen</translation>
    </message>
    <message numerus="yes">
        <source>Delete {count} cell</source>
        <comment>Delete {count} cells</comment>
        <translation>
            <numerusform>{count} Zelle löschen</numerusform>
            <numerusform>{count} Zellen löschen</numerusform>
        </translation>
    </message>
    <message>
        <source>Details and grades</source>
        <translation>Angaben und Grade</translation>
    </message>
    <message>
        <source>Draw cell</source>
        <translation>Zelle zeichnen</translation>
    </message>
    <message>
        <source>Draw cell {number}</source>
        <translation>Zelle {number} zeichnen</translation>
    </message>
    <message>
        <source>Edges are sharp.</source>
        <translation>Die Kanten sind scharf.</translation>
    </message>
    <message>
        <source>Edges are {percent:.0f} % of a cell wide, more than {most:.0f} %: blurred.</source>
        <translation>Kanten sind {percent:.0f} % einer Zelle breit, mehr als {most:.0f} %: unscharf.</translation>
    </message>
    <message>
        <source>Edges are {percent:.0f} % of a cell wide: in focus.</source>
        <translation>Kanten sind {percent:.0f} % einer Zelle breit: scharf.</translation>
    </message>
    <message>
        <source>Edit blood count</source>
        <translation>Blutbild bearbeiten</translation>
    </message>
    <message>
        <source>Edit grades</source>
        <translation>Grade bearbeiten</translation>
    </message>
    <message>
        <source>Edit sample details</source>
        <translation>Probenangaben bearbeiten</translation>
    </message>
    <message>
        <source>Elliptocytes or ovalocytes (hereditary elliptocytosis, iron deficiency, thalassaemia, megaloblastic among causes): correlate with history and indices.</source>
        <translation>Elliptozyten oder Ovalozyten (u. a. hereditäre Elliptozytose, Eisenmangel, Thalassämie, megaloblastäre Anämie): mit Anamnese und Indizes abgleichen.</translation>
    </message>
    <message>
        <source>Enter</source>
        <translation>Enter</translation>
    </message>
    <message>
        <source>Enter keeps</source>
        <translation>Return behält</translation>
    </message>
    <message>
        <source>Erase from cell {number}</source>
        <translation>Von Zelle {number} radieren</translation>
    </message>
    <message>
        <source>Esc drops</source>
        <translation>Esc verwirft</translation>
    </message>
    <message>
        <source>Every cell has been confirmed.</source>
        <translation>Alle Zellen sind bestätigt.</translation>
    </message>
    <message>
        <source>Every cell that needs review has been seen.</source>
        <translation>Jede zu prüfende Zelle wurde angesehen.</translation>
    </message>
    <message>
        <source>Every field is segmented already; {key} looks at the shown one again.</source>
        <translation>Alle Felder sind schon segmentiert; {key} sieht das gezeigte noch einmal an.</translation>
    </message>
    <message>
        <source>Exposure is right.</source>
        <translation>Die Belichtung stimmt.</translation>
    </message>
    <message>
        <source>Extend cell {number}</source>
        <translation>Zelle {number} erweitern</translation>
    </message>
    <message>
        <source>FAIL</source>
        <translation>FEHLER</translation>
    </message>
    <message>
        <source>FHIR bundle (JSON)</source>
        <translation>FHIR-Bundle (JSON)</translation>
    </message>
    <message>
        <source>Fewer than {least} measured red cells</source>
        <translation>Weniger als {least} vermessene Erythrozyten</translation>
    </message>
    <message>
        <source>Field by field</source>
        <translation>Feld für Feld</translation>
    </message>
    <message>
        <source>Field {number}</source>
        <translation>Feld {number}</translation>
    </message>
    <message>
        <source>Field {number} of {total}</source>
        <translation>Feld {number} von {total}</translation>
    </message>
    <message>
        <source>Fields get no image-level reading. {reason}</source>
        <translation>Felder erhalten keinen Gesamtbild-Befund. {reason}</translation>
    </message>
    <message>
        <source>Fields get no image-level reading; details are in the log.</source>
        <translation>Felder erhalten keinen Gesamtbild-Befund; Einzelheiten stehen im Protokoll.</translation>
    </message>
    <message>
        <source>Fill holes of cell {number}</source>
        <translation>Löcher von Zelle {number} füllen</translation>
    </message>
    <message numerus="yes">
        <source>Fill holes of {count} cell</source>
        <comment>Fill holes of {count} cells</comment>
        <translation>
            <numerusform>Löcher von {count} Zelle füllen</numerusform>
            <numerusform>Löcher von {count} Zellen füllen</numerusform>
        </translation>
    </message>
    <message>
        <source>Finding cells</source>
        <translation>Zellen werden gesucht</translation>
    </message>
    <message numerus="yes">
        <source>Finding cells ended as the case was left, with {done:,} of {count} field done. Open it again, then go on with {key}.</source>
        <comment>Finding cells ended as the case was left, with {done:,} of {count} fields done. Open it again, then go on with {key}.</comment>
        <translation>
            <numerusform>Die Suche nach Zellen endete, als der Fall verlassen wurde; {done:,} von {count} Feld ist fertig. Ihn wieder öffnen, dann weiter mit {key}.</numerusform>
            <numerusform>Die Suche nach Zellen endete, als der Fall verlassen wurde; {done:,} von {count} Feldern sind fertig. Ihn wieder öffnen, dann weiter mit {key}.</numerusform>
        </translation>
    </message>
    <message>
        <source>Findings are not a diagnosis; correlate with blood count, reticulocytes and clinical data.</source>
        <translation>Befunde sind keine Diagnose; mit Blutbild, Retikulozyten und klinischen Angaben abgleichen.</translation>
    </message>
    <message>
        <source>Finish second reading {number}</source>
        <translation>Zweitbefundung {number} beenden</translation>
    </message>
    <message>
        <source>For Research Use Only. Not for use in diagnostic procedures.</source>
        <translation>Nur für Forschungszwecke. Nicht zur Verwendung in diagnostischen Verfahren.</translation>
    </message>
    <message>
        <source>Give the class a name of letters, digits and spaces, at most {most} characters.</source>
        <translation>Der Klasse einen Namen aus Buchstaben, Ziffern und Leerzeichen geben, höchstens {most} Zeichen.</translation>
    </message>
    <message>
        <source>Give {name} one or two letters.</source>
        <translation>{name} einen oder zwei Buchstaben geben.</translation>
    </message>
    <message>
        <source>Go on reading</source>
        <translation>Weiterbefunden</translation>
    </message>
    <message>
        <source>Grade by {name}</source>
        <translation>Nach {name} gradieren</translation>
    </message>
    <message>
        <source>Grade {what}: {grade}</source>
        <translation>Grad {what}: {grade}</translation>
    </message>
    <message>
        <source>Grow cell {number}</source>
        <translation>Zelle {number} um ein Pixel erweitern</translation>
    </message>
    <message numerus="yes">
        <source>Grow {count} cell</source>
        <comment>Grow {count} cells</comment>
        <translation>
            <numerusform>{count} Zelle um ein Pixel erweitern</numerusform>
            <numerusform>{count} Zellen um ein Pixel erweitern</numerusform>
        </translation>
    </message>
    <message>
        <source>HL7 message (ORU^R01)</source>
        <translation>HL7-Nachricht (ORU^R01)</translation>
    </message>
    <message>
        <source>Hb</source>
        <translation>Hb</translation>
    </message>
    <message>
        <source>Hypochromic morphology: correlate with Hb, MCH, MCHC and ferritin.</source>
        <translation>Hypochrome Morphologie: mit Hb, MCH, MCHC und Ferritin abgleichen.</translation>
    </message>
    <message>
        <source>Image-level reading (research)</source>
        <translation>Gesamtbild-Befund (Forschung)</translation>
    </message>
    <message>
        <source>Images and scale</source>
        <translation>Bilder und Maßstab</translation>
    </message>
    <message>
        <source>Ins</source>
        <translation>Einfg</translation>
    </message>
    <message>
        <source>It is locked. To change anything, amend it: a new version begins, and the old signature stays.</source>
        <translation>Er ist gesperrt. Zum Ändern berichtigen: Eine neue Version beginnt, die alte Unterschrift bleibt.</translation>
    </message>
    <message numerus="yes">
        <source>Keeping {count} accepted outline first…</source>
        <comment>Keeping {count} accepted outlines first…</comment>
        <translation>
            <numerusform>Erst wird {count} angenommener Umriss gespeichert…</numerusform>
            <numerusform>Erst werden {count} angenommene Umrisse gespeichert…</numerusform>
        </translation>
    </message>
    <message>
        <source>Lab colours</source>
        <translation>Lab-Farben</translation>
    </message>
    <message>
        <source>Label images (TIFF)</source>
        <translation>Labelbilder (TIFF)</translation>
    </message>
    <message>
        <source>Largest first</source>
        <translation>Größte zuerst</translation>
    </message>
    <message>
        <source>Least round first</source>
        <translation>Unrundeste zuerst</translation>
    </message>
    <message>
        <source>Least sure first</source>
        <translation>Unsicherste zuerst</translation>
    </message>
    <message numerus="yes">
        <source>Leave out {count} cell at the edge</source>
        <comment>Leave out {count} cells at the edge</comment>
        <translation>
            <numerusform>{count} Zelle am Rand nicht mitzählen</numerusform>
            <numerusform>{count} Zellen am Rand nicht mitzählen</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Leave out {count} field</source>
        <comment>Leave out {count} fields</comment>
        <translation>
            <numerusform>{count} Feld nicht mitzählen</numerusform>
            <numerusform>{count} Felder nicht mitzählen</numerusform>
        </translation>
    </message>
    <message>
        <source>Left out, because the image can&apos;t be read or has changed since its cells were outlined: {names}.</source>
        <translation>Ausgelassen, weil das Bild sich nicht lesen lässt oder sich geändert hat, seit seine Zellen umrissen wurden: {names}.</translation>
    </message>
    <message>
        <source>Line {line} of {name} begins outside every slide.</source>
        <translation>Zeile {line} von {name} beginnt außerhalb jedes Scans.</translation>
    </message>
    <message>
        <source>Line {line} of {name} can&apos;t be read as CSV.</source>
        <translation>Zeile {line} von {name} ist nicht als CSV lesbar.</translation>
    </message>
    <message>
        <source>Line {line} of {name} can&apos;t be read as CSV: look for a quotation mark that is never closed.</source>
        <translation>Zeile {line} von {name} ist nicht als CSV lesbar: nach einem Anführungszeichen suchen, das nie geschlossen wird.</translation>
    </message>
    <message>
        <source>Line {line} of {name} isn&apos;t a point or a box: {reason}.</source>
        <translation>Zeile {line} von {name} ist kein Punkt und kein Rahmen: {reason}.</translation>
    </message>
    <message>
        <source>Line {line} of {name} names no cell.</source>
        <translation>Zeile {line} von {name} nennt keine Zelle.</translation>
    </message>
    <message>
        <source>Line {line} of {name} needs four whole numbers of pixels.</source>
        <translation>Zeile {line} von {name} braucht vier ganze Zahlen in Pixeln.</translation>
    </message>
    <message>
        <source>Line {line} of {name} overlaps a region before it; a cell would count twice.</source>
        <translation>Zeile {line} von {name} überlappt einen Bereich davor; eine Zelle würde doppelt zählen.</translation>
    </message>
    <message numerus="yes">
        <source>Locate {count} image</source>
        <comment>Locate {count} images</comment>
        <translation>
            <numerusform>{count} Bild suchen</numerusform>
            <numerusform>{count} Bilder suchen</numerusform>
        </translation>
    </message>
    <message>
        <source>Locate {name}</source>
        <translation>{name} suchen</translation>
    </message>
    <message>
        <source>Look at every cell that needs review, confirm the grades, then mark the case as reviewed or final.</source>
        <translation>Jede zu prüfende Zelle ansehen, die Grade bestätigen, dann den Fall als geprüft oder endgültig kennzeichnen.</translation>
    </message>
    <message>
        <source>Looking for moved images…</source>
        <translation>Verschobene Bilder werden gesucht…</translation>
    </message>
    <message>
        <source>Looking for unsaved work…</source>
        <translation>Nicht gespeicherte Arbeit wird gesucht…</translation>
    </message>
    <message>
        <source>MCH</source>
        <translation>MCH</translation>
    </message>
    <message>
        <source>MCH {mch:g} pg doesn&apos;t fit {percent:.1f} % hypochromic cells: check stain and focus.</source>
        <translation>MCH {mch:g} pg passt nicht zu {percent:.1f} % hypochromen Zellen: Färbung und Fokus prüfen.</translation>
    </message>
    <message>
        <source>MCH {mch:g} pg, but {percent:.1f} % hypochromic cells on the film: check stain and exposure.</source>
        <translation>MCH {mch:g} pg, aber {percent:.1f} % hypochrome Zellen im Ausstrich: Färbung und Belichtung prüfen.</translation>
    </message>
    <message>
        <source>MCHC</source>
        <translation>MCHC</translation>
    </message>
    <message>
        <source>MCHC {mchc:g} g/L doesn&apos;t fit {percent:.1f} % spherocytes: check that the area of the film isn&apos;t too thin.</source>
        <translation>MCHC {mchc:g} g/L passt nicht zu {percent:.1f} % Sphärozyten: prüfen, ob die Stelle des Ausstrichs zu dünn ist.</translation>
    </message>
    <message>
        <source>MCHC {mchc:g} g/L without spherocytes on the film: check the sample for lipaemia or agglutination.</source>
        <translation>MCHC {mchc:g} g/L ohne Sphärozyten im Ausstrich: Probe auf Lipämie oder Agglutination prüfen.</translation>
    </message>
    <message>
        <source>MCV</source>
        <translation>MCV</translation>
    </message>
    <message>
        <source>MCV {mcv:g} fL doesn&apos;t fit {percent:.1f} % macrocytes: check the scale and the sample.</source>
        <translation>MCV {mcv:g} fL passt nicht zu {percent:.1f} % Makrozyten: Maßstab und Probe prüfen.</translation>
    </message>
    <message>
        <source>MCV {mcv:g} fL doesn&apos;t fit {percent:.1f} % microcytes: check the scale and the sample.</source>
        <translation>MCV {mcv:g} fL passt nicht zu {percent:.1f} % Mikrozyten: Maßstab und Probe prüfen.</translation>
    </message>
    <message>
        <source>MCV {mcv:g} fL is an average of {small:.1f} % microcytes and {large:.1f} % macrocytes: two populations?</source>
        <translation>MCV {mcv:g} fL ist ein Mittel aus {small:.1f} % Mikrozyten und {large:.1f} % Makrozyten: zwei Populationen?</translation>
    </message>
    <message>
        <source>MCV {mcv:g} fL, but {percent:.1f} % macrocytes on the film: check the scale and the sample, also for cold agglutinins.</source>
        <translation>MCV {mcv:g} fL, aber {percent:.1f} % Makrozyten im Ausstrich: Maßstab und Probe prüfen, auch auf Kälteagglutinine.</translation>
    </message>
    <message>
        <source>MCV {mcv:g} fL, but {percent:.1f} % microcytes on the film: check the scale and the sample; thin cells are small by volume only.</source>
        <translation>MCV {mcv:g} fL, aber {percent:.1f} % Mikrozyten im Ausstrich: Maßstab und Probe prüfen; dünne Zellen sind nur dem Volumen nach klein.</translation>
    </message>
    <message>
        <source>Macrocytic morphology (megaloblastic or non-megaloblastic): correlate with MCV, B12, folate, reticulocytes and neutrophil lobes.</source>
        <translation>Makrozytäre Morphologie (megaloblastär oder nicht megaloblastär): mit MCV, B12, Folat, Retikulozyten und Segmentierung der Neutrophilen abgleichen.</translation>
    </message>
    <message>
        <source>Masks as COCO JSON</source>
        <translation>Masken als COCO-JSON</translation>
    </message>
    <message>
        <source>Measure and classify</source>
        <translation>Messen und klassifizieren</translation>
    </message>
    <message>
        <source>Measure and classify cells</source>
        <translation>Zellen messen und klassifizieren</translation>
    </message>
    <message>
        <source>Measure fields</source>
        <translation>Felder messen</translation>
    </message>
    <message>
        <source>Merge cells {first} and {second}</source>
        <translation>Zellen {first} und {second} vereinen</translation>
    </message>
    <message numerus="yes">
        <source>Merge {count} cell</source>
        <comment>Merge {count} cells</comment>
        <translation>
            <numerusform>{count} Zelle vereinen</numerusform>
            <numerusform>{count} Zellen vereinen</numerusform>
        </translation>
    </message>
    <message>
        <source>Meta</source>
        <translation>Meta</translation>
    </message>
    <message>
        <source>Microcytic hypochromic morphology (iron deficiency, thalassaemia, chronic disease, sideroblastic among causes): correlate with Hb, MCV, MCH, RDW, ferritin and haemoglobin studies.</source>
        <translation>Mikrozytäre hypochrome Morphologie (u. a. Eisenmangel, Thalassämie, chronische Krankheit, sideroblastische Anämie): mit Hb, MCV, MCH, RDW, Ferritin und Hämoglobinanalyse abgleichen.</translation>
    </message>
    <message>
        <source>Microcytic hypochromic morphology (iron deficiency, thalassaemia, chronic disease, sideroblastic among causes; with target cells, haemoglobinopathy and liver disease too): correlate with Hb, MCV, MCH, RDW, ferritin and haemoglobin studies.</source>
        <translation>Mikrozytäre hypochrome Morphologie (u. a. Eisenmangel, Thalassämie, chronische Krankheit, sideroblastische Anämie; mit Targetzellen auch Hämoglobinopathie und Lebererkrankung): mit Hb, MCV, MCH, RDW, Ferritin und Hämoglobinanalyse abgleichen.</translation>
    </message>
    <message>
        <source>Microcytic morphology: correlate with Hb, MCV, RDW and ferritin.</source>
        <translation>Mikrozytäre Morphologie: mit Hb, MCV, RDW und Ferritin abgleichen.</translation>
    </message>
    <message>
        <source>Most cells lie side by side.</source>
        <translation>Die meisten Zellen liegen nebeneinander.</translation>
    </message>
    <message>
        <source>Most similar first</source>
        <translation>Ähnlichste zuerst</translation>
    </message>
    <message>
        <source>Moved by hand: what was measured holds for its first place.</source>
        <translation>Von Hand verschoben: Die Messwerte gelten für die erste Stelle.</translation>
    </message>
    <message>
        <source>Name, letters, colour and key of a class must be short texts.</source>
        <translation>Name, Buchstaben, Farbe und Taste einer Klasse müssen kurze Texte sein.</translation>
    </message>
    <message>
        <source>Next to be segmented</source>
        <translation>Wird als Nächstes segmentiert</translation>
    </message>
    <message>
        <source>Next: make it final. It can then be changed only by amending it.</source>
        <translation>Als Nächstes: endgültig machen. Danach kann der Fall nur durch Berichtigen geändert werden.</translation>
    </message>
    <message>
        <source>No backup can be written to {folder}; choose another folder in the settings.</source>
        <translation>In {folder} kann keine Sicherung geschrieben werden; in den Einstellungen einen anderen Ordner wählen.</translation>
    </message>
    <message>
        <source>No band yet ({count} of {least})</source>
        <translation>Noch kein Band ({count} von {least})</translation>
    </message>
    <message>
        <source>No cell was found.</source>
        <translation>Keine Zelle wurde gefunden.</translation>
    </message>
    <message>
        <source>No cells</source>
        <translation>Keine Zellen</translation>
    </message>
    <message>
        <source>No cells yet: outline some, or find all of a field with {key}.</source>
        <translation>Noch keine Zellen: einige umreißen oder mit {key} alle eines Feldes suchen.</translation>
    </message>
    <message>
        <source>No details yet; all are optional.</source>
        <translation>Noch keine Angaben; alle sind freiwillig.</translation>
    </message>
    <message>
        <source>No graded red cell abnormality among the classes assessed.</source>
        <translation>Keine gradierte Erythrozytenveränderung unter den beurteilten Klassen.</translation>
    </message>
    <message>
        <source>No image of this case is missing.</source>
        <translation>Kein Bild dieses Falls fehlt.</translation>
    </message>
    <message>
        <source>No line has a grade yet, so nothing is said of the red cells; each line&apos;s remark says what it needs.</source>
        <translation>Keine Zeile hat bisher einen Grad, daher wird über die Erythrozyten nichts gesagt; die Bemerkung jeder Zeile sagt, was sie braucht.</translation>
    </message>
    <message>
        <source>No new cell was found.</source>
        <translation>Keine neue Zelle wurde gefunden.</translation>
    </message>
    <message>
        <source>No red cells were found in {name}: {reason}.</source>
        <translation>In {name} wurden keine Erythrozyten gefunden: {reason}.</translation>
    </message>
    <message>
        <source>No region can be read: most of the film is out of focus. Draw regions by hand, or scan another slide.</source>
        <translation>Kein Bereich ist lesbar: Der Ausstrich ist größtenteils unscharf. Bereiche von Hand zeichnen oder einen anderen Objektträger scannen.</translation>
    </message>
    <message>
        <source>No region can be read: most of the film is too thick. Draw regions by hand, or scan another slide.</source>
        <translation>Kein Bereich ist lesbar: Der Ausstrich ist größtenteils zu dick. Bereiche von Hand zeichnen oder einen anderen Objektträger scannen.</translation>
    </message>
    <message>
        <source>No row has the head {head}: the case isn&apos;t the one that was reported.</source>
        <translation>Keine Zeile hat den Kopfwert {head}: Der Fall ist nicht der, über den berichtet wurde.</translation>
    </message>
    <message>
        <source>No size: not every field has a calibration, or too few red cells</source>
        <translation>Keine Größe: Nicht jedes Feld ist kalibriert, oder zu wenige Erythrozyten</translation>
    </message>
    <message>
        <source>No stained cells were found on this slide; draw regions by hand.</source>
        <translation>Auf diesem Scan wurden keine gefärbten Zellen gefunden; Bereiche von Hand zeichnen.</translation>
    </message>
    <message>
        <source>No worker is left at {address}; start one. {resume}</source>
        <translation>Bei {address} ist kein Worker übrig; einen starten. {resume}</translation>
    </message>
    <message>
        <source>No worker process could be started; close other programs, or give fewer --workers.</source>
        <translation>Kein Arbeitsprozess konnte gestartet werden; andere Programme schließen oder weniger --workers angeben.</translation>
    </message>
    <message>
        <source>None of these folders holds an image; open others, or the images themselves.</source>
        <translation>Keiner dieser Ordner enthält ein Bild; andere öffnen oder die Bilder selbst.</translation>
    </message>
    <message numerus="yes">
        <source>None of {count} missing image is there; choose another folder.</source>
        <comment>None of {count} missing images is there; choose another folder.</comment>
        <translation>
            <numerusform>Keines von {count} fehlendem Bild ist dort; einen anderen Ordner wählen.</numerusform>
            <numerusform>Keines von {count} fehlenden Bildern ist dort; einen anderen Ordner wählen.</numerusform>
        </translation>
    </message>
    <message>
        <source>Normal red cells are about {um:.1f} µm across. Please check the number.</source>
        <translation>Normale Erythrozyten messen etwa {um:.1f} µm. Bitte die Zahl prüfen.</translation>
    </message>
    <message>
        <source>Not every report could be written; the next images write them again.</source>
        <translation>Nicht jeder Bericht konnte geschrieben werden; mit den nächsten Bildern werden sie erneut geschrieben.</translation>
    </message>
    <message>
        <source>Not given: {reason}. {model} was right on {percent:.0f} % of {fields:,} held-out fields.</source>
        <translation>Nicht angegeben: {reason}. {model} lag bei {percent:.0f} % von {fields:,} zurückgehaltenen Feldern richtig.</translation>
    </message>
    <message>
        <source>Note on {name}</source>
        <translation>Notiz zu {name}</translation>
    </message>
    <message>
        <source>Nothing is left that needs review. Go on with {key} to the cells that nobody has confirmed.</source>
        <translation>Nichts ist mehr zu prüfen. Weiter mit {key} zu den Zellen, die niemand bestätigt hat.</translation>
    </message>
    <message>
        <source>Nothing left to review</source>
        <translation>Nichts mehr zu prüfen</translation>
    </message>
    <message>
        <source>Nothing of the cell would be left. Delete the cell instead.</source>
        <translation>Von der Zelle bliebe nichts übrig. Stattdessen die Zelle löschen.</translation>
    </message>
    <message>
        <source>Nothing was deleted.</source>
        <translation>Nichts wurde gelöscht.</translation>
    </message>
    <message>
        <source>Nothing was missed in {name}</source>
        <translation>In {name} wurde nichts übersehen</translation>
    </message>
    <message>
        <source>Number {number} to be segmented</source>
        <translation>Wird als Nummer {number} segmentiert</translation>
    </message>
    <message>
        <source>One field</source>
        <translation>Ein Feld</translation>
    </message>
    <message>
        <source>Only a final case can be amended; change this one as it is.</source>
        <translation>Nur ein endgültiger Fall kann berichtigt werden; diesen einfach ändern.</translation>
    </message>
    <message>
        <source>Only a reviewed or final case can be a normal sample; sign it first (Signatures).</source>
        <translation>Nur ein geprüfter oder endgültiger Fall kann eine Normalprobe sein; erst unterschreiben (Unterschriften).</translation>
    </message>
    <message>
        <source>Only about {percent} % of {name} is there, so it is left out; copy or export it again from its source, or take it with --incomplete.</source>
        <translation>Nur etwa {percent} % von {name} sind vorhanden, daher wird das Bild ausgelassen; erneut aus der Quelle kopieren oder exportieren oder mit --incomplete aufnehmen.</translation>
    </message>
    <message>
        <source>Only about {percent} % of {name} is there, so it was not added, nor {count} more cut off like it ({names}); copy or export them again from their source, or add what there is.</source>
        <translation>Nur etwa {percent} % von {name} sind vorhanden, daher wurde das Bild nicht hinzugefügt, ebenso {count} weitere abgeschnittene ({names}); erneut aus der Quelle kopieren oder exportieren oder hinzufügen, was da ist.</translation>
    </message>
    <message>
        <source>Only about {percent} % of {name} is there, so it was not added; copy or export it again from its source, or add what there is.</source>
        <translation>Nur etwa {percent} % von {name} sind vorhanden, daher wurde das Bild nicht hinzugefügt; erneut aus der Quelle kopieren oder exportieren oder hinzufügen, was da ist.</translation>
    </message>
    <message>
        <source>Only about {percent} % of {name} is there; the rest is filler, so what was found holds for a part of the field; copy or export the image again from its source.</source>
        <translation>Nur etwa {percent} % von {name} sind vorhanden; der Rest ist Füllung, das Ergebnis gilt also für einen Teil des Feldes; das Bild erneut aus der Quelle kopieren oder exportieren.</translation>
    </message>
    <message>
        <source>Only shown here</source>
        <translation>Nur hier gezeigt</translation>
    </message>
    <message numerus="yes">
        <source>Only the largest part of cell {numbers} was kept. Undo with {key}; the knife makes two cells.</source>
        <comment>Only the largest part of each of cells {numbers} was kept. Undo with {key}; the knife makes two cells of one.</comment>
        <translation>
            <numerusform>Nur der größte Teil von Zelle {numbers} blieb. Rückgängig mit {key}; das Messer macht zwei Zellen daraus.</numerusform>
            <numerusform>Nur der jeweils größte Teil der Zellen {numbers} blieb. Rückgängig mit {key}; das Messer macht zwei Zellen aus einer.</numerusform>
        </translation>
    </message>
    <message>
        <source>Only the largest part of what you drew is a cell: the rest is apart from it.</source>
        <translation>Nur der größte Teil der Zeichnung ist eine Zelle: Der Rest hängt nicht mit ihm zusammen.</translation>
    </message>
    <message>
        <source>Only {percent:.0f} % of the cells show a pale centre, under {least:.0f} %: pallor can&apos;t be seen here.</source>
        <translation>Nur {percent:.0f} % der Zellen zeigen eine zentrale Aufhellung, weniger als {least:.0f} %: Aufhellung ist hier nicht zu beurteilen.</translation>
    </message>
    <message>
        <source>Open one case at a time, and images apart from it.</source>
        <translation>Einen Fall auf einmal öffnen und Bilder getrennt davon.</translation>
    </message>
    <message>
        <source>Opening images…</source>
        <translation>Bilder werden geöffnet…</translation>
    </message>
    <message>
        <source>Opening the case…</source>
        <translation>Der Fall wird geöffnet…</translation>
    </message>
    <message>
        <source>Opening the image…</source>
        <translation>Das Bild wird geöffnet…</translation>
    </message>
    <message>
        <source>Opening what there is…</source>
        <translation>Vorhandenes wird geöffnet…</translation>
    </message>
    <message>
        <source>Outlines</source>
        <translation>Umrisse</translation>
    </message>
    <message>
        <source>Outlines as GeoJSON (QuPath)</source>
        <translation>Umrisse als GeoJSON (QuPath)</translation>
    </message>
    <message>
        <source>Outlining…  You can go on: what you click is not lost.</source>
        <translation>Umriss wird gesucht…  Sie können weitermachen: Kein Klick geht verloren.</translation>
    </message>
    <message>
        <source>Own class {number}</source>
        <translation>Eigene Klasse {number}</translation>
    </message>
    <message>
        <source>PDF report</source>
        <translation>PDF-Bericht</translation>
    </message>
    <message>
        <source>Page {number}</source>
        <translation>Seite {number}</translation>
    </message>
    <message>
        <source>Palest first</source>
        <translation>Blasseste zuerst</translation>
    </message>
    <message>
        <source>Pallor can be seen.</source>
        <translation>Aufhellung ist zu sehen.</translation>
    </message>
    <message>
        <source>Part of the list of own classes ({name}) can&apos;t be used; look it through and save it.</source>
        <translation>Ein Teil der Liste eigener Klassen ({name}) ist nicht verwendbar; durchsehen und speichern.</translation>
    </message>
    <message>
        <source>PgDown</source>
        <translation>Bild ab</translation>
    </message>
    <message>
        <source>PgUp</source>
        <translation>Bild auf</translation>
    </message>
    <message>
        <source>Pictures of the cells, by class</source>
        <translation>Bilder der Zellen, nach Klassen</translation>
    </message>
    <message>
        <source>Platelets</source>
        <translation>Thrombozyten</translation>
    </message>
    <message>
        <source>Please send the details below to whoever looks after this program. Log: {file}</source>
        <translation>Bitte die Einzelheiten unten an die Betreuung dieses Programms senden. Protokoll: {file}</translation>
    </message>
    <message>
        <source>Please wait until the last file is open, or cancel it.</source>
        <translation>Bitte warten, bis die letzte Datei offen ist, oder abbrechen.</translation>
    </message>
    <message>
        <source>RBC</source>
        <translation>Erythrozyten</translation>
    </message>
    <message>
        <source>RBC Desktop can&apos;t write to {where}; make room there or ask for access, then start it again.</source>
        <translation>RBC Desktop kann nicht in {where} schreiben; dort Platz schaffen oder um Zugriff bitten, dann neu starten.</translation>
    </message>
    <message>
        <source>RBC Desktop could not start; please send the details to whoever looks after this program.</source>
        <translation>RBC Desktop konnte nicht starten; bitte die Einzelheiten an die Betreuung dieses Programms senden.</translation>
    </message>
    <message>
        <source>RDW</source>
        <translation>RDW</translation>
    </message>
    <message>
        <source>RDW {rdw:g} % but even sizes on the film (CV {cv:.1f} %): count other fields too.</source>
        <translation>RDW {rdw:g} %, aber gleichmäßige Größen im Ausstrich (VK {cv:.1f} %): auch andere Felder zählen.</translation>
    </message>
    <message>
        <source>RDW {rdw:g} % but uneven sizes on the film (CV {cv:.1f} %): check the outlines.</source>
        <translation>RDW {rdw:g} %, aber ungleiche Größen im Ausstrich (VK {cv:.1f} %): Umrisse prüfen.</translation>
    </message>
    <message>
        <source>Read by {name}, {when}: {part}; {done:,} of {cells:,} read.</source>
        <translation>Befundet von {name}, {when}: {part}; {done:,} von {cells:,} befundet.</translation>
    </message>
    <message>
        <source>Read from the look of the field alone. A smear has no haemoglobin: this is no blood count and no diagnosis.</source>
        <translation>Nur aus dem Aussehen des Feldes geschlossen. Ein Ausstrich enthält kein Hämoglobin: Dies ist kein Blutbild und keine Diagnose.</translation>
    </message>
    <message>
        <source>Reading the image…</source>
        <translation>Das Bild wird gelesen…</translation>
    </message>
    <message>
        <source>Redo: {action}</source>
        <translation>Wiederherstellen: {action}</translation>
    </message>
    <message>
        <source>Refine cell {number}</source>
        <translation>Zelle {number} verfeinern</translation>
    </message>
    <message>
        <source>Remove fields</source>
        <translation>Felder entfernen</translation>
    </message>
    <message numerus="yes">
        <source>Remove scale of {count} field</source>
        <comment>Remove scale of {count} fields</comment>
        <translation>
            <numerusform>Maßstab von {count} Feld entfernen</numerusform>
            <numerusform>Maßstab von {count} Feldern entfernen</numerusform>
        </translation>
    </message>
    <message>
        <source>Remove slides</source>
        <translation>Scan entfernen</translation>
    </message>
    <message>
        <source>Remove {name}</source>
        <translation>{name} entfernen</translation>
    </message>
    <message>
        <source>Report {version} is a draft</source>
        <translation>Bericht {version} ist ein Entwurf</translation>
    </message>
    <message>
        <source>Report {version} is an amendment, not signed yet</source>
        <translation>Bericht {version} ist eine Berichtigung, noch nicht unterschrieben</translation>
    </message>
    <message>
        <source>Report {version} is {state}, {act}</source>
        <translation>Bericht {version} ist {state}, {act}</translation>
    </message>
    <message>
        <source>Report {version}: approved by {name}</source>
        <translation>Bericht {version}: freigegeben von {name}</translation>
    </message>
    <message>
        <source>Report {version}: reviewed by {name}</source>
        <translation>Bericht {version}: geprüft von {name}</translation>
    </message>
    <message>
        <source>Reshape cell {number}</source>
        <translation>Zelle {number} umformen</translation>
    </message>
    <message>
        <source>Reticulocytes</source>
        <translation>Retikulozyten</translation>
    </message>
    <message>
        <source>Retraining ended by itself, for want of memory perhaps; close other programs, or choose fewer cases.</source>
        <translation>Das Nachtrainieren endete von selbst, vielleicht aus Speichermangel; andere Programme schließen oder weniger Fälle wählen.</translation>
    </message>
    <message>
        <source>Return</source>
        <translation>Return</translation>
    </message>
    <message>
        <source>Row {number} of the audit trail (“{action}”) was changed after it was written.</source>
        <translation>Zeile {number} des Prüfpfads („{action}“) wurde nach dem Schreiben verändert.</translation>
    </message>
    <message>
        <source>Row {number} of the audit trail can&apos;t be read.</source>
        <translation>Zeile {number} des Prüfpfads ist nicht lesbar.</translation>
    </message>
    <message>
        <source>Row {number} of the audit trail is missing.</source>
        <translation>Zeile {number} des Prüfpfads fehlt.</translation>
    </message>
    <message>
        <source>Saved as {name}. Every further step is kept there at once.</source>
        <translation>Als {name} gespeichert. Jeder weitere Schritt wird dort sofort gespeichert.</translation>
    </message>
    <message>
        <source>Saving the case…</source>
        <translation>Der Fall wird gespeichert…</translation>
    </message>
    <message>
        <source>Say what is changed and why; the report carries it.</source>
        <translation>Angeben, was warum geändert wird; der Bericht trägt es.</translation>
    </message>
    <message>
        <source>Say why a confirmed grade is changed; the audit trail keeps it.</source>
        <translation>Angeben, warum ein bestätigter Grad geändert wird; der Prüfpfad hält es fest.</translation>
    </message>
    <message>
        <source>Schistocytes: review the film now, thrombotic microangiopathy among causes; correlate with platelets and LDH.</source>
        <translation>Fragmentozyten: den Ausstrich jetzt ansehen, u. a. thrombotische Mikroangiopathie; mit Thrombozyten und LDH abgleichen.</translation>
    </message>
    <message>
        <source>Second reading</source>
        <translation>Zweitbefundung</translation>
    </message>
    <message numerus="yes">
        <source>Second reading by {name}: {done:,} of {count} cell read</source>
        <comment>Second reading by {name}: {done:,} of {count} cells read</comment>
        <translation>
            <numerusform>Zweitbefundung durch {name}: {done:,} von {count} Zelle befundet</numerusform>
            <numerusform>Zweitbefundung durch {name}: {done:,} von {count} Zellen befundet</numerusform>
        </translation>
    </message>
    <message>
        <source>Second reading {number}</source>
        <translation>Zweitbefundung {number}</translation>
    </message>
    <message numerus="yes">
        <source>Segment all ({cells:,} cells in {count} field)</source>
        <comment>Segment all ({cells:,} cells in {count} fields)</comment>
        <translation>
            <numerusform>Alles segmentieren ({cells:,} Zellen in {count} Feld)</numerusform>
            <numerusform>Alles segmentieren ({cells:,} Zellen in {count} Feldern)</numerusform>
        </translation>
    </message>
    <message>
        <source>Segment all ({cells:,} cells in {rows:,} batches)</source>
        <translation>Alles segmentieren ({cells:,} Zellen in {rows:,} Teilen)</translation>
    </message>
    <message numerus="yes">
        <source>Segment all ({count} cell)</source>
        <comment>Segment all ({count} cells)</comment>
        <translation>
            <numerusform>Alles segmentieren ({count} Zelle)</numerusform>
            <numerusform>Alles segmentieren ({count} Zellen)</numerusform>
        </translation>
    </message>
    <message>
        <source>Select a cell first, then press the key of its class.</source>
        <translation>Erst eine Zelle auswählen, dann die Taste ihrer Klasse drücken.</translation>
    </message>
    <message>
        <source>Select a cell first: others are compared with it.</source>
        <translation>Erst eine Zelle auswählen: Mit ihr werden andere verglichen.</translation>
    </message>
    <message>
        <source>Select a cell of this field first.</source>
        <translation>Erst eine Zelle dieses Feldes auswählen.</translation>
    </message>
    <message>
        <source>Select two or more cells first; Ctrl+click adds a cell.</source>
        <translation>Erst zwei oder mehr Zellen auswählen; Strg+Klick nimmt eine hinzu.</translation>
    </message>
    <message>
        <source>Set classes</source>
        <translation>Klassen setzen</translation>
    </message>
    <message>
        <source>Set to {cell_class}, although the field is not calibrated: the report will show it as your own judgement of size.</source>
        <translation>Auf {cell_class} gesetzt, obwohl das Feld nicht kalibriert ist: Der Bericht zeigt es als Ihr eigenes Urteil über die Größe.</translation>
    </message>
    <message numerus="yes">
        <source>Set {count} cell to {cell_class}</source>
        <comment>Set {count} cells to {cell_class}</comment>
        <translation>
            <numerusform>{count} Zelle auf {cell_class} setzen</numerusform>
            <numerusform>{count} Zellen auf {cell_class} setzen</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Settle {count} difference of second reading {number}</source>
        <comment>Settle {count} differences of second reading {number}</comment>
        <translation>
            <numerusform>{count} Unterschied der Zweitbefundung {number} klären</numerusform>
            <numerusform>{count} Unterschiede der Zweitbefundung {number} klären</numerusform>
        </translation>
    </message>
    <message>
        <source>Several changes</source>
        <translation>Mehrere Änderungen</translation>
    </message>
    <message>
        <source>Sheet {number}, {place}</source>
        <translation>Blatt {number}, {place}</translation>
    </message>
    <message>
        <source>Shift</source>
        <translation>Umschalt</translation>
    </message>
    <message>
        <source>Shift+click: this too</source>
        <translation>Umschalt+Klick: das auch</translation>
    </message>
    <message>
        <source>Shrink cell {number}</source>
        <translation>Zelle {number} um ein Pixel verkleinern</translation>
    </message>
    <message numerus="yes">
        <source>Shrink {count} cell</source>
        <comment>Shrink {count} cells</comment>
        <translation>
            <numerusform>{count} Zelle um ein Pixel verkleinern</numerusform>
            <numerusform>{count} Zellen um ein Pixel verkleinern</numerusform>
        </translation>
    </message>
    <message>
        <source>Sign</source>
        <translation>Unterschreiben</translation>
    </message>
    <message>
        <source>Signature {number}</source>
        <translation>Unterschrift {number}</translation>
    </message>
    <message>
        <source>Signature {number} ({state}, {act}): {problem}.</source>
        <translation>Unterschrift {number} ({state}, {act}): {problem}.</translation>
    </message>
    <message>
        <source>Signatures and readings</source>
        <translation>Unterschriften und Befundungen</translation>
    </message>
    <message>
        <source>Signatures can&apos;t be sealed: the key is another one; install the application again.</source>
        <translation>Unterschriften können nicht gesiegelt werden: Der Schlüssel ist ein anderer; die Anwendung neu installieren.</translation>
    </message>
    <message>
        <source>Signatures can&apos;t be sealed: {reason}; install the application again.</source>
        <translation>Unterschriften können nicht gesiegelt werden: {reason}; die Anwendung neu installieren.</translation>
    </message>
    <message>
        <source>Size: not every field has a calibration, so it isn&apos;t compared.</source>
        <translation>Größe: Nicht jedes Feld hat eine Kalibrierung, daher kein Vergleich.</translation>
    </message>
    <message>
        <source>Slide {number}</source>
        <translation>Scan {number}</translation>
    </message>
    <message>
        <source>Smooth cell {number}</source>
        <translation>Zelle {number} glätten</translation>
    </message>
    <message numerus="yes">
        <source>Smooth {count} cell</source>
        <comment>Smooth {count} cells</comment>
        <translation>
            <numerusform>{count} Zelle glätten</numerusform>
            <numerusform>{count} Zellen glätten</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>So is {count} more.</source>
        <comment>So are {count} more.</comment>
        <translation>
            <numerusform>{count} weiterer ebenso.</numerusform>
            <numerusform>{count} weitere ebenso.</numerusform>
        </translation>
    </message>
    <message>
        <source>Something unexpected went wrong ({value}); details are in the log.</source>
        <translation>Etwas Unerwartetes ist schiefgegangen ({value}); Einzelheiten stehen im Protokoll.</translation>
    </message>
    <message>
        <source>Something unexpected went wrong. Your work is kept: every step up to here is in the case file.</source>
        <translation>Etwas Unerwartetes ist schiefgegangen. Ihre Arbeit ist erhalten: Jeder Schritt bis hierher steht in der Falldatei.</translation>
    </message>
    <message>
        <source>Space</source>
        <translation>Leertaste</translation>
    </message>
    <message>
        <source>Spherocytes (hereditary spherocytosis, immune haemolysis among causes): check the area of the film; correlate with DAT, reticulocytes, bilirubin and LDH.</source>
        <translation>Sphärozyten (u. a. hereditäre Sphärozytose, Immunhämolyse): die Stelle des Ausstrichs prüfen; mit DAT, Retikulozyten, Bilirubin und LDH abgleichen.</translation>
    </message>
    <message>
        <source>Split cell {number}</source>
        <translation>Zelle {number} teilen</translation>
    </message>
    <message>
        <source>Splitting cell {number}…</source>
        <translation>Zelle {number} wird geteilt…</translation>
    </message>
    <message>
        <source>Starting a new case…</source>
        <translation>Ein neuer Fall wird begonnen…</translation>
    </message>
    <message>
        <source>Starting…</source>
        <translation>Start…</translation>
    </message>
    <message>
        <source>Stomatocytes (liver disease, alcohol among causes, or an artefact): correlate with history.</source>
        <translation>Stomatozyten (u. a. Lebererkrankung, Alkohol oder Artefakt): mit der Anamnese abgleichen.</translation>
    </message>
    <message>
        <source>Stopped.</source>
        <translation>Angehalten.</translation>
    </message>
    <message>
        <source>Stopped. Files that were complete are kept.</source>
        <translation>Angehalten. Fertige Dateien bleiben.</translation>
    </message>
    <message>
        <source>Stopped. Nothing was written.</source>
        <translation>Angehalten. Nichts wurde geschrieben.</translation>
    </message>
    <message numerus="yes">
        <source>Stopped. {cells} in {count} field kept; undo with {key}.</source>
        <comment>Stopped. {cells} in {count} fields kept; undo with {key}.</comment>
        <translation>
            <numerusform>Angehalten. {cells} in {count} Feld behalten; rückgängig mit {key}.</numerusform>
            <numerusform>Angehalten. {cells} in {count} Feldern behalten; rückgängig mit {key}.</numerusform>
        </translation>
    </message>
    <message>
        <source>Stopped. {cells} kept; undo with {key}.</source>
        <translation>Angehalten. {cells} behalten; rückgängig mit {key}.</translation>
    </message>
    <message>
        <source>Summary of the sample (CSV)</source>
        <translation>Zusammenfassung der Probe (CSV)</translation>
    </message>
    <message>
        <source>Tab: candidate {number} of {total}</source>
        <translation>Tab: Kandidat {number} von {total}</translation>
    </message>
    <message>
        <source>Take back the grade of {what}</source>
        <translation>Grad von {what} zurücknehmen</translation>
    </message>
    <message>
        <source>Take it out</source>
        <translation>Herausnehmen</translation>
    </message>
    <message>
        <source>Take over a case of version {version}</source>
        <translation>Einen Fall der Version {version} übernehmen</translation>
    </message>
    <message>
        <source>Target cells (haemoglobinopathy, liver disease, after splenectomy, or an artefact): correlate with indices and haemoglobin studies.</source>
        <translation>Targetzellen (Hämoglobinopathie, Lebererkrankung, nach Splenektomie oder Artefakt): mit Indizes und Hämoglobinanalyse abgleichen.</translation>
    </message>
    <message>
        <source>Teardrop cells (marrow infiltration, fibrosis, thalassaemia among causes): correlate with blood count and history.</source>
        <translation>Dakryozyten (u. a. Knochenmarkinfiltration, Fibrose, Thalassämie): mit Blutbild und Anamnese abgleichen.</translation>
    </message>
    <message>
        <source>That cell is gone. Select another one.</source>
        <translation>Diese Zelle gibt es nicht mehr. Eine andere auswählen.</translation>
    </message>
    <message>
        <source>That is cell {number}: its outline was replaced, not added twice.</source>
        <translation>Das ist Zelle {number}: Ihr Umriss wurde ersetzt, nicht doppelt hinzugefügt.</translation>
    </message>
    <message>
        <source>That is too small for a cell. Draw around the whole cell, or choose a wider brush.</source>
        <translation>Das ist zu klein für eine Zelle. Um die ganze Zelle zeichnen oder einen breiteren Pinsel wählen.</translation>
    </message>
    <message>
        <source>The analysis of cell {number}</source>
        <translation>Die Auswertung von Zelle {number}</translation>
    </message>
    <message>
        <source>The audit trail of {name} can&apos;t be read: {reason}</source>
        <translation>Der Prüfpfad von {name} ist nicht lesbar: {reason}</translation>
    </message>
    <message>
        <source>The audit trail of {name} can&apos;t be read; save the case under another name.</source>
        <translation>Der Prüfpfad von {name} ist nicht lesbar; den Fall unter einem anderen Namen speichern.</translation>
    </message>
    <message>
        <source>The audit trail was emptied; it begins anew here.</source>
        <translation>Der Prüfpfad wurde geleert; hier beginnt er neu.</translation>
    </message>
    <message>
        <source>The backup can&apos;t be restored; make room on the disk of your data folder and try again.</source>
        <translation>Die Sicherung kann nicht wiederhergestellt werden; auf dem Datenträger Ihres Datenordners Platz schaffen und erneut versuchen.</translation>
    </message>
    <message>
        <source>The bundled classifier is used instead of the chosen one. {reason}</source>
        <translation>Statt des gewählten Klassifikators wird der mitgelieferte verwendet. {reason}</translation>
    </message>
    <message>
        <source>The bundled segmenter is used instead of the chosen one. {reason}</source>
        <translation>Statt des gewählten Segmentierers wird der mitgelieferte verwendet. {reason}</translation>
    </message>
    <message>
        <source>The case file, and other steps</source>
        <translation>Die Falldatei und andere Schritte</translation>
    </message>
    <message>
        <source>The case is final and graded by another scheme; leave --scheme out, or give another --out.</source>
        <translation>Der Fall ist endgültig und nach einem anderen Schema gradiert; --scheme weglassen oder ein anderes --out angeben.</translation>
    </message>
    <message>
        <source>The case is final; amend it to change it.</source>
        <translation>Der Fall ist endgültig; zum Ändern berichtigen.</translation>
    </message>
    <message>
        <source>The case names no instrument, so no control film belongs to it.</source>
        <translation>Der Fall nennt kein Gerät, daher gehört kein Kontrollausstrich dazu.</translation>
    </message>
    <message>
        <source>The case names no instrument; fill in Instrument first (Report › Sample and grades…, Details).</source>
        <translation>Der Fall nennt kein Gerät; erst Gerät ausfüllen (Bericht › Probe und Grade…, Angaben).</translation>
    </message>
    <message>
        <source>The cell fills the field: it can&apos;t grow.</source>
        <translation>Die Zelle füllt das Feld aus: Sie kann nicht wachsen.</translation>
    </message>
    <message>
        <source>The cells are still being counted; try again in a moment.</source>
        <translation>Die Zellen werden noch gezählt; gleich noch einmal versuchen.</translation>
    </message>
    <message>
        <source>The charts can&apos;t be written to {folder}: {reason}.</source>
        <translation>Die Karten können nicht nach {folder} geschrieben werden: {reason}.</translation>
    </message>
    <message>
        <source>The chosen models could not be started; details are in the log.</source>
        <translation>Die gewählten Modelle konnten nicht gestartet werden; Einzelheiten stehen im Protokoll.</translation>
    </message>
    <message>
        <source>The class of cell {number}</source>
        <translation>Die Klasse von Zelle {number}</translation>
    </message>
    <message numerus="yes">
        <source>The class of {count} cell was suggested by another classifier; the current one classifies again. Reviewed classes stay.</source>
        <comment>The classes of {count} cells were suggested by another classifier; the current one classifies again. Reviewed classes stay.</comment>
        <translation>
            <numerusform>Die Klasse von {count} Zelle hat ein anderer Klassifikator vorgeschlagen; der jetzige klassifiziert neu. Geprüfte Klassen bleiben.</numerusform>
            <numerusform>Die Klassen von {count} Zellen hat ein anderer Klassifikator vorgeschlagen; der jetzige klassifiziert neu. Geprüfte Klassen bleiben.</numerusform>
        </translation>
    </message>
    <message>
        <source>The classifier doesn&apos;t fit this version of the application ({reason}); {remedy}.</source>
        <translation>Der Klassifikator passt nicht zu dieser Version der Anwendung ({reason}); {remedy}.</translation>
    </message>
    <message>
        <source>The classifier got feature vectors of another version; report this as a fault.</source>
        <translation>Der Klassifikator erhielt Merkmale einer anderen Version; bitte als Fehler melden.</translation>
    </message>
    <message numerus="yes">
        <source>The classifier never proposes {names}: only cells that a person set are counted in this class.</source>
        <comment>The classifier never proposes {names}: only cells that a person set are counted in these classes.</comment>
        <translation>
            <numerusform>Der Klassifikator schlägt {names} nie vor: In dieser Klasse sind nur Zellen gezählt, die eine Person gesetzt hat.</numerusform>
            <numerusform>Der Klassifikator schlägt {names} nie vor: In diesen Klassen sind nur Zellen gezählt, die eine Person gesetzt hat.</numerusform>
        </translation>
    </message>
    <message>
        <source>The classifier {name} answers no numbers; {remedy}.</source>
        <translation>Der Klassifikator {name} liefert keine Zahlen; {remedy}.</translation>
    </message>
    <message>
        <source>The colour of {name} is too pale to be seen on a smear; choose a darker one.</source>
        <translation>Die Farbe von {name} ist zu blass, um auf einem Ausstrich gesehen zu werden; eine dunklere wählen.</translation>
    </message>
    <message>
        <source>The control film of {name} of {day} has run off: {rules}.</source>
        <translation>Der Kontrollausstrich von {name} vom {day} liegt außerhalb: {rules}.</translation>
    </message>
    <message>
        <source>The control film of {name} of {day} is missing.</source>
        <translation>Der Kontrollausstrich von {name} vom {day} fehlt.</translation>
    </message>
    <message>
        <source>The control film of {name} of {day} is more than 2 SD off, watch it: {m}.</source>
        <translation>Der Kontrollausstrich von {name} vom {day} weicht um mehr als 2 SD ab, beobachten: {m}.</translation>
    </message>
    <message>
        <source>The control film of {name} of {day} is number {number} of the {most} that make its limits.</source>
        <translation>Der Kontrollausstrich von {name} vom {day} ist Nummer {number} der {most}, aus denen seine Grenzen entstehen.</translation>
    </message>
    <message>
        <source>The control film of {name} of {day} lies within its limits.</source>
        <translation>Der Kontrollausstrich von {name} vom {day} liegt innerhalb seiner Grenzen.</translation>
    </message>
    <message>
        <source>The darkest place has {percent:.0f} % of the light, under {least:.0f} %: centre the condenser.</source>
        <translation>Die dunkelste Stelle hat {percent:.0f} % des Lichts, weniger als {least:.0f} %: den Kondensor zentrieren.</translation>
    </message>
    <message>
        <source>The disk is full, so {name} could not be opened; free some space and try again.</source>
        <translation>Der Datenträger ist voll, daher konnte {name} nicht geöffnet werden; Platz schaffen und erneut versuchen.</translation>
    </message>
    <message>
        <source>The disk is full, so {name} could not be written; free some space and try again.</source>
        <translation>Der Datenträger ist voll, daher konnte {name} nicht geschrieben werden; Platz schaffen und erneut versuchen.</translation>
    </message>
    <message>
        <source>The disk is full, so {name} was not written. Make room, or choose another folder; what was written before it is complete.</source>
        <translation>Der Datenträger ist voll, {name} wurde deshalb nicht geschrieben. Schaffen Sie Platz, oder wählen Sie einen anderen Ordner; was davor geschrieben wurde, ist vollständig.</translation>
    </message>
    <message>
        <source>The drive has no locks for {name}; save the case on this computer instead.</source>
        <translation>Das Laufwerk kennt keine Sperren für {name}; den Fall stattdessen auf diesem Computer speichern.</translation>
    </message>
    <message>
        <source>The edge of the image cuts none of the selected cells.</source>
        <translation>Der Bildrand schneidet keine der ausgewählten Zellen an.</translation>
    </message>
    <message>
        <source>The field shows too few single cells to tell.</source>
        <translation>Das Feld zeigt zu wenige Einzelzellen für eine Aussage.</translation>
    </message>
    <message>
        <source>The file of regions {name} can&apos;t be read; give a CSV file in UTF-8.</source>
        <translation>Die Datei der Bereiche {name} ist nicht lesbar; eine CSV-Datei in UTF-8 angeben.</translation>
    </message>
    <message>
        <source>The files of {name} were changed from outside; save the case under another name at once (File › Save case as…).</source>
        <translation>Die Dateien von {name} wurden von außen verändert; den Fall sofort unter einem anderen Namen speichern (Datei › Fall speichern unter…).</translation>
    </message>
    <message>
        <source>The folder of {name} was moved, renamed or deleted; nothing further is kept until you save the case under a name (File › Save case as…).</source>
        <translation>Der Ordner von {name} wurde verschoben, umbenannt oder gelöscht; nichts wird mehr gespeichert, bis Sie den Fall unter einem Namen speichern (Datei › Fall speichern unter…).</translation>
    </message>
    <message>
        <source>The folder {folder} can&apos;t be made; choose another one.</source>
        <translation>Der Ordner {folder} kann nicht angelegt werden; einen anderen wählen.</translation>
    </message>
    <message>
        <source>The folder {folder} can&apos;t be read; ask its owner for access.</source>
        <translation>Der Ordner {folder} ist nicht lesbar; den Besitzer um Zugriff bitten.</translation>
    </message>
    <message>
        <source>The folder {name} can&apos;t be written to; choose another folder.</source>
        <translation>In den Ordner {name} kann nicht geschrieben werden; einen anderen Ordner wählen.</translation>
    </message>
    <message>
        <source>The folder {out} can&apos;t be made; give another one with --out.</source>
        <translation>Der Ordner {out} kann nicht angelegt werden; mit --out einen anderen angeben.</translation>
    </message>
    <message>
        <source>The grading</source>
        <translation>Die Gradierung</translation>
    </message>
    <message>
        <source>The grading scheme of the case can&apos;t be read: {reason}.</source>
        <translation>Das Grad-Schema des Falls ist nicht lesbar: {reason}.</translation>
    </message>
    <message>
        <source>The image and the table use this key themselves</source>
        <translation>Bild und Tabelle verwenden diese Taste selbst</translation>
    </message>
    <message>
        <source>The image contradicts the scale that its file states.</source>
        <translation>Das Bild widerspricht dem Maßstab, den seine Datei angibt.</translation>
    </message>
    <message>
        <source>The image is not here yet. Try again when it is shown.</source>
        <translation>Das Bild ist noch nicht da. Erneut versuchen, wenn es gezeigt wird.</translation>
    </message>
    <message>
        <source>The image-level model answers no numbers; choose another one in the settings.</source>
        <translation>Das Modell für ganze Bilder liefert keine Zahlen; in den Einstellungen ein anderes wählen.</translation>
    </message>
    <message>
        <source>The image-level model doesn&apos;t fit this version of the application ({reason}); {remedy}.</source>
        <translation>Das Modell für ganze Bilder passt nicht zu dieser Version der Anwendung ({reason}); {remedy}.</translation>
    </message>
    <message>
        <source>The image-level model got features of another version; report this as a fault.</source>
        <translation>Das Modell für ganze Bilder erhielt Merkmale einer anderen Version; bitte als Fehler melden.</translation>
    </message>
    <message>
        <source>The image-level model {name} answers no numbers; {remedy}.</source>
        <translation>Das Modell für ganze Bilder {name} liefert keine Zahlen; {remedy}.</translation>
    </message>
    <message>
        <source>The key {key} isn&apos;t for own classes; choose one of {first} to {last}.</source>
        <translation>Die Taste {key} ist nicht für eigene Klassen; eine von {first} bis {last} wählen.</translation>
    </message>
    <message>
        <source>The last window ended while it opened a case, so that one isn&apos;t opened unasked; see File › Open recent….</source>
        <translation>Das letzte Fenster endete, während es einen Fall öffnete; dieser wird nicht von selbst geöffnet; siehe Datei › Zuletzt geöffnet….</translation>
    </message>
    <message>
        <source>The light is even.</source>
        <translation>Das Licht ist gleichmäßig.</translation>
    </message>
    <message>
        <source>The list is full ({count:,}); move {file} away to begin another.</source>
        <translation>Die Liste ist voll ({count:,}); {file} verschieben, um eine neue zu beginnen.</translation>
    </message>
    <message>
        <source>The list is written to {name}.</source>
        <translation>Die Liste steht in {name}.</translation>
    </message>
    <message>
        <source>The list of operators can&apos;t be stored; make room for {path}, or ask for access to it.</source>
        <translation>Die Liste der Bearbeiter kann nicht gespeichert werden; Platz für {path} schaffen oder um Zugriff bitten.</translation>
    </message>
    <message>
        <source>The list of own classes ({name}) can&apos;t be read; import it again, or make them anew.</source>
        <translation>Die Liste eigener Klassen ({name}) ist nicht lesbar; erneut importieren oder neu anlegen.</translation>
    </message>
    <message>
        <source>The list of parts can&apos;t be read; install the application again.</source>
        <translation>Die Liste der Bestandteile ist nicht lesbar; die Anwendung neu installieren.</translation>
    </message>
    <message>
        <source>The manifest has no {section}; {remedy}.</source>
        <translation>Das Manifest enthält keinen Abschnitt für: {section}; {remedy}.</translation>
    </message>
    <message>
        <source>The model doesn&apos;t run on {device} ({reason}); the CPU is used.</source>
        <translation>Das Modell läuft nicht auf {device} ({reason}); der Prozessor wird verwendet.</translation>
    </message>
    <message>
        <source>The model failed on this part of the image; details are in the log.</source>
        <translation>Das Modell versagte bei diesem Teil des Bildes; Einzelheiten stehen im Protokoll.</translation>
    </message>
    <message>
        <source>The model failed on this request; details are in the log.</source>
        <translation>Das Modell versagte bei dieser Anfrage; Einzelheiten stehen im Protokoll.</translation>
    </message>
    <message>
        <source>The model sees no cell there. Click closer to its middle, or drag a box around it.</source>
        <translation>Das Modell sieht dort keine Zelle. Näher an die Mitte klicken oder einen Rahmen um sie ziehen.</translation>
    </message>
    <message>
        <source>The models are missing ({name} not found); {remedy}.</source>
        <translation>Die Modelle fehlen ({name} nicht gefunden); {remedy}.</translation>
    </message>
    <message>
        <source>The models&apos; {name} can&apos;t be read; {remedy}.</source>
        <translation>{name} der Modelle ist nicht lesbar; {remedy}.</translation>
    </message>
    <message>
        <source>The open case</source>
        <translation>Der offene Fall</translation>
    </message>
    <message>
        <source>The open case can&apos;t be left now; see the message over the image.</source>
        <translation>Der offene Fall kann jetzt nicht verlassen werden; siehe die Meldung über dem Bild.</translation>
    </message>
    <message>
        <source>The outline is smooth already.</source>
        <translation>Der Umriss ist schon glatt.</translation>
    </message>
    <message>
        <source>The outline stays as it is. Move a corner farther.</source>
        <translation>Der Umriss bleibt, wie er ist. Eine Ecke weiter verschieben.</translation>
    </message>
    <message>
        <source>The own classes could not be stored: they last until the window closes; make room, then save them again.</source>
        <translation>Die eigenen Klassen konnten nicht gespeichert werden: Sie gelten, bis das Fenster geschlossen wird; Platz schaffen, dann erneut speichern.</translation>
    </message>
    <message>
        <source>The program&apos;s own</source>
        <translation>Vom Programm selbst</translation>
    </message>
    <message>
        <source>The prompt file {name} can&apos;t be read; give a CSV file in UTF-8.</source>
        <translation>Die Vorgabendatei {name} ist nicht lesbar; eine CSV-Datei in UTF-8 angeben.</translation>
    </message>
    <message>
        <source>The region at {x0}, {y0} doesn&apos;t lie on {name} ({width:,} × {height:,} pixels); correct it in the file of regions.</source>
        <translation>Der Bereich bei {x0}, {y0} liegt nicht auf {name} ({width:,} × {height:,} Pixel); in der Datei der Bereiche berichtigen.</translation>
    </message>
    <message>
        <source>The region is too small, or covered by fields; draw a larger one beside them.</source>
        <translation>Der Bereich ist zu klein oder von Feldern bedeckt; daneben einen größeren zeichnen.</translation>
    </message>
    <message>
        <source>The report was made at row {number}{after}.</source>
        <translation>Der Bericht entstand bei Zeile {number}{after}.</translation>
    </message>
    <message>
        <source>The reviewed cells come from {fields} fields; at least {least} are needed, because some are held out to measure what was gained. Review cells in more fields, or choose more cases.</source>
        <translation>Die geprüften Zellen stammen aus {fields} Feldern; mindestens {least} sind nötig, weil einige zurückgehalten werden, um den Gewinn zu messen. Zellen in weiteren Feldern prüfen oder mehr Fälle wählen.</translation>
    </message>
    <message>
        <source>The row {name} is in the file and not in the case.</source>
        <translation>Die Zeile {name} steht in der Datei und nicht im Fall.</translation>
    </message>
    <message>
        <source>The row {name} is not in the file.</source>
        <translation>Die Zeile {name} steht nicht in der Datei.</translation>
    </message>
    <message>
        <source>The sample&apos;s cell was not classified; install the application again.</source>
        <translation>Die Zelle des Beispiels wurde nicht klassifiziert; die Anwendung neu installieren.</translation>
    </message>
    <message>
        <source>The scheduler at {address} is gone; start it again. {resume}</source>
        <translation>Der Scheduler bei {address} ist weg; erneut starten. {resume}</translation>
    </message>
    <message>
        <source>The scheme can&apos;t be kept in {own}; make the folder writable and try again.</source>
        <translation>Das Schema kann nicht in {own} abgelegt werden; den Ordner beschreibbar machen und erneut versuchen.</translation>
    </message>
    <message>
        <source>The segmentation model could not be started; details are in the log.</source>
        <translation>Das Segmentiermodell konnte nicht gestartet werden; Einzelheiten stehen im Protokoll.</translation>
    </message>
    <message>
        <source>The segmenter {name} answers no numbers; {remedy}.</source>
        <translation>Der Segmentierer {name} liefert keine Zahlen; {remedy}.</translation>
    </message>
    <message>
        <source>The segmenter&apos;s manifest names the architecture {architecture!r:.40}, which this version doesn&apos;t know; {remedy}, or install a newer version.</source>
        <translation>Das Manifest des Segmentierers nennt die Architektur {architecture!r:.40}, die diese Version nicht kennt; {remedy} oder eine neuere Version installieren.</translation>
    </message>
    <message>
        <source>The segmenter&apos;s weights ({name}) don&apos;t fit their configuration; {remedy}.</source>
        <translation>Die Gewichte des Segmentierers ({name}) passen nicht zu ihrer Konfiguration; {remedy}.</translation>
    </message>
    <message>
        <source>The selected cells lie apart, so they can&apos;t be one. Select cells that touch each other.</source>
        <translation>Die ausgewählten Zellen liegen auseinander und können keine sein. Zellen auswählen, die sich berühren.</translation>
    </message>
    <message>
        <source>The selected cells lie in different fields. Select cells that touch each other.</source>
        <translation>Die ausgewählten Zellen liegen in verschiedenen Feldern. Zellen auswählen, die sich berühren.</translation>
    </message>
    <message>
        <source>The stain is as strong as in training.</source>
        <translation>Die Färbung ist so kräftig wie im Training.</translation>
    </message>
    <message>
        <source>The stain&apos;s density is {density:.2f}, outside {low:.2f}–{high:.2f}: far from what the classifier has seen.</source>
        <translation>Die Dichte der Färbung ist {density:.2f}, außerhalb von {low:.2f}–{high:.2f}: weit von dem, was der Klassifikator kennt.</translation>
    </message>
    <message>
        <source>The stain&apos;s hue is one the classifier knows.</source>
        <translation>Den Farbton der Färbung kennt der Klassifikator.</translation>
    </message>
    <message>
        <source>The stain&apos;s hue lies {degrees:.0f}° from the training&apos;s, more than {most:.0f}°: far from what the classifier has seen.</source>
        <translation>Der Farbton der Färbung liegt {degrees:.0f}° von dem des Trainings entfernt, mehr als {most:.0f}°: weit von dem, was der Klassifikator kennt.</translation>
    </message>
    <message>
        <source>The stroke crosses no cell. Draw it across a cell, from edge to edge.</source>
        <translation>Der Strich kreuzt keine Zelle. Quer über eine Zelle ziehen, von Rand zu Rand.</translation>
    </message>
    <message>
        <source>The stroke doesn&apos;t cut the cell in two. Draw it across, from edge to edge.</source>
        <translation>Der Strich schneidet die Zelle nicht entzwei. Quer darüber ziehen, von Rand zu Rand.</translation>
    </message>
    <message>
        <source>The stroke doesn&apos;t touch the cell. Begin it on the cell to add to it.</source>
        <translation>Der Strich berührt die Zelle nicht. Auf der Zelle beginnen, um sie zu ergänzen.</translation>
    </message>
    <message>
        <source>The stroke lies inside the cell, so nothing changes. Paint over its edge to add to it.</source>
        <translation>Der Strich liegt innerhalb der Zelle, daher ändert sich nichts. Über ihren Rand malen, um sie zu ergänzen.</translation>
    </message>
    <message>
        <source>The stroke misses every cell. Draw it over the part that doesn&apos;t belong to a cell.</source>
        <translation>Der Strich trifft keine Zelle. Über den Teil ziehen, der nicht zu einer Zelle gehört.</translation>
    </message>
    <message>
        <source>The stroke misses the cell. Draw it over the part that doesn&apos;t belong to it.</source>
        <translation>Der Strich verfehlt die Zelle. Über den Teil ziehen, der nicht zu ihr gehört.</translation>
    </message>
    <message>
        <source>The study can&apos;t be written to {folder}: {reason}.</source>
        <translation>Die Studie kann nicht nach {folder} geschrieben werden: {reason}.</translation>
    </message>
    <message numerus="yes">
        <source>The target of {target:,} cells is reached; {count} field is left as it is.</source>
        <comment>The target of {target:,} cells is reached; {count} fields are left as they are.</comment>
        <translation>
            <numerusform>Das Ziel von {target:,} Zellen ist erreicht; {count} Feld bleibt, wie es ist.</numerusform>
            <numerusform>Das Ziel von {target:,} Zellen ist erreicht; {count} Felder bleiben, wie sie sind.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>The target of {target:,} cells was reached before: {count} field is left as it is. A click on the count below the fields sets another target.</source>
        <comment>The target of {target:,} cells was reached before: {count} fields are left as they are. A click on the count below the fields sets another target.</comment>
        <translation>
            <numerusform>Das Ziel von {target:,} Zellen war schon erreicht: {count} Feld bleibt, wie es ist. Ein Klick auf die Zahl unter den Feldern setzt ein anderes Ziel.</numerusform>
            <numerusform>Das Ziel von {target:,} Zellen war schon erreicht: {count} Felder bleiben, wie sie sind. Ein Klick auf die Zahl unter den Feldern setzt ein anderes Ziel.</numerusform>
        </translation>
    </message>
    <message>
        <source>The two clicks are too close together. Click the middle of each half.</source>
        <translation>Die beiden Klicks liegen zu nah beieinander. Auf die Mitte jeder Hälfte klicken.</translation>
    </message>
    <message>
        <source>The two pass phrases differ; type the same one twice.</source>
        <translation>Die beiden Passphrasen sind verschieden; zweimal dieselbe eingeben.</translation>
    </message>
    <message numerus="yes">
        <source>The watch has ended: {count} image since it began. The same command continues.</source>
        <comment>The watch has ended: {count} images since it began. The same command continues.</comment>
        <translation>
            <numerusform>Die Überwachung ist beendet: {count} Bild seit dem Beginn. Derselbe Befehl macht weiter.</numerusform>
            <numerusform>Die Überwachung ist beendet: {count} Bilder seit dem Beginn. Derselbe Befehl macht weiter.</numerusform>
        </translation>
    </message>
    <message>
        <source>The window can&apos;t keep settings, unsaved cases and log: {where} can&apos;t be written ({reason}); ask for access, or set {variable} to another folder.</source>
        <translation>Das Fenster kann Einstellungen, nicht gespeicherte Fälle und Protokoll nicht ablegen: {where} ist nicht beschreibbar ({reason}); um Zugriff bitten oder {variable} auf einen anderen Ordner setzen.</translation>
    </message>
    <message>
        <source>The window ended while it opened this case.</source>
        <translation>Das Fenster endete, während es diesen Fall öffnete.</translation>
    </message>
    <message>
        <source>The work list {name} can&apos;t be read; save it as CSV in UTF-8.</source>
        <translation>Die Arbeitsliste {name} ist nicht lesbar; als CSV in UTF-8 speichern.</translation>
    </message>
    <message>
        <source>The {device} device ran out of memory; the CPU continues, more slowly.</source>
        <translation>Der Speicher des Geräts {device} reicht nicht; der Prozessor macht weiter, langsamer.</translation>
    </message>
    <message>
        <source>The {section} {name} failed a trial run, so it is damaged; {remedy}.</source>
        <translation>{section} {name} bestand den Probelauf nicht und ist beschädigt; {remedy}.</translation>
    </message>
    <message>
        <source>The {section}&apos;s manifest lacks {names}; {remedy}.</source>
        <translation>Im Manifest ({section}) fehlt: {names}; {remedy}.</translation>
    </message>
    <message>
        <source>The {section}&apos;s weights ({name}) are damaged or were replaced: their SHA-256 begins with {measured}, the manifest says {stated}; {remedy}.</source>
        <translation>Die Gewichte ({section}, {name}) sind beschädigt oder wurden ersetzt: Ihr SHA-256 beginnt mit {measured}, laut Manifest mit {stated}; {remedy}.</translation>
    </message>
    <message>
        <source>The {section}&apos;s weights ({name}) can&apos;t be read; {remedy}.</source>
        <translation>Die Gewichte ({section}, {name}) sind nicht lesbar; {remedy}.</translation>
    </message>
    <message>
        <source>There can be {most} own classes at most; remove {over}.</source>
        <translation>Höchstens {most} eigene Klassen sind möglich; {over} entfernen.</translation>
    </message>
    <message>
        <source>There is a class called {name} already; choose another name.</source>
        <translation>Eine Klasse {name} gibt es schon; einen anderen Namen wählen.</translation>
    </message>
    <message>
        <source>There is no DICOM slide with cells, so there are no DICOM annotations to write.</source>
        <translation>Es gibt keinen DICOM-Scan mit Zellen, also keine DICOM-Annotationen zu schreiben.</translation>
    </message>
    <message>
        <source>There is no case file (.rbc) in these places; name files or folders with cases.</source>
        <translation>Dort ist keine Falldatei (.rbc); Dateien oder Ordner mit Fällen angeben.</translation>
    </message>
    <message>
        <source>There is no hole to fill.</source>
        <translation>Es gibt kein Loch zu füllen.</translation>
    </message>
    <message>
        <source>There is no image in the given folders; name image files or folders that hold some.</source>
        <translation>In den angegebenen Ordnern ist kein Bild; Bilddateien oder Ordner mit Bildern angeben.</translation>
    </message>
    <message>
        <source>There is no image yet.</source>
        <translation>Noch ist kein Bild da.</translation>
    </message>
    <message>
        <source>There is no scheduler at {address}; start one with dask scheduler, or check the address.</source>
        <translation>Bei {address} ist kein Scheduler; mit dask scheduler einen starten oder die Adresse prüfen.</translation>
    </message>
    <message>
        <source>There is no usable {device} device here; the CPU is used.</source>
        <translation>Hier ist kein Gerät {device} nutzbar; der Prozessor wird verwendet.</translation>
    </message>
    <message>
        <source>There is no worker at {address}; start one with dask worker {address}.</source>
        <translation>Bei {address} ist kein Worker; mit dask worker {address} einen starten.</translation>
    </message>
    <message>
        <source>There is not enough memory for this step; close other programs and try again.</source>
        <translation>Für diesen Schritt reicht der Arbeitsspeicher nicht; andere Programme schließen und erneut versuchen.</translation>
    </message>
    <message>
        <source>There is nothing to read again: no cell counts and has a class yet.</source>
        <translation>Es gibt nichts für eine Zweitbefundung: Noch keine Zelle zählt und hat eine Klasse.</translation>
    </message>
    <message>
        <source>There isn&apos;t enough memory for a worker process; close other programs.</source>
        <translation>Der Arbeitsspeicher reicht nicht für einen Arbeitsprozess; andere Programme schließen.</translation>
    </message>
    <message>
        <source>There isn&apos;t enough memory to analyse {name}; close other programs or crop it.</source>
        <translation>Der Arbeitsspeicher reicht nicht, um {name} zu analysieren; andere Programme schließen oder das Bild zuschneiden.</translation>
    </message>
    <message>
        <source>There isn&apos;t enough memory to open {name}; close other programs and try again.</source>
        <translation>Der Arbeitsspeicher reicht nicht, um {name} zu öffnen; andere Programme schließen und erneut versuchen.</translation>
    </message>
    <message>
        <source>There isn&apos;t enough memory to open {name}; close other programs or crop it.</source>
        <translation>Der Arbeitsspeicher reicht nicht, um {name} zu öffnen; andere Programme schließen oder das Bild zuschneiden.</translation>
    </message>
    <message>
        <source>There isn&apos;t enough memory to read {name}; close other programs.</source>
        <translation>Der Arbeitsspeicher reicht nicht, um {name} zu lesen; andere Programme schließen.</translation>
    </message>
    <message>
        <source>These weights are not of SAM 2.1 tiny, small, base plus or large; choose another file.</source>
        <translation>Diese Gewichte sind nicht von SAM 2.1 tiny, small, base plus oder large; eine andere Datei wählen.</translation>
    </message>
    <message>
        <source>These {count:,} cells were classified by a person. Why are they deleted?</source>
        <translation>Diese {count:,} Zellen wurden von einer Person klassifiziert. Warum werden sie gelöscht?</translation>
    </message>
    <message>
        <source>This case had been reviewed and is a draft again, because it was changed; when you are done, sign it anew (Report › Sample and grades…).</source>
        <translation>Dieser Fall war geprüft und ist nach einer Änderung wieder ein Entwurf; wenn Sie fertig sind, neu unterschreiben (Bericht › Probe und Grade…).</translation>
    </message>
    <message>
        <source>This case is final and can&apos;t be changed; amend it to go on (Report › Amend…).</source>
        <translation>Dieser Fall ist endgültig und kann nicht geändert werden; zum Weiterarbeiten berichtigen (Bericht › Berichtigen…).</translation>
    </message>
    <message>
        <source>This cell has no class yet: press the key of its class.</source>
        <translation>Diese Zelle hat noch keine Klasse: die Taste ihrer Klasse drücken.</translation>
    </message>
    <message>
        <source>This cell has not been measured yet, so that others can&apos;t be compared with it; wait a moment and try again.</source>
        <translation>Diese Zelle ist noch nicht gemessen und kann nicht mit anderen verglichen werden; kurz warten und erneut versuchen.</translation>
    </message>
    <message>
        <source>This image could not be prepared; open it again.</source>
        <translation>Dieses Bild konnte nicht vorbereitet werden; erneut öffnen.</translation>
    </message>
    <message>
        <source>This image is in the case already.</source>
        <translation>Dieses Bild ist schon im Fall.</translation>
    </message>
    <message>
        <source>This is where the review began.</source>
        <translation>Hier begann das Prüfen.</translation>
    </message>
    <message>
        <source>This isn&apos;t the pass phrase of {name}; type it again.</source>
        <translation>Das ist nicht die Passphrase von {name}; erneut eingeben.</translation>
    </message>
    <message>
        <source>This key is kept for the laboratory&apos;s own classes</source>
        <translation>Diese Taste ist für die eigenen Klassen des Labors reserviert</translation>
    </message>
    <message>
        <source>This key opens a menu</source>
        <translation>Diese Taste öffnet ein Menü</translation>
    </message>
    <message>
        <source>Too few reviewed cells: at least two classes need {least} each; there are {listed}. Review more cells, or choose more cases.</source>
        <translation>Zu wenige geprüfte Zellen: Mindestens zwei Klassen brauchen je {least}, vorhanden sind: {listed}. Weitere Zellen prüfen oder mehr Fälle wählen.</translation>
    </message>
    <message>
        <source>Training set (images and reviewed cells)</source>
        <translation>Trainingssatz (Bilder und geprüfte Zellen)</translation>
    </message>
    <message>
        <source>Type a name.</source>
        <translation>Einen Namen eingeben.</translation>
    </message>
    <message>
        <source>Type the pass phrase of {name} to sign.</source>
        <translation>Zum Unterschreiben die Passphrase von {name} eingeben.</translation>
    </message>
    <message>
        <source>Type the scale, or draw a line of known length on the image.</source>
        <translation>Den Maßstab eingeben oder eine Linie bekannter Länge ins Bild ziehen.</translation>
    </message>
    <message>
        <source>Undo stops at “{step}”. One more step takes what was opened out of the case; redo brings it back.</source>
        <translation>Rückgängig hält bei „{step}“ an. Ein Schritt weiter nimmt das Geöffnete aus dem Fall heraus; Wiederherstellen holt es zurück.</translation>
    </message>
    <message>
        <source>Undo: {action}</source>
        <translation>Rückgängig: {action}</translation>
    </message>
    <message>
        <source>Unsaved case</source>
        <translation>Nicht gespeicherter Fall</translation>
    </message>
    <message>
        <source>Unsaved case of {begun}</source>
        <translation>Nicht gespeicherter Fall vom {begun}</translation>
    </message>
    <message>
        <source>Unsaved case of {begun}, {image}</source>
        <translation>Nicht gespeicherter Fall vom {begun}, {image}</translation>
    </message>
    <message>
        <source>Usual smear cameras give {low:.2f} to {high:.2f} µm per pixel. Please check the number.</source>
        <translation>Übliche Ausstrichkameras ergeben {low:.2f} bis {high:.2f} µm pro Pixel. Bitte die Zahl prüfen.</translation>
    </message>
    <message>
        <source>Version {version}</source>
        <translation>Version {version}</translation>
    </message>
    <message>
        <source>Watching {folder}; the results go to {place}. Ctrl and C ends it.</source>
        <translation>{folder} wird überwacht; die Ergebnisse kommen nach {place}. Strg und C beendet.</translation>
    </message>
    <message>
        <source>What is dashed, and what is a red cell, must be true or false.</source>
        <translation>„dashed“ und „red cell“ müssen true oder false sein.</translation>
    </message>
    <message>
        <source>What is done is kept; the same command with --resume continues from there.</source>
        <translation>Was fertig ist, bleibt; derselbe Befehl mit --resume macht dort weiter.</translation>
    </message>
    <message>
        <source>What is known of the image of field {number}</source>
        <translation>Was vom Bild des Feldes {number} bekannt ist</translation>
    </message>
    <message>
        <source>What is known of the sample</source>
        <translation>Was von der Probe bekannt ist</translation>
    </message>
    <message>
        <source>Workbook of the sample (XLSX)</source>
        <translation>Arbeitsmappe der Probe (XLSX)</translation>
    </message>
    <message>
        <source>Workers differ: {first}, and {second}; install the same application and models on all of them.</source>
        <translation>Die Worker unterscheiden sich: {first} und {second}; auf allen dasselbe Programm und dieselben Modelle installieren.</translation>
    </message>
    <message>
        <source>Write {name} without a separator of thousands, or with other decimals.</source>
        <translation>{name} ohne Tausendertrennzeichen oder mit anderen Nachkommastellen schreiben.</translation>
    </message>
    <message>
        <source>Writing the report…</source>
        <translation>Der Bericht wird geschrieben…</translation>
    </message>
    <message>
        <source>Written: {files}</source>
        <translation>Geschrieben: {files}</translation>
    </message>
    <message>
        <source>a camera&apos;s raw data</source>
        <translation>Rohdaten einer Kamera</translation>
    </message>
    <message>
        <source>a check, not a study</source>
        <translation>eine Kontrolle, keine Studie</translation>
    </message>
    <message>
        <source>a limit of {line} is no number</source>
        <translation>eine Grenze von {line} ist keine Zahl</translation>
    </message>
    <message>
        <source>a person decided so</source>
        <translation>eine Person hat so entschieden</translation>
    </message>
    <message>
        <source>a person&apos;s grade; suggested was {grade}</source>
        <translation>Grad einer Person; vorgeschlagen war {grade}</translation>
    </message>
    <message>
        <source>a transparency mask</source>
        <translation>eine Transparenzmaske</translation>
    </message>
    <message numerus="yes">
        <source>about {count} more cell</source>
        <comment>about {count} more cells</comment>
        <translation>
            <numerusform>etwa {count} weitere Zelle</numerusform>
            <numerusform>etwa {count} weitere Zellen</numerusform>
        </translation>
    </message>
    <message>
        <source>all cells</source>
        <translation>alle Zellen</translation>
    </message>
    <message>
        <source>amended</source>
        <translation>berichtigt</translation>
    </message>
    <message>
        <source>amended by {name}</source>
        <translation>berichtigt von {name}</translation>
    </message>
    <message>
        <source>another scheme: {name}, version {version}</source>
        <translation>anderes Schema: {name}, Version {version}</translation>
    </message>
    <message>
        <source>approved by</source>
        <translation>freigegeben von</translation>
    </message>
    <message>
        <source>approved by {name}</source>
        <translation>freigegeben von {name}</translation>
    </message>
    <message>
        <source>asked for by the patient</source>
        <translation>vom Patienten verlangt</translation>
    </message>
    <message>
        <source>audit trail</source>
        <translation>Prüfpfad</translation>
    </message>
    <message>
        <source>badly outlined</source>
        <translation>schlecht umrissen</translation>
    </message>
    <message>
        <source>because of the outline diameters are off by up to {diameters:.1f} %, areas by up to {areas:.0f} %; the error of the scale comes on top</source>
        <translation>durch den Umriss weichen Durchmesser um bis zu {diameters:.1f} %, Flächen um bis zu {areas:.0f} % ab; der Fehler des Maßstabs kommt dazu</translation>
    </message>
    <message>
        <source>belongs to another sample</source>
        <translation>gehört zu einer anderen Probe</translation>
    </message>
    <message>
        <source>brushed</source>
        <translation>mit Pinsel ergänzt</translation>
    </message>
    <message>
        <source>burr cell</source>
        <translation>Echinozyt</translation>
    </message>
    <message>
        <source>by hand</source>
        <translation>von Hand</translation>
    </message>
    <message>
        <source>can&apos;t be read</source>
        <translation>nicht lesbar</translation>
    </message>
    <message>
        <source>cell {number}</source>
        <translation>Zelle {number}</translation>
    </message>
    <message>
        <source>cells are {px:.0f} px across, under {least:.0f}</source>
        <translation>Zellen messen {px:.0f} px, weniger als {least:.0f}</translation>
    </message>
    <message>
        <source>cells with pallor</source>
        <translation>Zellen mit Aufhellung</translation>
    </message>
    <message>
        <source>changed after it was reviewed, a draft again</source>
        <translation>nach dem Prüfen geändert, wieder ein Entwurf</translation>
    </message>
    <message>
        <source>changed by {name} after it was reviewed, a draft again</source>
        <translation>nach dem Prüfen von {name} geändert, wieder ein Entwurf</translation>
    </message>
    <message>
        <source>choose another one</source>
        <translation>ein anderes wählen</translation>
    </message>
    <message>
        <source>classifier</source>
        <translation>Klassifikator</translation>
    </message>
    <message>
        <source>clipped pixels</source>
        <translation>übersteuerte Pixel</translation>
    </message>
    <message>
        <source>confirmed by a person</source>
        <translation>von einer Person bestätigt</translation>
    </message>
    <message>
        <source>contents</source>
        <translation>Inhalt</translation>
    </message>
    <message>
        <source>cut</source>
        <translation>geschnitten</translation>
    </message>
    <message>
        <source>cut by the edge of the image, so not counted</source>
        <translation>vom Bildrand angeschnitten, zählt daher nicht</translation>
    </message>
    <message>
        <source>cut from {cells}</source>
        <translation>geschnitten aus {cells}</translation>
    </message>
    <message>
        <source>debris or stain</source>
        <translation>Schmutz oder Farbniederschlag</translation>
    </message>
    <message>
        <source>deleted</source>
        <translation>gelöscht</translation>
    </message>
    <message>
        <source>diameter</source>
        <translation>Durchmesser</translation>
    </message>
    <message>
        <source>diameter in pixels</source>
        <translation>Durchmesser in Pixeln</translation>
    </message>
    <message>
        <source>draft</source>
        <translation>Entwurf</translation>
    </message>
    <message>
        <source>drawn</source>
        <translation>gezeichnet</translation>
    </message>
    <message>
        <source>each of &quot;rules&quot; must be a table</source>
        <translation>jeder Eintrag von „rules“ muss eine Tabelle sein</translation>
    </message>
    <message>
        <source>each step of {line} needs a &quot;grade&quot; and one of {choice}</source>
        <translation>jede Stufe von {line} braucht ein „grade“ und eines von {choice}</translation>
    </message>
    <message>
        <source>edge width</source>
        <translation>Kantenbreite</translation>
    </message>
    <message>
        <source>elliptocyte</source>
        <translation>Elliptozyt</translation>
    </message>
    <message>
        <source>elsewhere: next cell</source>
        <translation>anderswo: nächste Zelle</translation>
    </message>
    <message>
        <source>entered by mistake</source>
        <translation>irrtümlich eingegeben</translation>
    </message>
    <message>
        <source>erased</source>
        <translation>radiert</translation>
    </message>
    <message>
        <source>evenness of light</source>
        <translation>Gleichmäßigkeit des Lichts</translation>
    </message>
    <message numerus="yes">
        <source>every line of {count} page</source>
        <comment>every line of {count} pages</comment>
        <translation>
            <numerusform>jede Zeile von {count} Seite</numerusform>
            <numerusform>jede Zeile von {count} Seiten</numerusform>
        </translation>
    </message>
    <message>
        <source>failed</source>
        <translation>fehlgeschlagen</translation>
    </message>
    <message>
        <source>fewer than {cells:,} red cells</source>
        <translation>weniger als {cells:,} Erythrozyten</translation>
    </message>
    <message>
        <source>fewer than {cells} whole cells are outlined, or it has over {pixels:,} pixels</source>
        <translation>weniger als {cells} ganze Zellen sind umrissen, oder es hat über {pixels:,} Pixel</translation>
    </message>
    <message>
        <source>filled</source>
        <translation>gefüllt</translation>
    </message>
    <message>
        <source>final</source>
        <translation>endgültig</translation>
    </message>
    <message>
        <source>finding cells</source>
        <translation>Zellen werden gesucht</translation>
    </message>
    <message>
        <source>found</source>
        <translation>gefunden</translation>
    </message>
    <message>
        <source>four values in a row are more than 1 SD off on the same side</source>
        <translation>vier Werte in Folge weichen um mehr als 1 SD zur selben Seite ab</translation>
    </message>
    <message>
        <source>from {began} to {ended}</source>
        <translation>vom {began} bis {ended}</translation>
    </message>
    <message>
        <source>from {began}, still open</source>
        <translation>vom {began}, noch offen</translation>
    </message>
    <message>
        <source>grown</source>
        <translation>vergrößert</translation>
    </message>
    <message>
        <source>hardly a cell here: the outline is a guess</source>
        <translation>hier ist kaum eine Zelle: der Umriss ist geraten</translation>
    </message>
    <message>
        <source>hardly darker than the background</source>
        <translation>kaum dunkler als der Hintergrund</translation>
    </message>
    <message>
        <source>hypochromia</source>
        <translation>Hypochromie</translation>
    </message>
    <message>
        <source>image</source>
        <translation>Bild</translation>
    </message>
    <message>
        <source>image-level model</source>
        <translation>Modell für ganze Bilder</translation>
    </message>
    <message>
        <source>images</source>
        <translation>Bilder</translation>
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
        <source>in µm off by up to {percent:.1f} % because of the outline, besides the error of the scale</source>
        <translation>in µm durch den Umriss um bis zu {percent:.1f} % ungenau, dazu der Fehler des Maßstabs</translation>
    </message>
    <message>
        <source>in µm² off by up to {percent:.0f} % because of the outline, besides twice the error of the scale</source>
        <translation>in µm² durch den Umriss um bis zu {percent:.0f} % ungenau, dazu das Doppelte des Maßstabsfehlers</translation>
    </message>
    <message>
        <source>install the application again</source>
        <translation>die Anwendung neu installieren</translation>
    </message>
    <message>
        <source>it doesn&apos;t say from which fields it learnt</source>
        <translation>es sagt nicht, aus welchen Feldern es gelernt hat</translation>
    </message>
    <message>
        <source>it holds no table of names and values</source>
        <translation>sie enthält keine Tabelle aus Namen und Werten</translation>
    </message>
    <message>
        <source>it is almost black; open the diaphragm or use a longer exposure</source>
        <translation>es ist fast schwarz; die Blende öffnen oder länger belichten</translation>
    </message>
    <message>
        <source>it is badly exposed</source>
        <translation>es ist schlecht belichtet</translation>
    </message>
    <message>
        <source>it is blurred</source>
        <translation>es ist unscharf</translation>
    </message>
    <message>
        <source>it is only {px:.0f} px across, under {least:.0f}</source>
        <translation>sie misst nur {px:.0f} px, weniger als {least:.0f}</translation>
    </message>
    <message>
        <source>it is only {width} × {height} pixels; open it as the camera took it</source>
        <translation>es hat nur {width} × {height} Pixel; öffnen Sie es so, wie die Kamera es aufgenommen hat</translation>
    </message>
    <message>
        <source>it is out of focus; focus and take it again</source>
        <translation>es ist unscharf; fokussieren und neu aufnehmen</translation>
    </message>
    <message>
        <source>it is unknown what made its results</source>
        <translation>stammt aus unbekannter Herstellung</translation>
    </message>
    <message>
        <source>it is white all over; use a shorter exposure</source>
        <translation>es ist überall weiß; kürzer belichten</translation>
    </message>
    <message>
        <source>it looks like a dark-field or fluorescence image; take it in transmitted light</source>
        <translation>es sieht nach Dunkelfeld oder Fluoreszenz aus; im Durchlicht aufnehmen</translation>
    </message>
    <message>
        <source>it reads features of version {version}, here is {present}</source>
        <translation>gelesen werden Merkmale der Version {version}, hier gilt {present}</translation>
    </message>
    <message>
        <source>it reads other features of a field</source>
        <translation>es liest andere Merkmale eines Feldes</translation>
    </message>
    <message>
        <source>it shows nothing but even background; choose a place with cells</source>
        <translation>es zeigt nur gleichmäßigen Hintergrund; eine Stelle mit Zellen wählen</translation>
    </message>
    <message>
        <source>its calibration has another number of classes</source>
        <translation>die Kalibrierung hat eine andere Zahl von Klassen</translation>
    </message>
    <message>
        <source>its cells are {value:.0f} px across, and the model learnt from {low:.0f} to {high:.0f} px</source>
        <translation>die Zellen messen {value:.0f} px, das Modell kennt {low:.0f} bis {high:.0f} px</translation>
    </message>
    <message>
        <source>its classes are not distinct classes of red cells</source>
        <translation>die Klassen sind keine verschiedenen Erythrozytenklassen</translation>
    </message>
    <message>
        <source>its features have other names or another order</source>
        <translation>die Merkmale haben andere Namen oder eine andere Reihenfolge</translation>
    </message>
    <message>
        <source>its field is left out of the count: {reason}</source>
        <translation>das Feld ist nicht mitgezählt: {reason}</translation>
    </message>
    <message>
        <source>its folder</source>
        <translation>den eigenen Ordner</translation>
    </message>
    <message>
        <source>its labels are not distinct</source>
        <translation>die Antworten sind nicht verschieden</translation>
    </message>
    <message>
        <source>its light is uneven</source>
        <translation>das Licht ist ungleichmäßig</translation>
    </message>
    <message>
        <source>its manifest gives {name} a value out of bounds: {value}</source>
        <translation>das Manifest gibt {name} einen Wert außerhalb der Grenzen: {value}</translation>
    </message>
    <message>
        <source>its manifest lacks {reason}</source>
        <translation>im Manifest fehlt {reason}</translation>
    </message>
    <message>
        <source>its own classes are no list</source>
        <translation>die eigenen Klassen sind keine Liste</translation>
    </message>
    <message>
        <source>its results differ from the CPU&apos;s by {difference:.3g}</source>
        <translation>die Ergebnisse weichen um {difference:.3g} von denen des Prozessors ab</translation>
    </message>
    <message>
        <source>its second opinion holds what is no number</source>
        <translation>die zweite Meinung enthält, was keine Zahl ist</translation>
    </message>
    <message>
        <source>its second opinion reads other features or knows other classes</source>
        <translation>die zweite Meinung liest andere Merkmale oder kennt andere Klassen</translation>
    </message>
    <message>
        <source>its stain has another hue (blue over green {value:.2f}, learnt {low:.2f} to {high:.2f})</source>
        <translation>die Färbung hat einen anderen Farbton (Blau zu Grün {value:.2f}, gelernt {low:.2f} bis {high:.2f})</translation>
    </message>
    <message>
        <source>its stain has another hue (red over green {value:.2f}, learnt {low:.2f} to {high:.2f})</source>
        <translation>die Färbung hat einen anderen Farbton (Rot zu Grün {value:.2f}, gelernt {low:.2f} bis {high:.2f})</translation>
    </message>
    <message>
        <source>its stain is too weak or too strong</source>
        <translation>die Färbung ist zu schwach oder zu stark</translation>
    </message>
    <message>
        <source>its stain is unlike what the models have seen</source>
        <translation>die Färbung gleicht keiner, die die Modelle kennen</translation>
    </message>
    <message>
        <source>its stain is {value:.2f} dense, and the model learnt from {low:.2f} to {high:.2f}</source>
        <translation>die Färbung hat die Dichte {value:.2f}, das Modell kennt {low:.2f} bis {high:.2f}</translation>
    </message>
    <message>
        <source>its usual mixture of classes has another number of them</source>
        <translation>die übliche Mischung der Klassen hat eine andere Zahl von ihnen</translation>
    </message>
    <message>
        <source>key {digits} isn&apos;t the one of {name} on this computer</source>
        <translation>Schlüssel {digits} ist nicht der von {name} auf diesem Rechner</translation>
    </message>
    <message>
        <source>kind {code}</source>
        <translation>Art {code}</translation>
    </message>
    <message>
        <source>label is neither 0 nor 1</source>
        <translation>„label“ ist weder 0 noch 1</translation>
    </message>
    <message>
        <source>left out by a person</source>
        <translation>von einer Person nicht mitgezählt</translation>
    </message>
    <message>
        <source>left out: {reason}</source>
        <translation>ausgelassen: {reason}</translation>
    </message>
    <message>
        <source>less than a day ago</source>
        <translation>vor weniger als einem Tag</translation>
    </message>
    <message>
        <source>limits anew: {reason}</source>
        <translation>Grenzen neu: {reason}</translation>
    </message>
    <message>
        <source>logarithmic colours</source>
        <translation>logarithmische Farben</translation>
    </message>
    <message>
        <source>long over short axis</source>
        <translation>lange durch kurze Achse</translation>
    </message>
    <message>
        <source>lossy JPEG of a raw file</source>
        <translation>verlustbehaftetes JPEG einer Rohdatei</translation>
    </message>
    <message>
        <source>macrocyte</source>
        <translation>Makrozyt</translation>
    </message>
    <message>
        <source>may be incomplete</source>
        <translation>vielleicht unvollständig</translation>
    </message>
    <message>
        <source>may be two cells in one</source>
        <translation>vielleicht zwei Zellen in einer</translation>
    </message>
    <message>
        <source>may be {cell_class}, but {reason}</source>
        <translation>vielleicht {cell_class}, aber {reason}</translation>
    </message>
    <message>
        <source>merged</source>
        <translation>vereint</translation>
    </message>
    <message>
        <source>merged with {cells}</source>
        <translation>vereint mit {cells}</translation>
    </message>
    <message>
        <source>microcyte</source>
        <translation>Mikrozyt</translation>
    </message>
    <message>
        <source>monolayer</source>
        <translation>Monolayer</translation>
    </message>
    <message>
        <source>nearly all of it is stained; choose a place where cells lie side by side</source>
        <translation>es ist fast ganz gefärbt; eine Stelle wählen, an der Zellen nebeneinander liegen</translation>
    </message>
    <message>
        <source>nearly all of it lies outside the circle of the eyepiece; crop it to the smear</source>
        <translation>es liegt fast ganz außerhalb des Okularkreises; auf den Ausstrich zuschneiden</translation>
    </message>
    <message>
        <source>no class</source>
        <translation>keine Klasse</translation>
    </message>
    <message>
        <source>no film</source>
        <translation>kein Ausstrich</translation>
    </message>
    <message>
        <source>no given</source>
        <translation>keinem angegebenen Wert</translation>
    </message>
    <message>
        <source>no red cell is counted</source>
        <translation>kein Erythrozyt ist gezählt</translation>
    </message>
    <message>
        <source>none</source>
        <translation>keine</translation>
    </message>
    <message>
        <source>none is sealed</source>
        <translation>keine ist gesiegelt</translation>
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
        <source>not assessable</source>
        <translation>nicht beurteilbar</translation>
    </message>
    <message>
        <source>not fit to be read</source>
        <translation>nicht zum Befunden geeignet</translation>
    </message>
    <message>
        <source>not found: renamed, moved, or on a drive that isn&apos;t there</source>
        <translation>nicht gefunden: umbenannt, verschoben oder auf einem fehlenden Laufwerk</translation>
    </message>
    <message>
        <source>not graded</source>
        <translation>kein Grad</translation>
    </message>
    <message>
        <source>not named</source>
        <translation>nicht genannt</translation>
    </message>
    <message>
        <source>not saved under a name yet</source>
        <translation>noch nicht unter einem Namen gespeichert</translation>
    </message>
    <message>
        <source>not segmented</source>
        <translation>nicht segmentiert</translation>
    </message>
    <message>
        <source>nothing to doubt</source>
        <translation>nichts anzuzweifeln</translation>
    </message>
    <message>
        <source>numbers</source>
        <translation>Zahlen</translation>
    </message>
    <message>
        <source>ok</source>
        <translation>ok</translation>
    </message>
    <message>
        <source>one value is more than 3 SD off</source>
        <translation>ein Wert weicht um mehr als 3 SD ab</translation>
    </message>
    <message>
        <source>only {percent:.0f} % of the field&apos;s cells show any pallor</source>
        <translation>nur {percent:.0f} % der Zellen des Feldes zeigen eine Aufhellung</translation>
    </message>
    <message>
        <source>open in another window; close it there first</source>
        <translation>in einem anderen Fenster geöffnet; erst dort schließen</translation>
    </message>
    <message>
        <source>open in this window</source>
        <translation>in diesem Fenster geöffnet</translation>
    </message>
    <message>
        <source>optical density</source>
        <translation>optische Dichte</translation>
    </message>
    <message>
        <source>out of focus</source>
        <translation>unscharf</translation>
    </message>
    <message>
        <source>outline</source>
        <translation>Umriss</translation>
    </message>
    <message>
        <source>outline is curled or open</source>
        <translation>Umriss ist eingerollt oder offen</translation>
    </message>
    <message>
        <source>outlined twice</source>
        <translation>doppelt umrissen</translation>
    </message>
    <message>
        <source>ovalocyte</source>
        <translation>Ovalozyt</translation>
    </message>
    <message>
        <source>overlap</source>
        <translation>Überlappung</translation>
    </message>
    <message>
        <source>overlaps another cell by about half or more</source>
        <translation>überlappt eine andere Zelle etwa zur Hälfte oder mehr</translation>
    </message>
    <message>
        <source>pallor</source>
        <translation>Aufhellung</translation>
    </message>
    <message>
        <source>photographed twice</source>
        <translation>doppelt fotografiert</translation>
    </message>
    <message>
        <source>pixels per cell</source>
        <translation>Pixel pro Zelle</translation>
    </message>
    <message>
        <source>prompt</source>
        <translation>Vorgabe</translation>
    </message>
    <message>
        <source>reader {number}</source>
        <translation>Befunder {number}</translation>
    </message>
    <message>
        <source>replay</source>
        <translation>Nachzeichnen</translation>
    </message>
    <message>
        <source>report</source>
        <translation>Bericht</translation>
    </message>
    <message>
        <source>report {version} {act}</source>
        <translation>Bericht {version} {act}</translation>
    </message>
    <message>
        <source>reshaped</source>
        <translation>umgeformt</translation>
    </message>
    <message>
        <source>reviewed</source>
        <translation>geprüft</translation>
    </message>
    <message>
        <source>reviewed by</source>
        <translation>geprüft von</translation>
    </message>
    <message>
        <source>reviewed by {name}</source>
        <translation>geprüft von {name}</translation>
    </message>
    <message>
        <source>right click: not this</source>
        <translation>Rechtsklick: das nicht</translation>
    </message>
    <message numerus="yes">
        <source>scale of field {number}</source>
        <comment>scale of {count} fields</comment>
        <translation>
            <numerusform>Maßstab von Feld {number}</numerusform>
            <numerusform>Maßstab von {count} Feldern</numerusform>
        </translation>
    </message>
    <message>
        <source>scheme: {old} → {new}</source>
        <translation>Schema: {old} → {new}</translation>
    </message>
    <message>
        <source>schistocyte</source>
        <translation>Fragmentozyt</translation>
    </message>
    <message>
        <source>sealed by {keys}</source>
        <translation>gesiegelt von {keys}</translation>
    </message>
    <message>
        <source>second class of cell {number}</source>
        <translation>zweite Klasse von Zelle {number}</translation>
    </message>
    <message>
        <source>segment all</source>
        <translation>alles segmentieren</translation>
    </message>
    <message>
        <source>segmenter</source>
        <translation>Segmentierer</translation>
    </message>
    <message>
        <source>set by a person</source>
        <translation>von einer Person gesetzt</translation>
    </message>
    <message>
        <source>settled class of cell {number}</source>
        <translation>geklärte Klasse von Zelle {number}</translation>
    </message>
    <message>
        <source>shrunk</source>
        <translation>verkleinert</translation>
    </message>
    <message>
        <source>signature</source>
        <translation>Unterschrift</translation>
    </message>
    <message>
        <source>signatures</source>
        <translation>Unterschriften</translation>
    </message>
    <message>
        <source>signed {bits}-bit</source>
        <translation>{bits} Bit mit Vorzeichen</translation>
    </message>
    <message>
        <source>smoothed</source>
        <translation>geglättet</translation>
    </message>
    <message>
        <source>spherocyte</source>
        <translation>Sphärozyt</translation>
    </message>
    <message>
        <source>split</source>
        <translation>geteilt</translation>
    </message>
    <message>
        <source>split from {cells}</source>
        <translation>geteilt aus {cells}</translation>
    </message>
    <message>
        <source>stain hue</source>
        <translation>Farbton der Färbung</translation>
    </message>
    <message>
        <source>stain level</source>
        <translation>Stärke der Färbung</translation>
    </message>
    <message>
        <source>stays borderline</source>
        <translation>bleibt an der Grenze</translation>
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
        <source>ten values in a row lie on the same side of the mean</source>
        <translation>zehn Werte in Folge liegen auf derselben Seite des Mittelwerts</translation>
    </message>
    <message>
        <source>the box is empty</source>
        <translation>der Rahmen ist leer</translation>
    </message>
    <message>
        <source>the cells were not looked at one by one</source>
        <translation>die Zellen wurden nicht einzeln angesehen</translation>
    </message>
    <message>
        <source>the field is blurred: edges are {percent:.0f} % of a cell wide</source>
        <translation>das Feld ist unscharf: Kanten sind {percent:.0f} % einer Zelle breit</translation>
    </message>
    <message>
        <source>the field is not calibrated</source>
        <translation>das Feld ist nicht kalibriert</translation>
    </message>
    <message>
        <source>the film is too thick there</source>
        <translation>der Ausstrich ist dort zu dick</translation>
    </message>
    <message>
        <source>the film is too thin there</source>
        <translation>der Ausstrich ist dort zu dünn</translation>
    </message>
    <message>
        <source>the head that it vouches for isn&apos;t the one before it</source>
        <translation>der Kopfwert, für den sie einsteht, ist nicht der vor ihr</translation>
    </message>
    <message>
        <source>the menu</source>
        <translation>das Menü</translation>
    </message>
    <message>
        <source>the seal doesn&apos;t belong to this step</source>
        <translation>das Siegel gehört nicht zu diesem Schritt</translation>
    </message>
    <message>
        <source>the steps of {line} aren&apos;t in order, slightest first</source>
        <translation>die Stufen von {line} stehen nicht in der Reihenfolge, die schwächste zuerst</translation>
    </message>
    <message>
        <source>the steps of {line} rise and fall</source>
        <translation>die Stufen von {line} steigen und fallen</translation>
    </message>
    <message>
        <source>the time to keep them is over</source>
        <translation>die Aufbewahrungsfrist ist abgelaufen</translation>
    </message>
    <message>
        <source>thin end</source>
        <translation>dünnes Ende</translation>
    </message>
    <message>
        <source>too thick</source>
        <translation>zu dick</translation>
    </message>
    <message>
        <source>too thin</source>
        <translation>zu dünn</translation>
    </message>
    <message>
        <source>training</source>
        <translation>Schulung</translation>
    </message>
    <message>
        <source>two cells in one outline</source>
        <translation>zwei Zellen in einem Umriss</translation>
    </message>
    <message>
        <source>two values in a row are more than 2 SD off on the same side</source>
        <translation>zwei Werte in Folge weichen um mehr als 2 SD zur selben Seite ab</translation>
    </message>
    <message>
        <source>two values in a row lie more than 4 SD apart, on either side of 2 SD</source>
        <translation>zwei Werte in Folge liegen mehr als 4 SD auseinander, beiderseits von 2 SD</translation>
    </message>
    <message>
        <source>uncategorised</source>
        <translation>nicht zugeordnet</translation>
    </message>
    <message>
        <source>unknown reason</source>
        <translation>unbekannter Grund</translation>
    </message>
    <message>
        <source>version {version} with {segmenter} and {classifier}</source>
        <translation>Version {version} mit {segmenter} und {classifier}</translation>
    </message>
    <message>
        <source>waiting</source>
        <translation>wartet</translation>
    </message>
    <message>
        <source>was made at {old} µm per pixel</source>
        <translation>wurde mit {old} µm pro Pixel erstellt</translation>
    </message>
    <message>
        <source>was made by version {old}</source>
        <translation>wurde mit Version {old} erstellt</translation>
    </message>
    <message>
        <source>was made with the classifier {old}</source>
        <translation>wurde mit dem Klassifikator {old} erstellt</translation>
    </message>
    <message>
        <source>was made with the segmenter {old}</source>
        <translation>wurde mit dem Segmentierer {old} erstellt</translation>
    </message>
    <message>
        <source>was made with {old} as image-level model</source>
        <translation>wurde erstellt mit Modell für ganze Bilder: {old}</translation>
    </message>
    <message>
        <source>what is stained is only about {pixels:.0f} pixels across; use a stronger objective</source>
        <translation>das Gefärbte misst nur etwa {pixels:.0f} Pixel; ein stärkeres Objektiv verwenden</translation>
    </message>
    <message>
        <source>what is stained is too large for it to show whole cells; use a weaker objective</source>
        <translation>das Gefärbte ist zu groß, um ganze Zellen zu zeigen; ein schwächeres Objektiv verwenden</translation>
    </message>
    <message>
        <source>what it shows doesn&apos;t look like red cells; check focus and stain, or mark cells by hand</source>
        <translation>der Inhalt sieht nicht nach Erythrozyten aus; Fokus und Färbung prüfen oder Zellen von Hand markieren</translation>
    </message>
    <message>
        <source>{action} ×{times}</source>
        <translation>{action} ×{times}</translation>
    </message>
    <message numerus="yes">
        <source>{action}, replacing {count} other</source>
        <comment>{action}, replacing {count} others</comment>
        <translation>
            <numerusform>{action}, dabei {count} andere ersetzen</numerusform>
            <numerusform>{action}, dabei {count} andere ersetzen</numerusform>
        </translation>
    </message>
    <message>
        <source>{again} of these images were in the case already.</source>
        <translation>{again} dieser Bilder waren schon im Fall.</translation>
    </message>
    <message>
        <source>{agreed:,} of {count:,} cells agree ({percent:.1f} %, 95 % interval {low:.1f} to {high:.1f} %)</source>
        <translation>{agreed:,} von {count:,} Zellen stimmen überein ({percent:.1f} %, 95-%-Intervall {low:.1f} bis {high:.1f} %)</translation>
    </message>
    <message>
        <source>{before}; {part}</source>
        <translation>{before}; {part}</translation>
    </message>
    <message>
        <source>{bits}-bit complex</source>
        <translation>{bits} Bit komplex</translation>
    </message>
    <message>
        <source>{bits}-bit complex integer</source>
        <translation>{bits} Bit komplexe Ganzzahl</translation>
    </message>
    <message>
        <source>{bits}-bit floating point</source>
        <translation>{bits} Bit Gleitkomma</translation>
    </message>
    <message>
        <source>{bits}-bit integer</source>
        <translation>{bits} Bit Ganzzahl</translation>
    </message>
    <message>
        <source>{cells:,.0f} cells/s</source>
        <translation>{cells:,.0f} Zellen/s</translation>
    </message>
    <message>
        <source>{cells} and {count:,} not assessable</source>
        <translation>{cells} und {count:,} nicht beurteilbare</translation>
    </message>
    <message>
        <source>{cells} found.</source>
        <translation>{cells} gefunden.</translation>
    </message>
    <message numerus="yes">
        <source>{cells} in {count} field found.</source>
        <comment>{cells} in {count} fields found.</comment>
        <translation>
            <numerusform>{cells} in {count} Feld gefunden.</numerusform>
            <numerusform>{cells} in {count} Feldern gefunden.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>{cells} in {count} field, each confirmed by a person.</source>
        <comment>{cells} in {count} fields, each confirmed by a person.</comment>
        <translation>
            <numerusform>{cells} in {count} Feld, jeder von einer Person bestätigt.</numerusform>
            <numerusform>{cells} in {count} Feldern, jeder von einer Person bestätigt.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>{cells} in {count} field; {waiting:,} not confirmed yet, so all numbers are suggestions.</source>
        <comment>{cells} in {count} fields; {waiting:,} not confirmed yet, so all numbers are suggestions.</comment>
        <translation>
            <numerusform>{cells} in {count} Feld; {waiting:,} noch nicht bestätigt, daher sind alle Zahlen Vorschläge.</numerusform>
            <numerusform>{cells} in {count} Feldern; {waiting:,} noch nicht bestätigt, daher sind alle Zahlen Vorschläge.</numerusform>
        </translation>
    </message>
    <message>
        <source>{cells} {where}</source>
        <translation>{cells} {where}</translation>
    </message>
    <message>
        <source>{cells}, {count:,} to review</source>
        <translation>{cells}, {count:,} zu prüfen</translation>
    </message>
    <message>
        <source>{column} is &apos;{value}&apos;</source>
        <translation>{column} ist „{value}“</translation>
    </message>
    <message>
        <source>{contents}, {cells:,} not counted</source>
        <translation>{contents}, {cells:,} nicht gezählt</translation>
    </message>
    <message>
        <source>{count:,} cells deleted. Undo with {key}.</source>
        <translation>{count:,} Zellen gelöscht. Rückgängig mit {key}.</translation>
    </message>
    <message>
        <source>{count:,} to review</source>
        <translation>{count:,} zu prüfen</translation>
    </message>
    <message>
        <source>{counted} Too few for grades: count at least {cells}.</source>
        <translation>{counted} Zu wenige für Grade: Mindestens {cells} zählen.</translation>
    </message>
    <message numerus="yes">
        <source>{count} backup of them was removed.</source>
        <comment>{count} backups of them were removed.</comment>
        <translation>
            <numerusform>{count} Sicherung davon wurde entfernt.</numerusform>
            <numerusform>{count} Sicherungen davon wurden entfernt.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>{count} case holds no patient data any more.</source>
        <comment>{count} cases hold no patient data any more.</comment>
        <translation>
            <numerusform>{count} Fall enthält keine Patientendaten mehr.</numerusform>
            <numerusform>{count} Fälle enthalten keine Patientendaten mehr.</numerusform>
        </translation>
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
        <source>{count} cell at the edge is counted now. Undo with {key}.</source>
        <comment>{count} cells at the edge are counted now. Undo with {key}.</comment>
        <translation>
            <numerusform>{count} Zelle am Rand zählt jetzt mit. Rückgängig mit {key}.</numerusform>
            <numerusform>{count} Zellen am Rand zählen jetzt mit. Rückgängig mit {key}.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>{count} cell at the edge is not counted now. Undo with {key}.</source>
        <comment>{count} cells at the edge are not counted now. Undo with {key}.</comment>
        <translation>
            <numerusform>{count} Zelle am Rand zählt jetzt nicht mit. Rückgängig mit {key}.</numerusform>
            <numerusform>{count} Zellen am Rand zählen jetzt nicht mit. Rückgängig mit {key}.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>{count} cell confirmed. Undo with {key}.</source>
        <comment>{count} cells confirmed. Undo with {key}.</comment>
        <translation>
            <numerusform>{count} Zelle bestätigt. Rückgängig mit {key}.</numerusform>
            <numerusform>{count} Zellen bestätigt. Rückgängig mit {key}.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>{count} cell keeps its class of an earlier scale or classifier, because an image could not be read or classifying was cancelled; show those fields, then export again.</source>
        <comment>{count} cells keep their classes of an earlier scale or classifier, because an image could not be read or classifying was cancelled; show those fields, then export again.</comment>
        <translation>
            <numerusform>{count} Zelle behält ihre Klasse von einem früheren Maßstab oder Klassifikator, weil ein Bild nicht gelesen werden konnte oder das Klassifizieren abgebrochen wurde; diese Felder zeigen, dann erneut exportieren.</numerusform>
            <numerusform>{count} Zellen behalten ihre Klassen von einem früheren Maßstab oder Klassifikator, weil ein Bild nicht gelesen werden konnte oder das Klassifizieren abgebrochen wurde; diese Felder zeigen, dann erneut exportieren.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>{count} cell may have been missed in {name}.</source>
        <comment>About {count} cells may have been missed in {name}.</comment>
        <translation>
            <numerusform>{count} Zelle wurde in {name} vielleicht übersehen.</numerusform>
            <numerusform>Etwa {count} Zellen wurden in {name} vielleicht übersehen.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>{count} cell that needs review is still unseen; review the rest, or say why that isn&apos;t needed.</source>
        <comment>{count} cells that need review are still unseen; review the rest, or say why that isn&apos;t needed.</comment>
        <translation>
            <numerusform>{count} zu prüfende Zelle wurde noch nicht angesehen; den Rest prüfen oder angeben, warum das nicht nötig ist.</numerusform>
            <numerusform>{count} zu prüfende Zellen wurden noch nicht angesehen; den Rest prüfen oder angeben, warum das nicht nötig ist.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>{count} cell that needs review is unseen: {key} leads to the next one.</source>
        <comment>{count} cells that need review are unseen: {key} leads to the next one.</comment>
        <translation>
            <numerusform>{count} zu prüfende Zelle ist nicht angesehen: {key} führt zur nächsten.</numerusform>
            <numerusform>{count} zu prüfende Zellen sind nicht angesehen: {key} führt zur nächsten.</numerusform>
        </translation>
    </message>
    <message>
        <source>{count} channels</source>
        <translation>{count} Kanäle</translation>
    </message>
    <message numerus="yes">
        <source>{count} day ago</source>
        <comment>{count} days ago</comment>
        <translation>
            <numerusform>vor {count} Tag</numerusform>
            <numerusform>vor {count} Tagen</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>{count} difference, {settled:,} settled.</source>
        <comment>{count} differences, {settled:,} settled.</comment>
        <translation>
            <numerusform>{count} Unterschied, {settled:,} geklärt.</numerusform>
            <numerusform>{count} Unterschiede, {settled:,} geklärt.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>{count} entry was added to the list.</source>
        <comment>{count} entries were added to the list.</comment>
        <translation>
            <numerusform>{count} Eintrag ist zur Liste hinzugekommen.</numerusform>
            <numerusform>{count} Einträge sind zur Liste hinzugekommen.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>{count} field</source>
        <comment>{count} fields</comment>
        <translation>
            <numerusform>{count} Feld</numerusform>
            <numerusform>{count} Felder</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>{count} image</source>
        <comment>{count} images</comment>
        <translation>
            <numerusform>{count} Bild</numerusform>
            <numerusform>{count} Bilder</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>{count} image found.</source>
        <comment>{count} images found.</comment>
        <translation>
            <numerusform>{count} Bild gefunden.</numerusform>
            <numerusform>{count} Bilder gefunden.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>{count} image found; {missing:,} still missing. Locate a folder that holds the rest.</source>
        <comment>{count} images found; {missing:,} still missing. Locate a folder that holds the rest.</comment>
        <translation>
            <numerusform>{count} Bild gefunden; {missing:,} fehlen noch. Einen Ordner mit den übrigen suchen.</numerusform>
            <numerusform>{count} Bilder gefunden; {missing:,} fehlen noch. Einen Ordner mit den übrigen suchen.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>{count} image found; {missing:,} still missing. The folder holds more than {most:,} images; choose one further down.</source>
        <comment>{count} images found; {missing:,} still missing. The folder holds more than {most:,} images; choose one further down.</comment>
        <translation>
            <numerusform>{count} Bild gefunden; {missing:,} fehlen noch. Der Ordner enthält mehr als {most:,} Bilder; einen weiter unten wählen.</numerusform>
            <numerusform>{count} Bilder gefunden; {missing:,} fehlen noch. Der Ordner enthält mehr als {most:,} Bilder; einen weiter unten wählen.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>{count} image may still be written and will be analysed by the next run.</source>
        <comment>{count} images may still be written and will be analysed by the next run.</comment>
        <translation>
            <numerusform>{count} Bild wird vielleicht noch geschrieben; der nächste Lauf analysiert es.</numerusform>
            <numerusform>{count} Bilder werden vielleicht noch geschrieben; der nächste Lauf analysiert sie.</numerusform>
        </translation>
    </message>
    <message>
        <source>{count} more could not be opened: {names}.</source>
        <translation>{count} weitere konnten nicht geöffnet werden: {names}.</translation>
    </message>
    <message numerus="yes">
        <source>{count} more field failed; the triangle on it says why.</source>
        <comment>{count} more fields failed; the triangle on each says why.</comment>
        <translation>
            <numerusform>{count} weiteres Feld ist fehlgeschlagen; das Dreieck darauf nennt den Grund.</numerusform>
            <numerusform>{count} weitere Felder sind fehlgeschlagen; das Dreieck auf jedem nennt den Grund.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>{count} more place is pictured again: {names}.</source>
        <comment>{count} more places are pictured again: {names}.</comment>
        <translation>
            <numerusform>{count} weitere Stelle kommt mehrmals vor: {names}.</numerusform>
            <numerusform>{count} weitere Stellen kommen mehrmals vor: {names}.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>{count} new cell</source>
        <comment>{count} new cells</comment>
        <translation>
            <numerusform>{count} neue Zelle</numerusform>
            <numerusform>{count} neue Zellen</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>{count} red cell</source>
        <comment>{count} red cells</comment>
        <translation>
            <numerusform>{count} Erythrozyt</numerusform>
            <numerusform>{count} Erythrozyten</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>{count} region was added as fields; “Segment all fields” finds their cells.</source>
        <comment>{count} regions were added as fields; “Segment all fields” finds their cells.</comment>
        <translation>
            <numerusform>{count} Bereich wurde als Feld hinzugefügt; „Alle Felder segmentieren“ sucht seine Zellen.</numerusform>
            <numerusform>{count} Bereiche wurden als Felder hinzugefügt; „Alle Felder segmentieren“ sucht ihre Zellen.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>{count} region with about {cells:,} cells proposed. Look at it, then accept.</source>
        <comment>{count} regions with about {cells:,} cells proposed. Look at them, then accept.</comment>
        <translation>
            <numerusform>{count} Bereich mit etwa {cells:,} Zellen vorgeschlagen. Ansehen, dann annehmen.</numerusform>
            <numerusform>{count} Bereiche mit etwa {cells:,} Zellen vorgeschlagen. Ansehen, dann annehmen.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>{count} region with about {cells:,} cells proposed; the monolayer has no room for {target}. Look at it, then accept.</source>
        <comment>{count} regions with about {cells:,} cells proposed; the monolayer has no room for {target}. Look at them, then accept.</comment>
        <translation>
            <numerusform>{count} Bereich mit etwa {cells:,} Zellen vorgeschlagen; für {target} hat der Monolayer keinen Platz. Ansehen, dann annehmen.</numerusform>
            <numerusform>{count} Bereiche mit etwa {cells:,} Zellen vorgeschlagen; für {target} hat der Monolayer keinen Platz. Ansehen, dann annehmen.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>{count} reviewed cell</source>
        <comment>{count} reviewed cells</comment>
        <translation>
            <numerusform>{count} geprüfte Zelle</numerusform>
            <numerusform>{count} geprüfte Zellen</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>{count} row</source>
        <comment>{count} rows</comment>
        <translation>
            <numerusform>{count} Zeile</numerusform>
            <numerusform>{count} Zeilen</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>{count} row, head {head}</source>
        <comment>{count} rows, head {head}</comment>
        <translation>
            <numerusform>{count} Zeile, Kopfwert {head}</numerusform>
            <numerusform>{count} Zeilen, Kopfwert {head}</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>{count} selected cell stays as it is: the step can&apos;t change it, or it lies in another field.</source>
        <comment>{count} selected cells stay as they are: the step can&apos;t change them, or they lie in other fields.</comment>
        <translation>
            <numerusform>{count} ausgewählte Zelle bleibt, wie sie ist: Der Schritt ändert nichts an ihr, oder sie liegt in einem anderen Feld.</numerusform>
            <numerusform>{count} ausgewählte Zellen bleiben, wie sie sind: Der Schritt ändert nichts an ihnen, oder sie liegen in anderen Feldern.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>{count} stated number</source>
        <comment>{count} stated numbers</comment>
        <translation>
            <numerusform>{count} angegebene Zahl</numerusform>
            <numerusform>{count} angegebene Zahlen</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>{count} unsaved case is gone.</source>
        <comment>{count} unsaved cases are gone.</comment>
        <translation>
            <numerusform>{count} nicht gespeicherter Fall ist weg.</numerusform>
            <numerusform>{count} nicht gespeicherte Fälle sind weg.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>{count} value</source>
        <comment>{count} values</comment>
        <translation>
            <numerusform>{count} Wert</numerusform>
            <numerusform>{count} Werte</numerusform>
        </translation>
    </message>
    <message>
        <source>{count}, each over the head before it; {sealed}</source>
        <translation>{count}, jede über den Kopfwert vor ihr; {sealed}</translation>
    </message>
    <message>
        <source>{degrees:.0f}°</source>
        <translation>{degrees:.0f}°</translation>
    </message>
    <message>
        <source>{density:.2f}</source>
        <translation>{density:.2f}</translation>
    </message>
    <message>
        <source>{device} is present but not usable ({reason}); the next device is used.</source>
        <translation>{device} ist vorhanden, aber nicht nutzbar ({reason}); das nächste Gerät wird verwendet.</translation>
    </message>
    <message numerus="yes">
        <source>{done} of {count} image; results in {place}</source>
        <comment>{done} of {count} images; results in {place}</comment>
        <translation>
            <numerusform>{done} von {count} Bild; Ergebnisse in {place}</numerusform>
            <numerusform>{done} von {count} Bildern; Ergebnisse in {place}</numerusform>
        </translation>
    </message>
    <message>
        <source>{done} of {images} images, {seconds:.0f} s; results in {folder}</source>
        <translation>{done} von {images} Bildern, {seconds:.0f} s; Ergebnisse in {folder}</translation>
    </message>
    <message>
        <source>{failed:,} of {regions:,} regions of {name} failed; --resume tries them again.</source>
        <translation>{failed:,} von {regions:,} Bereichen von {name} sind fehlgeschlagen; --resume versucht sie erneut.</translation>
    </message>
    <message>
        <source>{fields} and {cells}, as their rows left them</source>
        <translation>{fields} und {cells}, wie ihre Zeilen sie hinterlassen haben</translation>
    </message>
    <message>
        <source>{fields} fields were analysed before; the run continues after them.</source>
        <translation>{fields} Felder wurden schon analysiert; der Lauf macht danach weiter.</translation>
    </message>
    <message>
        <source>{fields}, {cells}, {waiting:,} unconfirmed</source>
        <translation>{fields}, {cells}, {waiting:,} unbestätigt</translation>
    </message>
    <message>
        <source>{file} can&apos;t be read; restore the file, or move it away to begin another list.</source>
        <translation>{file} ist nicht lesbar; die Datei wiederherstellen oder verschieben, um eine neue Liste zu beginnen.</translation>
    </message>
    <message>
        <source>{file} can&apos;t be stored; make room on the disk and try again.</source>
        <translation>{file} kann nicht gespeichert werden; auf dem Datenträger Platz schaffen und erneut versuchen.</translation>
    </message>
    <message>
        <source>{file} comes from a newer version; update this application first.</source>
        <translation>{file} stammt von einer neueren Version; erst diese Anwendung aktualisieren.</translation>
    </message>
    <message>
        <source>{file} has changed since the case was made; locate the original.</source>
        <translation>{file} hat sich geändert, seit der Fall angelegt wurde; das Original suchen.</translation>
    </message>
    <message>
        <source>{file} is de-identified, so that it doesn&apos;t say of which case it is; give another one.</source>
        <translation>{file} ist de-identifiziert und sagt daher nicht, zu welchem Fall es gehört; eine andere Datei angeben.</translation>
    </message>
    <message>
        <source>{file} is no file of numbers that can be compared; give a CSV of cells or of the sample, a workbook or a PDF report that an export wrote.</source>
        <translation>{file} ist keine Datei mit vergleichbaren Zahlen; eine CSV der Zellen oder der Probe, eine Arbeitsmappe oder einen PDF-Bericht aus einem Export angeben.</translation>
    </message>
    <message>
        <source>{file} is no such list, or isn&apos;t as it was exported; export it again and choose that.</source>
        <translation>{file} ist keine solche Liste oder ist nicht mehr so, wie sie exportiert wurde; exportieren Sie sie noch einmal und wählen Sie diese.</translation>
    </message>
    <message>
        <source>{file} says what the case says: {extent}</source>
        <translation>{file} sagt, was der Fall sagt: {extent}</translation>
    </message>
    <message>
        <source>{folder} can&apos;t be written to; free some space, or give another folder with --out.</source>
        <translation>In {folder} kann nicht geschrieben werden; Platz schaffen oder mit --out einen anderen Ordner angeben.</translation>
    </message>
    <message>
        <source>{folder} holds results already ({found}); go on with them by --resume, replace them by --overwrite, or give another folder with --out.</source>
        <translation>{folder} enthält schon Ergebnisse ({found}); mit --resume fortsetzen, mit --overwrite ersetzen oder mit --out einen anderen Ordner angeben.</translation>
    </message>
    <message>
        <source>{folder} is no folder; give the one into which the images come.</source>
        <translation>{folder} ist kein Ordner; den angeben, in den die Bilder kommen.</translation>
    </message>
    <message>
        <source>{grade} (borderline {others})</source>
        <translation>{grade} (Grenzfall: {others})</translation>
    </message>
    <message>
        <source>{head} is too short to be a head; give at least {least} digits.</source>
        <translation>{head} ist zu kurz für einen Kopfwert; geben Sie mindestens {least} Stellen an.</translation>
    </message>
    <message>
        <source>{images}, unchanged since the analysis</source>
        <translation>{images}, unverändert seit der Analyse</translation>
    </message>
    <message>
        <source>{label}, probability {probability:.2f}. {model} was right on {percent:.0f} % of {fields:,} held-out fields.</source>
        <translation>{label}, Wahrscheinlichkeit {probability:.2f}. {model} lag bei {percent:.0f} % von {fields:,} zurückgehaltenen Feldern richtig.</translation>
    </message>
    <message>
        <source>{length:g} µm over {px:.1f} px</source>
        <translation>{length:g} µm auf {px:.1f} px</translation>
    </message>
    <message>
        <source>{lock} Mend that before the report is final, or say in Reason why it is final all the same.</source>
        <translation>{lock} Das beheben, bevor der Bericht endgültig ist, oder unter Grund angeben, warum er trotzdem endgültig ist.</translation>
    </message>
    <message>
        <source>{low:.1f} to {high:.1f}</source>
        <translation>{low:.1f} bis {high:.1f}</translation>
    </message>
    <message>
        <source>{measure} breaks {rule} ({meaning})</source>
        <translation>{measure} verletzt {rule} ({meaning})</translation>
    </message>
    <message>
        <source>{measure}: no band yet, {count} of the {least} normal samples that it takes.</source>
        <translation>{measure}: noch kein Band, {count} der {least} nötigen Normalproben.</translation>
    </message>
    <message>
        <source>{measure}: outside the band of {count} normal samples{few} at the quantiles {levels}.</source>
        <translation>{measure}: außerhalb des Bandes von {count} Normalproben{few} bei den Quantilen {levels}.</translation>
    </message>
    <message>
        <source>{measure}: too few measured red cells, so it isn&apos;t compared.</source>
        <translation>{measure}: zu wenige gemessene Erythrozyten, daher kein Vergleich.</translation>
    </message>
    <message>
        <source>{measure}: within the band of {count} normal samples{few}.</source>
        <translation>{measure}: innerhalb des Bandes von {count} Normalproben{few}.</translation>
    </message>
    <message>
        <source>{names} and others</source>
        <translation>{names} und weitere</translation>
    </message>
    <message>
        <source>{name} (page {page})</source>
        <translation>{name} (Seite {page})</translation>
    </message>
    <message>
        <source>{name} can&apos;t be reached any more; connect its drive again, or nothing further is kept until you save the case under a name (File › Save case as…).</source>
        <translation>{name} ist nicht mehr erreichbar; das Laufwerk wieder verbinden; sonst wird nichts mehr gespeichert, bis Sie den Fall unter einem Namen speichern (Datei › Fall speichern unter…).</translation>
    </message>
    <message>
        <source>{name} can&apos;t be reached any more; connect its drive and go on with --resume.</source>
        <translation>{name} ist nicht mehr erreichbar; das Laufwerk verbinden und mit --resume fortsetzen.</translation>
    </message>
    <message>
        <source>{name} can&apos;t be reached any more; connect its drive, or locate it.</source>
        <translation>{name} ist nicht mehr erreichbar; das Laufwerk verbinden oder die Datei suchen.</translation>
    </message>
    <message>
        <source>{name} can&apos;t be reached any more; connect its drive, or locate the slide.</source>
        <translation>{name} ist nicht mehr erreichbar; das Laufwerk verbinden oder den Scan suchen.</translation>
    </message>
    <message>
        <source>{name} can&apos;t be read as CSV; save the work list again.</source>
        <translation>{name} ist nicht als CSV lesbar; die Arbeitsliste erneut speichern.</translation>
    </message>
    <message>
        <source>{name} can&apos;t be read as SAM 2 weights; choose another file.</source>
        <translation>{name} ist nicht als SAM-2-Gewichte lesbar; eine andere Datei wählen.</translation>
    </message>
    <message>
        <source>{name} can&apos;t be read as a grading scheme; export one and change that.</source>
        <translation>{name} ist nicht als Grad-Schema lesbar; eines exportieren und dieses ändern.</translation>
    </message>
    <message>
        <source>{name} can&apos;t be read as a list of own classes; choose a file that was exported from here.</source>
        <translation>{name} ist nicht als Liste eigener Klassen lesbar; eine Datei wählen, die von hier exportiert wurde.</translation>
    </message>
    <message>
        <source>{name} can&apos;t be read: permission denied; ask its owner for access.</source>
        <translation>{name} ist nicht lesbar: Zugriff verweigert; den Besitzer um Zugriff bitten.</translation>
    </message>
    <message>
        <source>{name} can&apos;t be read: {reason}.</source>
        <translation>{name} kann nicht gelesen werden: {reason}.</translation>
    </message>
    <message>
        <source>{name} can&apos;t be used. {reason}</source>
        <translation>{name} ist nicht verwendbar. {reason}</translation>
    </message>
    <message>
        <source>{name} can&apos;t be written; choose another folder.</source>
        <translation>{name} lässt sich nicht schreiben; einen anderen Ordner wählen.</translation>
    </message>
    <message>
        <source>{name} can&apos;t be written; close it in other programs or choose another folder.</source>
        <translation>{name} kann nicht geschrieben werden; in anderen Programmen schließen oder einen anderen Ordner wählen.</translation>
    </message>
    <message>
        <source>{name} comes from a newer version of the application; update this one first.</source>
        <translation>{name} stammt von einer neueren Version der Anwendung; erst diese aktualisieren.</translation>
    </message>
    <message>
        <source>{name} could not be analysed ({reason}); the others go on.</source>
        <translation>{name} konnte nicht analysiert werden ({reason}); die übrigen gehen weiter.</translation>
    </message>
    <message>
        <source>{name} could not be analysed: every worker that tried it died; the others go on.</source>
        <translation>{name} konnte nicht analysiert werden: Jeder Worker, der es versuchte, ist abgestürzt; die übrigen gehen weiter.</translation>
    </message>
    <message>
        <source>{name} could not be analysed: its process ended with {how}, as happens when memory runs out; the others go on. Try it again with --resume and fewer workers.</source>
        <translation>{name} konnte nicht analysiert werden: Der Prozess endete mit {how}, wie bei fehlendem Arbeitsspeicher; die übrigen gehen weiter. Mit --resume und weniger --workers erneut versuchen.</translation>
    </message>
    <message>
        <source>{name} could not be written to its share; your work is kept on this computer and sent when the share is back.</source>
        <translation>{name} konnte nicht auf das Netzlaufwerk geschrieben werden; Ihre Arbeit bleibt auf diesem Computer und wird gesendet, wenn das Laufwerk wieder da ist.</translation>
    </message>
    <message>
        <source>{name} could not be written; check that its folder exists and that you may write there.</source>
        <translation>{name} konnte nicht geschrieben werden; prüfen, ob der Ordner existiert und Sie dort schreiben dürfen.</translation>
    </message>
    <message>
        <source>{name} doesn&apos;t exist any more; it may have been moved or renamed.</source>
        <translation>{name} gibt es nicht mehr; die Datei wurde vielleicht verschoben oder umbenannt.</translation>
    </message>
    <message>
        <source>{name} doesn&apos;t exist; give a file that ends in .rbc.</source>
        <translation>{name} gibt es nicht; eine Datei angeben, die auf .rbc endet.</translation>
    </message>
    <message>
        <source>{name} doesn&apos;t exist; it may have been moved or renamed.</source>
        <translation>{name} gibt es nicht; die Datei wurde vielleicht verschoben oder umbenannt.</translation>
    </message>
    <message>
        <source>{name} doesn&apos;t fit SAM 2.1 {size}: {count} tensors are missing or of another shape, first {first}. Choose another file.</source>
        <translation>{name} passt nicht zu SAM 2.1 {size}: {count} Tensoren fehlen oder haben eine andere Form, zuerst {first}. Eine andere Datei wählen.</translation>
    </message>
    <message>
        <source>{name} failed: {reason}</source>
        <translation>{name} ist fehlgeschlagen: {reason}</translation>
    </message>
    <message>
        <source>{name} has another number of classes</source>
        <translation>{name} hat eine andere Zahl von Klassen</translation>
    </message>
    <message>
        <source>{name} has another number of labels</source>
        <translation>{name} hat eine andere Zahl von Antworten</translation>
    </message>
    <message>
        <source>{name} has changed since the case was made; locate the original.</source>
        <translation>{name} hat sich geändert, seit der Fall angelegt wurde; das Original suchen.</translation>
    </message>
    <message>
        <source>{name} has changed since the run began; go on with --resume.</source>
        <translation>{name} hat sich seit Beginn des Laufs geändert; mit --resume fortsetzen.</translation>
    </message>
    <message>
        <source>{name} has channels of different depth; save it with 8 bits per channel and open that.</source>
        <translation>{name} hat Kanäle verschiedener Tiefe; mit 8 Bit pro Kanal speichern und diese Datei öffnen.</translation>
    </message>
    <message>
        <source>{name} has more than {most:,} pages; split it and open the parts.</source>
        <translation>{name} hat mehr als {most:,} Seiten; teilen und die Teile öffnen.</translation>
    </message>
    <message>
        <source>{name} has more than {most_lines:,} lines; a work list holds the samples of a day.</source>
        <translation>{name} hat mehr als {most_lines:,} Zeilen; eine Arbeitsliste enthält die Proben eines Tages.</translation>
    </message>
    <message>
        <source>{name} has no column “accession” or “sample number” in its first line.</source>
        <translation>{name} hat in der ersten Zeile keine Spalte „accession“ oder „sample number“.</translation>
    </message>
    <message>
        <source>{name} has no fields.</source>
        <translation>{name} hat keine Felder.</translation>
    </message>
    <message>
        <source>{name} has no page {page}; the last one is page {last}.</source>
        <translation>{name} hat keine Seite {page}; die letzte ist Seite {last}.</translation>
    </message>
    <message>
        <source>{name} has only one page; page {page} can&apos;t be opened.</source>
        <translation>{name} hat nur eine Seite; Seite {page} kann nicht geöffnet werden.</translation>
    </message>
    <message>
        <source>{name} holds no SAM 2 weights; choose another file.</source>
        <translation>{name} enthält keine SAM-2-Gewichte; eine andere Datei wählen.</translation>
    </message>
    <message>
        <source>{name} holds no image; open another folder, or the images themselves.</source>
        <translation>{name} enthält kein Bild; einen anderen Ordner öffnen oder die Bilder selbst.</translation>
    </message>
    <message>
        <source>{name} holds no region; add a row for each.</source>
        <translation>{name} enthält keinen Bereich; für jeden eine Zeile hinzufügen.</translation>
    </message>
    <message>
        <source>{name} holds triggers or views, which could change your work unseen; it isn&apos;t opened: ask whoever made it for a copy from this application.</source>
        <translation>{name} enthält Trigger oder Sichten, die Ihre Arbeit unbemerkt ändern könnten; die Datei wird nicht geöffnet: von ihrem Ersteller eine Kopie aus dieser Anwendung erbitten.</translation>
    </message>
    <message>
        <source>{name} holds {depth} pixels, which can&apos;t be shown; save it as unsigned 8- or 16-bit and open that.</source>
        <translation>{name} enthält Pixel mit {depth}, die nicht gezeigt werden können; als vorzeichenlose 8- oder 16-Bit-Datei speichern und diese öffnen.</translation>
    </message>
    <message>
        <source>{name} holds {what}, no plain grey or RGB picture; save it as 8- or 16-bit RGB and open that.</source>
        <translation>{name} enthält {what}, kein einfaches Grau- oder RGB-Bild; als RGB mit 8 oder 16 Bit speichern und diese Datei öffnen.</translation>
    </message>
    <message>
        <source>{name} in {folder} holds reviewed cells and {renewed}; move it away, or give another folder with --out.</source>
        <translation>{name} in {folder} enthält geprüfte Zellen und {renewed}; die Datei verschieben oder mit --out einen anderen Ordner angeben.</translation>
    </message>
    <message>
        <source>{name} in {folder} holds reviewed cells; move it away, or give another folder with --out.</source>
        <translation>{name} in {folder} enthält geprüfte Zellen; die Datei verschieben oder mit --out einen anderen Ordner angeben.</translation>
    </message>
    <message>
        <source>{name} is a folder; choose a file that ends in .rbc.</source>
        <translation>{name} ist ein Ordner; eine Datei wählen, die auf .rbc endet.</translation>
    </message>
    <message>
        <source>{name} is a folder; choose an image inside it.</source>
        <translation>{name} ist ein Ordner; ein Bild darin wählen.</translation>
    </message>
    <message>
        <source>{name} is a slide of few pixels ({width:,} × {height:,}), so it is opened whole, as one field.</source>
        <translation>{name} ist ein Scan mit wenigen Pixeln ({width:,} × {height:,}) und wird deshalb ganz geöffnet, als ein Feld.</translation>
    </message>
    <message>
        <source>{name} is closed; open it again.</source>
        <translation>{name} ist geschlossen; erneut öffnen.</translation>
    </message>
    <message>
        <source>{name} is compressed by {method} inside TIFF, which isn&apos;t supported; save it with LZW.</source>
        <translation>{name} ist innerhalb von TIFF mit {method} komprimiert, was nicht unterstützt wird; mit LZW speichern.</translation>
    </message>
    <message>
        <source>{name} is damaged and can&apos;t be opened; use a backup copy of it.</source>
        <translation>{name} ist beschädigt und kann nicht geöffnet werden; eine Sicherungskopie verwenden.</translation>
    </message>
    <message>
        <source>{name} is damaged or cut off; copy or export it again from its source.</source>
        <translation>{name} ist beschädigt oder abgeschnitten; erneut aus der Quelle kopieren oder exportieren.</translation>
    </message>
    <message>
        <source>{name} is damaged or was replaced</source>
        <translation>{name} ist beschädigt oder wurde ersetzt</translation>
    </message>
    <message>
        <source>{name} is empty (0 bytes); copy or export it again from its source.</source>
        <translation>{name} ist leer (0 Byte); erneut aus der Quelle kopieren oder exportieren.</translation>
    </message>
    <message>
        <source>{name} is larger than {most} MB; a prompt file holds one image&apos;s cells.</source>
        <translation>{name} ist größer als {most} MB; eine Vorgabendatei enthält die Zellen eines Bildes.</translation>
    </message>
    <message>
        <source>{name} is larger than {most} MB; give fewer regions.</source>
        <translation>{name} ist größer als {most} MB; weniger Bereiche angeben.</translation>
    </message>
    <message>
        <source>{name} is left out of the count: {reason}.</source>
        <translation>{name} ist nicht mitgezählt: {reason}.</translation>
    </message>
    <message>
        <source>{name} is left out: it has fewer than {least} measured red cells.</source>
        <translation>{name} ist ausgelassen: weniger als {least} vermessene Erythrozyten.</translation>
    </message>
    <message>
        <source>{name} is left out: {value}</source>
        <translation>{name} ist ausgelassen: {value}</translation>
    </message>
    <message>
        <source>{name} is no booster</source>
        <translation>{name} ist kein Booster</translation>
    </message>
    <message>
        <source>{name} is no longer where it was; locate it.</source>
        <translation>{name} ist nicht mehr dort, wo es war; die Datei suchen.</translation>
    </message>
    <message>
        <source>{name} is no slide and no tiled TIFF; save it as one to read it part by part.</source>
        <translation>{name} ist kein Scan und kein gekacheltes TIFF; als solches speichern, um es teilweise zu lesen.</translation>
    </message>
    <message>
        <source>{name} is no stained film in 8-bit colours, in one plane; export that as OME-TIFF and open it.</source>
        <translation>{name} ist kein gefärbter Ausstrich in 8-Bit-Farben, in einer Ebene; als OME-TIFF exportieren und öffnen.</translation>
    </message>
    <message>
        <source>{name} is not a case file of this application, or it is damaged; choose another case.</source>
        <translation>{name} ist keine Falldatei dieser Anwendung oder beschädigt; einen anderen Fall wählen.</translation>
    </message>
    <message>
        <source>{name} is not a file; choose an image file.</source>
        <translation>{name} ist keine Datei; eine Bilddatei wählen.</translation>
    </message>
    <message>
        <source>{name} is not an image or slide of a known kind; save it as one of these and open that: {kinds}.</source>
        <translation>{name} ist kein Bild oder Scan einer bekannten Art; in einer dieser Arten speichern und diese Datei öffnen: {kinds}.</translation>
    </message>
    <message>
        <source>{name} is not the image that {name2} was; choose another.</source>
        <translation>{name} ist nicht das Bild, das {name2} war; ein anderes wählen.</translation>
    </message>
    <message>
        <source>{name} is on the list already.</source>
        <translation>{name} steht schon auf der Liste.</translation>
    </message>
    <message>
        <source>{name} is open in another window; close it there first.</source>
        <translation>{name} ist in einem anderen Fenster geöffnet; erst dort schließen.</translation>
    </message>
    <message>
        <source>{name} is open in this window already.</source>
        <translation>{name} ist in diesem Fenster schon geöffnet.</translation>
    </message>
    <message>
        <source>{name} is said to lie at {folder}, outside the folder of the case; locate it.</source>
        <translation>{name} soll in {folder} liegen, außerhalb des Ordners des Falls; die Datei suchen.</translation>
    </message>
    <message>
        <source>{name} is smaller than it was; locate the original.</source>
        <translation>{name} ist kleiner als zuvor; das Original suchen.</translation>
    </message>
    <message>
        <source>{name} is stored in a way that can&apos;t be read part by part; save it as a tiled TIFF and open that.</source>
        <translation>{name} ist so gespeichert, dass es nicht teilweise gelesen werden kann; als gekacheltes TIFF speichern und dieses öffnen.</translation>
    </message>
    <message>
        <source>{name} is stored in one piece, which is too large to decode; save it as a tiled TIFF and open that.</source>
        <translation>{name} ist in einem Stück gespeichert, das zu groß zum Dekodieren ist; als gekacheltes TIFF speichern und dieses öffnen.</translation>
    </message>
    <message>
        <source>{name} is the same picture as {first}: counted once.</source>
        <translation>{name} ist dasselbe Bild wie {first}: einmal gezählt.</translation>
    </message>
    <message>
        <source>{name} is too large ({width:,} × {height:,} pixels; the limit is {most} million) to be decoded as a whole: save it as a tiled TIFF, which is opened as a slide and read part by part.</source>
        <translation>{name} ist zu groß ({width:,} × {height:,} Pixel; die Grenze ist {most} Millionen), um als Ganzes dekodiert zu werden: als gekacheltes TIFF speichern, das als Scan geöffnet und teilweise gelesen wird.</translation>
    </message>
    <message>
        <source>{name} is too large for a grading scheme; choose another file.</source>
        <translation>{name} ist zu groß für ein Grad-Schema; eine andere Datei wählen.</translation>
    </message>
    <message>
        <source>{name} is too large for a work list; give the samples of a day.</source>
        <translation>{name} ist zu groß für eine Arbeitsliste; die Proben eines Tages angeben.</translation>
    </message>
    <message>
        <source>{name} is too small ({width} × {height} pixels) to show cells; choose another image.</source>
        <translation>{name} ist zu klein ({width} × {height} Pixel), um Zellen zu zeigen; ein anderes Bild wählen.</translation>
    </message>
    <message>
        <source>{name} is write-protected and open for reading only; save the case under another name to work on it (File › Save case as…).</source>
        <translation>{name} ist schreibgeschützt und nur zum Lesen geöffnet; zum Bearbeiten den Fall unter einem anderen Namen speichern (Datei › Fall speichern unter…).</translation>
    </message>
    <message>
        <source>{name} is write-protected: look at it here, or save it under another name to work on it.</source>
        <translation>{name} ist schreibgeschützt: hier ansehen oder zum Bearbeiten unter einem anderen Namen speichern.</translation>
    </message>
    <message>
        <source>{name} is {size:.1f} GB large, far more than its pixels need; export the image again from its source.</source>
        <translation>{name} ist {size:.1f} GB groß, weit mehr als die Pixel brauchen; das Bild erneut aus der Quelle exportieren.</translation>
    </message>
    <message>
        <source>{name} isn&apos;t on the list of operators; choose a name of the list, or add this one (Report › Operators…).</source>
        <translation>{name} steht nicht auf der Liste der Bearbeiter; einen Namen der Liste wählen oder diesen hinzufügen (Bericht › Bearbeiter…).</translation>
    </message>
    <message>
        <source>{name} lies on a drive without locks; copy it to this computer and open the copy.</source>
        <translation>{name} liegt auf einem Laufwerk ohne Sperren; auf diesen Computer kopieren und die Kopie öffnen.</translation>
    </message>
    <message>
        <source>{name} lies on a network share: you work on a copy here, which is written back as you go.</source>
        <translation>{name} liegt auf einem Netzlaufwerk: Sie arbeiten hier an einer Kopie, die laufend zurückgeschrieben wird.</translation>
    </message>
    <message>
        <source>{name} marks cell {cell} at ({x:g}, {y:g}), outside the {width}×{height} image; give positions in pixels of this image.</source>
        <translation>{name} markiert Zelle {cell} bei ({x:g}, {y:g}), außerhalb des Bildes von {width}×{height}; Positionen in Pixeln dieses Bildes angeben.</translation>
    </message>
    <message>
        <source>{name} marks more than {cells:,} cells, or one cell by more than {points:,} points; split it or thin it out.</source>
        <translation>{name} markiert mehr als {cells:,} Zellen oder eine Zelle mit mehr als {points:,} Punkten; teilen oder ausdünnen.</translation>
    </message>
    <message>
        <source>{name} must be a number in {unit}, such as {example}.</source>
        <translation>{name} muss eine Zahl in {unit} sein, etwa {example}.</translation>
    </message>
    <message>
        <source>{name} needs OpenSlide, which is missing here; install rbc-desktop again.</source>
        <translation>{name} braucht OpenSlide, das hier fehlt; rbc-desktop neu installieren.</translation>
    </message>
    <message>
        <source>{name} needs the columns {columns} in its first line.</source>
        <translation>{name} braucht in der ersten Zeile die Spalten {columns}.</translation>
    </message>
    <message>
        <source>{name} needs the columns {points} or {boxes} in its first line.</source>
        <translation>{name} braucht in der ersten Zeile die Spalten {points} oder {boxes}.</translation>
    </message>
    <message>
        <source>{name} needs the extra “slideio”: install it with pip install &quot;rbc-desktop[slideio]&quot;, or export the slide as OME-TIFF; the folder that needs no Python doesn&apos;t have it.</source>
        <translation>{name} braucht das Extra „slideio“: mit pip install &quot;rbc-desktop[slideio]&quot; installieren oder den Scan als OME-TIFF exportieren; der Ordner ohne Python enthält es nicht.</translation>
    </message>
    <message>
        <source>{name} reads other features</source>
        <translation>{name} liest andere Merkmale</translation>
    </message>
    <message>
        <source>{name} shows only a slide&apos;s label or overview; open the scan itself.</source>
        <translation>{name} zeigt nur Etikett oder Übersicht eines Objektträgers; den Scan selbst öffnen.</translation>
    </message>
    <message>
        <source>{name} shows the same place as {first}, so its cells count twice; leave one of both out.</source>
        <translation>{name} zeigt dieselbe Stelle wie {first}, also zählen die Zellen doppelt; eines von beiden weglassen.</translation>
    </message>
    <message>
        <source>{name} takes too long to read; it is damaged or no ordinary case: use a backup copy.</source>
        <translation>{name} zu lesen dauert zu lange; die Datei ist beschädigt oder kein gewöhnlicher Fall: eine Sicherungskopie verwenden.</translation>
    </message>
    <message>
        <source>{name} was changed by somebody else; what a window that ended did to it: see File › Open recent….</source>
        <translation>{name} wurde von jemand anderem geändert; was ein beendetes Fenster daran tat: siehe Datei › Zuletzt geöffnet….</translation>
    </message>
    <message>
        <source>{name} was changed on the share by somebody else; your work is kept on this computer: save it under another name (File › Save case as…).</source>
        <translation>{name} wurde auf dem Netzlaufwerk von jemand anderem geändert; Ihre Arbeit bleibt auf diesem Computer: unter einem anderen Namen speichern (Datei › Fall speichern unter…).</translation>
    </message>
    <message>
        <source>{name} was deleted while it is open here; nothing further is kept until you save the case under a name (File › Save case as…).</source>
        <translation>{name} wurde gelöscht, während der Fall hier offen ist; nichts wird mehr gespeichert, bis Sie den Fall unter einem Namen speichern (Datei › Fall speichern unter…).</translation>
    </message>
    <message>
        <source>{name} was moved, renamed or deleted while it is open here; nothing further is kept until you save the case under a name (File › Save case as…).</source>
        <translation>{name} wurde verschoben, umbenannt oder gelöscht, während der Fall hier offen ist; nichts wird mehr gespeichert, bis Sie den Fall unter einem Namen speichern (Datei › Fall speichern unter…).</translation>
    </message>
    <message>
        <source>{name} was written by a newer version of this application; update to open it.</source>
        <translation>{name} wurde von einer neueren Version dieser Anwendung geschrieben; zum Öffnen aktualisieren.</translation>
    </message>
    <message>
        <source>{name} with key {digits}</source>
        <translation>{name} mit Schlüssel {digits}</translation>
    </message>
    <message>
        <source>{name}, version {version}</source>
        <translation>{name}, Version {version}</translation>
    </message>
    <message>
        <source>{name}: at {scale:.4g} µm/px, the given scale, a typical cell would be {seen:.3g} µm across instead of about {normal:g} µm; check it, and calibrate again unless it is right.</source>
        <translation>{name}: Bei {scale:.4g} µm/px, dem angegebenen Maßstab, wäre eine typische Zelle {seen:.3g} µm groß statt etwa {normal:g} µm; prüfen und neu kalibrieren, wenn er nicht stimmt.</translation>
    </message>
    <message>
        <source>{name}: at {scale:.4g} µm/px, the given scale, a typical cell would be {seen:.3g} µm across instead of about {normal:g} µm; it was left aside.</source>
        <translation>{name}: Bei {scale:.4g} µm/px, dem angegebenen Maßstab, wäre eine typische Zelle {seen:.3g} µm groß statt etwa {normal:g} µm; er wurde nicht verwendet.</translation>
    </message>
    <message>
        <source>{name}: at {scale:.4g} µm/px, the scale that the file states, a typical cell would be {seen:.3g} µm across instead of about {normal:g} µm; check it, and calibrate again unless it is right.</source>
        <translation>{name}: Bei {scale:.4g} µm/px, dem Maßstab aus der Datei, wäre eine typische Zelle {seen:.3g} µm groß statt etwa {normal:g} µm; prüfen und neu kalibrieren, wenn er nicht stimmt.</translation>
    </message>
    <message>
        <source>{name}: at {scale:.4g} µm/px, the scale that the file states, a typical cell would be {seen:.3g} µm across instead of about {normal:g} µm; it was left aside.</source>
        <translation>{name}: Bei {scale:.4g} µm/px, dem Maßstab aus der Datei, wäre eine typische Zelle {seen:.3g} µm groß statt etwa {normal:g} µm; er wurde nicht verwendet.</translation>
    </message>
    <message>
        <source>{name}: region {done:,}/{all:,}</source>
        <translation>{name}: Bereich {done:,}/{all:,}</translation>
    </message>
    <message numerus="yes">
        <source>{name}: {cells} in {count} field</source>
        <comment>{name}: {cells} in {count} fields</comment>
        <translation>
            <numerusform>{name}: {cells} in {count} Feld</numerusform>
            <numerusform>{name}: {cells} in {count} Feldern</numerusform>
        </translation>
    </message>
    <message>
        <source>{name}: {reason}; correct it and try again.</source>
        <translation>{name}: {reason}; berichtigen und erneut versuchen.</translation>
    </message>
    <message>
        <source>{name}: {scale:.4g} µm/px ({camera}, {width} × {height} px)</source>
        <translation>{name}: {scale:.4g} µm/px ({camera}, {width} × {height} px)</translation>
    </message>
    <message>
        <source>{name}: {scale:.4g} µm/px ({width} × {height} px)</source>
        <translation>{name}: {scale:.4g} µm/px ({width} × {height} px)</translation>
    </message>
    <message>
        <source>{name}: {sentence}</source>
        <translation>{name}: {sentence}</translation>
    </message>
    <message>
        <source>{numbers}; version {made} laid its pages out, which only that version can compare</source>
        <translation>{numbers}; Version {made} hat die Seiten gesetzt, und nur sie kann sie vergleichen</translation>
    </message>
    <message>
        <source>{operator} gave classes in this case last on {when}, {ago}. A study counts a second reading by the same person only after {days} days. Say why it begins now; the audit trail keeps it.</source>
        <translation>{operator} gab in diesem Fall zuletzt {ago} Klassen, am {when}. Eine Studie zählt eine Zweitbefundung durch dieselbe Person erst nach {days} Tagen. Angeben, warum sie jetzt beginnt; der Prüfpfad hält es fest.</translation>
    </message>
    <message>
        <source>{other} has the key {key} already; give {name} another.</source>
        <translation>{other} hat schon die Taste {key}; {name} eine andere geben.</translation>
    </message>
    <message>
        <source>{other} has the letters {letters} already; give {name} others.</source>
        <translation>{other} hat schon die Buchstaben {letters}; {name} andere geben.</translation>
    </message>
    <message>
        <source>{pages} pages of {name} show the same place; only the sharpest of them, page {page}, counts.</source>
        <translation>{pages} Seiten von {name} zeigen dieselbe Stelle; nur die schärfste, Seite {page}, zählt.</translation>
    </message>
    <message>
        <source>{percent:.0f} %</source>
        <translation>{percent:.0f} %</translation>
    </message>
    <message>
        <source>{percent:.0f} % of the cells are square and none is pale: the thin end of the film.</source>
        <translation>{percent:.0f} % der Zellen sind eckig, und keine ist aufgehellt: das dünne Ende des Ausstrichs.</translation>
    </message>
    <message>
        <source>{percent:.0f} % of the cells show a pale centre: neither thick nor the thin end.</source>
        <translation>{percent:.0f} % der Zellen zeigen eine zentrale Aufhellung: weder dick noch das dünne Ende.</translation>
    </message>
    <message>
        <source>{percent:.0f} % of the stained area is cells that touch, at most {most:.0f} % in a monolayer.</source>
        <translation>{percent:.0f} % der gefärbten Fläche sind Zellen, die sich berühren; im Monolayer höchstens {most:.0f} %.</translation>
    </message>
    <message>
        <source>{percent:.0f} % of the stained area is clumps, more than {most:.0f} %: the film is thick here.</source>
        <translation>{percent:.0f} % der gefärbten Fläche sind Haufen, mehr als {most:.0f} %: Der Ausstrich ist hier dick.</translation>
    </message>
    <message>
        <source>{percent:.1f} %</source>
        <translation>{percent:.1f} %</translation>
    </message>
    <message>
        <source>{percent:.1f} % of the pixels are black or white, more than {most:.0f} %: change the exposure.</source>
        <translation>{percent:.1f} % der Pixel sind schwarz oder weiß, mehr als {most:.0f} %: die Belichtung ändern.</translation>
    </message>
    <message>
        <source>{percent:.1f} % schistocytes with platelets {platelets:g} · 10⁹/L: review the film now.</source>
        <translation>{percent:.1f} % Fragmentozyten bei Thrombozyten {platelets:g} · 10⁹/L: den Ausstrich jetzt ansehen.</translation>
    </message>
    <message>
        <source>{percent:.1f} % schistocytes, but platelets {platelets:g} · 10⁹/L: check for artefacts and for fragments counted as platelets.</source>
        <translation>{percent:.1f} % Fragmentozyten, aber Thrombozyten {platelets:g} · 10⁹/L: auf Artefakte und auf als Thrombozyten gezählte Fragmente prüfen.</translation>
    </message>
    <message>
        <source>{percent:.3g} % of the cells, drawn with {seed}</source>
        <translation>{percent:.3g} % der Zellen, gezogen mit {seed}</translation>
    </message>
    <message>
        <source>{pictures}; slides: {slides}</source>
        <translation>{pictures}; Scans: {slides}</translation>
    </message>
    <message>
        <source>{place} can&apos;t be read or written; make room or ask for access, then try again.</source>
        <translation>{place} ist nicht les- oder schreibbar; Platz schaffen oder um Zugriff bitten, dann erneut versuchen.</translation>
    </message>
    <message>
        <source>{progress}; it isn&apos;t finished.</source>
        <translation>{progress}; noch nicht beendet.</translation>
    </message>
    <message>
        <source>{px:.0f} px</source>
        <translation>{px:.0f} px</translation>
    </message>
    <message>
        <source>{reason} The watch tries again.</source>
        <translation>{reason} Die Überwachung versucht es erneut.</translation>
    </message>
    <message>
        <source>{reason} What is done is kept; the same command with --resume continues from there.</source>
        <translation>{reason} Was fertig ist, bleibt; derselbe Befehl mit --resume macht dort weiter.</translation>
    </message>
    <message>
        <source>{reason} Without it the PDF can be exported without image and gallery.</source>
        <translation>{reason} Ohne das Bild kann das PDF ohne Bild und Galerie exportiert werden.</translation>
    </message>
    <message>
        <source>{same:,} of {drawn:,} outlines came out the same</source>
        <translation>{same:,} von {drawn:,} Umrissen kamen gleich heraus</translation>
    </message>
    <message>
        <source>{scale:.4g} µm per pixel; a normal red cell would be {px:.0f} px across</source>
        <translation>{scale:.4g} µm pro Pixel; ein normaler Erythrozyt wäre {px:.0f} px groß</translation>
    </message>
    <message>
        <source>{scale:.4g} µm per pixel; the median cell is {um:.1f} µm across</source>
        <translation>{scale:.4g} µm pro Pixel; die mittlere Zelle ist {um:.1f} µm groß</translation>
    </message>
    <message>
        <source>{scale:.4g} µm/px</source>
        <translation>{scale:.4g} µm/px</translation>
    </message>
    <message>
        <source>{seen:,} / {cells:,} confirmed</source>
        <translation>{seen:,} / {cells:,} bestätigt</translation>
    </message>
    <message>
        <source>{seen:,} of these {count:,} cells were classified by a person. Why are they deleted?</source>
        <translation>{seen:,} dieser {count:,} Zellen wurden von einer Person klassifiziert. Warum werden sie gelöscht?</translation>
    </message>
    <message>
        <source>{sentence} Do it again to leave without that.</source>
        <translation>{sentence} Zum Verlassen ohne Speichern wiederholen.</translation>
    </message>
    <message>
        <source>{sentence} Report › Control films… adds it.</source>
        <translation>{sentence} Bericht › Kontrollausstriche… nimmt ihn auf.</translation>
    </message>
    <message>
        <source>{share}; Cohen&apos;s kappa isn&apos;t defined, since both readings know one class only.</source>
        <translation>{share}; Cohens Kappa ist nicht definiert, da beide Befundungen nur eine Klasse kennen.</translation>
    </message>
    <message>
        <source>{share}; Cohen&apos;s kappa says nothing here, since one of the readings knows one class only.</source>
        <translation>{share}; Cohens Kappa sagt hier nichts, da eine der Befundungen nur eine Klasse kennt.</translation>
    </message>
    <message>
        <source>{share}; Cohen&apos;s kappa {kappa:.2f} ({low:.2f} to {high:.2f}).</source>
        <translation>{share}; Cohens Kappa {kappa:.2f} ({low:.2f} bis {high:.2f}).</translation>
    </message>
    <message>
        <source>{text} ({state})</source>
        <translation>{text} ({state})</translation>
    </message>
    <message>
        <source>{text}, with key {digits}</source>
        <translation>{text}, mit Schlüssel {digits}</translation>
    </message>
    <message numerus="yes">
        <source>{text}; {count} field left out, open the case and locate the images</source>
        <comment>{text}; {count} fields left out, open the case and locate the images</comment>
        <translation>
            <numerusform>{text}; {count} Feld ausgelassen, den Fall öffnen und die Bilder suchen</numerusform>
            <numerusform>{text}; {count} Felder ausgelassen, den Fall öffnen und die Bilder suchen</numerusform>
        </translation>
    </message>
    <message>
        <source>{title} is there already with other limits; give the file another version.</source>
        <translation>{title} ist schon mit anderen Grenzen vorhanden; der Datei eine andere Version geben.</translation>
    </message>
    <message>
        <source>{what} Signed all the same: {reason}</source>
        <translation>{what} Trotzdem unterschrieben: {reason}</translation>
    </message>
    <message>
        <source>{what} is in the file, but no row of the audit trail put it there.</source>
        <translation>{what} steht in der Datei, aber keine Zeile des Prüfpfads hat es eingetragen.</translation>
    </message>
    <message>
        <source>{what} isn&apos;t as row {number} of the audit trail left it.</source>
        <translation>{what} ist nicht so, wie Zeile {number} des Prüfpfads es hinterließ.</translation>
    </message>
    <message>
        <source>{what} {value:g} {unit} isn&apos;t possible; check the number and the unit ({low:g} to {high:g}).</source>
        <translation>{what} {value:g} {unit} ist nicht möglich; Zahl und Einheit prüfen ({low:g} bis {high:g}).</translation>
    </message>
    <message>
        <source>{what}, which row {number} of the audit trail put there, is missing.</source>
        <translation>{what}, eingetragen von Zeile {number} des Prüfpfads, fehlt.</translation>
    </message>
    <message>
        <source>{what}: the file says “{there}”, the case “{here}”.</source>
        <translation>{what}: Die Datei sagt „{there}“, der Fall „{here}“.</translation>
    </message>
    <message>
        <source>{why} Until then this cell isn&apos;t measured, and others can&apos;t be compared with it.</source>
        <translation>{why} Bis dahin wird diese Zelle nicht gemessen, und andere lassen sich nicht mit ihr vergleichen.</translation>
    </message>
    <message>
        <source>{width:,} × {height:,} px</source>
        <translation>{width:,} × {height:,} px</translation>
    </message>
</context>
</TS>
