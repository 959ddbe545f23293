"""Pictures of the real window for the README and the manual: ``.venv/bin/python build/pictures/screenshots.py``.

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

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
os.environ["RBC_DESKTOP_HOME"] = tempfile.mkdtemp(prefix="rbc-screenshots-")

from PIL import Image, ImageOps  # noqa: E402
from place_pictures import take_places  # noqa: E402
from PySide6.QtCore import QDeadlineTimer, QEventLoop, QPoint, QPointF, QRect, Qt  # noqa: E402
from PySide6.QtTest import QTest  # noqa: E402
from PySide6.QtWidgets import QApplication, QWidget  # noqa: E402
from record_pictures import take_records  # noqa: E402

from rbc_desktop.commands.desktop import assembly as application  # noqa: E402
from rbc_desktop.domain.case.case import Identity  # noqa: E402
from rbc_desktop.domain.fields.calibration import Calibration  # noqa: E402
from rbc_desktop.domain.geometry import Point  # noqa: E402
from rbc_desktop.editing.sample_editor import SampleEditor  # noqa: E402
from rbc_desktop.reports.pdf.paper.page_pictures import draw_page  # noqa: E402
from rbc_desktop.ui.canvas.tools.gestures import ToolName  # noqa: E402
from rbc_desktop.ui.window.main_window import MainWindow  # noqa: E402

WAIT_MS = 180_000
WINDOW, PANEL_PX = (1280, 800), 440
TEARDROP = QPointF(206, 150)
TARGET = QPointF(223, 238)
PAIR = QPointF(306, 256), QPointF(374, 294)
"""The upper left and the lower right one of two cells that overlap."""

BAR_ENDS = QPointF(1174, 934), QPointF(1254, 934)
SCALE_BAR = Calibration.from_line(length_um=10, length_px=80)


class Photographer:
    """Drives one window and saves what it looks like."""

    def __init__(self, out: Path) -> None:
        self.qt = QApplication(sys.argv[:1])
        self.out = out
        self.window: MainWindow = application.build_window(self.qt)
        self.window.resize(*WINDOW)
        self.window.show()
        self.window.resizeDocks([self.window.panel_dock], [PANEL_PX], Qt.Orientation.Horizontal)
        self._ready: list[object] = []
        self.ended: list[object] = []
        self.window.services.engine.ready.connect(self._ready.append)
        self.window.queue.run_finished.connect(lambda *values: self.ended.append(values))

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

    def click(self, at: QPointF, button: Qt.MouseButton = Qt.MouseButton.LeftButton) -> None:
        """A real click at a field position."""
        QTest.mouseClick(self.window.canvas.viewport(), button, pos=self._on_screen(at))
        self.until(lambda: not self.window.session.prompts.state.is_waiting)

    def drag(self, start: QPointF, end: QPointF) -> None:
        """A real drag between two field positions."""
        view, button = self.window.canvas.viewport(), Qt.MouseButton.LeftButton
        first, last = self._on_screen(start), self._on_screen(end)
        QTest.mousePress(view, button, pos=first)
        for step in range(1, 11):
            QTest.mouseMove(view, first + (last - first) * step / 10)
        QTest.mouseRelease(view, button, pos=last)

    def look_at(self, at: QPointF, *, zoom: float) -> None:
        """Bring a field position to the middle of the canvas."""
        self.window.canvas.set_zoom(zoom)
        self.window.canvas.centerOn(at)

    def around(self, at: QPointF, width: int, height: int) -> QRect:
        """A part of the canvas around a field position."""
        frame = QRect(0, 0, width, height)
        frame.moveCenter(self._on_screen(at))
        return frame

    def save(self, name: str, widget: QWidget | None = None, *, part: QRect | None = None, colours: int = 256) -> None:
        """Write one picture."""
        QTest.qWait(200)
        source = widget or self.window
        path = self.out / f"{name}.png"
        self.out.mkdir(parents=True, exist_ok=True)
        (source.grab(part) if part is not None else source.grab()).save(str(path))
        shrink(path, colours=colours)

    def _on_screen(self, at: QPointF) -> QPoint:
        return self.window.canvas.mapFromScene(at)


def shrink(path: Path, *, colours: int = 256) -> None:
    """Keep few colours: a sixth of the bytes, and of 256 none is off by more than the eye sees."""
    picture = Image.open(path).convert("RGB")
    few = picture.quantize(colours, method=Image.Quantize.MAXCOVERAGE, kmeans=3, dither=Image.Dither.NONE)
    few.save(path, optimize=True)
    print(f"{path.name} {few.width}×{few.height}, {path.stat().st_size / 1000:.0f} kB", flush=True)


def take(p: Photographer) -> None:
    """Every picture, in the order of the work."""
    p.start()
    p.click(TEARDROP)
    p.save("1-click")
    p.window.session.prompts.accept()
    _take_refining(p)
    _take_calibration(p)
    p.settle()
    p.window.queue.segment_shown()
    p.until(lambda: p.ended)
    p.settle()
    p.save("2-segment-all")
    _take_repair(p)
    _take_review(p)
    _take_export(p)
    _take_fields(p)
    take_places(p)
    take_records(p)


def _take_refining(p: Photographer) -> None:
    """One of two overlapping cells, and a right click on the other."""
    p.look_at(PAIR[0], zoom=2.5)
    p.click(PAIR[0])
    p.click(PAIR[1], Qt.MouseButton.RightButton)
    p.save("refine", p.window.canvas, part=p.around(PAIR[0], 560, 360))
    p.window.session.prompts.drop()
    p.window.canvas.fit()


def _take_calibration(p: Photographer) -> None:
    """The line along the bar, and the dialog that has its length."""
    window = p.window
    p.look_at(BAR_ENDS[0], zoom=2.5)
    window.calibrating.open()
    dialog = window.calibrating.dialog
    dialog.by_line.click()
    p.drag(*BAR_ENDS)
    dialog.length_um.setText("10")
    middle = (BAR_ENDS[0] + BAR_ENDS[1]) / 2
    p.save("calibration-line", window.canvas, part=p.around(middle, 430, 200))
    p.save("4-calibration", dialog)
    dialog.close()
    window.canvas.fit()
    field = window.services.editor.current_field
    assert field is not None
    window.services.editor.set_calibration([field.id], SCALE_BAR)


def _take_repair(p: Photographer) -> None:
    """The knife across two cells that are one, and the corners of a cell."""
    window, case = p.window, p.window.services.editor.case
    pair = [next(c.id for c in case.cells.values() if c.mask.contains(Point(at.x(), at.y()))) for at in PAIR]
    window.services.selection.set(pair)
    window.session.repairing.merge()
    middle = (PAIR[0] + PAIR[1]) / 2
    p.look_at(middle, zoom=2.2)
    p.until(lambda: window.canvas.layers.cells.is_complete)
    window.canvas.set_tool(ToolName.KNIFE)
    view, ends = window.canvas.viewport(), (middle + QPointF(38, -42), middle + QPointF(-38, 42))
    first, last = (window.canvas.mapFromScene(end) for end in ends)
    QTest.mousePress(view, Qt.MouseButton.LeftButton, pos=first)
    for step in range(1, 11):
        QTest.mouseMove(view, first + (last - first) * step / 10)
    p.save("repair-knife", window.canvas, part=p.around(middle, 560, 340))
    QTest.mouseRelease(view, Qt.MouseButton.LeftButton, pos=last)
    window.canvas.set_tool(ToolName.POLYGON)
    window.services.selection.set(window.services.selection.ids[:1])
    p.settle()
    p.save("repair-polygon", window.canvas, part=p.around(middle, 560, 340))
    window.canvas.set_tool(ToolName.POINT)
    for _ in range(2):
        window.services.editor.undo()
    p.settle()
    window.canvas.fit()


def _take_review(p: Photographer) -> None:
    """A target cell, and the table beside it."""
    window = p.window
    window.message_bar.hide()
    cells = window.services.editor.case.cells.values()
    cell = next(c for c in cells if c.mask.contains(Point(TARGET.x(), TARGET.y())))
    window.services.selection.set((cell.id,))
    p.look_at(TARGET, zoom=1.4)
    p.save("3-review")
    window.action_set["next-review"].trigger()
    window.message_bar.hide()
    p.save("review-bar", window.review.bar)
    p.save("table", window.panel)
    window.action_set["gallery"].trigger()
    view, pictures = window.gallery.pane.view, window.gallery.pane.pictures
    p.until(lambda: all(pictures.get(view.id_at(index)) is not None for index in view.visible))
    p.save("gallery", window.gallery.pane)
    window.action_set["gallery"].trigger()
    window.action_set["review-bar"].trigger()
    window.canvas.fit()


def _take_export(p: Photographer) -> None:
    """The dialog, and the first page of the report that it writes."""
    window = p.window
    SampleEditor(window.services.editor).set_identity(Identity(sample_id="Sample smear", stain="drawn"))
    window.action_set["export"].trigger()
    dialog = window.dialogs.exporting.dialog
    assert dialog is not None
    folder = Path(tempfile.mkdtemp(prefix="rbc-report-"))
    dialog.folder.setText("/home/technician/reports")
    dialog.resize(1180, 760)
    QTest.qWait(200)
    p.until(lambda: dialog.preview.said.text() == "" and not dialog.preview.view.is_empty)
    p.save("5-export", dialog)
    dialog.folder.setText(str(folder))
    dialog.open_folder.setChecked(False)
    dialog.export.click()
    p.until(lambda: not window.writing.is_busy)
    report = next(folder.glob("*_report.pdf"))
    page = p.out / "report-page.png"
    Image.fromarray(draw_page(report.read_bytes(), number=1, width=794).pixels[:772]).save(page, optimize=True)


def _take_fields(p: Photographer) -> None:
    """A case of three images: one is segmented, and one has been moved away."""
    window, folder = p.window, Path(tempfile.mkdtemp(prefix="rbc-fields-"))
    files, editor = window.services.files, window.services.editor
    with Image.open(files.sample) as sample:
        pictures = [sample.convert("RGB"), ImageOps.mirror(sample.convert("RGB")), ImageOps.flip(sample.convert("RGB"))]
    images = [folder / f"field {number}.png" for number in (1, 2, 3)]
    for picture, path in zip(pictures, images, strict=True):
        picture.save(path)
    files.new_case()
    p.until(lambda: not files.is_busy and not editor.case.fields)
    files.open_paths(images)
    p.until(lambda: not files.is_busy and window.presenter.shows_image)
    files.save_as(folder / "case.rbc")
    p.until(lambda: not files.is_busy)
    files.new_case()
    p.until(lambda: not files.is_busy and not editor.case.fields)
    images[1].unlink()
    files.open_paths([folder / "case.rbc"])
    known = window.services.images
    p.until(lambda: not files.is_busy and all(known.thumbnail(f) is not None or f in known.problems for f in (1, 2, 3)))
    editor.set_calibration(list(editor.case.fields), SCALE_BAR)
    p.ended.clear()
    window.queue.segment([1])
    p.until(lambda: p.ended)
    p.settle()
    editor.set_current_field(list(editor.case.fields)[1])
    window.message_bar.hide()
    p.save("fields")


def main() -> None:
    """Command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--out", type=Path, default=ROOT / "docs" / "images")
    parser.add_argument("--places", action="store_true", help="only what build/pictures/place_pictures.py takes")
    parser.add_argument("--records", action="store_true", help="only what build/pictures/record_pictures.py takes")
    arguments = parser.parse_args()
    photographer = Photographer(arguments.out)
    try:
        if arguments.places or arguments.records:
            photographer.start()
            (take_places if arguments.places else take_records)(photographer)
        else:
            take(photographer)
    finally:
        photographer.window.close()
        application.close_down(photographer.window)


if __name__ == "__main__":
    main()
