"""The slide on show: opening it, finding where its film can be read, and making fields of its regions."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QObject, Qt, Signal, Slot

from ...background import Task, TaskRunner
from ...domain.fields.regions import Region
from ...domain.geometry import Point
from ...domain.slides.film_map import FoundMonolayer
from ...domain.slides.slide import SlideEntry
from ...domain.slides.slide_areas import click_side, drawn_region, free_part, region_around, region_at
from ...editing.case_editor import CaseEditor
from ...editing.slide_editor import add_regions
from ...errors import RbcError
from ...language import mark, plural, tr
from ...ports import Slide, SlideOpener, TaskControl
from ...storage.digest import known_digest
from ..notices import Notices
from .region_proposals import Proposals

TOO_SMALL = mark("The region is too small, or covered by fields; draw a larger one beside them.")


class SlideController(QObject):
    """At most one slide is open at a time.

    A slide is shown as soon as its index is read; meanwhile its file is hashed, and a slide that isn't the one of the
    case is not shown any longer.

    Args:
        editor: the case.
        tasks: runs what takes time.
        opener: opens slides.
        notices: what the user is told.
    """

    shown = Signal(object)
    """The Slide that is open now, or None."""

    changed = Signal()
    """The slide's entry, what was found, the proposals, or whether a search runs."""

    progressed = Signal(object)
    """How far the search is: done and total."""

    field_opened = Signal(int)
    """A region is to be worked on: its field's id."""

    place_opened = Signal(int, object)
    """A field, and the place in its pixels that was clicked on the slide."""

    def __init__(
        self, editor: CaseEditor, *, tasks: TaskRunner, opener: SlideOpener, notices: Notices,
        parent: QObject | None = None,
    ) -> None:  # fmt: skip
        super().__init__(parent)
        self._editor, self._tasks, self._opener, self._notices = editor, tasks, opener, notices
        self.slide: Slide | None = None
        self.entry: SlideEntry | None = None
        self.found: FoundMonolayer | None = None
        self.proposals = Proposals()
        self._wanted: SlideEntry | None = None
        self._opening: Task | None = None
        self._hashing: Task | None = None
        self._search: Task | None = None
        editor.case_replaced.connect(self.close)

    @property
    def is_searching(self) -> bool:
        """Whether the monolayer is being looked for."""
        return self._search is not None

    @property
    def is_opening(self) -> bool:
        """Whether a slide is on its way."""
        return self._opening is not None

    @property
    def regions(self) -> list[Region]:
        """The regions of the slide that are fields."""
        if self.entry is None:
            return []
        return [field.region for field in self._editor.case.fields_of_slide(self.entry) if field.region is not None]

    # Opening and closing

    def show(self, entry: SlideEntry) -> None:
        """Show a slide of the case."""
        if self._wanted == entry and (self.slide is not None or self.is_opening):
            return
        self.close()
        self._wanted = entry
        self._opening = self._tasks.submit(self._opener, entry.path, page=entry.page)
        self._opening.finished.connect(self._on_opened, Qt.ConnectionType.QueuedConnection)
        self._opening.failed.connect(self._on_failed, Qt.ConnectionType.QueuedConnection)

    @Slot()
    def close(self) -> None:
        """Show none."""
        for task in (self._opening, self._hashing, self._search):
            if task is not None:
                task.cancel()
        self._opening = self._hashing = self._search = None
        slide, self.slide, self.entry, self._wanted = self.slide, None, None, None
        self.found, self.proposals = None, Proposals()
        self.shown.emit(None)
        self.changed.emit()
        if slide is not None:
            slide.close()

    @Slot(object)
    def _on_opened(self, slide: Slide) -> None:
        if self.sender() is not self._opening:
            slide.close()
            return
        self._opening, self.slide, self.entry = None, slide, self._wanted
        self.shown.emit(slide)
        self.changed.emit()
        self._hashing = self._tasks.submit(known_digest, slide.info.path)
        self._hashing.finished.connect(self._on_hashed, Qt.ConnectionType.QueuedConnection)
        self._hashing.failed.connect(self._on_failed, Qt.ConnectionType.QueuedConnection)

    @Slot(object)
    def _on_hashed(self, sha256: str) -> None:
        if self.sender() is self._hashing and self.entry is not None:
            self._hashing = None
            if self.entry.sha256 != sha256:
                name = self.entry.path.name
                self.close()
                self._notices.error(tr("{name} has changed since the case was made; locate the original.", name=name))

    @Slot(object)
    def _on_failed(self, error: RbcError) -> None:
        if self.sender() in (self._opening, self._hashing, self._search):
            was_search = self.sender() is self._search
            self._opening = self._hashing = self._search = None
            self._notices.error(error)
            if not was_search and self.slide is None:
                self.shown.emit(None)
            self.changed.emit()

    # Finding the monolayer

    def find(self, *, target: int) -> None:
        """Look for the monolayer in the background; regions are proposed for so many cells, 0 for the usual number."""
        if self.slide is None or self.is_searching:
            return
        calibration = self.slide.info.calibration
        fields = self._editor.case.fields_of_slide(self.entry) if self.entry is not None else []
        calibration = next((f.calibration for f in reversed(fields) if f.calibration is not None), calibration)
        diameter = None if calibration is None else calibration.normal_diameter_px
        self._search = self._tasks.submit(_search, self.slide, diameter=diameter, target=target)
        self._search.progress.connect(self._on_progress, Qt.ConnectionType.QueuedConnection)
        self._search.finished.connect(self._on_found, Qt.ConnectionType.QueuedConnection)
        self._search.failed.connect(self._on_failed, Qt.ConnectionType.QueuedConnection)
        self.changed.emit()

    def cancel(self) -> None:
        """Stop looking; what was proposed before stays."""
        if self._search is not None:
            self._search.cancel()
            self._search = None
            self.changed.emit()

    @Slot(object)
    def _on_progress(self, progress: tuple[int, int]) -> None:
        if self.sender() is self._search:
            self.progressed.emit(progress)

    @Slot(object)
    def _on_found(self, found: FoundMonolayer) -> None:
        if self.sender() is self._search:
            self._search = None
            self.found = found
            self.proposals = Proposals(found.regions, 0 if found.regions else None)
            self.changed.emit()

    # Proposals

    def take(self, index: int | None) -> None:
        """Have another proposal in hand."""
        self._become(self.proposals.with_current(index))

    def move(self, index: int, *, x: int, y: int) -> None:
        """Move a proposal's corner."""
        if self.slide is not None:
            within = Region(0, 0, self.slide.width, self.slide.height)
            self._become(self.proposals.moved(index, x=x, y=y, within=within))

    def delete(self, index: int) -> None:
        """Propose a region no longer."""
        self._become(self.proposals.without(index))

    def accept(self, indices: Sequence[int] | None = None) -> None:
        """Make fields of proposals, all without `indices`, as one step; what lies in fields already is left out."""
        proposed = self.proposals.regions
        chosen = range(len(proposed)) if indices is None else indices
        regions = [proposed[n].region for n in chosen]
        if self._add(regions):
            left = tuple(each for n, each in enumerate(proposed) if n not in set(chosen))
            self._become(Proposals(left, 0 if left else None))

    def _become(self, proposals: Proposals) -> None:
        if proposals != self.proposals:
            self.proposals = proposals
            self.changed.emit()

    # Regions

    def draw(self, first: Point, second: Point) -> None:
        """Make a field of a drawn rectangle."""
        if self.entry is None:
            return
        region = drawn_region(first, second, slide=self.entry.all, taken=self.regions)
        if region is None:
            self._notices.warn(tr(TOO_SMALL))
        else:
            self._add([region])

    def open_at(self, point: Point) -> None:
        """Work on the field at a place of the slide; one is made around it where there is none."""
        if self.entry is None:
            return
        here = region_at(point, self.regions)
        if here is None:
            calibration = self.entry.calibration
            side = click_side(None if calibration is None else calibration.normal_diameter_px)
            here = region_around(point, side=side, slide=self.entry.all, taken=self.regions)
            if here is None or not self._add([here], says=False):
                return
        fields = self._editor.case.fields_of_slide(self.entry)
        field_id = next(field.id for field in fields if field.region == here)
        self.field_opened.emit(field_id)
        self.place_opened.emit(field_id, Point(point.x - here.x0, point.y - here.y0))

    def _add(self, regions: Sequence[Region], *, says: bool = True) -> bool:
        """Make fields of what of these regions is free."""
        if self.entry is None:
            return False
        free: list[Region] = []
        for region in regions:
            part = free_part(region, taken=[*self.regions, *free])
            if part is not None:
                free.append(part)
        if not free:
            self._notices.warn(tr(TOO_SMALL))
            return False
        try:
            add_regions(self._editor, self.entry.id, free)
        except RbcError as error:
            self._notices.error(error)
            return False
        if says:
            text = plural(
                "{count} region was added as fields; “Segment all fields” finds their cells.",
                "{count} regions were added as fields; “Segment all fields” finds their cells.",
                len(free),
            )
            self._notices.info(text)
        self.changed.emit()
        return True


def _search(slide: Slide, *, diameter: float | None, target: int, control: TaskControl) -> FoundMonolayer:
    from .monolayer_search import find_monolayer  # here, so that the window doesn't wait for what it imports

    return find_monolayer(slide, diameter=diameter, target=target, control=control)
