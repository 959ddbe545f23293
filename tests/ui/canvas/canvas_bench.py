"""A canvas with case, case file and engine behind it. The segmenter takes what is dark for a cell; the rest is real."""

import dataclasses

from PySide6.QtCore import Qt

from rbc_desktop.background import TaskRunner
from rbc_desktop.domain.case.case import Case
from rbc_desktop.editing.case_editor import CaseEditor
from rbc_desktop.editing.selection import Selection
from rbc_desktop.engine.engine import Engine
from rbc_desktop.storage.case.case_file import CaseFile
from rbc_desktop.storage.images.image_reader import read_image
from rbc_desktop.ui.canvas.session import CanvasSession
from rbc_desktop.ui.canvas.view import FieldCanvas
from rbc_desktop.workflows.cases.reading import ReadField, thumbnail_of
from rbc_desktop.workflows.cases.reading_controller import FieldImages
from rbc_desktop.workflows.fields.field_queue_controller import FieldQueueController
from rbc_desktop.workflows.notices import Notices
from tests.fakes.ink_segmenter import InkSegmenter, drawn_field, size_classifier
from tests.ui.canvas.hand import LEFT, NONE, Hand, Heard

WAIT_MS = 30_000
A, B, C = (110, 110), (250, 110), (390, 110)
PLACES = (A, B, C, (110, 250), (250, 250), (390, 250))


class Bench:
    """A canvas with everything behind it."""

    def __init__(self, qtbot, folder, *, segmenter=None):
        self.qtbot = qtbot
        self.segmenter = segmenter or InkSegmenter()
        self.store = CaseFile.create(folder / "case.rbc")
        self.editor = CaseEditor(Case(), self.store)
        self.selection = Selection(self.editor)
        self.engine = Engine(lambda: (self.segmenter, ()), size_classifier)
        self.canvas = FieldCanvas()
        qtbot.addWidget(self.canvas)
        self.canvas.resize(760, 560)
        self.messages: list[tuple[str, str]] = []
        self.notices = notices = Notices()
        notices.show_with(lambda text, level: self.messages.append((text, level)))
        self.session = CanvasSession(
            self.canvas, editor=self.editor, selection=self.selection, engine=self.engine, notices=notices,
            parent=self.canvas,
        )  # fmt: skip
        self.tasks = TaskRunner(parent=self.canvas)
        self.images = FieldImages(self.tasks, read_image, parent=self.canvas)
        self.queue = FieldQueueController(
            self.editor, engine=self.engine, images=self.images, notices=notices, parent=self.canvas
        )
        self.queue.searched.connect(self.session.missed.note_searched)
        self.hand = Hand(self.canvas)
        self.hints = Heard(self.session.hint_changed)
        self.asked = Heard(self.engine.proposal_ready)
        self.canvas.show()
        qtbot.waitExposed(self.canvas)
        self.canvas.setFocus()

    def open(self, places=PLACES, name="a"):
        image = dataclasses.replace(drawn_field(places, name=name), path=self.store.path.parent / f"{name}.png")
        field = self.add(image)
        self.show(field, image)
        return field, image

    def add(self, image):
        [field] = self.editor.add_fields([image.facts])
        self.images.put(field.id, ReadField(image.facts, thumbnail_of(image.pixels), image))
        return field

    def show(self, field, image):
        self.editor.set_current_field(field.id)
        self.session.show_field(self.editor.case.fields[field.id], image)

    @property
    def state(self):
        return self.session.prompts.state

    @property
    def cells(self):
        return list(self.editor.case.cells.values())

    def until(self, condition):
        self.qtbot.waitUntil(lambda: bool(condition()), timeout=WAIT_MS)

    def propose(self, place, button=LEFT, modifiers=NONE):
        self.hand.click(*place, button=button, modifiers=modifiers)
        self.until(lambda: not self.state.is_waiting)

    def accept(self, place):
        self.propose(place)
        self.key(Qt.Key.Key_Return)

    def key(self, key):
        self.qtbot.keyClick(self.canvas, key)


def middle(cell):
    """The place of the disc: all lie on multiples of ten."""
    centre = cell.mask.centroid
    return 10 * round(centre.x / 10), 10 * round(centre.y / 10)
