from dataclasses import replace

from rbc_desktop.domain.classes.taxonomy import CellClass
from rbc_desktop.domain.fields.regions import Region
from rbc_desktop.reports.exchange.training_fields import case_hash, field_hash, training_fields


def test_only_fields_with_a_reviewed_cell_teach_anything(hand_made):
    assert training_fields(hand_made) == []
    hand_made.cells[1] = replace(hand_made.cells[1], reviewed_class=CellClass.NORMAL)
    assert [field.id for field in training_fields(hand_made)] == [1]


def test_a_field_is_known_again_wherever_it_lies_and_regions_of_a_slide_are_told_apart(hand_made):
    field = hand_made.fields[1]
    assert field_hash(field) == field_hash(replace(field, path=field.path.with_name("elsewhere.png"), id=7))
    regions = [replace(field, region=Region(x, 0, x + 100, 100)) for x in (0, 100)]
    assert len({field_hash(each) for each in (field, *regions)}) == 3
    without = replace(field, sha256="")
    assert field_hash(without, code="a") != field_hash(without, code="b")
    assert field.sha256[:8] not in case_hash(hand_made)
