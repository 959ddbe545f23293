"""The table of the study."""

from __future__ import annotations

import re

import pytest

from training.study.results import load_results, table, values_of


def test_the_table_says_what_was_measured_on_which_data_beside_the_published(results):
    _, folder = results
    text = table(load_results(folder))
    otsu = next(line for line in text.splitlines() if line.startswith("| Otsu "))
    cells = [c.strip() for c in otsu.strip("|").split("|")]
    assert cells[-3:] == ["Otsu", "0.8383", "0.9120"]
    assert float(cells[1]) > 0.8
    assert cells[7] == "–"  # a threshold gives no probabilities and so no loss
    assert re.search(r"^\| HOG \+ LightGBM +\| 0\.6667 ", text, re.MULTILINE)
    assert "Measured on: drawn fields" in text
    assert "different images" in text


def test_every_number_has_a_name_for_the_documents(results):
    _, folder = results
    values = values_of(load_results(folder), prefix="drawn")
    assert values["drawn_otsu_images"] == values["drawn_otsu_flat_images"] == 4
    assert values["drawn_hog_images"] == 3
    assert values["drawn_hog_accuracy"] == pytest.approx(2 / 3)
    assert 0.8 < values["drawn_otsu_iou"] <= 1
    assert "drawn_otsu_loss" not in values
