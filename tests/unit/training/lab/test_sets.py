"""Exported training sets, read back."""

import shutil

import pytest

from rbc_desktop.domain.classes.taxonomy import CellClass
from rbc_desktop.errors import UsageError
from rbc_desktop.models.relearning.lab_fields import groups_of
from rbc_desktop.models.relearning.lab_table import lab_table
from tests.fakes.lab_sets import write_set
from training.lab.sets import read_pixels, read_sets
from training.renderer import Kind

pytestmark = pytest.mark.filterwarnings("ignore:__array__ implementation:DeprecationWarning")


def test_cells_come_back_with_scale_median_and_labels(sets):
    [field] = read_sets(sets[:1])
    assert field.normal_diameter_px == pytest.approx(39)
    assert field.median_diameter_px == pytest.approx(39, rel=0.1)
    assert read_pixels(field).shape == (480, 640, 3)
    assert len(field.reviewed) == len(field.cells) == 30
    assert {c.reviewed_class for c in field.cells} >= {CellClass.STOMATOCYTE, CellClass.NOT_RED_CELL}


def test_a_field_that_was_exported_twice_counts_once(sets, tmp_path):
    again = write_set(tmp_path / "again", (1,), called={CellClass.NORMAL: None})
    [field] = read_sets([sets[0], again])
    assert len(field.reviewed) < len(field.cells), "as the last export has it"


def test_few_cases_are_split_by_field_and_more_by_case(sets, tmp_path):
    two = [write_set(tmp_path / f"{n}", (100 + 2 * n, 101 + 2 * n), kinds=(Kind.NORMAL,) * 3) for n in range(3)]
    assert len(set(groups_of(read_sets(two[:2])))) == 4
    assert len(set(groups_of(read_sets(two)))) == 3


def test_what_is_no_training_set_is_refused(sets, tmp_path):
    with pytest.raises(UsageError, match="can't be read as a training set"):
        read_sets([tmp_path])
    damaged = tmp_path / "damaged"
    shutil.copytree(sets[0], damaged)
    (damaged / "images" / "field_001.png").unlink()
    with pytest.raises(UsageError, match="export the training set again"):
        lab_table(read_sets([damaged]), pixels=read_pixels)
    (damaged / "cells.json").write_text('{"info": {"description": "other"}}', encoding="utf-8")
    with pytest.raises(UsageError, match="no training set of this version"):
        read_sets([damaged])
