"""Pictures of the real window for the README: ``.venv/bin/python build/screenshots.py``.

The bundled sample, the bundled models, no person: each picture shows what the application really answered.
Writes ``docs/images/*.png``.
"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
os.environ["RBC_DESKTOP_HOME"] = tempfile.mkdtemp(prefix="rbc-screenshots-")

from PySide6.QtCore import QDeadlineTimer, QEventLoop, QPointF, Qt  # noqa: E402
from PySide6.QtTest import QTest  # noqa: E402
from PySide6.QtWidgets import QApplication, QWidget  # noqa: E402

from rbc_desktop import app as application  # noqa: E402
from rbc_desktop.domain.calibration import Calibration  # noqa: E402
from rbc_desktop.ui.main_window import MainWindow  # noqa: E402

WAIT_MS = 180_000
TEARDROP = QPointF(206, 150)
TARGET = QPointF(223, 238)
SCALE_BAR = Calibration.from_line(length_um=10, length_px=80)


class Photographer:
    """Drives one window and saves what it looks like."""

    def __init__(self, out: Path) -> None:
        self.qt = QApplication(sys.argv[:1])
        self.out = out
        self.window: MainWindow = application.build_window(self.qt)
        self.window.resize(1500, 920)
        self.window.show()
        self.window.resizeDocks([self.window.panel_dock], [470], Qt.Orientation.Horizontal)
        self._ready: list[object] = []
        self._ended: list[object] = []
        self.window.services.engine.ready.connect(self._ready.append)
        self.window.session.run_finished.connect(lambda *values: self._ended.append(values))

    def until(self, condition: Callable[[], object]) -> None:
        """Process events until the condition holds.

        Raises:
            TimeoutError: after three minutes.
        """
        deadline = QDeadlineTimer(WAIT_MS)
        while not condition():
            if deadline.hasExpired():
                raise TimeoutError("the window did not get there")
            self.qt.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents, 50)

    def settle(self) -> None:
        """Until every cell is classified and the table shows it."""
        case = self.window.services.editor.case
        self.until(lambda: all(case.analysis_of(cell) is not None for cell in case.cells.values()))
        self.until(lambda: self.window.panel.feed.is_settled)
        QTest.qWait(300)

    def start(self) -> None:
        """The first start: the sample opens by itself."""
        self.window.services.engine.start()
        self.window.services.files.start([])
        self.until(lambda: self._ready and self.window.presenter.shows_image)

    def click(self, at: QPointF) -> None:
        """A real click at a field position."""
        canvas = self.window.canvas
        QTest.mouseClick(canvas.viewport(), Qt.MouseButton.LeftButton, pos=canvas.mapFromScene(at))
        self.until(lambda: not self.window.session.prompts.state.is_waiting)

    def save(self, name: str, widget: QWidget | None = None) -> None:
        """Write one picture."""
        QTest.qWait(200)
        self.out.mkdir(parents=True, exist_ok=True)
        (widget or self.window).grab().save(str(self.out / f"{name}.png"))
        print(name, flush=True)


def take(photographer: Photographer) -> None:
    """The tour of the README, in order."""
    p, window = photographer, photographer.window
    p.start()
    p.click(TEARDROP)
    p.save("1-click")
    window.session.accept()
    field = window.services.editor.current_field
    assert field is not None
    window.services.editor.set_calibration([field.id], SCALE_BAR)
    p.settle()
    window.session.segment_all()
    p.until(lambda: p._ended)
    p.settle()
    p.save("2-segment-all")
    cell = next(c for c in window.services.editor.case.cells.values() if c.mask.contains(_point(TARGET)))
    window.services.selection.set((cell.id,))
    window.canvas.zoom_in()
    window.canvas.zoom_in()
    window.canvas.centerOn(TARGET)
    p.save("3-review")
    window.canvas.fit()
    window.calibrating.open()
    p.save("4-calibration", window.calibrating.dialog)
    window.calibrating.dialog.close()
    window.action_set["export"].trigger()
    assert window.exporting.dialog is not None
    p.save("5-export", window.exporting.dialog)
    window.exporting.dialog.reject()
    window.services.theme.force("dark")
    p.save("6-dark")


def _point(at: QPointF) -> object:
    from rbc_desktop.domain.geometry import Point

    return Point(at.x(), at.y())


def main() -> None:
    """Command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--out", type=Path, default=ROOT / "docs" / "images")
    photographer = Photographer(parser.parse_args().out)
    try:
        take(photographer)
    finally:
        photographer.window.close()
        application.close_down(photographer.window)


if __name__ == "__main__":
    main()
