"""The user's settings: a frozen value, stored as a JSON file that names only what differs from the defaults."""

from __future__ import annotations

import dataclasses
import json
import logging
import os
import stat
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Literal, get_args

from ...domain.laboratory.control_film import CONTROL_RULES, ControlRule
from ...files import replace_atomically

Theme = Literal["system", "light", "dark", "contrast"]
LanguageChoice = Literal["system", "en", "de"]
ScaleBarCorner = Literal["bottom left", "bottom right", "top left", "top right", "off"]
ReviewOrder = Literal["field", "least sure", "class"]
"""In which order cells are reviewed; see `workflows.review.reviewing`."""

FOLDER_LIMIT = 50
"""Folders of images that are remembered, and the most entries of any list but `keys`."""

MOST_KEYS = 300
"""Actions whose keys are remembered: more than there are."""

MOST_CELLS = 100_000
"""The largest target count."""

MOST_DAYS = 36_500

MOST_BYTES = 1_000_000
LONGEST_TEXT = 20_000
"""Bytes of the file and characters of one text; what lies beyond wasn't written by this application."""

_log = logging.getLogger(__name__)


BRUSH_RANGES = {"brush_um": (0.2, 20.0), "brush_px": (1.0, 200.0)}
"""Smallest and largest diameters of brush and eraser: a spicule, and a white cell."""


@dataclass(frozen=True, slots=True)
class Settings:
    """What the application remembers between starts.

    Attributes:
        theme: follow the system, or always light, dark or high contrast.
        language: as the system if there are catalogues for it, or always English or German; from the next start on.
        overlay_visible, overlay_opacity: outlines on the canvas; opacity 0 to 1.
        scale_bar: corner of the image with the scale bar, or "off".
        missed_visible: rings around places where cells may have been missed.
        overview_map: the small map in the corner of a slide.
        recent_files: of versions before 0.3, newest first; see `workflows.cases.case_listing.take_over`.
        last_folder: where the last file dialog was, "" for the home folder.
        segmenter_weights: a folder with a manifest, or an official SAM 2.1 checkpoint; "" for the bundled segmenter.
        classifier_weights: a folder with a manifest; "" for the bundled classifier.
        image_level_weights: a folder with a manifest; "" for no image-level reading.
        device: "auto", or the device to use: "cpu", "cuda", "mps".
        window_geometry, window_state: Qt's byte arrays, base64.
        image_folders: folders on other drives and shares from which the user has opened images; see `locate`.
        sample_shown: the sample opened at the first start already.
        hidden_columns: columns of the cell table that are put away.
        gallery_side, gallery_by_class, gallery_outlines, gallery_labels: how the gallery looks; side in logical pixels.
        brush_um, brush_px: diameter of brush and eraser on images with and without a scale.
        review_order, review_goes_on: in which order cells are reviewed, and whether a decision leads to the next.
        export_folder, export_formats, export_parts, export_opens_folder: of the last report, parts of the PDF and
            "deidentified"; "" for `last_folder`.
        scales: what images had last, one text per size; see `workflows.fields.calibrating.with_scale`.
        scale_presets: kept by objective, one JSON text each; see `workflows.fields.scale_presets`.
        target_cells: how many cells a case is to have, 0 for no target.
        stop_at_target: Segment all fields ends when they are there.
        segment_new_images: images are segmented as they are opened.
        usual_laboratory, usual_operator, usual_stain, usual_instrument: details typed last, offered for other samples.
        fills_in_usual: these details are filled into every new case.
        review_limit: share of a class under which a cell needs review, 0 for what the classifier states.
        report_folder: where the export dialog begins, "" for `export_folder`.
        keys: of actions that have others than usual, one text each; see `workflows.key_map`.
        report_header, report_logo: lines at the top of the PDF, and a picture's path; "" for none.
        signed_by: name of the last signature.
        operator: who was chosen last of the list of operators.
        work_list: file of the laboratory's work list, "" for none.
        control_rule: what happens when the control film of the day is missing or has run off: nothing, a warning, or
            no report is made final without a reason.
        backup_folder: where copies of open and unsaved cases go, "" for nowhere.
        keep_unsaved_days, keep_identity_days: after which unsaved work, and patients' data in cases that nobody has
            opened since, are proposed to be deleted; 0 for never.
    """

    theme: Theme = "system"
    language: LanguageChoice = "system"
    overlay_visible: bool = True
    overlay_opacity: float = 0.8
    scale_bar: ScaleBarCorner = "bottom left"
    missed_visible: bool = True
    overview_map: bool = True
    recent_files: tuple[str, ...] = ()
    last_folder: str = ""
    segmenter_weights: str = ""
    classifier_weights: str = ""
    image_level_weights: str = ""
    device: Literal["auto", "cpu", "cuda", "mps"] = "auto"
    window_geometry: str = ""
    window_state: str = ""
    sample_shown: bool = False
    image_folders: tuple[str, ...] = ()
    review_order: ReviewOrder = "field"
    review_goes_on: bool = True
    hidden_columns: tuple[str, ...] = ("WHY",)
    gallery_side: int = 80
    gallery_by_class: bool = True
    gallery_outlines: bool = True
    gallery_labels: bool = True
    brush_um: float = 2.0
    brush_px: float = 14.0
    export_folder: str = ""
    export_formats: tuple[str, ...] = ("pdf", "csv")
    export_parts: tuple[str, ...] = ("short", "overview", "histogram", "gallery", "cell_table")
    export_opens_folder: bool = True
    scales: tuple[str, ...] = ()
    scale_presets: tuple[str, ...] = ()
    target_cells: int = 0
    stop_at_target: bool = True
    segment_new_images: bool = False
    usual_laboratory: str = ""
    usual_operator: str = ""
    usual_stain: str = ""
    usual_instrument: str = ""
    fills_in_usual: bool = False
    review_limit: float = 0.0
    report_folder: str = ""
    keys: tuple[str, ...] = ()
    report_header: str = ""
    report_logo: str = ""
    signed_by: str = ""
    operator: str = ""
    work_list: str = ""
    control_rule: ControlRule = "off"
    backup_folder: str = ""
    keep_unsaved_days: int = 0
    keep_identity_days: int = 0

    def __post_init__(self) -> None:
        if not 0 <= self.overlay_opacity <= 1:
            raise ValueError("overlay_opacity lies between 0 and 1")
        for name, (low, high) in BRUSH_RANGES.items():
            if not low <= getattr(self, name) <= high:
                raise ValueError(f"{name} lies between {low} and {high}")
        if not 0 <= self.target_cells <= MOST_CELLS:
            raise ValueError("target_cells is no number of cells")
        if not (0 <= self.keep_unsaved_days <= MOST_DAYS and 0 <= self.keep_identity_days <= MOST_DAYS):
            raise ValueError("a time to keep is no number of days")
        if not 0 <= self.review_limit < 1:
            raise ValueError("review_limit is no share")
        if not 32 <= self.gallery_side <= 200:
            raise ValueError("gallery_side lies between 32 and 200")

    def with_image_folder(self, folder: Path) -> Settings:
        """The settings with this folder confirmed; the ones confirmed longest ago are forgotten."""
        others = (f for f in self.image_folders if f != str(folder))
        return replace(self, image_folders=(str(folder), *others)[:FOLDER_LIMIT])


def load_settings(path: Path) -> Settings:
    """The stored settings; what is missing, unreadable or of the wrong kind has its default.

    Never raises.
    """
    try:
        stored = _stored(path)
    except FileNotFoundError:
        return Settings()
    except (OSError, ValueError, RecursionError, MemoryError) as error:
        _log.warning("Settings are ignored: %s", type(error).__name__)
        return Settings()
    settings = Settings()
    for field in dataclasses.fields(Settings):
        if isinstance(stored, dict) and field.name in stored:
            try:
                settings = replace(settings, **{field.name: _fitting(stored[field.name], field.default, field.name)})
            except ValueError as error:
                _log.warning("Setting %s is ignored: %s", field.name, type(error).__name__)
    return settings


def _stored(path: Path) -> Any:
    """The JSON value of the file; a pipe or a huge file is none.

    Raises:
        OSError, ValueError, RecursionError: when it isn't.
    """
    status = path.stat()
    if not stat.S_ISREG(status.st_mode) or status.st_size > MOST_BYTES:
        raise ValueError("no settings file")
    return json.loads(path.read_text(encoding="utf-8"))


def save_settings(settings: Settings, path: Path) -> None:
    """Store what differs from the defaults, completely or not at all.

    Raises:
        OSError: when the folder can't be written to.
    """
    defaults = Settings()
    changed = {
        f.name: getattr(settings, f.name)
        for f in dataclasses.fields(Settings)
        if getattr(settings, f.name) != getattr(defaults, f.name)
    }
    with replace_atomically(path, private=True) as temporary:
        temporary.write_text(json.dumps(changed, ensure_ascii=True, indent=1) + "\n", encoding="utf-8")


_CHOICES = {
    "theme": get_args(Theme),
    "language": get_args(LanguageChoice),
    "scale_bar": get_args(ScaleBarCorner),
    "device": ("auto", "cpu", "cuda", "mps"),
    "review_order": ("field", "least sure", "class"),
    "control_rule": CONTROL_RULES,
}


def _fitting(value: Any, default: Any, name: str) -> Any:
    """The stored value in the type of its default.

    Raises:
        ValueError: when it has another type or isn't among the choices.
    """
    if isinstance(default, tuple) and isinstance(value, list) and all(_is_plain(v) for v in value):
        return tuple(value[: MOST_KEYS if name == "keys" else FOLDER_LIMIT])
    if isinstance(default, float) and type(value) in (int, float) and abs(value) < 1e9:
        return float(value)
    if type(value) is not type(default) or (name in _CHOICES and value not in _CHOICES[name]):
        raise ValueError(f"{name} = {value!r}")
    if isinstance(value, str) and not _is_plain(value):
        raise ValueError(f"{name} is no plain text")
    return value


def _is_plain(text: Any) -> bool:
    """Whether it is a text that file systems and Qt take: encodable, without a zero, of a sane length."""
    if not isinstance(text, str) or len(text) > LONGEST_TEXT or "\0" in text:
        return False
    try:
        os.fsencode(text)
    except UnicodeEncodeError:
        return False
    return True
