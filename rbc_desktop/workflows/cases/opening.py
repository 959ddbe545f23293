"""What opening and saving does in the background: functions without Qt that return complete values or raise."""

from __future__ import annotations

import contextlib
import logging
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from ...allocator import release
from ...domain.case.case import Case, Field, ImageFacts, printable
from ...domain.slides.slide import SlideEntry
from ...errors import CaseFileError, ImageReadError, TaskCancelled
from ...imaging.fields.same_place import look_of
from ...language import listed, mark, plural, tr
from ...ports import ImageReader, LoadedImage, RgbImage, Slide, TaskControl
from ...storage.case.case_file import CaseFile
from ...storage.case.case_view import CaseView
from ...storage.digest import known_digest
from ...storage.images.image_places import AskingReader, unconfirmed_images
from ...storage.images.walk import find_images, unreadable_text
from ...storage.safekeeping import autosave, run_record
from ...storage.safekeeping.run_record import RunRecord
from ...storage.slides.slide_opener import find_slide, is_small_slide
from ..review.cell_columns import CellColumns
from ..review.stored_columns import all_columns
from .reading import KEEP_BYTES, ReadField, read_field_of, read_of
from .same_places import SeenPlaces, places_of

ADD_ANYWAY = mark("Add anyway")
"""What the button beside the sentence about an incomplete image says."""

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class FileNote:
    """What is said of one file.

    Attributes:
        name: of the file.
        text: the sentence.
    """

    name: str
    text: str


@dataclass(frozen=True, slots=True, eq=False)
class OpenedImages:
    """Images that were read, and the sentences about those that weren't.

    Attributes:
        reads: complete images; pixels beyond the memory bound are left out again (see `ReadField.without_pixels`).
        errors: files and folders that can't be read.
        incomplete: images that were cut off and left out.
        store: a new, empty case file when the images start a case of their own, else None.
        slides: what is too large to be decoded as a whole.
        places: one sentence per place that is pictured more than once.
        whole: slides of few pixels, which are read as images.
    """

    reads: tuple[ReadField, ...]
    errors: tuple[FileNote, ...]
    incomplete: tuple[ImageFacts, ...] = ()
    store: CaseFile | None = None
    slides: tuple[SlideEntry, ...] = ()
    places: tuple[FileNote, ...] = ()
    whole: tuple[ImageFacts, ...] = ()


@dataclass(frozen=True, slots=True, eq=False)
class OpenedCase:
    """A case file that was opened and read completely.

    Attributes:
        store, case: the open file and what is in it.
        first: the image that is shown first, if it is where it was.
        view: what was shown last.
        columns: its cells as the table takes them; None for a case that is empty.
        unconfirmed: places of images that the user has to confirm.
    """

    store: CaseFile
    case: Case
    first: ReadField | None = None
    unconfirmed: frozenset[Path] = frozenset()
    view: CaseView = CaseView()  # noqa: RUF009 - frozen
    columns: CellColumns | None = None


def not_opened_text(opened: OpenedImages) -> str:
    """What is said of images that were not opened, or left out because they were cut off; empty where all are there."""
    said = []
    if opened.errors:
        first_note, *others_not = opened.errors
        said.append(first_note.text)
        if others_not:
            names = listed(note.name for note in others_not)
            said.append(tr("{count} more could not be opened: {names}.", count=len(others_not), names=names))
    if opened.incomplete:
        first, more = opened.incomplete[0], len(opened.incomplete) - 1
        alone = mark(
            "Only about {percent} % of {name} is there, so it was not added; copy or export it again from its source,"
            " or add what there is."
        )
        others = mark(
            "Only about {percent} % of {name} is there, so it was not added, nor {count} more cut off like it"
            " ({names}); copy or export them again from their source, or add what there is."
        )
        names = listed(image.name for image in opened.incomplete[1:])
        said.append(
            tr(others if more else alone, percent=first.complete_percent, name=first.name, count=more, names=names)
        )
    if said and opened.places:
        said.append(places_text(opened))
    return " ".join(said)


def places_text(opened: OpenedImages) -> str:
    """What is said of places that are pictured more than once; empty where each shows a place of its own."""
    if not opened.places:
        return ""
    first, *others = opened.places
    again = plural(
        "{count} more place is pictured again: {names}.", "{count} more places are pictured again: {names}.",
        len(others), names=listed(note.name for note in others),
    )  # fmt: skip
    return " ".join([first.text, again] if others else [first.text])


def whole_text(opened: OpenedImages) -> str:
    """What is said of slides that are no slides here, since they are small; empty without one."""
    if not opened.whole:
        return ""
    first, more = opened.whole[0], len(opened.whole) - 1
    said = tr(
        "{name} is a slide of few pixels ({width:,} × {height:,}), so it is opened whole, as one field.",
        name=first.name, width=first.width, height=first.height,
    )  # fmt: skip
    others = plural("So is {count} more.", "So are {count} more.", more)
    return f"{said} {others}" if more else said


def _no_image_text(folders: Sequence[Path]) -> str:
    if len(folders) == 1:
        return tr("{name} holds no image; open another folder, or the images themselves.", name=folders[0].name)
    return tr("None of these folders holds an image; open others, or the images themselves.")


def read_images(
    paths: Sequence[Path],
    *,
    reader: ImageReader,
    new_case: bool,
    control: TaskControl,
    incomplete: bool = False,
    keep_bytes: int = KEEP_BYTES,
    find: Callable[[Path], Slide | None] = find_slide,
    beside: Sequence[tuple[Field, RgbImage]] = (),
) -> OpenedImages:
    """Read images and every page of them, and look at slides; folders are walked.

    Args:
        paths: files and folders.
        reader: decodes one page.
        new_case: the images start a case of their own, so make its file too.
        control: progress and cancel.
        incomplete: whether images that were cut off are taken, too.
        keep_bytes: how many bytes of pixels stay in memory.
        find: opens a file that is a slide.
        beside: the fields of the case with their small pictures.
    """
    unreadable: list[Path] = []
    files = find_images(paths, unreadable=unreadable)
    reads: list[ReadField] = []
    errors = [FileNote(printable(folder.name), unreadable_text(folder)) for folder in unreadable]
    errors += [] if files or errors else [FileNote("", _no_image_text(paths))]
    left_out, whole = list[ImageFacts](), list[ImageFacts]()
    slides: list[SlideEntry] = []
    places: list[FileNote] = []
    seen, known = SeenPlaces(), {field.picture for field, _ in beside}
    for field, picture in beside:
        seen.meet(field.name, look_of(picture), page=field.page)
    held = 0
    for done, path in enumerate(files):
        control.progress(done, len(files))
        try:
            if (entry := _slide(find, path, control)) is not None:
                slides.append(entry)
                continue
            for place in places_of(_pages(reader, path, control)):
                read = read_of(place.image)
                if read.facts.is_incomplete and not incomplete:
                    left_out.append(read.facts)
                    continue
                if read.facts.picture not in known:
                    known.add(read.facts.picture)
                    look, page = look_of(read.thumbnail), read.facts.page
                    texts = filter(None, (place.text, seen.meet(read.facts.name, look, page=page)))
                    places += [FileNote(read.facts.name, text) for text in texts]
                if read.image is not None:
                    held += read.image.nbytes
                whole += [read.facts] if not read.facts.page and is_small_slide(path) else []
                reads.append(read if held <= keep_bytes or not reads else read.without_pixels())
        except ImageReadError as error:
            errors.append(FileNote(printable(path.name), error.message))
    control.check()
    store = autosave.new_case_file() if new_case and (reads or slides) else None
    return OpenedImages(tuple(reads), tuple(errors), tuple(left_out), store, tuple(slides), tuple(places), tuple(whole))


def _slide(find: Callable[[Path], Slide | None], path: Path, control: TaskControl) -> SlideEntry | None:
    """The slide that a file is, or None for an image; its bytes are hashed, which takes a second per gigabyte."""
    slide = find(path)
    if slide is None:
        return None
    with contextlib.closing(slide):
        try:
            return SlideEntry.of(slide.info, number=0, sha256=known_digest(path, check=control.check))
        except OSError as error:
            raise ImageReadError(
                tr("{name} can't be reached any more; connect its drive, or locate it.", name=path.name)
            ) from error


def _pages(reader: ImageReader, path: Path, control: TaskControl) -> Iterator[LoadedImage]:
    page = count = 0
    while page == 0 or page < count:
        control.check()
        image = reader(path, page=page)
        page, count = page + 1, image.page_count
        yield image
        del image


def open_case(
    path: Path, *, reader: AskingReader, record: RunRecord, control: TaskControl, confirmed: Sequence[str] = ()
) -> OpenedCase:
    """Open a case file, and make what the window shows first: its image and the columns of the table.

    The record says that it is being opened until the caller has shown it.

    Raises:
        CaseFileError: when the case can't be opened. A missing image is not an error.
        TaskCancelled: when the user has asked to stop; the file is closed then.
    """
    path = path.absolute()
    record.note("opening", path, begun=True)
    try:
        store, case = CaseFile.open(path, control=control)
        try:
            return _shown(store, case, reader=reader, control=control, confirmed=confirmed)
        except TaskCancelled:
            store.close()
            raise
    except (CaseFileError, TaskCancelled):
        record.note("opening", path, begun=False)
        raise


def _shown(
    store: CaseFile, case: Case, *, reader: AskingReader, control: TaskControl, confirmed: Sequence[str]
) -> OpenedCase:
    places = [Path(name) for name in confirmed]
    unconfirmed = unconfirmed_images(case, store.absolute_images, folder=store.path.parent, confirmed=places)
    view = store.view
    field = case.fields.get(view.field or 0, next(iter(case.fields.values()), None))
    with ThreadPoolExecutor(1, "first image of a case") as beside:
        first = None
        if field is not None and field.path not in unconfirmed:
            first = beside.submit(_first_image, reader, field)
        case.overlaps.settle()
        control.check()
        columns = all_columns(case, check=control.check)
    release()  # reading many thousand rows leaves memory behind
    control.check()
    return OpenedCase(store, case, None if first is None else first.result(), unconfirmed, view, columns)


def _first_image(reader: AskingReader, field: Field) -> ReadField | None:
    """The image of a field; None where it can't be read, which the window says when it shows the field."""
    try:
        return read_field_of(reader, field)
    except ImageReadError as error:
        log.info("the first image of the case was not read: %s", type(error.__cause__ or error).__name__)
        return None


def notes_on(store: CaseFile) -> list[str]:
    """What the user should know about the file of a case that was opened, the weightiest last."""
    name, notes = store.path.name, []
    if store.is_read_only:
        notes.append(
            tr("{name} is write-protected: look at it here, or save it under another name to work on it.", name=name)
        )
    if store.is_on_share:
        notes.append(
            tr("{name} lies on a network share: you work on a copy here, which is written back as you go.", name=name)
        )
    if store.was_set_aside:
        notes.append(
            tr(
                "{name} was changed by somebody else; what a window that ended did to it: see File › Open recent….",
                name=name,
            )
        )
    return notes


def save_case_as(store: CaseFile, path: Path) -> Path:
    """Continue in another file; an unsaved case is removed from the user's data folder once it has a name.

    Raises:
        CaseFileError: when it can't be written; work continues in the old file.
    """
    store.save_as(path, discard_old=autosave.is_unsaved(store.path))
    return store.path


def leave_case(store: CaseFile, *, worthless: bool) -> None:
    """Close a case file; an unsaved one that holds no work is removed."""
    store.close(discard=worthless and autosave.is_unsaved(store.path))


@dataclass(frozen=True, slots=True)
class LeftOver:
    """What the last time left behind.

    Attributes:
        path: the unsaved case to go on with, or None.
        shunned: another was passed over, because the window died of it.
    """

    path: Path | None = None
    shunned: bool = False


def find_left_over(record: RunRecord) -> LeftOver:
    """Clear up after windows that died, and find the unsaved case of the last time."""
    run_record.clear_up()
    shunned = run_record.shunned()
    try:
        path = autosave.left_over(record)
    except CaseFileError as error:
        log.warning("unsaved cases were not looked at: %s", type(error.__cause__ or error).__name__)
        path = None
    return LeftOver(path, any(autosave.is_unsaved(each) and each.exists() for each in shunned))
