"""The verb on fields whose images were moved."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from ..domain.changes import PutFields
from ..domain.found_image import FoundImage
from ..domain.wording import counted
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
    if before:
        after = tuple(replace(field, path=image.path) for field, image in zip(before, images, strict=True))
        what = before[0].name if len(before) == 1 else counted(len(before), "image")
        editor.do(f"Locate {what}", PutFields(after), PutFields(before))
