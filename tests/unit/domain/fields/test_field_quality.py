"""The facts about a field: values, limits, sentences."""

import math
from dataclasses import fields, replace

import pytest

from rbc_desktop.domain.fields.field_quality import FieldQuality, Trait, is_unlike_training, quality_facts, unmet
from tests.fakes.good_field import GOOD


def test_every_trait_has_a_value_a_limit_and_a_sentence():
    facts = quality_facts(GOOD)
    assert [fact.trait for fact in facts] == list(Trait)
    assert all(fact.is_known and fact.is_met and fact.text and fact.sentence.endswith(".") for fact in facts)
    assert all(fact.low is not None or fact.high is not None for fact in facts)


@pytest.mark.parametrize(
    ("change", "trait", "part"),
    [
        ({"cell_px": 20.4}, Trait.PIXELS, "only 20 pixels across; from 26 on"),
        ({"edge_share": 0.17}, Trait.SHARPNESS, "17 % of a cell wide, more than 15 %"),
        ({"pallor_share": 0.03}, Trait.PALLOR, "Only 3 % of the cells show a pale centre, under 15 %"),
        ({"overlap_share": 0.9}, Trait.THICKNESS, "90 % of the stained area is clumps"),
        ({"hue_degrees": 22.0}, Trait.HUE, "22° from the training's"),
        ({"level": 0.9}, Trait.LEVEL, "0.90, outside 0.06–0.60"),
        ({"clipped_share": 0.2}, Trait.EXPOSURE, "20.0 % of the pixels are black or white"),
        ({"evenness": 0.5}, Trait.ILLUMINATION, "has 50 % of the light"),
    ],
)
def test_what_passes_its_limit_says_so_with_the_limit(change, trait, part):
    [fact] = unmet(replace(GOOD, **change))
    assert (fact.trait, part in fact.sentence) == (trait, True)


def test_square_cells_are_the_thin_end_only_where_none_is_pale():
    square = replace(GOOD, square_share=0.4)
    assert unmet(square) == ()
    assert {fact.trait for fact in unmet(replace(square, pallor_share=0.0))} == {Trait.PALLOR, Trait.THIN_END}


def test_what_is_not_known_is_met_and_says_that_it_is_not_known():
    nothing = FieldQuality(**{f.name: math.nan for f in fields(FieldQuality) if f.name != "cells"}, cells=0)
    assert unmet(nothing) == ()
    assert {fact.sentence for fact in quality_facts(nothing)} == {"The field shows too few single cells to tell."}


def test_only_the_stain_makes_a_field_unlike_the_training():
    assert is_unlike_training(replace(GOOD, hue_degrees=30.0))
    assert is_unlike_training(replace(GOOD, level=0.02))
    assert not is_unlike_training(replace(GOOD, cell_px=12.0, pallor_share=0.0))
