<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="de" sourcelanguage="en">
<context>
    <name></name>
    <message>
        <source>
The classifier never proposes this class: only cells that a person gave it are counted.</source>
        <translation>
Der Klassifikator schlägt diese Klasse nie vor: Gezählt werden nur Zellen, die sie von Hand bekommen haben.</translation>
    </message>
    <message>
        <source>&amp;All fields of the case</source>
        <translation>&amp;Alle Felder des Falls</translation>
    </message>
    <message>
        <source>&amp;Brightness</source>
        <translation>&amp;Helligkeit</translation>
    </message>
    <message>
        <source>&amp;Keep as a preset for other samples</source>
        <translation>Für andere Proben &amp;merken</translation>
    </message>
    <message>
        <source>&amp;Line on the image</source>
        <translation>&amp;Strecke im Bild</translation>
    </message>
    <message>
        <source>&amp;Linked</source>
        <translation>Ge&amp;koppelt</translation>
    </message>
    <message>
        <source>&amp;Number</source>
        <translation>&amp;Zahl</translation>
    </message>
    <message>
        <source>&amp;Preset</source>
        <translation>&amp;Vorgabe</translation>
    </message>
    <message>
        <source>&amp;Reset</source>
        <translation>&amp;Zurücksetzen</translation>
    </message>
    <message>
        <source>&amp;Tint</source>
        <translation>&amp;Farbstich</translation>
    </message>
    <message>
        <source>&amp;Warmth</source>
        <translation>&amp;Wärme</translation>
    </message>
    <message>
        <source>(no key)</source>
        <translation>(keine Taste)</translation>
    </message>
    <message>
        <source>, {share:.1f} % of the red cells (95 % interval {interval} %)</source>
        <translation>, {share:.1f} % der Erythrozyten (95-%-Intervall {interval} %)</translation>
    </message>
    <message>
        <source>95 % CI</source>
        <translation>95-%-KI</translation>
    </message>
    <message>
        <source>95 % interval</source>
        <translation>95-%-Intervall</translation>
    </message>
    <message>
        <source>&lt;b&gt;Cells&lt;/b&gt; {shown:,} of {total:,}</source>
        <translation>&lt;b&gt;Zellen&lt;/b&gt; {shown:,} von {total:,}</translation>
    </message>
    <message>
        <source>&lt;b&gt;Cells&lt;/b&gt; {total:,}</source>
        <translation>&lt;b&gt;Zellen&lt;/b&gt; {total:,}</translation>
    </message>
    <message>
        <source>&lt;b&gt;Cells&lt;/b&gt; {total:,} · review {review:,}</source>
        <translation>&lt;b&gt;Zellen&lt;/b&gt; {total:,} · zu prüfen {review:,}</translation>
    </message>
    <message>
        <source>&lt;b&gt;Gallery&lt;/b&gt; {total:,}</source>
        <translation>&lt;b&gt;Galerie&lt;/b&gt; {total:,}</translation>
    </message>
    <message>
        <source>&lt;b&gt;Gallery&lt;/b&gt; {total:,} · review {review:,}</source>
        <translation>&lt;b&gt;Galerie&lt;/b&gt; {total:,} · zu prüfen {review:,}</translation>
    </message>
    <message>
        <source>&lt;b&gt;Review&lt;/b&gt;</source>
        <translation>&lt;b&gt;Prüfung&lt;/b&gt;</translation>
    </message>
    <message>
        <source>A CSV with a line per sample: an accession or a sample number that is typed or scanned fills in the rest</source>
        <translation>Eine CSV-Datei mit einer Zeile je Probe: Eine getippte oder gescannte Auftrags- oder Probennummer füllt den Rest aus</translation>
    </message>
    <message>
        <source>A backup opens as an unsaved case; it stays in its folder, and the case that it was made of stays as it is.</source>
        <translation>Eine Sicherung öffnet sich als ungespeicherter Fall; sie bleibt in ihrem Ordner, und der Fall, von dem sie stammt, bleibt, wie er ist.</translation>
    </message>
    <message>
        <source>A band needs {least}.</source>
        <translation>Ein Band braucht {least}.</translation>
    </message>
    <message>
        <source>A chart begins with the tenth film; the first 20 make mean and limits, and those after them are judged.</source>
        <translation>Eine Karte beginnt mit dem zehnten Ausstrich; die ersten 20 ergeben Mittelwert und Grenzen, die danach werden beurteilt.</translation>
    </message>
    <message>
        <source>A class is doubtful below</source>
        <translation>Eine Klasse ist zweifelhaft unter</translation>
    </message>
    <message>
        <source>A control film of each microscope is added every day (Report › Control films…). This is what happens when the one of today is missing or has run off.</source>
        <translation>Jeden Tag kommt ein Kontrollausstrich je Mikroskop dazu (Bericht › Kontrollausstriche…). Das geschieht, wenn der heutige fehlt oder aus dem Rahmen läuft.</translation>
    </message>
    <message>
        <source>A film can&apos;t be read for these: type what the analyser measured. Values decide some grades, and where one doesn&apos;t fit the film, the findings beside the grades say so. Leave empty what isn&apos;t known.</source>
        <translation>Diese Werte lassen sich am Ausstrich nicht ablesen: eintragen, was das Hämatologiegerät gemessen hat. Manche Grade hängen von den Werten ab; passt einer nicht zum Ausstrich, sagen es die Befunde neben den Graden. Unbekanntes leer lassen.</translation>
    </message>
    <message>
        <source>A person confirmed the class.</source>
        <translation>Die Klasse wurde von Hand bestätigt.</translation>
    </message>
    <message>
        <source>A person set the class.</source>
        <translation>Die Klasse wurde von Hand gesetzt.</translation>
    </message>
    <message>
        <source>A row per cell. The keys of the classes set the class of the selected rows.</source>
        <translation>Eine Zeile je Zelle. Die Tasten der Klassen setzen die Klasse der ausgewählten Zeilen.</translation>
    </message>
    <message>
        <source>A slide is in front of the image: open one of its fields, or go back to the image, first.</source>
        <translation>Ein Scan liegt vor dem Bild: zuerst eines seiner Felder öffnen oder zum Bild zurückgehen.</translation>
    </message>
    <message>
        <source>A training set needs reviewed cells: set or confirm classes first ({key} confirms).</source>
        <translation>Ein Trainingssatz braucht geprüfte Zellen: zuerst Klassen setzen oder bestätigen ({key} bestätigt).</translation>
    </message>
    <message>
        <source>About</source>
        <translation>Über</translation>
    </message>
    <message>
        <source>About RBC Desktop</source>
        <translation>Über RBC Desktop</translation>
    </message>
    <message>
        <source>About how many more red cells it takes until the interval spans no limit of a grade</source>
        <translation>Wie viele weitere Erythrozyten es ungefähr braucht, bis das Intervall keine Gradgrenze mehr überspannt</translation>
    </message>
    <message>
        <source>Accept</source>
        <translation>Annehmen</translation>
    </message>
    <message>
        <source>Accept all</source>
        <translation>Alle annehmen</translation>
    </message>
    <message>
        <source>Accept the proposal</source>
        <translation>Vorschlag übernehmen</translation>
    </message>
    <message>
        <source>Action</source>
        <translation>Aktion</translation>
    </message>
    <message>
        <source>Actions and their keys</source>
        <translation>Aktionen und ihre Tasten</translation>
    </message>
    <message>
        <source>Actual pixels (1:1)</source>
        <translation>Originalgröße (1:1)</translation>
    </message>
    <message>
        <source>Add</source>
        <translation>Hinzufügen</translation>
    </message>
    <message>
        <source>Add a cell to the selection (any tool)</source>
        <translation>Zelle zur Auswahl hinzufügen (jedes Werkzeug)</translation>
    </message>
    <message>
        <source>Add cases…</source>
        <translation>Fälle hinzufügen…</translation>
    </message>
    <message>
        <source>Add class</source>
        <translation>Neue Klasse</translation>
    </message>
    <message>
        <source>Add one or more smear images to the case.</source>
        <translation>Ein oder mehrere Ausstrichbilder zum Fall hinzufügen.</translation>
    </message>
    <message>
        <source>Add the entries of another computer&apos;s list, from a file that was exported there</source>
        <translation>Die Einträge der Liste eines anderen Rechners hinzufügen, aus einer dort exportierten Datei</translation>
    </message>
    <message>
        <source>Add the open case</source>
        <translation>Offenen Fall aufnehmen</translation>
    </message>
    <message>
        <source>Add this case to the reference set</source>
        <translation>Diesen Fall in die Referenzmenge aufnehmen</translation>
    </message>
    <message>
        <source>Added</source>
        <translation>Aufgenommen</translation>
    </message>
    <message>
        <source>Adjust the picture</source>
        <translation>Bild anpassen</translation>
    </message>
    <message>
        <source>Adjust the picture…</source>
        <translation>Bild anpassen…</translation>
    </message>
    <message>
        <source>After a class is set or confirmed, go on to the next cell by itself</source>
        <translation>Nach dem Setzen oder Bestätigen einer Klasse von selbst zur nächsten Zelle gehen</translation>
    </message>
    <message>
        <source>Again</source>
        <translation>Wiederholen</translation>
    </message>
    <message>
        <source>All but the program&apos;s own</source>
        <translation>Alle außer denen des Programms</translation>
    </message>
    <message>
        <source>All classes</source>
        <translation>Alle Klassen</translation>
    </message>
    <message>
        <source>All optional; kept in the case when you leave a field, and printed on the report.</source>
        <translation>Alles freiwillig; wird beim Verlassen einer Zeile im Fall gespeichert und im Bericht gedruckt.</translation>
    </message>
    <message>
        <source>All steps</source>
        <translation>Alle Schritte</translation>
    </message>
    <message>
        <source>Alt + click, right click</source>
        <translation>Alt + Klick, Rechtsklick</translation>
    </message>
    <message>
        <source>Alt + wheel</source>
        <translation>Alt + Mausrad</translation>
    </message>
    <message>
        <source>Amend…</source>
        <translation>Berichtigen…</translation>
    </message>
    <message>
        <source>Another case…</source>
        <translation>Anderer Fall…</translation>
    </message>
    <message>
        <source>Appearance</source>
        <translation>Darstellung</translation>
    </message>
    <message>
        <source>Apple graphics (MPS)</source>
        <translation>Apple-Grafik (MPS)</translation>
    </message>
    <message>
        <source>Apply</source>
        <translation>Übernehmen</translation>
    </message>
    <message>
        <source>Apply anyway</source>
        <translation>Trotzdem übernehmen</translation>
    </message>
    <message>
        <source>Apply to</source>
        <translation>Gilt für</translation>
    </message>
    <message>
        <source>Area of the outline; {how}</source>
        <translation>Fläche des Umrisses; {how}</translation>
    </message>
    <message>
        <source>Area px</source>
        <translation>Fläche px</translation>
    </message>
    <message>
        <source>Area µm²</source>
        <translation>Fläche µm²</translation>
    </message>
    <message>
        <source>Arrow keys, then full stop or comma</source>
        <translation>Pfeiltasten, dann Punkt oder Komma</translation>
    </message>
    <message>
        <source>As the classifier says</source>
        <translation>Wie der Klassifikator angibt</translation>
    </message>
    <message>
        <source>As the system</source>
        <translation>Wie das System</translation>
    </message>
    <message>
        <source>At the next start. German hasn&apos;t been read by a native laboratory technician yet.</source>
        <translation>Ab dem nächsten Start. Die deutschen Texte hat noch keine Laborfachkraft mit deutscher Muttersprache gelesen.</translation>
    </message>
    <message>
        <source>Audit trail</source>
        <translation>Prüfpfad</translation>
    </message>
    <message>
        <source>Automatic</source>
        <translation>Automatisch</translation>
    </message>
    <message>
        <source>Axes</source>
        <translation>Achsen</translation>
    </message>
    <message>
        <source>Back</source>
        <translation>Zurück</translation>
    </message>
    <message>
        <source>Back to the case; the reading waits</source>
        <translation>Zurück zum Fall; die Befundung wartet</translation>
    </message>
    <message>
        <source>Back to the cell that was in hand before.</source>
        <translation>Zurück zu der Zelle, die vorher an der Reihe war.</translation>
    </message>
    <message>
        <source>Back to the fields</source>
        <translation>Zurück zu den Feldern</translation>
    </message>
    <message>
        <source>Backup</source>
        <translation>Sicherung</translation>
    </message>
    <message>
        <source>Backup folder</source>
        <translation>Sicherungsordner</translation>
    </message>
    <message>
        <source>Backups</source>
        <translation>Sicherungen</translation>
    </message>
    <message>
        <source>Begin</source>
        <translation>Beginnen</translation>
    </message>
    <message>
        <source>Begin anew</source>
        <translation>Neu beginnen</translation>
    </message>
    <message>
        <source>Begin mean and limits anew with this film, e.g. after another lamp or lot</source>
        <translation>Mittelwert und Grenzen mit diesem Ausstrich neu beginnen, etwa nach Lampen- oder Chargenwechsel</translation>
    </message>
    <message>
        <source>Blood count</source>
        <translation>Blutbild</translation>
    </message>
    <message>
        <source>Bluer or yellower</source>
        <translation>Bläulicher oder gelblicher</translation>
    </message>
    <message>
        <source>Bottom left</source>
        <translation>Unten links</translation>
    </message>
    <message>
        <source>Bottom right</source>
        <translation>Unten rechts</translation>
    </message>
    <message>
        <source>Box</source>
        <translation>Rahmen</translation>
    </message>
    <message>
        <source>Box around a cell (Point, Box)</source>
        <translation>Rahmen um eine Zelle (Punkt, Rahmen)</translation>
    </message>
    <message>
        <source>Brightness, contrast and white balance, for looking only.</source>
        <translation>Helligkeit, Kontrast und Weißabgleich, nur für die Ansicht.</translation>
    </message>
    <message>
        <source>Brush</source>
        <translation>Pinsel</translation>
    </message>
    <message>
        <source>Bundled</source>
        <translation>Mitgeliefert</translation>
    </message>
    <message>
        <source>By</source>
        <translation>Von</translation>
    </message>
    <message>
        <source>By class</source>
        <translation>Nach Klasse</translation>
    </message>
    <message>
        <source>C&amp;ontrast</source>
        <translation>&amp;Kontrast</translation>
    </message>
    <message>
        <source>CPU</source>
        <translation>CPU</translation>
    </message>
    <message>
        <source>Calibrate</source>
        <translation>Kalibrieren</translation>
    </message>
    <message>
        <source>Calibrate {name}</source>
        <translation>{name} kalibrieren</translation>
    </message>
    <message>
        <source>Calibrate…</source>
        <translation>Kalibrieren…</translation>
    </message>
    <message>
        <source>Camera</source>
        <translation>Kamera</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
    <message>
        <source>Case</source>
        <translation>Fall</translation>
    </message>
    <message>
        <source>Cases (*.rbc)</source>
        <translation>Fälle (*.rbc)</translation>
    </message>
    <message>
        <source>Cases (*{ending})</source>
        <translation>Fälle (*{ending})</translation>
    </message>
    <message>
        <source>Cases to learn from</source>
        <translation>Fälle, aus denen gelernt wird</translation>
    </message>
    <message>
        <source>Cases with patient data</source>
        <translation>Fälle mit Patientendaten</translation>
    </message>
    <message>
        <source>Cases without a name stay here until they are saved or discarded.</source>
        <translation>Fälle ohne Namen bleiben hier, bis sie gespeichert oder verworfen werden.</translation>
    </message>
    <message>
        <source>Cell</source>
        <translation>Zelle</translation>
    </message>
    <message>
        <source>Cell before</source>
        <translation>Vorige Zelle</translation>
    </message>
    <message>
        <source>Cell {cell}</source>
        <translation>Zelle {cell}</translation>
    </message>
    <message>
        <source>Cell {cell} in {image}</source>
        <translation>Zelle {cell} in {image}</translation>
    </message>
    <message>
        <source>Cell {cell} · {image}</source>
        <translation>Zelle {cell} · {image}</translation>
    </message>
    <message>
        <source>Cell {number} is selected.</source>
        <translation>Zelle {number} ist ausgewählt.</translation>
    </message>
    <message>
        <source>Cells</source>
        <translation>Zellen</translation>
    </message>
    <message>
        <source>Cells of all fields</source>
        <translation>Zellen aller Felder</translation>
    </message>
    <message>
        <source>Cells of the target</source>
        <translation>Zellen bis zum Ziel</translation>
    </message>
    <message>
        <source>Cells of this field</source>
        <translation>Zellen dieses Feldes</translation>
    </message>
    <message>
        <source>Cells over each other (Point, Box); size (Brush, Eraser)</source>
        <translation>Übereinanderliegende Zellen (Punkt, Rahmen); Größe (Pinsel, Radierer)</translation>
    </message>
    <message>
        <source>Cells that a person classified, by the class that the classifier had given them and the month in which they were measured. A rate that rises says that the model no longer fits the stain, the camera or the samples.</source>
        <translation>Von Hand klassifizierte Zellen nach der Klasse, die der Klassifikator ihnen gegeben hatte, und dem Monat der Messung. Eine steigende Rate sagt, dass das Modell nicht mehr zu Färbung, Kamera oder Proben passt.</translation>
    </message>
    <message>
        <source>Cells that count: no white cells, none cut by the edge or left out. Click to set how many you want.</source>
        <translation>Zellen, die zählen: keine Leukozyten, keine am Rand angeschnittenen oder ausgelassenen. Klicken, um die gewünschte Zahl festzulegen.</translation>
    </message>
    <message>
        <source>Cells that the edge cuts and cells that are no red cells don&apos;t count towards it.</source>
        <translation>Am Rand angeschnittene Zellen und Zellen, die keine Erythrozyten sind, zählen dabei nicht.</translation>
    </message>
    <message>
        <source>Cells wanted</source>
        <translation>Gewünschte Zellen</translation>
    </message>
    <message>
        <source>Cells whose class gets a smaller share from the classifier need review.</source>
        <translation>Zellen, deren Klasse vom Klassifikator einen kleineren Anteil bekommt, sind zu prüfen.</translation>
    </message>
    <message>
        <source>Cells, classes and measurements of this field are kept.</source>
        <translation>Zellen, Klassen und Messwerte dieses Feldes bleiben erhalten.</translation>
    </message>
    <message>
        <source>Change a final case: a new version begins, and says why.</source>
        <translation>Einen endgültigen Fall ändern: Eine neue Version beginnt und nennt den Grund.</translation>
    </message>
    <message>
        <source>Change the grade</source>
        <translation>Grad ändern</translation>
    </message>
    <message>
        <source>Chapters</source>
        <translation>Kapitel</translation>
    </message>
    <message>
        <source>Charts</source>
        <translation>Karten</translation>
    </message>
    <message>
        <source>Choose a reason, or type one</source>
        <translation>Grund wählen oder eintippen</translation>
    </message>
    <message>
        <source>Choose a reason, or type one; without a patient&apos;s name</source>
        <translation>Grund wählen oder eintippen; ohne Namen eines Patienten</translation>
    </message>
    <message>
        <source>Choose a scheme…</source>
        <translation>Schema wählen…</translation>
    </message>
    <message>
        <source>Choose a work list</source>
        <translation>Arbeitsliste wählen</translation>
    </message>
    <message>
        <source>Choose an action, then press its new key.</source>
        <translation>Eine Aktion wählen, dann ihre neue Taste drücken.</translation>
    </message>
    <message>
        <source>Choose an operator</source>
        <translation>Bearbeiter wählen</translation>
    </message>
    <message>
        <source>Choose at least one file.</source>
        <translation>Mindestens eine Datei wählen.</translation>
    </message>
    <message>
        <source>Choose the model&apos;s folder or file, or the bundled model.</source>
        <translation>Ordner oder Datei des Modells wählen, oder das mitgelieferte Modell.</translation>
    </message>
    <message>
        <source>Choose…</source>
        <translation>Wählen…</translation>
    </message>
    <message>
        <source>Circ.</source>
        <translation>Rundh.</translation>
    </message>
    <message>
        <source>Circularity 4πA/P²: 1 is a circle</source>
        <translation>Rundheit 4πA/U²: 1 ist ein Kreis</translation>
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
        <source>Classifier says</source>
        <translation>Klassifikator sagt</translation>
    </message>
    <message>
        <source>Click</source>
        <translation>Klick</translation>
    </message>
    <message>
        <source>Click a cell or drag a frame to select. Ctrl or Shift adds.</source>
        <translation>Zelle anklicken oder Rahmen ziehen: auswählen. Strg oder Umschalt: dazu.</translation>
    </message>
    <message>
        <source>Click a cell to outline it, or drag a box around it.</source>
        <translation>Zelle anklicken, um sie zu umreißen, oder einen Rahmen darum ziehen.</translation>
    </message>
    <message>
        <source>Click a cell to outline it. Alt or the right button: “not this”.</source>
        <translation>Zelle anklicken, um sie zu umreißen. Alt oder rechte Taste: „das nicht“.</translation>
    </message>
    <message>
        <source>Click a cell.</source>
        <translation>Eine Zelle anklicken.</translation>
    </message>
    <message>
        <source>Click again</source>
        <translation>Noch ein Klick</translation>
    </message>
    <message>
        <source>Click each half of a cell that is two: the model parts them.</source>
        <translation>Jede Hälfte einer Doppelzelle anklicken: Das Modell trennt sie.</translation>
    </message>
    <message>
        <source>Click one side, the corner and the other side; not part of the case.</source>
        <translation>Einen Schenkel, den Scheitel und den anderen Schenkel anklicken; gehört nicht zum Fall.</translation>
    </message>
    <message>
        <source>Click one side, the corner, the other side</source>
        <translation>Eine Seite, die Ecke, die andere Seite anklicken</translation>
    </message>
    <message>
        <source>Click or drag to select cells.</source>
        <translation>Klicken oder ziehen, um Zellen auszuwählen.</translation>
    </message>
    <message>
        <source>Click or drag: select · double click: on the image · digit: class</source>
        <translation>Klicken oder ziehen: auswählen · Doppelklick: im Bild · Ziffer: Klasse</translation>
    </message>
    <message>
        <source>Click the corner, then the other side</source>
        <translation>Scheitel anklicken, dann den anderen Schenkel</translation>
    </message>
    <message>
        <source>Click the next corner · Enter closes · Backspace: last corner · Esc drops</source>
        <translation>Nächste Ecke anklicken · Enter schließt · Rücktaste: letzte Ecke · Esc verwirft</translation>
    </message>
    <message>
        <source>Click the other end</source>
        <translation>Das andere Ende anklicken</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Schließen</translation>
    </message>
    <message>
        <source>Close the review bar</source>
        <translation>Prüfleiste schließen</translation>
    </message>
    <message>
        <source>Close the second image</source>
        <translation>Zweites Bild schließen</translation>
    </message>
    <message>
        <source>Close the window; every step is already kept.</source>
        <translation>Das Fenster schließen; jeder Schritt ist schon gespeichert.</translation>
    </message>
    <message>
        <source>Colour</source>
        <translation>Farbe</translation>
    </message>
    <message>
        <source>Colour of the class</source>
        <translation>Farbe der Klasse</translation>
    </message>
    <message>
        <source>Colour, now {colour}</source>
        <translation>Farbe, jetzt {colour}</translation>
    </message>
    <message>
        <source>Colours of the zones</source>
        <translation>Farben der Zonen</translation>
    </message>
    <message>
        <source>Compare with a case</source>
        <translation>Mit einem Fall vergleichen</translation>
    </message>
    <message>
        <source>Confirm</source>
        <translation>Bestätigen</translation>
    </message>
    <message>
        <source>Confirm all shown</source>
        <translation>Alle gezeigten bestätigen</translation>
    </message>
    <message>
        <source>Confirm all suggested</source>
        <translation>Alle vorgeschlagenen bestätigen</translation>
    </message>
    <message>
        <source>Confirm the class</source>
        <translation>Klasse bestätigen</translation>
    </message>
    <message>
        <source>Confirm the class of every cell of the gallery, as one step that can be undone</source>
        <translation>Die Klasse jeder Zelle der Galerie bestätigen, als ein Schritt, der sich rückgängig machen lässt</translation>
    </message>
    <message>
        <source>Confirm this class</source>
        <translation>Diese Klasse bestätigen</translation>
    </message>
    <message>
        <source>Confirm this row</source>
        <translation>Diese Reihe bestätigen</translation>
    </message>
    <message>
        <source>Confirm {count:,}</source>
        <translation>{count:,} bestätigen</translation>
    </message>
    <message>
        <source>Confirmed</source>
        <translation>Bestätigt</translation>
    </message>
    <message>
        <source>Confirmed grade of {name}</source>
        <translation>Bestätigter Grad: {name}</translation>
    </message>
    <message>
        <source>Control films</source>
        <translation>Kontrollausstriche</translation>
    </message>
    <message>
        <source>Control films – RBC Desktop</source>
        <translation>Kontrollausstriche – RBC Desktop</translation>
    </message>
    <message>
        <source>Control films…</source>
        <translation>Kontrollausstriche…</translation>
    </message>
    <message>
        <source>Copies of open and unsaved cases go there a minute after a change, three per case and 150 in all. File › Restore a backup… opens one.</source>
        <translation>Kopien offener und ungespeicherter Fälle kommen eine Minute nach einer Änderung dorthin, drei je Fall und 150 insgesamt. Datei › Sicherung wiederherstellen… öffnet eine.</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>Kopieren</translation>
    </message>
    <message>
        <source>Copy versions and models, for a message to support</source>
        <translation>Versionen und Modelle kopieren, für eine Nachricht an den Support</translation>
    </message>
    <message>
        <source>Count again</source>
        <translation>Wieder zählen</translation>
    </message>
    <message>
        <source>Count cells at the edge</source>
        <translation>Zellen am Rand zählen</translation>
    </message>
    <message>
        <source>Count over the recent cases</source>
        <translation>Über die letzten Fälle zählen</translation>
    </message>
    <message>
        <source>Count the selected cells although the edge of the image cuts them, or leave them out again.</source>
        <translation>Die ausgewählten Zellen zählen, obwohl der Bildrand sie anschneidet, oder sie wieder auslassen.</translation>
    </message>
    <message>
        <source>Counting…</source>
        <translation>Wird gezählt…</translation>
    </message>
    <message>
        <source>Counts of the classes</source>
        <translation>Zahlen der Klassen</translation>
    </message>
    <message>
        <source>Counts, calibration and method always</source>
        <translation>Zahlen, Kalibrierung und Methode immer</translation>
    </message>
    <message>
        <source>Crosshair</source>
        <translation>Fadenkreuz</translation>
    </message>
    <message>
        <source>Ctrl + click</source>
        <translation>Strg + Klick</translation>
    </message>
    <message>
        <source>Dark</source>
        <translation>Dunkel</translation>
    </message>
    <message>
        <source>Darker or brighter</source>
        <translation>Dunkler oder heller</translation>
    </message>
    <message>
        <source>De-identified</source>
        <translation>Ohne Patientenbezug</translation>
    </message>
    <message>
        <source>Delete</source>
        <translation>Löschen</translation>
    </message>
    <message>
        <source>Delete for good</source>
        <translation>Endgültig löschen</translation>
    </message>
    <message numerus="yes">
        <source>Delete from {count} case…</source>
        <comment>Delete from {count} cases…</comment>
        <translation>
            <numerusform>Aus {count} Fall löschen…</numerusform>
            <numerusform>Aus {count} Fällen löschen…</numerusform>
        </translation>
    </message>
    <message>
        <source>Delete names, numbers and dates of patients from cases, for good.</source>
        <translation>Namen, Nummern und Daten von Patienten endgültig aus Fällen löschen.</translation>
    </message>
    <message>
        <source>Delete patient data</source>
        <translation>Patientendaten löschen</translation>
    </message>
    <message>
        <source>Delete patient data…</source>
        <translation>Patientendaten löschen…</translation>
    </message>
    <message>
        <source>Delete selected cells</source>
        <translation>Ausgewählte Zellen löschen</translation>
    </message>
    <message>
        <source>Delete the selected cells; undo brings them back.</source>
        <translation>Die ausgewählten Zellen löschen; „Rückgängig“ holt sie zurück.</translation>
    </message>
    <message>
        <source>Density</source>
        <translation>Dichte</translation>
    </message>
    <message>
        <source>Details</source>
        <translation>Angaben</translation>
    </message>
    <message>
        <source>Details of the laboratory, review limit, keys, models and theme.</source>
        <translation>Angaben zum Labor, Prüfgrenze, Tasten, Modelle und Darstellung.</translation>
    </message>
    <message>
        <source>Details, grades, blood count and signatures of the sample, and who did what.</source>
        <translation>Angaben, Grade, Blutbild und Unterschriften der Probe, und wer was getan hat.</translation>
    </message>
    <message>
        <source>Device</source>
        <translation>Rechnet auf</translation>
    </message>
    <message>
        <source>Diameter of the circle with the same area; {how}</source>
        <translation>Durchmesser des flächengleichen Kreises; {how}</translation>
    </message>
    <message>
        <source>Differences</source>
        <translation>Unterschiede</translation>
    </message>
    <message>
        <source>Discard for good</source>
        <translation>Endgültig verwerfen</translation>
    </message>
    <message>
        <source>Discard…</source>
        <translation>Verwerfen…</translation>
    </message>
    <message>
        <source>Dismiss</source>
        <translation>Ausblenden</translation>
    </message>
    <message>
        <source>Do the step again.</source>
        <translation>Den Schritt wiederholen.</translation>
    </message>
    <message>
        <source>Double-click a place to work there. Drag to move, the wheel zooms.</source>
        <translation>Doppelklick auf eine Stelle, um dort zu arbeiten. Ziehen verschiebt, das Mausrad zoomt.</translation>
    </message>
    <message>
        <source>Double-click, or press the class&apos;s key, to change it</source>
        <translation>Zum Ändern doppelklicken oder die Taste der Klasse drücken</translation>
    </message>
    <message>
        <source>Drag</source>
        <translation>Ziehen</translation>
    </message>
    <message>
        <source>Drag a box around a cell.</source>
        <translation>Einen Rahmen um eine Zelle ziehen.</translation>
    </message>
    <message>
        <source>Drag a box around one cell.</source>
        <translation>Einen Rahmen um eine einzelne Zelle ziehen.</translation>
    </message>
    <message>
        <source>Drag a line along a known length · Shift: level or upright</source>
        <translation>Eine Linie entlang einer bekannten Länge ziehen · Umschalt: waagrecht oder senkrecht</translation>
    </message>
    <message>
        <source>Drag a line on the image over something of known length, such as a scale bar or a stage micrometre.</source>
        <translation>Im Bild eine Strecke über etwas von bekannter Länge ziehen, etwa einen Maßstabsbalken oder ein Objektmikrometer.</translation>
    </message>
    <message>
        <source>Drag a line, or click both ends · Shift: level or upright</source>
        <translation>Strecke ziehen oder beide Enden anklicken · Umschalt: waagrecht oder senkrecht</translation>
    </message>
    <message>
        <source>Drag a line, or click both its ends; not part of the case.</source>
        <translation>Eine Strecke ziehen oder ihre beiden Enden anklicken; gehört nicht zum Fall.</translation>
    </message>
    <message>
        <source>Drag a rectangle that becomes a field</source>
        <translation>Ein Rechteck aufziehen, das zum Feld wird</translation>
    </message>
    <message>
        <source>Drag a rectangle: it becomes a field.</source>
        <translation>Ein Rechteck aufziehen: Es wird zum Feld.</translation>
    </message>
    <message>
        <source>Drag across a cell to cut it in two.</source>
        <translation>Quer über eine Zelle ziehen, um sie zu zerschneiden.</translation>
    </message>
    <message>
        <source>Drag across a cell, edge to edge, to cut it in two · Esc drops</source>
        <translation>Von Rand zu Rand über eine Zelle ziehen: zerschneiden · Esc verwirft</translation>
    </message>
    <message>
        <source>Drag around a cell or click its corners; drag the corners of the selected cell.</source>
        <translation>Um eine Zelle ziehen oder ihre Ecken anklicken; die Ecken der ausgewählten Zelle verschieben.</translation>
    </message>
    <message>
        <source>Drag around a cell, or click its corners, to draw it · drag a corner of the selected cell to move it</source>
        <translation>Um eine Zelle ziehen oder ihre Ecken anklicken: zeichnen · Ecken der ausgewählten Zelle verschieben</translation>
    </message>
    <message>
        <source>Drag to move the image (or hold Space with any tool).</source>
        <translation>Ziehen, um das Bild zu verschieben (oder mit jedem Werkzeug die Leertaste halten).</translation>
    </message>
    <message>
        <source>Drag to move the image.</source>
        <translation>Ziehen, um das Bild zu verschieben.</translation>
    </message>
    <message>
        <source>Drag with Brush, right button</source>
        <translation>Mit dem Pinsel und rechter Taste ziehen</translation>
    </message>
    <message>
        <source>Drag with Select</source>
        <translation>Mit „Auswählen“ ziehen</translation>
    </message>
    <message>
        <source>Draw a region</source>
        <translation>Bereich zeichnen</translation>
    </message>
    <message>
        <source>Draw with Box, Knife, Brush or Eraser, without a mouse</source>
        <translation>Ohne Maus mit Rahmen, Messer, Pinsel oder Radierer zeichnen</translation>
    </message>
    <message>
        <source>Drawn with the number</source>
        <translation>Gezogen mit der Zahl</translation>
    </message>
    <message>
        <source>Drop cells on a class, or press its key.</source>
        <translation>Zellen auf eine Klasse ziehen oder ihre Taste drücken.</translation>
    </message>
    <message>
        <source>Drop smear images here</source>
        <translation>Ausstrichbilder hier ablegen</translation>
    </message>
    <message>
        <source>Drop the proposal</source>
        <translation>Vorschlag verwerfen</translation>
    </message>
    <message>
        <source>Edit</source>
        <translation>Bearbeiten</translation>
    </message>
    <message>
        <source>Edit sample details…</source>
        <translation>Angaben zur Probe…</translation>
    </message>
    <message>
        <source>End the reading and show how far both agree</source>
        <translation>Die Befundung beenden und zeigen, wie weit beide übereinstimmen</translation>
    </message>
    <message>
        <source>Enlarge the image.</source>
        <translation>Das Bild vergrößern.</translation>
    </message>
    <message>
        <source>Enter keeps · Esc drops · right click: not this · Shift+click: this too</source>
        <translation>Return behält · Esc verwirft · Rechtsklick: das nicht · Umschalt+Klick: das auch</translation>
    </message>
    <message>
        <source>Erase</source>
        <translation>Radieren</translation>
    </message>
    <message>
        <source>Eraser</source>
        <translation>Radierer</translation>
    </message>
    <message>
        <source>Every file</source>
        <translation>Jede Datei</translation>
    </message>
    <message>
        <source>Everybody</source>
        <translation>Alle Personen</translation>
    </message>
    <message>
        <source>Export</source>
        <translation>Exportieren</translation>
    </message>
    <message>
        <source>Export folder</source>
        <translation>Exportordner</translation>
    </message>
    <message>
        <source>Export list…</source>
        <translation>Liste exportieren…</translation>
    </message>
    <message>
        <source>Export own classes</source>
        <translation>Eigene Klassen exportieren</translation>
    </message>
    <message>
        <source>Export report</source>
        <translation>Bericht exportieren</translation>
    </message>
    <message>
        <source>Export report…</source>
        <translation>Bericht exportieren…</translation>
    </message>
    <message>
        <source>Export the grading scheme</source>
        <translation>Gradschema exportieren</translation>
    </message>
    <message>
        <source>Export the list</source>
        <translation>Liste exportieren</translation>
    </message>
    <message>
        <source>Export…</source>
        <translation>Exportieren…</translation>
    </message>
    <message>
        <source>Field</source>
        <translation>Feld</translation>
    </message>
    <message>
        <source>Field to compare with</source>
        <translation>Vergleichsfeld</translation>
    </message>
    <message>
        <source>Fields</source>
        <translation>Felder</translation>
    </message>
    <message>
        <source>Fields of the case</source>
        <translation>Felder des Falls</translation>
    </message>
    <message>
        <source>Fields that are done</source>
        <translation>Fertige Felder</translation>
    </message>
    <message>
        <source>File</source>
        <translation>Datei</translation>
    </message>
    <message>
        <source>File name prefix</source>
        <translation>Anfang der Dateinamen</translation>
    </message>
    <message>
        <source>Files</source>
        <translation>Dateien</translation>
    </message>
    <message>
        <source>Fill holes</source>
        <translation>Löcher füllen</translation>
    </message>
    <message>
        <source>Fill in what is usual here</source>
        <translation>Übliche Angaben einfüllen</translation>
    </message>
    <message>
        <source>Fill the holes of the selected cells.</source>
        <translation>Die Löcher der ausgewählten Zellen füllen.</translation>
    </message>
    <message>
        <source>Fill these in on every new case</source>
        <translation>In jeden neuen Fall einfüllen</translation>
    </message>
    <message>
        <source>Film</source>
        <translation>Ausstrich</translation>
    </message>
    <message>
        <source>Film and reading</source>
        <translation>Ausstrich und Befundung</translation>
    </message>
    <message>
        <source>Final</source>
        <translation>Endgültig</translation>
    </message>
    <message>
        <source>Find a case</source>
        <translation>Fall suchen</translation>
    </message>
    <message>
        <source>Find an action or a key</source>
        <translation>Aktion oder Taste suchen</translation>
    </message>
    <message>
        <source>Find by name, sample number, image or state</source>
        <translation>Suchen nach Name, Probennummer, Bild oder Stand</translation>
    </message>
    <message>
        <source>Find every cell of every field that isn&apos;t done yet; go on working meanwhile.</source>
        <translation>Jede Zelle aller noch offenen Felder suchen; die Arbeit kann währenddessen weitergehen.</translation>
    </message>
    <message>
        <source>Find similar cells</source>
        <translation>Ähnliche Zellen suchen</translation>
    </message>
    <message>
        <source>Find similar cells first ({find}): {key} gives the selected ones the class of those.</source>
        <translation>Zuerst ähnliche Zellen suchen ({find}): {key} gibt den ausgewählten die Klasse von jenen.</translation>
    </message>
    <message>
        <source>Find the monolayer</source>
        <translation>Monolayer suchen</translation>
    </message>
    <message>
        <source>Find, outline and classify every cell of this field.</source>
        <translation>Jede Zelle dieses Feldes suchen, umreißen und klassifizieren.</translation>
    </message>
    <message>
        <source>Findings</source>
        <translation>Befunde</translation>
    </message>
    <message>
        <source>Finish</source>
        <translation>Beenden</translation>
    </message>
    <message>
        <source>First</source>
        <translation>Erste</translation>
    </message>
    <message>
        <source>First 16 digits of the trail&apos;s head, which stands for every line of it</source>
        <translation>Die ersten 16 Stellen des Kopfwerts, der für jede Zeile des Prüfpfads steht</translation>
    </message>
    <message>
        <source>First is right</source>
        <translation>Erste stimmt</translation>
    </message>
    <message>
        <source>Fit the image</source>
        <translation>Bild einpassen</translation>
    </message>
    <message>
        <source>Flag: please look. Tick: a person set or confirmed the class</source>
        <translation>Fahne: bitte ansehen. Haken: Klasse von Hand gesetzt oder bestätigt</translation>
    </message>
    <message>
        <source>Flatter or steeper</source>
        <translation>Flacher oder steiler</translation>
    </message>
    <message>
        <source>Folder</source>
        <translation>Ordner</translation>
    </message>
    <message>
        <source>Folder for the report</source>
        <translation>Ordner für den Bericht</translation>
    </message>
    <message>
        <source>Folder with a manifest</source>
        <translation>Ordner mit Manifest</translation>
    </message>
    <message>
        <source>Folder with cases</source>
        <translation>Ordner mit Fällen</translation>
    </message>
    <message>
        <source>Forget</source>
        <translation>Vergessen</translation>
    </message>
    <message>
        <source>Forward</source>
        <translation>Vorwärts</translation>
    </message>
    <message>
        <source>Full stop, arrow keys, full stop</source>
        <translation>Punkt, Pfeiltasten, Punkt</translation>
    </message>
    <message>
        <source>Gallery</source>
        <translation>Galerie</translation>
    </message>
    <message>
        <source>Gallery in its own window</source>
        <translation>Galerie in eigenem Fenster</translation>
    </message>
    <message>
        <source>Gallery of every class</source>
        <translation>Galerie jeder Klasse</translation>
    </message>
    <message>
        <source>Gallery – RBC Desktop</source>
        <translation>Galerie – RBC Desktop</translation>
    </message>
    <message>
        <source>General</source>
        <translation>Allgemein</translation>
    </message>
    <message>
        <source>Give a folder and a file name prefix.</source>
        <translation>Ordner und Anfang der Dateinamen angeben.</translation>
    </message>
    <message>
        <source>Give the scale in µm per pixel; without it there are no sizes in µm.</source>
        <translation>Den Maßstab in µm pro Pixel angeben; ohne ihn gibt es keine Größen in µm.</translation>
    </message>
    <message>
        <source>Give the selected cells the class of those that similar ones were looked for.</source>
        <translation>Den ausgewählten Zellen die Klasse derer geben, zu denen ähnliche gesucht wurden.</translation>
    </message>
    <message>
        <source>Go on</source>
        <translation>Weiter</translation>
    </message>
    <message>
        <source>Go on reading</source>
        <translation>Weiterbefunden</translation>
    </message>
    <message>
        <source>Go through the cells one by one, magnified, with what the classifier suggests.</source>
        <translation>Die Zellen einzeln durchgehen, vergrößert und mit den Vorschlägen des Klassifikators.</translation>
    </message>
    <message>
        <source>Go to the cell the classifier is least sure of.</source>
        <translation>Zu der Zelle gehen, bei der der Klassifikator am unsichersten ist.</translation>
    </message>
    <message>
        <source>Go to the next place where a cell may have been missed.</source>
        <translation>Zur nächsten Stelle gehen, an der eine Zelle übersehen sein könnte.</translation>
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
        <source>Grading schemes (*.json)</source>
        <translation>Gradschemata (*.json)</translation>
    </message>
    <message>
        <source>Graphics card (CUDA)</source>
        <translation>Grafikkarte (CUDA)</translation>
    </message>
    <message>
        <source>Greener or more magenta</source>
        <translation>Grünlicher oder rötlicher</translation>
    </message>
    <message>
        <source>Group the tiles by class</source>
        <translation>Die Kacheln nach Klassen gruppieren</translation>
    </message>
    <message>
        <source>Grow by a pixel</source>
        <translation>Um ein Pixel vergrößern</translation>
    </message>
    <message>
        <source>Head</source>
        <translation>Kopfwert</translation>
    </message>
    <message>
        <source>Help</source>
        <translation>Hilfe</translation>
    </message>
    <message>
        <source>Hide everything but the image, or bring it back.</source>
        <translation>Alles außer dem Bild ausblenden oder wieder zeigen.</translation>
    </message>
    <message>
        <source>High contrast</source>
        <translation>Hoher Kontrast</translation>
    </message>
    <message>
        <source>Image of {name}</source>
        <translation>Bild von {name}</translation>
    </message>
    <message>
        <source>Image with outlines</source>
        <translation>Bild mit Umrissen</translation>
    </message>
    <message>
        <source>Image-level reading</source>
        <translation>Gesamtbild-Befund</translation>
    </message>
    <message>
        <source>Images ({endings});;All files (*)</source>
        <translation>Bilder ({endings});;Alle Dateien (*)</translation>
    </message>
    <message>
        <source>Import a grading scheme</source>
        <translation>Gradschema importieren</translation>
    </message>
    <message>
        <source>Import a list</source>
        <translation>Liste importieren</translation>
    </message>
    <message>
        <source>Import list…</source>
        <translation>Liste importieren…</translation>
    </message>
    <message>
        <source>Import own classes</source>
        <translation>Eigene Klassen importieren</translation>
    </message>
    <message>
        <source>Import…</source>
        <translation>Importieren…</translation>
    </message>
    <message>
        <source>In the PDF</source>
        <translation>Im PDF</translation>
    </message>
    <message>
        <source>In use: {loaded}</source>
        <translation>In Gebrauch: {loaded}</translation>
    </message>
    <message>
        <source>In which order the cells come, over all fields of the case</source>
        <translation>In welcher Reihenfolge die Zellen kommen, über alle Felder des Falls</translation>
    </message>
    <message>
        <source>It is stored nowhere and can&apos;t be recovered: whoever forgets it is removed from the list and added again, with another key.</source>
        <translation>Sie wird nirgends gespeichert und lässt sich nicht wiederherstellen: Wer sie vergisst, wird aus der Liste entfernt und neu aufgenommen, mit einem anderen Schlüssel.</translation>
    </message>
    <message>
        <source>Its cells are among the red cells that all shares refer to</source>
        <translation>Ihre Zellen gehören zu den Erythrozyten, auf die sich alle Anteile beziehen</translation>
    </message>
    <message>
        <source>Its field is left out of the count: {reason}</source>
        <translation>Ihr Feld ist von der Zählung ausgenommen: {reason}</translation>
    </message>
    <message>
        <source>Keep the outline as a cell.</source>
        <translation>Den Umriss als Zelle übernehmen.</translation>
    </message>
    <message>
        <source>Key</source>
        <translation>Taste</translation>
    </message>
    <message>
        <source>Key {key}</source>
        <translation>Taste {key}</translation>
    </message>
    <message>
        <source>Keyboard shortcuts</source>
        <translation>Tastenkürzel</translation>
    </message>
    <message>
        <source>Keys</source>
        <translation>Tasten</translation>
    </message>
    <message>
        <source>Kind of step</source>
        <translation>Art des Schritts</translation>
    </message>
    <message>
        <source>Knife</source>
        <translation>Messer</translation>
    </message>
    <message>
        <source>Labels</source>
        <translation>Beschriftung</translation>
    </message>
    <message>
        <source>Laboratory</source>
        <translation>Labor</translation>
    </message>
    <message>
        <source>Language</source>
        <translation>Sprache</translation>
    </message>
    <message>
        <source>Larger brush</source>
        <translation>Größerer Pinsel</translation>
    </message>
    <message>
        <source>Larger text</source>
        <translation>Größere Schrift</translation>
    </message>
    <message>
        <source>Laying out…</source>
        <translation>Läuft…</translation>
    </message>
    <message>
        <source>Leave both new fields empty to sign without one.</source>
        <translation>Beide neuen Zeilen leer lassen, um ohne zu unterschreiben.</translation>
    </message>
    <message>
        <source>Leave it out of this run</source>
        <translation>Bei diesem Lauf auslassen</translation>
    </message>
    <message>
        <source>Leave out</source>
        <translation>Auslassen</translation>
    </message>
    <message>
        <source>Leave out of the count</source>
        <translation>Von der Zählung ausnehmen</translation>
    </message>
    <message>
        <source>Leave out…</source>
        <translation>Auslassen…</translation>
    </message>
    <message>
        <source>Leave the slide; it stays in the case</source>
        <translation>Den Scan verlassen; er bleibt im Fall</translation>
    </message>
    <message>
        <source>Length of the line in micrometres</source>
        <translation>Länge der Strecke in Mikrometern</translation>
    </message>
    <message numerus="yes">
        <source>Let go to open {count} file</source>
        <comment>Let go to open {count} files</comment>
        <translation>
            <numerusform>Loslassen, um {count} Datei zu öffnen</numerusform>
            <numerusform>Loslassen, um {count} Dateien zu öffnen</numerusform>
        </translation>
    </message>
    <message>
        <source>Let go to open {name}</source>
        <translation>Loslassen, um {name} zu öffnen</translation>
    </message>
    <message>
        <source>Let the classifier learn from the cells that you have reviewed.</source>
        <translation>Den Klassifikator aus den geprüften Zellen lernen lassen.</translation>
    </message>
    <message>
        <source>Letters</source>
        <translation>Kürzel</translation>
    </message>
    <message>
        <source>Licences</source>
        <translation>Lizenzen</translation>
    </message>
    <message>
        <source>Light</source>
        <translation>Hell</translation>
    </message>
    <message>
        <source>Limits anew from here…</source>
        <translation>Grenzen ab hier neu…</translation>
    </message>
    <message>
        <source>Limits go on</source>
        <translation>Grenzen weiterführen</translation>
    </message>
    <message>
        <source>Line</source>
        <translation>Zeile</translation>
    </message>
    <message>
        <source>List</source>
        <translation>Liste</translation>
    </message>
    <message>
        <source>List every key.</source>
        <translation>Alle Tasten auflisten.</translation>
    </message>
    <message>
        <source>Lists (*.json)</source>
        <translation>Listen (*.json)</translation>
    </message>
    <message>
        <source>Loading the model…</source>
        <translation>Modell wird geladen…</translation>
    </message>
    <message>
        <source>Locate a folder…</source>
        <translation>Ordner suchen…</translation>
    </message>
    <message>
        <source>Locate the image…</source>
        <translation>Bild suchen…</translation>
    </message>
    <message>
        <source>Logo</source>
        <translation>Logo</translation>
    </message>
    <message>
        <source>Long axis over short axis: 1 is round</source>
        <translation>Lange durch kurze Achse: 1 ist rund</translation>
    </message>
    <message>
        <source>Looking for cases…</source>
        <translation>Fälle werden gesucht…</translation>
    </message>
    <message>
        <source>Looking where the film can be read…</source>
        <translation>Gesucht wird, wo der Ausstrich beurteilbar ist…</translation>
    </message>
    <message>
        <source>Make a field of this region (Return)</source>
        <translation>Aus diesem Bereich ein Feld machen (Return)</translation>
    </message>
    <message>
        <source>Make brush and eraser larger.</source>
        <translation>Pinsel und Radierer vergrößern.</translation>
    </message>
    <message>
        <source>Make brush and eraser smaller.</source>
        <translation>Pinsel und Radierer verkleinern.</translation>
    </message>
    <message>
        <source>Make fields of the proposed regions, as one step that can be undone</source>
        <translation>Aus den vorgeschlagenen Bereichen Felder machen, als ein Schritt, der sich rückgängig machen lässt</translation>
    </message>
    <message>
        <source>Make one cell of the selected ones.</source>
        <translation>Aus den ausgewählten Zellen eine machen.</translation>
    </message>
    <message>
        <source>Make the image smaller.</source>
        <translation>Das Bild verkleinern.</translation>
    </message>
    <message>
        <source>Manual</source>
        <translation>Handbuch</translation>
    </message>
    <message>
        <source>Manual – RBC Desktop</source>
        <translation>Handbuch – RBC Desktop</translation>
    </message>
    <message>
        <source>Map where the film can be read, and propose regions until the target count is covered</source>
        <translation>Kartieren, wo der Ausstrich beurteilbar ist, und Bereiche vorschlagen, bis die Zielzahl gedeckt ist</translation>
    </message>
    <message>
        <source>Map where the film of the slide can be read, and propose regions.</source>
        <translation>Kartieren, wo der Ausstrich des Scans beurteilbar ist, und Bereiche vorschlagen.</translation>
    </message>
    <message>
        <source>Mark a cell, or “not this”, without a mouse</source>
        <translation>Eine Zelle oder „das nicht“ ohne Maus markieren</translation>
    </message>
    <message>
        <source>Mark the class of the selected cells as seen by you.</source>
        <translation>Die Klasse der ausgewählten Zellen als gesehen kennzeichnen.</translation>
    </message>
    <message>
        <source>Meaning</source>
        <translation>Bedeutung</translation>
    </message>
    <message>
        <source>Measure</source>
        <translation>Messen</translation>
    </message>
    <message>
        <source>Measure a length</source>
        <translation>Länge messen</translation>
    </message>
    <message>
        <source>Measure an angle</source>
        <translation>Winkel messen</translation>
    </message>
    <message>
        <source>Measure the cells of the open case and put it on the list as a control film</source>
        <translation>Die Zellen des offenen Falls messen und ihn als Kontrollausstrich in die Liste aufnehmen</translation>
    </message>
    <message>
        <source>Measured</source>
        <translation>Gemessen</translation>
    </message>
    <message>
        <source>Measuring and classifying</source>
        <translation>Messen und Klassifizieren</translation>
    </message>
    <message>
        <source>Merge the selected cells</source>
        <translation>Ausgewählte Zellen verbinden</translation>
    </message>
    <message>
        <source>Micrometres per pixel</source>
        <translation>Mikrometer pro Pixel</translation>
    </message>
    <message>
        <source>Microscope</source>
        <translation>Mikroskop</translation>
    </message>
    <message>
        <source>Middle button, Space + drag</source>
        <translation>Mittlere Taste, Leertaste + Ziehen</translation>
    </message>
    <message>
        <source>Missing or run off</source>
        <translation>Fehlt oder außer Kontrolle</translation>
    </message>
    <message>
        <source>Missing or run off: {rule} (Edit › Settings…, Laboratory)</source>
        <translation>Fehlt oder außer Kontrolle: {rule} (Bearbeiten › Einstellungen…, Labor)</translation>
    </message>
    <message>
        <source>Models</source>
        <translation>Modelle</translation>
    </message>
    <message>
        <source>More cells</source>
        <translation>Mehr Zellen</translation>
    </message>
    <message>
        <source>Mouse</source>
        <translation>Maus</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>Name</translation>
    </message>
    <message>
        <source>Name classes of your laboratory, and share them between computers.</source>
        <translation>Klassen des eigenen Labors benennen und zwischen Rechnern austauschen.</translation>
    </message>
    <message>
        <source>Name in reports</source>
        <translation>Name in Berichten</translation>
    </message>
    <message>
        <source>Name of another operator</source>
        <translation>Name eines weiteren Bearbeiters</translation>
    </message>
    <message>
        <source>Name of the class</source>
        <translation>Name der Klasse</translation>
    </message>
    <message>
        <source>Name of the files</source>
        <translation>Name der Dateien</translation>
    </message>
    <message>
        <source>Names of images, too (the case finds its images no more)</source>
        <translation>Auch Namen der Bilder (der Fall findet seine Bilder dann nicht mehr)</translation>
    </message>
    <message>
        <source>Names, numbers, dates, requester and comment go from the case, its audit trail and its backups, and no byte of them stays in the file. Cells, classes, grades and signatures stay, and so does who did what and when. The images themselves, exported reports and copies elsewhere are not touched.</source>
        <translation>Namen, Nummern, Daten, Einsender und Kommentar verschwinden aus dem Fall, seinem Prüfpfad und seinen Sicherungen, und kein Byte davon bleibt in der Datei. Zellen, Klassen, Grade und Unterschriften bleiben, ebenso wer wann was getan hat. Die Bilder selbst, exportierte Berichte und Kopien anderswo bleiben unberührt.</translation>
    </message>
    <message>
        <source>Narrow the selected cells by a pixel.</source>
        <translation>Die ausgewählten Zellen um ein Pixel verkleinern.</translation>
    </message>
    <message>
        <source>Needs review only</source>
        <translation>Nur zu prüfende</translation>
    </message>
    <message>
        <source>Neither the open case nor a recent one has patient data.</source>
        <translation>Weder der offene Fall noch ein zuletzt geöffneter hat Patientendaten.</translation>
    </message>
    <message>
        <source>New</source>
        <translation>Neue</translation>
    </message>
    <message>
        <source>New case</source>
        <translation>Neuer Fall</translation>
    </message>
    <message>
        <source>New key</source>
        <translation>Neue Taste</translation>
    </message>
    <message>
        <source>Next</source>
        <translation>Nächste</translation>
    </message>
    <message>
        <source>Next candidate</source>
        <translation>Nächster Kandidat</translation>
    </message>
    <message>
        <source>Next field</source>
        <translation>Nächstes Feld</translation>
    </message>
    <message>
        <source>Next least-sure cell</source>
        <translation>Nächste unsichere Zelle</translation>
    </message>
    <message>
        <source>Next missed cell</source>
        <translation>Nächste übersehene Zelle</translation>
    </message>
    <message>
        <source>Next page</source>
        <translation>Nächste Seite</translation>
    </message>
    <message>
        <source>No backup folder is chosen; choose one in Edit › Settings…, Laboratory.</source>
        <translation>Kein Sicherungsordner ist gewählt; unter Bearbeiten › Einstellungen…, Labor, einen wählen.</translation>
    </message>
    <message>
        <source>No case matches.</source>
        <translation>Kein Fall passt.</translation>
    </message>
    <message>
        <source>No case with reviewed cells yet. Review cells of the open one, or add cases.</source>
        <translation>Noch kein Fall mit geprüften Zellen. Zellen des offenen Falls prüfen oder Fälle hinzufügen.</translation>
    </message>
    <message>
        <source>No case yet. Open images, and they make one.</source>
        <translation>Noch kein Fall. Bilder öffnen: Sie ergeben einen.</translation>
    </message>
    <message>
        <source>No cell is selected.</source>
        <translation>Keine Zelle ist ausgewählt.</translation>
    </message>
    <message>
        <source>No cell matches the filter.</source>
        <translation>Keine Zelle passt zum Filter.</translation>
    </message>
    <message>
        <source>No cells to show.
Find some with “Segment all”, or choose another filter in the table.</source>
        <translation>Keine Zellen zu zeigen.
Mit „Alles segmentieren“ welche suchen oder in der Tabelle einen anderen Filter wählen.</translation>
    </message>
    <message>
        <source>No cells yet</source>
        <translation>Noch keine Zellen</translation>
    </message>
    <message>
        <source>No cells yet.
Click one on the image, or let “Segment all” find them.</source>
        <translation>Noch keine Zellen.
Eine im Bild anklicken oder von „Alles segmentieren“ suchen lassen.</translation>
    </message>
    <message>
        <source>No cells yet: outline some, or find all of a field with {key}.</source>
        <translation>Noch keine Zellen: einige umreißen oder mit {key} alle eines Feldes suchen.</translation>
    </message>
    <message>
        <source>No control film yet. Open the day&apos;s film, segment it, name the microscope under Instrument (Report › Sample and grades…, Details), and add it here.</source>
        <translation>Noch kein Kontrollausstrich. Den Ausstrich des Tages öffnen, segmentieren, unter „Gerät“ (Bericht › Probe und Grade…, Angaben) das Mikroskop nennen und ihn hier aufnehmen.</translation>
    </message>
    <message>
        <source>No key</source>
        <translation>Keine Taste</translation>
    </message>
    <message>
        <source>No model</source>
        <translation>Kein Modell</translation>
    </message>
    <message>
        <source>No name</source>
        <translation>Ohne Namen</translation>
    </message>
    <message>
        <source>No names, numbers, free texts, file names or serial numbers, and no date finer than a year. The file name prefix stands for the sample. What can be read in the images themselves stays.</source>
        <translation>Keine Namen, Nummern, freien Texte, Dateinamen oder Seriennummern und kein Datum, das genauer ist als das Jahr. Der Anfang der Dateinamen steht für die Probe. Was in den Bildern selbst zu lesen ist, bleibt.</translation>
    </message>
    <message>
        <source>No normal sample yet. Review a case of one, and add it here.</source>
        <translation>Noch keine Normalprobe. Den Fall einer solchen prüfen und hier aufnehmen.</translation>
    </message>
    <message>
        <source>No own classes yet. “Add class” makes one: sickle, acanthocyte, bite cell, inclusion …</source>
        <translation>Noch keine eigenen Klassen. „Neue Klasse“ legt eine an: Sichelzelle, Akanthozyt, Degmazyt, Einschluss …</translation>
    </message>
    <message>
        <source>No place is marked where a cell may have been missed.</source>
        <translation>Keine Stelle ist markiert, an der eine Zelle fehlen könnte.</translation>
    </message>
    <message>
        <source>No region is proposed.</source>
        <translation>Kein Bereich ist vorgeschlagen.</translation>
    </message>
    <message>
        <source>No scale bar</source>
        <translation>Kein Maßstabsbalken</translation>
    </message>
    <message>
        <source>No second reading yet.</source>
        <translation>Noch keine Zweitbefundung.</translation>
    </message>
    <message>
        <source>No step matches.</source>
        <translation>Kein Schritt passt dazu.</translation>
    </message>
    <message>
        <source>No target</source>
        <translation>Kein Ziel</translation>
    </message>
    <message>
        <source>No.</source>
        <translation>Nr.</translation>
    </message>
    <message>
        <source>Nobody has signed yet.</source>
        <translation>Noch niemand hat unterschrieben.</translation>
    </message>
    <message>
        <source>Nobody is on the list yet. Type a name above and press Add.</source>
        <translation>Noch niemand steht auf der Liste. Oben einen Namen eingeben und Hinzufügen drücken.</translation>
    </message>
    <message>
        <source>None in use</source>
        <translation>Keiner in Gebrauch</translation>
    </message>
    <message>
        <source>None kept yet</source>
        <translation>Noch keine</translation>
    </message>
    <message>
        <source>Normal samples</source>
        <translation>Normalproben</translation>
    </message>
    <message>
        <source>Not assessable: {reason}. The shares leave it out unless a person sets its class.</source>
        <translation>Nicht beurteilbar: {reason}. In die Anteile geht sie nur ein, wenn ihre Klasse von Hand gesetzt wird.</translation>
    </message>
    <message>
        <source>Not calibrated</source>
        <translation>Nicht kalibriert</translation>
    </message>
    <message>
        <source>Not calibrated: no µm, no micro- or macrocytes</source>
        <translation>Nicht kalibriert: keine µm, keine Mikro- oder Makrozyten</translation>
    </message>
    <message>
        <source>Note</source>
        <translation>Hinweis</translation>
    </message>
    <message>
        <source>Nothing found. Try another word.</source>
        <translation>Nichts gefunden. Ein anderes Wort versuchen.</translation>
    </message>
    <message>
        <source>Nothing was counted yet.</source>
        <translation>Noch nichts gezählt.</translation>
    </message>
    <message>
        <source>Nothing was missed</source>
        <translation>Nichts wurde übersehen</translation>
    </message>
    <message>
        <source>Now in use: {segmenter} and {classifier} on {device}.</source>
        <translation>Jetzt in Gebrauch: {segmenter} und {classifier} auf {device}.</translation>
    </message>
    <message>
        <source>Now in use: {segmenter} and {classifier}, with {reader} for the image-level reading, on {device}.</source>
        <translation>Jetzt in Gebrauch: {segmenter} und {classifier}, mit {reader} für den Gesamtbild-Befund, auf {device}.</translation>
    </message>
    <message>
        <source>Number of the cell in this case</source>
        <translation>Nummer der Zelle in diesem Fall</translation>
    </message>
    <message>
        <source>Objective</source>
        <translation>Objektiv</translation>
    </message>
    <message>
        <source>Off</source>
        <translation>Aus</translation>
    </message>
    <message>
        <source>Old → new</source>
        <translation>Alt → neu</translation>
    </message>
    <message>
        <source>On cells of held-out fields, macro-F1 of the bundled classes was {before:.3f} before and is {after:.3f} now: {verdict}.</source>
        <translation>Auf Zellen zurückgehaltener Felder war der Makro-F1-Wert der mitgelieferten Klassen vorher {before:.3f} und ist jetzt {after:.3f}: {verdict}.</translation>
    </message>
    <message>
        <source>One image pixel on one screen pixel.</source>
        <translation>Ein Bildpixel auf ein Bildschirmpixel.</translation>
    </message>
    <message>
        <source>One or two letters</source>
        <translation>Ein oder zwei Buchstaben</translation>
    </message>
    <message>
        <source>Only the picture on the screen changes. What is outlined, measured and exported stays as taken.</source>
        <translation>Nur das Bild auf dem Schirm ändert sich. Umrissen, gemessen und exportiert wird es wie aufgenommen.</translation>
    </message>
    <message>
        <source>Only this &amp;field</source>
        <translation>&amp;Nur dieses Feld</translation>
    </message>
    <message>
        <source>Only what isn&apos;t settled</source>
        <translation>Nur Ungeklärtes</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>Öffnen</translation>
    </message>
    <message>
        <source>Open a copy from the laboratory&apos;s backup folder as an unsaved case.</source>
        <translation>Eine Kopie aus dem Sicherungsordner des Labors als ungespeicherten Fall öffnen.</translation>
    </message>
    <message>
        <source>Open a saved case (.rbc).</source>
        <translation>Einen gespeicherten Fall (.rbc) öffnen.</translation>
    </message>
    <message>
        <source>Open an image first ({key}).</source>
        <translation>Zuerst ein Bild öffnen ({key}).</translation>
    </message>
    <message>
        <source>Open case</source>
        <translation>Fall öffnen</translation>
    </message>
    <message>
        <source>Open case…</source>
        <translation>Fall öffnen…</translation>
    </message>
    <message>
        <source>Open images</source>
        <translation>Bilder öffnen</translation>
    </message>
    <message>
        <source>Open images…</source>
        <translation>Bilder öffnen…</translation>
    </message>
    <message>
        <source>Open last</source>
        <translation>Zuletzt offen</translation>
    </message>
    <message>
        <source>Open one of the last cases, or one that was never saved under a name.</source>
        <translation>Einen der letzten Fälle öffnen, oder einen, der nie unter einem Namen gespeichert wurde.</translation>
    </message>
    <message>
        <source>Open recent</source>
        <translation>Zuletzt geöffnet</translation>
    </message>
    <message>
        <source>Open recent…</source>
        <translation>Zuletzt geöffnet…</translation>
    </message>
    <message>
        <source>Open the folder afterwards</source>
        <translation>Danach den Ordner öffnen</translation>
    </message>
    <message>
        <source>Open the manual.</source>
        <translation>Das Handbuch öffnen.</translation>
    </message>
    <message>
        <source>Open the sample smear</source>
        <translation>Beispielausstrich öffnen</translation>
    </message>
    <message>
        <source>Opening {name}…</source>
        <translation>{name} wird geöffnet…</translation>
    </message>
    <message>
        <source>Operator: {name}</source>
        <translation>Bearbeiter: {name}</translation>
    </message>
    <message>
        <source>Operators</source>
        <translation>Bearbeiter</translation>
    </message>
    <message>
        <source>Operators…</source>
        <translation>Bearbeiter…</translation>
    </message>
    <message>
        <source>Order of the review</source>
        <translation>Reihenfolge der Prüfung</translation>
    </message>
    <message>
        <source>Order of the tiles</source>
        <translation>Reihenfolge der Kacheln</translation>
    </message>
    <message>
        <source>Order of the tiles within a class</source>
        <translation>Reihenfolge der Kacheln innerhalb einer Klasse</translation>
    </message>
    <message>
        <source>Outline the cell (Point)</source>
        <translation>Zelle umreißen (Punkt)</translation>
    </message>
    <message>
        <source>Outline: {provenance}.</source>
        <translation>Umriss: {provenance}.</translation>
    </message>
    <message>
        <source>Outlines</source>
        <translation>Umrisse</translation>
    </message>
    <message>
        <source>Over a folder…</source>
        <translation>Über einen Ordner…</translation>
    </message>
    <message>
        <source>Override rates</source>
        <translation>Korrekturraten</translation>
    </message>
    <message>
        <source>Overrides</source>
        <translation>Korrekturen</translation>
    </message>
    <message>
        <source>Overview map</source>
        <translation>Übersichtskarte</translation>
    </message>
    <message>
        <source>Own classes</source>
        <translation>Eigene Klassen</translation>
    </message>
    <message>
        <source>Own classes (*{ending})</source>
        <translation>Eigene Klassen (*{ending})</translation>
    </message>
    <message>
        <source>Own classes, never proposed before, have an F1 of: {own}.</source>
        <translation>Eigene Klassen, vorher nie vorgeschlagen, haben einen F1-Wert von: {own}.</translation>
    </message>
    <message>
        <source>Own classes…</source>
        <translation>Eigene Klassen…</translation>
    </message>
    <message>
        <source>Page 100 of 100</source>
        <translation>Seite 100 von 100</translation>
    </message>
    <message>
        <source>Page of the manual</source>
        <translation>Seite des Handbuchs</translation>
    </message>
    <message>
        <source>Page of the report</source>
        <translation>Seite des Berichts</translation>
    </message>
    <message>
        <source>Page {number} of {pages}</source>
        <translation>Seite {number} von {pages}</translation>
    </message>
    <message>
        <source>Pages of the report</source>
        <translation>Seiten des Berichts</translation>
    </message>
    <message>
        <source>Paint over what doesn&apos;t belong to a cell.</source>
        <translation>Übermalen, was nicht zu einer Zelle gehört.</translation>
    </message>
    <message>
        <source>Paint to extend a cell, or draw around one that is missing.</source>
        <translation>Malen, um eine Zelle zu erweitern, oder eine fehlende umfahren.</translation>
    </message>
    <message>
        <source>Pale centre over cell diameter: 0 has none</source>
        <translation>Zentralaufhellung durch Zelldurchmesser: 0 heißt keine</translation>
    </message>
    <message>
        <source>Pallor</source>
        <translation>Aufhell.</translation>
    </message>
    <message>
        <source>Pan</source>
        <translation>Verschieben</translation>
    </message>
    <message>
        <source>Part</source>
        <translation>Teil</translation>
    </message>
    <message>
        <source>Part in percent</source>
        <translation>Teil in Prozent</translation>
    </message>
    <message>
        <source>Pass phrase</source>
        <translation>Passphrase</translation>
    </message>
    <message>
        <source>Pass phrase of {name}</source>
        <translation>Passphrase von {name}</translation>
    </message>
    <message>
        <source>Pass phrase…</source>
        <translation>Passphrase…</translation>
    </message>
    <message>
        <source>Patient</source>
        <translation>Patient</translation>
    </message>
    <message>
        <source>Patient data</source>
        <translation>Patientendaten</translation>
    </message>
    <message>
        <source>Patients&apos; data</source>
        <translation>Daten von Patienten</translation>
    </message>
    <message>
        <source>Pause</source>
        <translation>Pause</translation>
    </message>
    <message>
        <source>Pictures (*.png *.jpg *.jpeg *.tif *.bmp *.webp)</source>
        <translation>Bilder (*.png *.jpg *.jpeg *.tif *.bmp *.webp)</translation>
    </message>
    <message>
        <source>Please look: {reason}.</source>
        <translation>Bitte ansehen: {reason}.</translation>
    </message>
    <message>
        <source>Point</source>
        <translation>Punkt</translation>
    </message>
    <message>
        <source>Polygon</source>
        <translation>Polygon</translation>
    </message>
    <message>
        <source>Present</source>
        <translation>Bisherige</translation>
    </message>
    <message>
        <source>Preset</source>
        <translation>Vorgabe</translation>
    </message>
    <message>
        <source>Press {key} for the first cell, or click one.</source>
        <translation>{key} drücken für die erste Zelle, oder eine anklicken.</translation>
    </message>
    <message>
        <source>Preview</source>
        <translation>Vorschau</translation>
    </message>
    <message>
        <source>Previous field</source>
        <translation>Voriges Feld</translation>
    </message>
    <message>
        <source>Previous page</source>
        <translation>Vorige Seite</translation>
    </message>
    <message>
        <source>Progress</source>
        <translation>Fortschritt</translation>
    </message>
    <message>
        <source>Progress of the review</source>
        <translation>Fortschritt der Prüfung</translation>
    </message>
    <message>
        <source>Propose this region no longer (Delete)</source>
        <translation>Diesen Bereich nicht mehr vorschlagen (Entf)</translation>
    </message>
    <message>
        <source>Proposed regions</source>
        <translation>Vorgeschlagene Bereiche</translation>
    </message>
    <message>
        <source>Proposed: the preset that is kept for images of this size.</source>
        <translation>Vorschlag: die Vorgabe für Bilder dieser Größe.</translation>
    </message>
    <message>
        <source>Proposed: the preset that is kept for this camera and images of this size.</source>
        <translation>Vorschlag: die Vorgabe für diese Kamera und Bilder dieser Größe.</translation>
    </message>
    <message>
        <source>Proposed: the scale that you gave images of this size last.</source>
        <translation>Vorschlag: der Maßstab, den Bilder dieser Größe zuletzt bekamen.</translation>
    </message>
    <message>
        <source>Python, Qt</source>
        <translation>Python, Qt</translation>
    </message>
    <message>
        <source>Quality of the field</source>
        <translation>Qualität des Feldes</translation>
    </message>
    <message>
        <source>Quantiles of the red cells that count, beside the band in which 95 of 100 of the laboratory&apos;s own normal samples lie (2.5th to 97.5th percentile). Add reviewed cases of samples that are known to be normal.</source>
        <translation>Quantile der Erythrozyten, die zählen, neben dem Band, in dem 95 von 100 der eigenen Normalproben des Labors liegen (2,5. bis 97,5. Perzentil). Geprüfte Fälle von Proben aufnehmen, die als normal bekannt sind.</translation>
    </message>
    <message>
        <source>Quit</source>
        <translation>Beenden</translation>
    </message>
    <message>
        <source>Rank the cells of all fields by their likeness to the selected ones.</source>
        <translation>Die Zellen aller Felder nach ihrer Ähnlichkeit mit den ausgewählten ordnen.</translation>
    </message>
    <message>
        <source>Reader</source>
        <translation>Befunder</translation>
    </message>
    <message>
        <source>Reading the licences…</source>
        <translation>Lizenzen werden gelesen…</translation>
    </message>
    <message>
        <source>Reading…</source>
        <translation>Wird gelesen…</translation>
    </message>
    <message>
        <source>Reason</source>
        <translation>Grund</translation>
    </message>
    <message>
        <source>Recent cases</source>
        <translation>Letzte Fälle</translation>
    </message>
    <message>
        <source>Red cells</source>
        <translation>Erythrozyten</translation>
    </message>
    <message>
        <source>Redo</source>
        <translation>Wiederherstellen</translation>
    </message>
    <message>
        <source>Redo: {step}</source>
        <translation>Wiederherstellen: {step}</translation>
    </message>
    <message>
        <source>Reference</source>
        <translation>Referenz</translation>
    </message>
    <message>
        <source>Remark</source>
        <translation>Bemerkung</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>Entfernen</translation>
    </message>
    <message>
        <source>Remove all measures</source>
        <translation>Alle Messungen entfernen</translation>
    </message>
    <message>
        <source>Remove from the case</source>
        <translation>Aus dem Fall entfernen</translation>
    </message>
    <message>
        <source>Remove from the list</source>
        <translation>Aus der Liste entfernen</translation>
    </message>
    <message>
        <source>Remove scale</source>
        <translation>Maßstab entfernen</translation>
    </message>
    <message>
        <source>Remove the last point</source>
        <translation>Letzten Punkt entfernen</translation>
    </message>
    <message>
        <source>Remove the lengths and angles that were drawn on this image.</source>
        <translation>Die auf diesem Bild gezeichneten Längen und Winkel entfernen.</translation>
    </message>
    <message>
        <source>Remove this class</source>
        <translation>Diese Klasse entfernen</translation>
    </message>
    <message>
        <source>Remove this class; cells that have it keep it</source>
        <translation>Diese Klasse entfernen; Zellen, die sie haben, behalten sie</translation>
    </message>
    <message>
        <source>Repair</source>
        <translation>Ausbessern</translation>
    </message>
    <message>
        <source>Repair by hand</source>
        <translation>Von Hand ausbessern</translation>
    </message>
    <message>
        <source>Report</source>
        <translation>Bericht</translation>
    </message>
    <message>
        <source>Report header</source>
        <translation>Briefkopf</translation>
    </message>
    <message>
        <source>Reports</source>
        <translation>Berichte</translation>
    </message>
    <message>
        <source>Reset all keys</source>
        <translation>Alle Tasten zurücksetzen</translation>
    </message>
    <message>
        <source>Restore</source>
        <translation>Wiederherstellen</translation>
    </message>
    <message>
        <source>Restore a backup</source>
        <translation>Sicherung wiederherstellen</translation>
    </message>
    <message>
        <source>Restore a backup…</source>
        <translation>Sicherung wiederherstellen…</translation>
    </message>
    <message>
        <source>Retrain</source>
        <translation>Nachtrainieren</translation>
    </message>
    <message>
        <source>Retrain the classifier</source>
        <translation>Klassifikator nachtrainieren</translation>
    </message>
    <message>
        <source>Retrain the classifier…</source>
        <translation>Klassifikator nachtrainieren…</translation>
    </message>
    <message>
        <source>Retrained {name}</source>
        <translation>Nachtrainiert: {name}</translation>
    </message>
    <message>
        <source>Review</source>
        <translation>Prüfung</translation>
    </message>
    <message>
        <source>Review bar</source>
        <translation>Prüfleiste</translation>
    </message>
    <message>
        <source>Reviewed</source>
        <translation>Geprüft</translation>
    </message>
    <message>
        <source>Ring the places where cells may have been missed, or don&apos;t.</source>
        <translation>Stellen, an denen Zellen übersehen sein könnten, mit Ringen zeigen oder nicht.</translation>
    </message>
    <message>
        <source>Rules</source>
        <translation>Regeln</translation>
    </message>
    <message>
        <source>Runs on</source>
        <translation>Rechnet auf</translation>
    </message>
    <message>
        <source>SAM 2.1 checkpoint</source>
        <translation>SAM-2.1-Checkpoint</translation>
    </message>
    <message>
        <source>SAM 2.1 checkpoints (*.pt *.safetensors)</source>
        <translation>SAM-2.1-Checkpoints (*.pt *.safetensors)</translation>
    </message>
    <message>
        <source>Same class as those</source>
        <translation>Dieselbe Klasse wie jene</translation>
    </message>
    <message>
        <source>Sample</source>
        <translation>Probe</translation>
    </message>
    <message>
        <source>Sample and grades – RBC Desktop</source>
        <translation>Probe und Grade – RBC Desktop</translation>
    </message>
    <message>
        <source>Sample and grades…</source>
        <translation>Probe und Grade…</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>Speichern</translation>
    </message>
    <message>
        <source>Save case as</source>
        <translation>Fall speichern unter</translation>
    </message>
    <message>
        <source>Save case as…</source>
        <translation>Fall speichern unter…</translation>
    </message>
    <message>
        <source>Say how many cells you want, and what is segmented by itself.</source>
        <translation>Festlegen, wie viele Zellen gewünscht sind und was von selbst segmentiert wird.</translation>
    </message>
    <message>
        <source>Say who works here, and who signs with a pass phrase.</source>
        <translation>Festlegen, wer hier arbeitet und wer mit Passphrase unterschreibt.</translation>
    </message>
    <message>
        <source>Scale bar</source>
        <translation>Maßstabsbalken</translation>
    </message>
    <message>
        <source>Scheme</source>
        <translation>Schema</translation>
    </message>
    <message>
        <source>Search for the monolayer</source>
        <translation>Suche nach dem Monolayer</translation>
    </message>
    <message>
        <source>Search the audit trail</source>
        <translation>Prüfpfad durchsuchen</translation>
    </message>
    <message>
        <source>Search the manual</source>
        <translation>Handbuch durchsuchen</translation>
    </message>
    <message>
        <source>Search time, person, action, values</source>
        <translation>Zeit, Person, Aktion, Werte suchen</translation>
    </message>
    <message>
        <source>Second</source>
        <translation>Zweite</translation>
    </message>
    <message>
        <source>Second is right</source>
        <translation>Zweite stimmt</translation>
    </message>
    <message>
        <source>Second reading</source>
        <translation>Zweitbefundung</translation>
    </message>
    <message>
        <source>Seen</source>
        <translation>Gesehen</translation>
    </message>
    <message>
        <source>Segment all</source>
        <translation>Alles segmentieren</translation>
    </message>
    <message>
        <source>Segment all fields</source>
        <translation>Alle Felder segmentieren</translation>
    </message>
    <message>
        <source>Segment it next</source>
        <translation>Als Nächstes segmentieren</translation>
    </message>
    <message>
        <source>Segment new images as they are opened</source>
        <translation>Neue Bilder beim Öffnen segmentieren</translation>
    </message>
    <message>
        <source>Segment no further field when they are there</source>
        <translation>Kein weiteres Feld segmentieren, wenn sie erreicht sind</translation>
    </message>
    <message>
        <source>Segmenter</source>
        <translation>Segmentierer</translation>
    </message>
    <message>
        <source>Segmenter: {segmenter}
Classifier: {classifier}</source>
        <translation>Segmentierer: {segmenter}
Klassifikator: {classifier}</translation>
    </message>
    <message>
        <source>Segments, measures and classifies red cells in blood-smear images. It works offline: nothing leaves this computer.</source>
        <translation>Segmentiert, misst und klassifiziert Erythrozyten in Bildern von Blutausstrichen. Arbeitet ohne Netz: Nichts verlässt diesen Rechner.</translation>
    </message>
    <message>
        <source>Select</source>
        <translation>Auswählen</translation>
    </message>
    <message>
        <source>Select a cell first, in the table or with {key}.</source>
        <translation>Zuerst eine Zelle auswählen, in der Tabelle oder mit {key}.</translation>
    </message>
    <message>
        <source>Select all cells</source>
        <translation>Alle Zellen auswählen</translation>
    </message>
    <message>
        <source>Select every cell that the table shows.</source>
        <translation>Jede Zelle auswählen, die die Tabelle zeigt.</translation>
    </message>
    <message>
        <source>Select several cells</source>
        <translation>Mehrere Zellen auswählen</translation>
    </message>
    <message>
        <source>Select those that belong to them; {key} makes them {name}.</source>
        <translation>Die dazugehörigen auswählen; {key} setzt sie auf {name}.</translation>
    </message>
    <message>
        <source>Selected: {listed}</source>
        <translation>Ausgewählt: {listed}</translation>
    </message>
    <message>
        <source>Set</source>
        <translation>Setzen</translation>
    </message>
    <message>
        <source>Set class</source>
        <translation>Klasse setzen</translation>
    </message>
    <message>
        <source>Set the class of the selected cells to {name}.</source>
        <translation>Die Klasse der ausgewählten Zellen auf {name} setzen.</translation>
    </message>
    <message>
        <source>Set to {name}, {share:.0f} percent, key {key}</source>
        <translation>Auf {name} setzen, {share:.0f} Prozent, Taste {key}</translation>
    </message>
    <message>
        <source>Settings</source>
        <translation>Einstellungen</translation>
    </message>
    <message>
        <source>Settings…</source>
        <translation>Einstellungen…</translation>
    </message>
    <message>
        <source>Settled</source>
        <translation>Geklärt</translation>
    </message>
    <message>
        <source>Share of the red cells</source>
        <translation>Anteil an den Erythrozyten</translation>
    </message>
    <message>
        <source>Shift + click</source>
        <translation>Umschalt + Klick</translation>
    </message>
    <message>
        <source>Short: about two pages</source>
        <translation>Kurz: etwa zwei Seiten</translation>
    </message>
    <message>
        <source>Show</source>
        <translation>Zeigen</translation>
    </message>
    <message>
        <source>Show another field, of this or another case, beside the image.</source>
        <translation>Ein anderes Feld dieses oder eines anderen Falls neben dem Bild zeigen.</translation>
    </message>
    <message>
        <source>Show class and share on the tiles</source>
        <translation>Klasse und Anteil auf den Kacheln zeigen</translation>
    </message>
    <message>
        <source>Show on the image</source>
        <translation>Im Bild zeigen</translation>
    </message>
    <message>
        <source>Show only cells that need review</source>
        <translation>Nur zu prüfende Zellen zeigen</translation>
    </message>
    <message>
        <source>Show only one class</source>
        <translation>Nur eine Klasse zeigen</translation>
    </message>
    <message>
        <source>Show or hide the outlines of the cells.</source>
        <translation>Die Umrisse der Zellen zeigen oder ausblenden.</translation>
    </message>
    <message>
        <source>Show outlines</source>
        <translation>Umrisse zeigen</translation>
    </message>
    <message>
        <source>Show panels</source>
        <translation>Bedienfelder zeigen</translation>
    </message>
    <message>
        <source>Show rings</source>
        <translation>Ringe zeigen</translation>
    </message>
    <message>
        <source>Show the cells of the field in view, or of the whole case</source>
        <translation>Die Zellen des gezeigten Feldes oder des ganzen Falls zeigen</translation>
    </message>
    <message>
        <source>Show the cells of the table as tiles at one scale instead of the image.</source>
        <translation>Statt des Bildes die Zellen der Tabelle als Kacheln in einem Maßstab zeigen.</translation>
    </message>
    <message>
        <source>Show the image after.</source>
        <translation>Das folgende Bild zeigen.</translation>
    </message>
    <message>
        <source>Show the image before.</source>
        <translation>Das vorige Bild zeigen.</translation>
    </message>
    <message>
        <source>Show the light between the cells without a hue</source>
        <translation>Das Licht zwischen den Zellen ohne Farbstich zeigen</translation>
    </message>
    <message>
        <source>Show the model&apos;s next answer for the same clicks.</source>
        <translation>Die nächste Antwort des Modells auf dieselben Klicks zeigen.</translation>
    </message>
    <message>
        <source>Show the outlines of the cells</source>
        <translation>Die Umrisse der Zellen zeigen</translation>
    </message>
    <message>
        <source>Show the picture as taken</source>
        <translation>Bild wie aufgenommen zeigen</translation>
    </message>
    <message>
        <source>Show the small map in the corner of a slide, or hide it.</source>
        <translation>Die kleine Karte in der Ecke eines Scans zeigen oder ausblenden.</translation>
    </message>
    <message>
        <source>Show the tiles beside the image, on a second screen if there is one.</source>
        <translation>Die Kacheln neben dem Bild zeigen, auf einem zweiten Bildschirm, falls vorhanden.</translation>
    </message>
    <message>
        <source>Show the whole image.</source>
        <translation>Das ganze Bild zeigen.</translation>
    </message>
    <message>
        <source>Show the whole slide instead of one of its fields.</source>
        <translation>Den ganzen Scan statt eines seiner Felder zeigen.</translation>
    </message>
    <message>
        <source>Shown adjusted</source>
        <translation>Angepasst gezeigt</translation>
    </message>
    <message>
        <source>Shrink by a pixel</source>
        <translation>Um ein Pixel verkleinern</translation>
    </message>
    <message>
        <source>Side by side</source>
        <translation>Nebeneinander</translation>
    </message>
    <message>
        <source>Signatures</source>
        <translation>Unterschriften</translation>
    </message>
    <message>
        <source>Signing can&apos;t be undone, and nothing that came before it either; the names stay in the case.</source>
        <translation>Eine Unterschrift lässt sich nicht rückgängig machen, und nichts, was vor ihr kam; die Namen bleiben im Fall.</translation>
    </message>
    <message>
        <source>Size</source>
        <translation>Größe</translation>
    </message>
    <message>
        <source>Size histogram</source>
        <translation>Größenhistogramm</translation>
    </message>
    <message>
        <source>Size of the tiles</source>
        <translation>Größe der Kacheln</translation>
    </message>
    <message>
        <source>Slide</source>
        <translation>Scan</translation>
    </message>
    <message>
        <source>Smaller brush</source>
        <translation>Kleinerer Pinsel</translation>
    </message>
    <message>
        <source>Smaller text</source>
        <translation>Kleinere Schrift</translation>
    </message>
    <message>
        <source>Smear</source>
        <translation>Ausstrich</translation>
    </message>
    <message>
        <source>Smooth the outline</source>
        <translation>Umriss glätten</translation>
    </message>
    <message>
        <source>Somebody reads the same cells again without seeing what they were called or what the classifier suggests: by the review bar, the gallery or the table, with the same keys. What differs is listed here and settled afterwards.</source>
        <translation>Jemand befundet dieselben Zellen noch einmal, ohne zu sehen, wie sie benannt wurden oder was der Klassifikator vorschlägt: mit Prüfleiste, Galerie oder Tabelle und denselben Tasten. Was abweicht, wird hier aufgelistet und danach geklärt.</translation>
    </message>
    <message>
        <source>Source: {source}.</source>
        <translation>Quelle: {source}.</translation>
    </message>
    <message>
        <source>Split by two clicks</source>
        <translation>Mit zwei Klicks teilen</translation>
    </message>
    <message>
        <source>Start an empty case; the old one is kept.</source>
        <translation>Einen leeren Fall beginnen; der alte bleibt erhalten.</translation>
    </message>
    <message>
        <source>State</source>
        <translation>Stand</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>Anhalten</translation>
    </message>
    <message>
        <source>Stop finding cells</source>
        <translation>Zellsuche anhalten</translation>
    </message>
    <message>
        <source>Stop finding cells; what was found stays</source>
        <translation>Zellsuche anhalten; Gefundenes bleibt</translation>
    </message>
    <message>
        <source>Strength of the outlines</source>
        <translation>Stärke der Umrisse</translation>
    </message>
    <message>
        <source>Suggested</source>
        <translation>Vorgeschlagen</translation>
    </message>
    <message>
        <source>Table of all cells</source>
        <translation>Tabelle aller Zellen</translation>
    </message>
    <message>
        <source>Take a scheme of your laboratory from a file</source>
        <translation>Ein Schema des eigenen Labors aus einer Datei nehmen</translation>
    </message>
    <message>
        <source>Take back the last click of the proposal.</source>
        <translation>Den letzten Klick des Vorschlags zurücknehmen.</translation>
    </message>
    <message>
        <source>Take back the last step.</source>
        <translation>Den letzten Schritt zurücknehmen.</translation>
    </message>
    <message>
        <source>Take brightness, contrast and white balance back.</source>
        <translation>Helligkeit, Kontrast und Weißabgleich zurücknehmen.</translation>
    </message>
    <message>
        <source>Take burrs and steps from the outlines of the selected cells.</source>
        <translation>Zacken und Stufen aus den Umrissen der ausgewählten Zellen nehmen.</translation>
    </message>
    <message>
        <source>Take it</source>
        <translation>Trotzdem nehmen</translation>
    </message>
    <message>
        <source>Take the rings away, and the remark in the report; undo brings them back.</source>
        <translation>Die Ringe und die Bemerkung im Bericht wegnehmen; „Rückgängig“ holt sie zurück.</translation>
    </message>
    <message>
        <source>Take this preset off the list; scales that fields have stay.</source>
        <translation>Diese Vorgabe aus der Liste nehmen; Maßstäbe der Felder bleiben.</translation>
    </message>
    <message>
        <source>Target count</source>
        <translation>Zielzahl</translation>
    </message>
    <message>
        <source>Target count…</source>
        <translation>Zielzahl…</translation>
    </message>
    <message>
        <source>The bundled classifier goes on learning from cells whose class a person set or confirmed, own classes included. Some fields are held out to measure what was gained. The classifier in use stays until you choose another.</source>
        <translation>Der mitgelieferte Klassifikator lernt weiter aus Zellen, deren Klasse von Hand gesetzt oder bestätigt wurde, eigene Klassen eingeschlossen. Einige Felder werden zurückgehalten, um den Gewinn zu messen. Der Klassifikator in Gebrauch bleibt, bis ein anderer gewählt wird.</translation>
    </message>
    <message>
        <source>The bundled classifier never proposes these classes: cells get them by key, menu, table or gallery. They count, and stand in every report, like the others.</source>
        <translation>Der mitgelieferte Klassifikator schlägt diese Klassen nie vor: Zellen bekommen sie per Taste, Menü, Tabelle oder Galerie. Sie zählen und stehen in jedem Bericht wie die anderen.</translation>
    </message>
    <message>
        <source>The cell</source>
        <translation>Die Zelle</translation>
    </message>
    <message>
        <source>The cell, magnified</source>
        <translation>Die Zelle, vergrößert</translation>
    </message>
    <message>
        <source>The cells most like the selected ones come first.</source>
        <translation>Die den ausgewählten ähnlichsten Zellen kommen zuerst.</translation>
    </message>
    <message>
        <source>The chosen name stands in the audit trail. Who has a pass phrase signs with it: the key&apos;s digits stand beside the signature. This is designed to support a laboratory&apos;s procedures; it is no access control.</source>
        <translation>Der gewählte Name steht im Prüfpfad. Wer eine Passphrase hat, unterschreibt mit ihr: Die Stellen des Schlüssels stehen neben der Unterschrift. Das soll die Abläufe eines Labors unterstützen; es ist keine Zugangskontrolle.</translation>
    </message>
    <message>
        <source>The class is right</source>
        <translation>Die Klasse stimmt</translation>
    </message>
    <message>
        <source>The classifier gives {name} {share:.1f} %. Key {key} sets it.</source>
        <translation>Der Klassifikator gibt {name} {share:.1f} %. Taste {key} setzt die Klasse.</translation>
    </message>
    <message>
        <source>The classifier says {name}.</source>
        <translation>Der Klassifikator sagt: {name}.</translation>
    </message>
    <message>
        <source>The edge of the image cuts it: it is left out of counts and sizes. Count it all the same with {key}.</source>
        <translation>Der Bildrand schneidet sie an: Sie fehlt in Zahlen und Größen. Trotzdem zählen mit {key}.</translation>
    </message>
    <message>
        <source>The edge of the image cuts it; a person counts it all the same.</source>
        <translation>Der Bildrand schneidet sie an; sie wird von Hand trotzdem gezählt.</translation>
    </message>
    <message numerus="yes">
        <source>The field</source>
        <comment>All {count} fields</comment>
        <translation>
            <numerusform>Das Feld</numerusform>
            <numerusform>Alle {count} Felder</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>The field of this size</source>
        <comment>All {count} fields of this size</comment>
        <translation>
            <numerusform>Das Feld dieser Größe</numerusform>
            <numerusform>Alle {count} Felder dieser Größe</numerusform>
        </translation>
    </message>
    <message>
        <source>The field with the outlines of its cells. Arrow keys move the image under a crosshair, with Shift in small steps; full stop marks the cell under the crosshair, comma says that this is not part of it. The table beside it lists every cell.</source>
        <translation>Das Feld mit den Umrissen seiner Zellen. Pfeiltasten verschieben das Bild unter einem Fadenkreuz, mit Umschalt in kleinen Schritten; Punkt markiert die Zelle unter dem Fadenkreuz, Komma sagt, dass dies nicht dazugehört. Die Tabelle daneben listet jede Zelle auf.</translation>
    </message>
    <message>
        <source>The gallery is in front of the image: close it, or double-click a tile, first.</source>
        <translation>Die Galerie liegt vor dem Bild: zuerst schließen oder eine Kachel doppelt anklicken.</translation>
    </message>
    <message>
        <source>The grade that a person sets; it goes on the report</source>
        <translation>Der von Hand gesetzte Grad; er kommt in den Bericht</translation>
    </message>
    <message>
        <source>The image that the cell lies in</source>
        <translation>Das Bild, in dem die Zelle liegt</translation>
    </message>
    <message>
        <source>The line is {length_px:,.1f} px long. Drag again to replace it.</source>
        <translation>Die Strecke ist {length_px:,.1f} px lang. Noch einmal ziehen, um sie zu ersetzen.</translation>
    </message>
    <message>
        <source>The manual is missing from this copy of the program; install the application again.</source>
        <translation>Das Handbuch fehlt in dieser Kopie des Programms; die Anwendung neu installieren.</translation>
    </message>
    <message>
        <source>The microscope&apos;s control films with their charts, and how often the classifier is overruled.</source>
        <translation>Die Kontrollausstriche des Mikroskops mit ihren Karten, und wie oft der Klassifikator korrigiert wird.</translation>
    </message>
    <message>
        <source>The next of cells that lie over each other (Select)</source>
        <translation>Die nächste von übereinanderliegenden Zellen (Auswählen)</translation>
    </message>
    <message numerus="yes">
        <source>The patient data of {count} case are past their date.</source>
        <comment>The patient data of {count} cases are past their date.</comment>
        <translation>
            <numerusform>Die Patientendaten von {count} Fall sind über ihrer Frist.</numerusform>
            <numerusform>Die Patientendaten von {count} Fällen sind über ihrer Frist.</numerusform>
        </translation>
    </message>
    <message>
        <source>The places, those with most cells first</source>
        <translation>Die Stellen, die mit den meisten Zellen zuerst</translation>
    </message>
    <message>
        <source>The prefix names the sample; give another one, which stands for it.</source>
        <translation>Der Anfang der Dateinamen nennt die Probe; einen anderen angeben, der für sie steht.</translation>
    </message>
    <message>
        <source>The same number draws the same cells of the same case</source>
        <translation>Dieselbe Zahl zieht dieselben Zellen desselben Falls</translation>
    </message>
    <message>
        <source>The whole slide with its regions. Arrow keys move it under a crosshair; full stop opens the place under the crosshair as a field. Tab goes on to the overview map.</source>
        <translation>Der ganze Scan mit seinen Bereichen. Pfeiltasten verschieben ihn unter einem Fadenkreuz; Punkt öffnet die Stelle unter dem Fadenkreuz als Feld. Tab geht weiter zur Übersichtskarte.</translation>
    </message>
    <message>
        <source>The whole slide with the frame of the view, the regions and where cells were found. Arrow keys move the view, plus and minus zoom, Home shows all, Escape goes back to the slide.</source>
        <translation>Der ganze Scan mit dem Rahmen der Ansicht, den Bereichen und den Fundorten von Zellen. Pfeiltasten verschieben die Ansicht, Plus und Minus zoomen, Pos1 zeigt alles, Esc geht zurück zum Scan.</translation>
    </message>
    <message>
        <source>The whole slide. Click or drag to go there; with the arrow keys the view moves by half of it.</source>
        <translation>Der ganze Scan. Klicken oder ziehen, um dorthin zu gehen; mit den Pfeiltasten rückt die Ansicht um ihre halbe Größe.</translation>
    </message>
    <message>
        <source>Theme</source>
        <translation>Farbschema</translation>
    </message>
    <message>
        <source>There is no backup in {folder}.</source>
        <translation>In {folder} ist keine Sicherung.</translation>
    </message>
    <message>
        <source>There is no other field here. Open more images, or choose another case above.</source>
        <translation>Hier ist kein anderes Feld. Weitere Bilder öffnen oder oben einen anderen Fall wählen.</translation>
    </message>
    <message>
        <source>There was nothing to write.</source>
        <translation>Es gab nichts zu schreiben.</translation>
    </message>
    <message>
        <source>This can&apos;t be undone. Delete them for good?</source>
        <translation>Das lässt sich nicht rückgängig machen. Endgültig löschen?</translation>
    </message>
    <message>
        <source>This case is final.</source>
        <translation>Dieser Fall ist endgültig.</translation>
    </message>
    <message numerus="yes">
        <source>This deletes the case with {count} cell; its images stay. Press the button again to do so.</source>
        <comment>This deletes the case with {count} cells; its images stay. Press the button again to do so.</comment>
        <translation>
            <numerusform>Das löscht den Fall mit {count} Zelle; seine Bilder bleiben. Zum Löschen den Knopf noch einmal drücken.</numerusform>
            <numerusform>Das löscht den Fall mit {count} Zellen; seine Bilder bleiben. Zum Löschen den Knopf noch einmal drücken.</numerusform>
        </translation>
    </message>
    <message>
        <source>This deletes the case; its images stay. Press the button again to do so.</source>
        <translation>Das löscht den Fall; seine Bilder bleiben. Zum Löschen den Knopf noch einmal drücken.</translation>
    </message>
    <message>
        <source>This field</source>
        <translation>Dieses Feld</translation>
    </message>
    <message>
        <source>This key can&apos;t be used; choose another.</source>
        <translation>Diese Taste lässt sich nicht verwenden; eine andere wählen.</translation>
    </message>
    <message>
        <source>This laboratory</source>
        <translation>Dieses Labor</translation>
    </message>
    <message>
        <source>Throw the outline away.</source>
        <translation>Den Umriss verwerfen.</translation>
    </message>
    <message>
        <source>Tick PDF report to see its pages.</source>
        <translation>„PDF-Bericht“ ankreuzen, um seine Seiten zu sehen.</translation>
    </message>
    <message>
        <source>Time</source>
        <translation>Zeit</translation>
    </message>
    <message>
        <source>Tint the slide by what its parts are good for</source>
        <translation>Den Scan danach einfärben, wozu seine Teile taugen</translation>
    </message>
    <message>
        <source>To look at only. Arrow keys move it, the wheel zooms.</source>
        <translation>Nur zum Ansehen. Pfeiltasten verschieben es, das Mausrad zoomt.</translation>
    </message>
    <message>
        <source>To the cell that was in hand before</source>
        <translation>Zu der Zelle, die vorher an der Reihe war</translation>
    </message>
    <message>
        <source>To the next cell, without a decision on this one</source>
        <translation>Zur nächsten Zelle, ohne Entscheidung über diese</translation>
    </message>
    <message>
        <source>Too few cells to learn from (under {least}): {few}.</source>
        <translation>Zu wenige Zellen, um daraus zu lernen (unter {least}): {few}.</translation>
    </message>
    <message>
        <source>Tools</source>
        <translation>Werkzeuge</translation>
    </message>
    <message>
        <source>Top left</source>
        <translation>Oben links</translation>
    </message>
    <message>
        <source>Top right</source>
        <translation>Oben rechts</translation>
    </message>
    <message>
        <source>Trend</source>
        <translation>Trend</translation>
    </message>
    <message>
        <source>Try everything on a drawn smear.</source>
        <translation>Alles an einem gezeichneten Ausstrich ausprobieren.</translation>
    </message>
    <message>
        <source>Type the present pass phrase.</source>
        <translation>Die bisherige Passphrase eintippen.</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>Rückgängig</translation>
    </message>
    <message>
        <source>Undo: {step}</source>
        <translation>Rückgängig: {step}</translation>
    </message>
    <message>
        <source>Unsaved work</source>
        <translation>Ungespeicherte Arbeit</translation>
    </message>
    <message>
        <source>Use this classifier</source>
        <translation>Diesen Klassifikator verwenden</translation>
    </message>
    <message>
        <source>Usual key</source>
        <translation>Übliche Taste</translation>
    </message>
    <message>
        <source>Usually: {usual}</source>
        <translation>Üblich: {usual}</translation>
    </message>
    <message>
        <source>Version</source>
        <translation>Version</translation>
    </message>
    <message>
        <source>Versions, models and the intended use.</source>
        <translation>Versionen, Modelle und der vorgesehene Gebrauch.</translation>
    </message>
    <message>
        <source>View</source>
        <translation>Ansicht</translation>
    </message>
    <message>
        <source>What</source>
        <translation>Was</translation>
    </message>
    <message>
        <source>What goes</source>
        <translation>Was verschwindet</translation>
    </message>
    <message>
        <source>What is older is listed under File › Delete patient data…, and the window says so at its start. Nothing is deleted without a person&apos;s yes.</source>
        <translation>Älteres steht unter Datei › Patientendaten löschen…, und das Fenster sagt es beim Start. Nichts wird ohne das Ja eines Menschen gelöscht.</translation>
    </message>
    <message>
        <source>What the cells were called is hidden.</source>
        <translation>Wie die Zellen benannt wurden, ist verborgen.</translation>
    </message>
    <message>
        <source>What the classifier gives this class</source>
        <translation>Was der Klassifikator dieser Klasse gibt</translation>
    </message>
    <message>
        <source>What the numbers suggest; the two grades that the interval reaches where it spans a limit</source>
        <translation>Was die Zahlen nahelegen; die beiden Grade, die das Intervall erreicht, wo es eine Grenze überspannt</translation>
    </message>
    <message>
        <source>What the report holds and where it goes</source>
        <translation>Was der Bericht enthält und wohin er kommt</translation>
    </message>
    <message>
        <source>Wheel</source>
        <translation>Mausrad</translation>
    </message>
    <message>
        <source>Where</source>
        <translation>Wohin</translation>
    </message>
    <message>
        <source>Where are the missing images?</source>
        <translation>Wo sind die fehlenden Bilder?</translation>
    </message>
    <message>
        <source>Where is {name}?</source>
        <translation>Wo ist {name}?</translation>
    </message>
    <message>
        <source>White from the back&amp;ground</source>
        <translation>Weiß vom Hinter&amp;grund</translation>
    </message>
    <message>
        <source>Who</source>
        <translation>Wer</translation>
    </message>
    <message>
        <source>Who works now, for the audit trail. Click for another operator.</source>
        <translation>Wer jetzt arbeitet, für den Prüfpfad. Klicken für einen anderen Bearbeiter.</translation>
    </message>
    <message>
        <source>Whole slide</source>
        <translation>Ganzer Scan</translation>
    </message>
    <message>
        <source>Whose steps</source>
        <translation>Wessen Schritte</translation>
    </message>
    <message>
        <source>Why</source>
        <translation>Warum</translation>
    </message>
    <message>
        <source>Why cells were left unseen, why it is signed all the same, or what an amendment changes</source>
        <translation>Warum Zellen ungesehen blieben, warum trotzdem unterschrieben wird, oder was eine Berichtigung ändert</translation>
    </message>
    <message>
        <source>Why do mean and limits begin anew with the control film of {day}?</source>
        <translation>Warum beginnen Mittelwert und Grenzen mit dem Kontrollausstrich vom {day} neu?</translation>
    </message>
    <message>
        <source>Why doesn&apos;t the control film of {day} count? It stays on the list with the reason.</source>
        <translation>Warum zählt der Kontrollausstrich vom {day} nicht? Er bleibt mit dem Grund in der Liste.</translation>
    </message>
    <message>
        <source>Why the cell needs review, or can&apos;t be told</source>
        <translation>Warum die Zelle zu prüfen oder nicht zu beurteilen ist</translation>
    </message>
    <message>
        <source>Widen the selected cells by a pixel.</source>
        <translation>Die ausgewählten Zellen um ein Pixel vergrößern.</translation>
    </message>
    <message>
        <source>Work as this operator</source>
        <translation>Als dieser arbeiten</translation>
    </message>
    <message>
        <source>Work list: {name} ({count:,})</source>
        <translation>Arbeitsliste: {name} ({count:,})</translation>
    </message>
    <message>
        <source>Work lists (*.csv *.txt)</source>
        <translation>Arbeitslisten (*.csv *.txt)</translation>
    </message>
    <message>
        <source>Work list…</source>
        <translation>Arbeitsliste…</translation>
    </message>
    <message>
        <source>Write a PDF and a CSV of this case.</source>
        <translation>Ein PDF und eine CSV-Datei dieses Falls schreiben.</translation>
    </message>
    <message>
        <source>Write as PDF</source>
        <translation>Als PDF schreiben</translation>
    </message>
    <message>
        <source>Write as PDF…</source>
        <translation>Als PDF schreiben…</translation>
    </message>
    <message>
        <source>Write the case to a file; from then on every step is kept there.</source>
        <translation>Den Fall in eine Datei schreiben; von da an wird jeder Schritt dort gespeichert.</translation>
    </message>
    <message>
        <source>Write this list to a file, for other computers of the laboratory</source>
        <translation>Diese Liste in eine Datei schreiben, für andere Rechner des Labors</translation>
    </message>
    <message>
        <source>Write this scheme to a file, to be changed and imported under another version</source>
        <translation>Dieses Schema in eine Datei schreiben, um es zu ändern und unter anderer Version zu importieren</translation>
    </message>
    <message>
        <source>Zones</source>
        <translation>Zonen</translation>
    </message>
    <message>
        <source>Zoom and move both images together, at one scale where both have one</source>
        <translation>Beide Bilder gemeinsam zoomen und verschieben, in einem Maßstab, wo beide einen haben</translation>
    </message>
    <message>
        <source>Zoom in</source>
        <translation>Vergrößern</translation>
    </message>
    <message>
        <source>Zoom out</source>
        <translation>Verkleinern</translation>
    </message>
    <message>
        <source>Zoom to the cursor</source>
        <translation>Zum Mauszeiger zoomen</translation>
    </message>
    <message>
        <source>a damaged film</source>
        <translation>ein beschädigter Ausstrich</translation>
    </message>
    <message>
        <source>another lot</source>
        <translation>andere Charge</translation>
    </message>
    <message>
        <source>another lot of control blood</source>
        <translation>andere Charge des Kontrollbluts</translation>
    </message>
    <message>
        <source>another stain</source>
        <translation>andere Färbung</translation>
    </message>
    <message>
        <source>as images state it, or any</source>
        <translation>wie Bilder sie nennen, oder jede</translation>
    </message>
    <message>
        <source>better</source>
        <translation>besser</translation>
    </message>
    <message>
        <source>by hand only</source>
        <translation>nur von Hand</translation>
    </message>
    <message>
        <source>cells were reclassified</source>
        <translation>Zellen wurden neu klassifiziert</translation>
    </message>
    <message>
        <source>command line</source>
        <translation>Kommandozeile</translation>
    </message>
    <message>
        <source>control films</source>
        <translation>Kontrollausstriche</translation>
    </message>
    <message>
        <source>drawn with the number</source>
        <translation>gezogen mit der Zahl</translation>
    </message>
    <message>
        <source>e.g. 0.12</source>
        <translation>z. B. 0,12</translation>
    </message>
    <message>
        <source>e.g. 10</source>
        <translation>z. B. 10</translation>
    </message>
    <message>
        <source>e.g. 100× oil</source>
        <translation>z. B. 100× Öl</translation>
    </message>
    <message>
        <source>e.g. BX53, room 2</source>
        <translation>z. B. BX53, Raum 2</translation>
    </message>
    <message>
        <source>file</source>
        <translation>Datei</translation>
    </message>
    <message>
        <source>for ever</source>
        <translation>unbegrenzt</translation>
    </message>
    <message>
        <source>lamp or camera changed</source>
        <translation>Lampe oder Kamera gewechselt</translation>
    </message>
    <message>
        <source>line</source>
        <translation>Strecke</translation>
    </message>
    <message>
        <source>looked at again</source>
        <translation>noch einmal angesehen</translation>
    </message>
    <message>
        <source>measured twice</source>
        <translation>doppelt gemessen</translation>
    </message>
    <message>
        <source>more cells were counted</source>
        <translation>mehr Zellen wurden gezählt</translation>
    </message>
    <message>
        <source>more than 2 SD off, a warning</source>
        <translation>mehr als 2 s entfernt, eine Warnung</translation>
    </message>
    <message>
        <source>name, address, telephone: at the top of the PDF</source>
        <translation>Name, Anschrift, Telefon: oben auf dem PDF</translation>
    </message>
    <message>
        <source>no better</source>
        <translation>nicht besser</translation>
    </message>
    <message>
        <source>no calibration</source>
        <translation>keine Kalibrierung</translation>
    </message>
    <message>
        <source>no classifier</source>
        <translation>kein Klassifikator</translation>
    </message>
    <message>
        <source>no key</source>
        <translation>keine Taste</translation>
    </message>
    <message>
        <source>none</source>
        <comment>no file</comment>
        <translation>nicht gewählt</translation>
    </message>
    <message>
        <source>none</source>
        <translation>keine</translation>
    </message>
    <message>
        <source>none yet</source>
        <translation>noch keines</translation>
    </message>
    <message>
        <source>normal samples</source>
        <translation>Normalproben</translation>
    </message>
    <message>
        <source>not counted</source>
        <translation>nicht gezählt</translation>
    </message>
    <message>
        <source>not loaded</source>
        <translation>nicht geladen</translation>
    </message>
    <message>
        <source>not loaded yet</source>
        <translation>noch nicht geladen</translation>
    </message>
    <message>
        <source>not the control film</source>
        <translation>nicht der Kontrollausstrich</translation>
    </message>
    <message numerus="yes">
        <source>of {count} cell that counts and has a class</source>
        <comment>of {count} cells that count and have a class</comment>
        <translation>
            <numerusform>von {count} Zelle, die zählt und eine Klasse hat</numerusform>
            <numerusform>von {count} Zellen, die zählen und eine Klasse haben</numerusform>
        </translation>
    </message>
    <message>
        <source>one of the films that make the limits</source>
        <translation>einer der Ausstriche, die die Grenzen ergeben</translation>
    </message>
    <message>
        <source>open now</source>
        <translation>jetzt offen</translation>
    </message>
    <message>
        <source>or open them from the disk ({kinds}). Several images make several fields of one case.</source>
        <translation>oder vom Datenträger öffnen ({kinds}). Mehrere Bilder ergeben mehrere Felder eines Falls.</translation>
    </message>
    <message>
        <source>over a cell&apos;s edge: extend it · around a missing one: draw it · right button: erase</source>
        <translation>über den Rand einer Zelle: erweitern · um eine fehlende: zeichnen · rechte Taste: radieren</translation>
    </message>
    <message>
        <source>over what doesn&apos;t belong to a cell: erase it</source>
        <translation>über das, was nicht zu einer Zelle gehört: radieren</translation>
    </message>
    <message>
        <source>own cells</source>
        <translation>eigene Zellen</translation>
    </message>
    <message>
        <source>own classes</source>
        <translation>eigene Klassen</translation>
    </message>
    <message>
        <source>patient data</source>
        <translation>Patientendaten</translation>
    </message>
    <message>
        <source>preset</source>
        <translation>Vorgabe</translation>
    </message>
    <message>
        <source>red cell</source>
        <translation>Erythrozyt</translation>
    </message>
    <message>
        <source>review</source>
        <translation>zu prüfen</translation>
    </message>
    <message>
        <source>reviewed</source>
        <translation>geprüft</translation>
    </message>
    <message>
        <source>rises</source>
        <translation>steigt</translation>
    </message>
    <message>
        <source>rises: the last month lies above all before it, by 95 % intervals</source>
        <translation>steigt: Der letzte Monat liegt über allen davor, nach 95-%-Intervallen</translation>
    </message>
    <message>
        <source>serviced</source>
        <translation>gewartet</translation>
    </message>
    <message>
        <source>set by mistake</source>
        <translation>irrtümlich gesetzt</translation>
    </message>
    <message>
        <source>signs with key {digits}</source>
        <translation>unterschreibt mit Schlüssel {digits}</translation>
    </message>
    <message>
        <source>taken back</source>
        <translation>zurückgenommen</translation>
    </message>
    <message>
        <source>the whole case</source>
        <translation>der ganze Fall</translation>
    </message>
    <message>
        <source>tile {side:.3g} {unit}</source>
        <translation>Kachel {side:.3g} {unit}</translation>
    </message>
    <message>
        <source>typed</source>
        <translation>eingegeben</translation>
    </message>
    <message>
        <source>where the last report went</source>
        <translation>wohin der letzte Bericht kam</translation>
    </message>
    <message>
        <source>works now</source>
        <translation>arbeitet jetzt</translation>
    </message>
    <message>
        <source>worse</source>
        <translation>schlechter</translation>
    </message>
    <message>
        <source>yes</source>
        <translation>ja</translation>
    </message>
    <message>
        <source>yyyy-mm-dd</source>
        <translation>jjjj-mm-tt</translation>
    </message>
    <message>
        <source>{begin} · right click or Backspace: remove</source>
        <translation>{begin} · Rechtsklick oder Rücktaste: entfernen</translation>
    </message>
    <message>
        <source>{cells:,} counted</source>
        <translation>{cells:,} gezählt</translation>
    </message>
    <message>
        <source>{cells:,} of {target:,}</source>
        <translation>{cells:,} von {target:,}</translation>
    </message>
    <message>
        <source>{cells}; {shown:,} shown</source>
        <translation>{cells}; {shown:,} gezeigt</translation>
    </message>
    <message>
        <source>{cell}, is selected.</source>
        <translation>{cell}, ist ausgewählt.</translation>
    </message>
    <message>
        <source>{count:,} in {name}</source>
        <translation>{count:,} in {name}</translation>
    </message>
    <message>
        <source>{count:,} · {review:,} to review</source>
        <translation>{count:,} · {review:,} zu prüfen</translation>
    </message>
    <message numerus="yes">
        <source>{count} case could not be read.</source>
        <comment>{count} cases could not be read.</comment>
        <translation>
            <numerusform>{count} Fall war nicht zu lesen.</numerusform>
            <numerusform>{count} Fälle waren nicht zu lesen.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>{count} case was read.</source>
        <comment>{count} cases were read.</comment>
        <translation>
            <numerusform>{count} Fall wurde gelesen.</numerusform>
            <numerusform>{count} Fälle wurden gelesen.</numerusform>
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
        <source>{count} cell at {x:.0f}, {y:.0f} px</source>
        <comment>About {count} cells at {x:.0f}, {y:.0f} px</comment>
        <translation>
            <numerusform>{count} Zelle bei {x:.0f}, {y:.0f} px</numerusform>
            <numerusform>Etwa {count} Zellen bei {x:.0f}, {y:.0f} px</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>{count} cell is selected.</source>
        <comment>{count} cells are selected.</comment>
        <translation>
            <numerusform>{count} Zelle ist ausgewählt.</numerusform>
            <numerusform>{count} Zellen sind ausgewählt.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>{count} cell is selected; a key decides on it.</source>
        <comment>{count} cells are selected; a key decides on all of them.</comment>
        <translation>
            <numerusform>{count} Zelle ist ausgewählt; eine Taste entscheidet über sie.</numerusform>
            <numerusform>{count} Zellen sind ausgewählt; eine Taste entscheidet über alle.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>{count} cell may have been missed here. Click a ringed cell to outline it.</source>
        <comment>About {count} cells may have been missed here. Click a ringed cell to outline it.</comment>
        <translation>
            <numerusform>{count} Zelle könnte hier übersehen sein. Eine Zelle mit Ring anklicken, um sie zu umreißen.</numerusform>
            <numerusform>Etwa {count} Zellen könnten hier übersehen sein. Eine Zelle mit Ring anklicken, um sie zu umreißen.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>{count} cell was seen by a person.</source>
        <comment>{count} cells were seen by a person.</comment>
        <translation>
            <numerusform>{count} Zelle wurde von einer Person gesehen.</numerusform>
            <numerusform>{count} Zellen wurden von einer Person gesehen.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>{count} cell, {review:,} to review</source>
        <comment>{count} cells, {review:,} to review</comment>
        <translation>
            <numerusform>{count} Zelle, {review:,} zu prüfen</numerusform>
            <numerusform>{count} Zellen, {review:,} zu prüfen</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>{count} day</source>
        <comment>{count} days</comment>
        <translation>
            <numerusform>{count} Tag</numerusform>
            <numerusform>{count} Tage</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>{count} normal sample.</source>
        <comment>{count} normal samples.</comment>
        <translation>
            <numerusform>{count} Normalprobe.</numerusform>
            <numerusform>{count} Normalproben.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>{count} of the program&apos;s own is hidden</source>
        <comment>{count} of the program&apos;s own are hidden</comment>
        <translation>
            <numerusform>{count} vom Programm selbst ist ausgeblendet</numerusform>
            <numerusform>{count} vom Programm selbst sind ausgeblendet</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>{count} other field</source>
        <comment>{count} other fields</comment>
        <translation>
            <numerusform>{count} anderem Feld</numerusform>
            <numerusform>{count} anderen Feldern</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>{count} place</source>
        <comment>{count} places; Return goes to the next</comment>
        <translation>
            <numerusform>{count} Stelle</numerusform>
            <numerusform>{count} Stellen; Return geht zur nächsten</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>{count} region, about {cells}</source>
        <comment>{count} regions, about {cells}</comment>
        <translation>
            <numerusform>{count} Bereich, etwa {cells}</numerusform>
            <numerusform>{count} Bereiche, etwa {cells}</numerusform>
        </translation>
    </message>
    <message>
        <source>{day}, past its date</source>
        <translation>{day}, über der Frist</translation>
    </message>
    <message>
        <source>{device} · {seconds:.2f} s per tile</source>
        <translation>{device} · {seconds:.2f} s je Kachel</translation>
    </message>
    <message>
        <source>{doing} {place:,} of {total:,}</source>
        <translation>{doing} {place:,} von {total:,}</translation>
    </message>
    <message>
        <source>{go_on} · Backspace: last point · Esc drops</source>
        <translation>{go_on} · Rücktaste: letzter Punkt · Esc verwirft</translation>
    </message>
    <message>
        <source>{how}; measured and exported as taken</source>
        <translation>{how}; gemessen und exportiert wie aufgenommen</translation>
    </message>
    <message>
        <source>{key} is the key of “{action}”, which loses it.</source>
        <translation>{key} ist die Taste von „{action}“ und wird ihr genommen.</translation>
    </message>
    <message>
        <source>{key} stays with “{action}”; choose another.</source>
        <translation>{key} bleibt bei „{action}“; eine andere wählen.</translation>
    </message>
    <message>
        <source>{length:.1f} px</source>
        <translation>{length:.1f} px</translation>
    </message>
    <message>
        <source>{line} was confirmed as {before}. Why is it {now} now?</source>
        <translation>{line} war mit {before} bestätigt. Warum jetzt {now}?</translation>
    </message>
    <message>
        <source>{low:,g} to {high:,g} possible</source>
        <translation>{low:,g} bis {high:,g} möglich</translation>
    </message>
    <message>
        <source>{mm:g} mm</source>
        <translation>{mm:g} mm</translation>
    </message>
    <message>
        <source>{name}
Drop cells here, click, or press {key}</source>
        <translation>{name}
Zellen hierher ziehen, klicken oder {key} drücken</translation>
    </message>
    <message>
        <source>{name}
Drop cells here, or click</source>
        <translation>{name}
Zellen hierher ziehen oder klicken</translation>
    </message>
    <message>
        <source>{name} and {others} more were written.</source>
        <translation>{name} und {others} weitere wurden geschrieben.</translation>
    </message>
    <message>
        <source>{name} can&apos;t be written; choose another folder.</source>
        <translation>{name} lässt sich nicht schreiben; einen anderen Ordner wählen.</translation>
    </message>
    <message>
        <source>{name} in {unit}</source>
        <translation>{name} in {unit}</translation>
    </message>
    <message>
        <source>{name} signs with a pass phrase now.</source>
        <translation>{name} unterschreibt jetzt mit Passphrase.</translation>
    </message>
    <message>
        <source>{name} signs with no pass phrase now.</source>
        <translation>{name} unterschreibt jetzt ohne Passphrase.</translation>
    </message>
    <message>
        <source>{name} was removed from the case; the file is untouched. Undo with {key}.</source>
        <translation>{name} wurde aus dem Fall entfernt; die Datei ist unberührt. Rückgängig mit {key}.</translation>
    </message>
    <message>
        <source>{name} was written.</source>
        <translation>{name} wurde geschrieben.</translation>
    </message>
    <message numerus="yes">
        <source>{name} will be replaced.</source>
        <comment>{name} and {others} more will be replaced.</comment>
        <translation>
            <numerusform>{name} wird ersetzt.</numerusform>
            <numerusform>{name} und {others} weitere werden ersetzt.</numerusform>
        </translation>
    </message>
    <message>
        <source>{name} {share:.0f} %</source>
        <translation>{name} {share:.0f} %</translation>
    </message>
    <message>
        <source>{name}, {when}</source>
        <translation>{name}, {when}</translation>
    </message>
    <message>
        <source>{name}: mean {mean}, SD {sd}</source>
        <translation>{name}: Mittelwert {mean}, s {sd}</translation>
    </message>
    <message>
        <source>{name}: not assessable
The fields shown don&apos;t let this class be told: finding none means nothing.</source>
        <translation>{name}: nicht beurteilbar
Die gezeigten Felder lassen diese Klasse nicht erkennen: Keine zu finden bedeutet nichts.</translation>
    </message>
    <message>
        <source>{name}: {count:,}
Counted: {rule}
Count the selected ones all the same with {key}.</source>
        <translation>{name}: {count:,}
Gezählt: {rule}
Die ausgewählten trotzdem zählen mit {key}.</translation>
    </message>
    <message numerus="yes">
        <source>{n}   about {count} cell</source>
        <comment>{n}   about {count} cells</comment>
        <translation>
            <numerusform>{n}   etwa {count} Zelle</numerusform>
            <numerusform>{n}   etwa {count} Zellen</numerusform>
        </translation>
    </message>
    <message>
        <source>{px:.0f} px</source>
        <translation>{px:.0f} px</translation>
    </message>
    <message>
        <source>{reason} (measured)</source>
        <translation>{reason} (gemessen)</translation>
    </message>
    <message numerus="yes">
        <source>{reviewed:,} of {count} cell are reviewed; only those count as labels.</source>
        <comment>{reviewed:,} of {count} cells are reviewed; only those count as labels.</comment>
        <translation>
            <numerusform>{reviewed:,} von {count} Zelle ist geprüft; nur geprüfte gelten als Beispiele.</numerusform>
            <numerusform>{reviewed:,} von {count} Zellen sind geprüft; nur diese gelten als Beispiele.</numerusform>
        </translation>
    </message>
    <message>
        <source>{scale:.4g} µm/px ({source})</source>
        <translation>{scale:.4g} µm/px ({source})</translation>
    </message>
    <message>
        <source>{sentence} The models in use stay as they are.</source>
        <translation>{sentence} Die Modelle in Gebrauch bleiben, wie sie sind.</translation>
    </message>
    <message numerus="yes">
        <source>{shown:,} of {count} step</source>
        <comment>{shown:,} of {count} steps</comment>
        <translation>
            <numerusform>{shown:,} von {count} Schritt</numerusform>
            <numerusform>{shown:,} von {count} Schritten</numerusform>
        </translation>
    </message>
    <message>
        <source>{some:,} of {all:,} overruled in {month}</source>
        <translation>{some:,} von {all:,} korrigiert im {month}</translation>
    </message>
    <message>
        <source>{text}
A person left their field out of the count; the strip&apos;s menu counts it again.</source>
        <translation>{text}
Ihr Feld wurde von Hand von der Zählung ausgenommen; das Menü der Feldleiste zählt es wieder.</translation>
    </message>
    <message>
        <source>{text}
Their field doesn&apos;t let their class be told; they are left out of the shares.</source>
        <translation>{text}
Ihr Feld lässt ihre Klasse nicht erkennen; sie gehen nicht in die Anteile ein.</translation>
    </message>
    <message>
        <source>{text}
{reviewed:,} set or confirmed by a person, {needs_review:,} to review</source>
        <translation>{text}
{reviewed:,} von Hand gesetzt oder bestätigt, {needs_review:,} zu prüfen</translation>
    </message>
    <message>
        <source>{text} ({keys} or Alt+wheel) · {does}</source>
        <translation>{text} ({keys} oder Alt+Mausrad) · {does}</translation>
    </message>
    <message>
        <source>{text} long</source>
        <translation>{text} lang</translation>
    </message>
    <message>
        <source>{text}, key {key}</source>
        <translation>{text}, Taste {key}</translation>
    </message>
    <message>
        <source>{tip}
Click to calibrate ({key}).</source>
        <translation>{tip}
Klicken zum Kalibrieren ({key}).</translation>
    </message>
    <message>
        <source>{title} (as kept in the case)</source>
        <translation>{title} (wie im Fall gespeichert)</translation>
    </message>
    <message>
        <source>{title}: folder or file</source>
        <translation>{title}: Ordner oder Datei</translation>
    </message>
    <message>
        <source>{total:,} selected</source>
        <translation>{total:,} ausgewählt</translation>
    </message>
    <message>
        <source>{total:,} selected ({here:,} here, {there:,} in {where})</source>
        <translation>{total:,} ausgewählt ({here:,} hier, {there:,} in {where})</translation>
    </message>
    <message>
        <source>{total:,} selected in {where}</source>
        <translation>{total:,} ausgewählt in {where}</translation>
    </message>
    <message>
        <source>{um:.1f} µm</source>
        <translation>{um:.1f} µm</translation>
    </message>
    <message>
        <source>{um:g} µm</source>
        <translation>{um:g} µm</translation>
    </message>
    <message>
        <source>{what}: {how}.
Measured and exported as taken. Press to change it.</source>
        <translation>{what}: {how}.
Gemessen und exportiert wie aufgenommen. Klicken, um es zu ändern.</translation>
    </message>
    <message>
        <source>{why}; choose another.</source>
        <translation>{why}; eine andere wählen.</translation>
    </message>
    <message>
        <source>µm long</source>
        <translation>µm lang</translation>
    </message>
    <message>
        <source>µm per pixel</source>
        <translation>µm pro Pixel</translation>
    </message>
    <message>
        <source>Ø px</source>
        <translation>Ø px</translation>
    </message>
    <message>
        <source>Ø µm</source>
        <translation>Ø µm</translation>
    </message>
    <message>
        <source>“Not this” (Point)</source>
        <translation>„Das nicht“ (Punkt)</translation>
    </message>
    <message>
        <source>“This too” (Point)</source>
        <translation>„Das auch“ (Punkt)</translation>
    </message>
</context>
</TS>
