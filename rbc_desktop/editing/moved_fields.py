"""The verb on fields whose images were moved."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from ..domain.case.changes import Change, PutFields, PutSlides, Together
from ..domain.case.step_names import LOCATE, LOCATE_IMAGES
from ..domain.fields.found_image import FoundImage
from .case_editor import CaseEditor


def relocate_fields(editor: CaseEditor, images: Sequence[FoundImage]) -> None:
    """Say where moved images are now; one transaction and one undo step for all.

    Raises:
        KeyError: when the case doesn't have such a field.
        ValueError: when a file isn't the same image, byte for byte; nothing is changed then.
        CaseFileError: when it can't be stored.
    """
    before = tuple(editor.case.fields[image.field_id] for image in images)
    for field, image in zip(before, images, strict=True):
        if image.sha256 != field.sha256:
            raise ValueError(f"{image.path.name} is not the image of {field.name}")
    places = {image.sha256: image.path for image in images}
    slides = tuple(slide for slide in editor.case.slides.values() if slide.sha256 in places)
    if before:
        after = tuple(replace(field, path=image.path) for field, image in zip(before, images, strict=True))
        forward: list[Change] = [PutFields(after)]
        backward: list[Change] = [PutFields(before)]
        if slides:
            forward.append(PutSlides(tuple(replace(slide, path=places[slide.sha256]) for slide in slides)))
            backward.append(PutSlides(slides))
        text = LOCATE(name=before[0].name) if len(before) == 1 else LOCATE_IMAGES(count=len(before))
        editor.do(text, Together(tuple(forward)), Together(tuple(backward)))
