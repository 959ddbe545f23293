"""Makes columns of what was found in this session, while nothing else is done."""

from __future__ import annotations

from PySide6.QtCore import QObject, Qt, QTimer, Slot

from ...background import Task, TaskRunner
from ...domain.case.folding import Folded, folded, loose_of
from ...domain.cells.folded_cells import Packing
from ...editing.case_editor import CaseEditor
from ...editing.fold_in import fold_in
from ...storage.case.values.look_room import LookRoom
from ...storage.case.values.mask_png import encode_mask, unpack_mask

MANY = 500
"""Objects from which on it is worth while: a step over these takes 3 ms longer than over rows."""

AT_ONCE = 4000
"""Objects that become rows together: to take these in keeps the window for 5 ms."""

SHARE = 16
"""And one for so many rows that there are, since all of them are copied."""

QUIET_MS = 1000
"""So long nothing was done to the case."""

PACKING = Packing(encode_mask, unpack_mask)


class FoldingController(QObject):
    """Listens to the editor; what it does is not seen, but a step over thousands of cells is quicker afterwards.

    Args:
        editor: the working case.
        tasks: makes the columns in the background.
        parent: Qt parent.
    """

    def __init__(self, editor: CaseEditor, *, tasks: TaskRunner, parent: QObject) -> None:
        super().__init__(parent)
        self._editor, self._tasks = editor, tasks
        self._running: Task | None = None
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(QUIET_MS)
        self._timer.timeout.connect(self.begin)
        for signal in (editor.cells_added, editor.cells_removed, editor.cells_changed, editor.analyses_changed,
                       editor.case_replaced):  # fmt: skip
            signal.connect(self._wait)

    @property
    def is_settled(self) -> bool:
        """Whether nothing waits to become rows."""
        return self._running is None and not (self._timer.isActive() and self._are_many)

    @Slot()
    def _wait(self) -> None:
        self._timer.start()

    @Slot()
    def begin(self) -> None:
        """Make columns now, if it is worth while."""
        if self._running is not None or not self._are_many:
            return
        loose = loose_of(self._editor.case, most=max(AT_ONCE, self._least))
        if len(loose) < self._least:
            return
        self._running = self._tasks.submit(folded, loose, packing=PACKING, room=LookRoom)
        self._running.finished.connect(self._on_made, Qt.ConnectionType.QueuedConnection)
        self._running.failed.connect(self._on_failed, Qt.ConnectionType.QueuedConnection)

    @property
    def _least(self) -> int:
        stored = self._editor.case.cells.columns
        return MANY if stored is None else max(MANY, len(stored.ids) // SHARE)

    @property
    def _are_many(self) -> bool:
        case = self._editor.case
        return len(case.cells.put) + len(case.analyses.put) >= self._least

    @Slot(object)
    def _on_made(self, made: Folded | None) -> None:
        self._running = None
        if made is not None:
            fold_in(self._editor, made)
        self._timer.start()  # there may be more, or somebody worked on rows meanwhile

    @Slot(object)
    def _on_failed(self, _: object) -> None:
        self._running = None  # what failed is tried again after the next change
