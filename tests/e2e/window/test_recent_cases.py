"""Recent cases over processes: what a window that is killed leaves behind is listed, complete, by the next one."""

import os
import subprocess
import sys
from pathlib import Path

from PySide6.QtWidgets import QApplication

from rbc_desktop.commands.desktop import assembly
from rbc_desktop.storage.laboratory.settings import Settings, save_settings
from rbc_desktop.storage.paths import settings_file
from rbc_desktop.storage.safekeeping import autosave
from rbc_desktop.storage.safekeeping.known_cases import known_cases

ROOT = Path(__file__).resolve().parents[3]
WINDOW = """
import sys
from pathlib import Path
from PySide6.QtWidgets import QApplication
from rbc_desktop.commands.desktop import assembly
from rbc_desktop.domain.case.case import Identity
from rbc_desktop.editing.sample_editor import SampleEditor
from tests.benchmarks.window.heartbeat import wait_until

app = QApplication(sys.argv[:1])
window = assembly.build_window(app)
window.show()
s = window.services
s.files.open_paths([Path(sys.argv[1])])
wait_until(lambda: s.editor.case.fields and not s.files.is_busy and not s.images.is_loading)
window.cases.listing.keep()
wait_until(lambda: not s.tasks._tasks)
SampleEditor(s.editor).set_identity(Identity("S 7"))
print(s.editor.store.path, flush=True)
app.exec()
"""


def test_a_window_that_is_killed_leaves_its_work_in_the_list(qtbot, sample_image):
    """The sample number was typed after the list was written; a file that is newer than that is opened."""
    save_settings(Settings(sample_shown=True), settings_file())
    command = [sys.executable, "-c", WINDOW, str(sample_image)]
    with subprocess.Popen(command, cwd=ROOT, env=dict(os.environ), stdout=subprocess.PIPE, encoding="utf-8") as process:
        path = Path(process.stdout.readline().strip())
        process.kill()
    [known] = known_cases()
    assert (known.path, known.fields, known.sample_id) == (path, 1, "")
    later = known.used.timestamp() + 60
    for each in (path, path.with_name(path.name + "-wal")):
        if each.exists():
            os.utime(each, (later, later))

    window = assembly.build_window(QApplication.instance())
    qtbot.addWidget(window)
    window.show()
    window.action_set["open-recent"].trigger()
    dialog = window.cases.dialog
    qtbot.waitUntil(lambda: dialog.list.count() == 1, timeout=20_000)
    [line] = dialog.list.lines
    assert line.name.startswith("Unsaved case of ")
    assert line.name.endswith(f", {sample_image.name}")
    assert (line.case.sample_id, line.problem) == ("S 7", "")
    assert line.case.thumbnail.shape[2] == 3
    dialog.list.choose(path)
    dialog.accept()
    qtbot.waitUntil(lambda: window.services.files.case_name == "Unsaved case", timeout=20_000)
    qtbot.waitUntil(lambda: bool(window.services.editor.case.fields), timeout=20_000)
    assert window.services.editor.case.identity.sample_id == "S 7"
    assert autosave.is_unsaved(path)
    window.close()
    assembly.close_down(window)
