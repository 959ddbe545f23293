"""A training set of a case: read back whole, labels told from suggestions, and nobody named."""

import json
from dataclasses import replace

import cv2
import numpy as np
import pytest
from pycocotools import mask as coco_mask

from rbc_desktop.domain.case.case import Identity
from rbc_desktop.domain.classes.taxonomy import CellClass
from rbc_desktop.reports.exchange.training_fields import training_fields
from rbc_desktop.reports.exchange.training_set import write_training_set
from tests.fakes.report_cases import small_case

pytestmark = pytest.mark.filterwarnings("ignore:__array__ implementation:DeprecationWarning")


@pytest.fixture
def work(tmp_path):
    """A case of one field with three reviewed cells and one field without any, and its pixels."""
    case, drawn = small_case()
    pixels = {1: drawn.rgb}
    for number in (1, 2, 3):
        case.cells[number] = replace(case.cells[number], reviewed_class=CellClass.BURR_CELL)
    for cell in list(case.cells.values())[3:]:
        case.cells[cell.id] = replace(cell, reviewed_class=None)
    case.fields[9] = replace(case.fields[1], id=9, sha256="9" * 64)
    case.identity = Identity(sample_id="S-42", patient="Erika Mustermann")
    write_training_set(tmp_path / "set", case, pixels=lambda field: pixels[field.id])
    return case, pixels, tmp_path / "set"


def test_images_and_masks_come_back_as_they_were(work):
    case, pixels, folder = work
    document = json.loads((folder / "cells.json").read_text(encoding="utf-8"))
    [image] = document["images"]
    rgb = cv2.imread(str(folder / image["file_name"]))[..., ::-1]
    assert np.array_equal(rgb, pixels[1])
    assert image["um_per_px"] == case.fields[1].calibration.um_per_px
    assert len(document["annotations"]) == len(case.cells_of(1))
    for annotation in document["annotations"]:
        mask = case.cells[annotation["id"]].mask.to_array(width=image["width"], height=image["height"])
        assert np.array_equal(coco_mask.decode(annotation["segmentation"]).astype(bool), mask)


def test_only_what_a_person_reviewed_is_a_label(work):
    case, _, folder = work
    document = json.loads((folder / "cells.json").read_text(encoding="utf-8"))
    names = {c["id"]: c["name"] for c in document["categories"]}
    reviewed = [a for a in document["annotations"] if a["reviewed"]]
    assert [names[a["category_id"]] for a in reviewed] == ["burr cell"] * 3
    assert case.reviewed == 3
    assert [field.id for field in training_fields(case)] == [1], "a field without labels is left out"


def test_it_names_nobody_and_no_file(work):
    case, _, folder = work
    text = (folder / "cells.json").read_text(encoding="utf-8")
    for secret in ("S-42", "Mustermann", case.fields[1].path.stem, case.fields[1].sha256, str(folder.parent)):
        assert secret not in text
    assert [p.name for p in (folder / "images").iterdir()] == ["field_001.png"]
    assert set(json.loads(text)["info"]) == {"description", "version", "case", "segmenter", "notice"}


def test_case_and_fields_are_known_again_in_a_later_export(work, tmp_path):
    case, pixels, folder = work
    case.cells[4] = replace(case.cells[4], reviewed_class=CellClass.NORMAL)
    write_training_set(tmp_path / "later", case, pixels=lambda field: pixels[field.id])
    first, later = (json.loads((f / "cells.json").read_text(encoding="utf-8")) for f in (folder, tmp_path / "later"))
    assert first["info"]["case"] == later["info"]["case"]
    assert first["images"][0]["field"] == later["images"][0]["field"]
