"""The verbs on slides and on fields that are regions of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from ..domain.case import step_names as names
from ..domain.case.case import Field
from ..domain.case.changes import DeleteFields, DeleteSlides, PutFields, PutSlides
from ..domain.fields.regions import Region
from ..domain.slides.slide import SlideEntry
from .case_editor import CaseEditor


def add_slides(editor: CaseEditor, slides: Sequence[SlideEntry]) -> list[SlideEntry]:
    """Take slides into the case, numbered anew; one that it has is not added twice.

    Returns:
        the entry of each, in order.

    Raises:
        CaseFileError: when it can't be stored; nothing is changed then.
    """
    known = {(slide.sha256, slide.page): slide for slide in editor.case.slides.values()}
    free = max(editor.case.slides, default=0) + 1
    new: list[SlideEntry] = []
    for slide in slides:
        if (slide.sha256, slide.page) not in known:
            known[slide.sha256, slide.page] = replace(slide, id=free + len(new))
            new.append(known[slide.sha256, slide.page])
    if new:
        text = names.ADD(name=new[0].path.name) if len(new) == 1 else names.ADD_SLIDES(count=len(new))
        editor.do(text, PutSlides(tuple(new)), DeleteSlides(tuple(slide.id for slide in new)))
    return [known[slide.sha256, slide.page] for slide in slides]


def add_regions(editor: CaseEditor, slide_id: int, regions: Sequence[Region]) -> list[Field]:
    """A field for each region of a slide, at the slide's scale: that of its last field, else what the file states.

    A region that is a field already is not added twice.

    Returns:
        the field of each region, in order.

    Raises:
        KeyError: when the case doesn't have the slide.
        ValueError: when a region doesn't lie inside it.
        CaseFileError: when it can't be stored; nothing is changed then.
    """
    slide = editor.case.slides[slide_id]
    present = editor.case.fields_of_slide(slide)
    calibration = present[-1].calibration if present else slide.calibration
    known = {field.region: field for field in present}
    new: list[Field] = []
    for region in regions:
        if region.clipped(slide.all) != region:
            raise ValueError(f"{region} doesn't lie inside the slide")
        if region not in known:
            number = editor.case.next_field_id + len(new)
            known[region] = Field(
                number, slide.path, slide.sha256, region.width, region.height, calibration, slide.page, region=region
            )
            new.append(known[region])
    if new:
        text = names.ADD(name=new[0].name) if len(new) == 1 else names.ADD_REGIONS(count=len(new))
        editor.do(text, PutFields(tuple(new)), DeleteFields(tuple(field.id for field in new)))
    return [known[region] for region in regions]
