"""What is said of the error of sizes is what was measured."""

import json
from pathlib import Path

from rbc_desktop.domain.cells.outline_error import AREA_TEXT, DIAMETER_ERROR, DIAMETER_TEXT, METHOD_TEXT

MEASURED = Path(__file__).resolve().parents[4] / "docs" / "measured.json"


def test_no_source_is_off_by_more_than_is_said():
    values = json.loads(MEASURED.read_text(encoding="utf-8"))["truths"]["values"]
    edges = [abs(value) for name, value in values.items() if name.startswith("edge_")]
    assert len(edges) == 5
    assert 0.5 * DIAMETER_ERROR < max(edges) <= DIAMETER_ERROR


def test_areas_are_off_twice_as_much():
    assert f"{100 * DIAMETER_ERROR:.1f} %" in DIAMETER_TEXT
    assert f"{200 * DIAMETER_ERROR:.0f} %" in AREA_TEXT
    assert f"{100 * DIAMETER_ERROR:.1f} %, areas by up to {200 * DIAMETER_ERROR:.0f} %" in METHOD_TEXT
