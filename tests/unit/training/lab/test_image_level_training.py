"""Training an image-level model on labelled fields."""

from __future__ import annotations

import json
from dataclasses import replace

import numpy as np
import pytest

from rbc_desktop.errors import UsageError
from rbc_desktop.imaging.fields.field_features import FIELD_FEATURES, RANGED
from rbc_desktop.models.classifier.image_level import LightGbmImageModel
from tests.fakes.image_models import PALE, field_table
from training.data.sets.prepared_set import write_png
from training.lab.image_level_training import (
    FieldTable,
    check_enough,
    held_out,
    learnt_range,
    main,
    read_labels,
    train,
)
from training.renderer import CellSpec, FieldStyle, Kind, render_field


def test_what_can_be_seen_is_learnt_and_measured_on_groups_held_out():
    seen, unseen = held_out(field_table(gap=6)), held_out(field_table(gap=0))
    assert seen.accuracy > 0.9
    assert seen.balanced > 0.9
    assert seen.commonest == pytest.approx(0.5)
    assert unseen.accuracy < 0.75


def test_a_group_that_gives_itself_away_is_no_gain():
    """Each patient has a mark of their own and the label is random: held out by patient there is nothing to know."""
    table = field_table(fields=120, gap=0)
    marks = {group: number for number, group in enumerate(sorted(set(table.groups.tolist())))}
    table.features[:, PALE] = [marks[group] for group in table.groups]
    names = np.array(["healthy", "anaemic"])
    labels = names[np.random.default_rng(3).permutation(np.arange(12) % 2)[[marks[g] for g in table.groups]]]
    assert held_out(replace(table, labels=labels)).accuracy < 0.8


def test_the_model_is_what_the_application_loads(tmp_path):
    table = field_table(gap=6)
    said = train(table, tmp_path, name="ours")
    model = LightGbmImageModel.load(tmp_path)
    assert model.model_id.startswith("image-level ours (")
    readings = [model.read(row) for row in table.features]
    given = [(r.label, label) for r, label in zip(readings, table.labels.tolist(), strict=True) if not r.withheld]
    assert len(given) > 0.9 * len(readings)
    assert np.mean([mine == truth for mine, truth in given]) > 0.9
    values = json.loads((tmp_path / "manifest.json").read_text())["image-level model"]
    assert values["held_out_fields"] == 60
    assert "better don't" not in said[-1]


def test_a_model_that_learnt_nothing_is_called_so(tmp_path):
    table = field_table(gap=0)
    labels = np.where(np.arange(60) < 45, "healthy", "anaemic")
    assert "better don't" in train(replace(table, labels=labels), tmp_path, name="ours")[-1]


def test_the_learnt_range_holds_the_fields_and_a_little_more():
    table = field_table()
    for name, (low, high) in learnt_range(table.features).items():
        column = table.features[:, FIELD_FEATURES.index(name)]
        assert low < np.percentile(column, 2) < np.percentile(column, 98) < high
        assert high < 1.2 * column.max()
    assert set(learnt_range(table.features)) == set(RANGED)


@pytest.mark.parametrize(
    ("labels", "groups", "said"),
    [
        (["healthy"] * 40, range(40), "1 labels"),
        (["healthy"] * 31 + ["anaemic"] * 9, range(40), "has 9 fields"),
        (["healthy"] * 20 + ["anaemic"] * 20, [n % 2 for n in range(40)], "of 2 groups"),
    ],
)
def test_too_little_is_refused_with_what_is_missing(labels, groups, said):
    features = np.ones((40, len(FIELD_FEATURES)), np.float32)
    with pytest.raises(UsageError, match=said):
        check_enough(FieldTable(features, np.array(labels), np.array([f"g{g}" for g in groups])))


def test_labels_are_read_with_groups_and_without(tmp_path):
    for name in ("a.png", "b.png"):
        (tmp_path / name).write_bytes(b"")
    (tmp_path / "labels.csv").write_text("image,label,group\na.png,healthy,p1\nb.png,,p2\n", encoding="utf-8-sig")
    assert [(f.image.name, f.label, f.group) for f in read_labels(tmp_path)] == [("a.png", "healthy", "p1")]
    (tmp_path / "labels.csv").write_text("image,label\na.png,healthy\nb.png,anaemic\n")
    assert [f.group for f in read_labels(tmp_path)] == [str(tmp_path / "a.png"), str(tmp_path / "b.png")]


@pytest.mark.parametrize(
    ("text", "said"),
    [(None, "no readable labels.csv"), ("file;y\n", "columns image"), ("image,label\nx.png,a\n", "x.png")],
)
def test_other_labels_are_refused(tmp_path, text, said):
    if text is not None:
        (tmp_path / "labels.csv").write_text(text)
    with pytest.raises(UsageError, match=said):
        read_labels(tmp_path)


def draw_fields(folder, *, count):
    """Fields of ordinary and of pale, uneven cells, two to a patient, as a laboratory would hand them in."""
    rows = ["image,label,group"]
    for number in range(2 * count):
        pale = number % 2 == 1
        rng = np.random.default_rng(number)
        kinds = (Kind.HYPOCHROMIA, Kind.TEARDROP) if pale else (Kind.NORMAL,)
        places = [(30 + 52 * x, 30 + 52 * y) for x in range(6) for y in range(5)]
        cells = [
            CellSpec(
                kinds[rng.integers(len(kinds))], x, y, float(rng.normal(38, 5 if pale else 1)), float(rng.uniform(0, 6))
            )
            for x, y in places
        ]
        field = render_field(cells, width=330, height=280, seed=number, style=FieldStyle(specks=0))
        write_png(folder / f"{number}.png", field.rgb)
        rows.append(f"{number}.png,{'anaemic' if pale else 'healthy'},{'ah'[not pale]}{number // 4}")
    (folder / "labels.csv").write_text("\n".join(rows) + "\n")


def test_one_command_leads_from_images_to_a_model_and_measures_once(tmp_path, monkeypatch, capsys):
    data, out = tmp_path / "data", tmp_path / "model"
    data.mkdir()
    draw_fields(data, count=10)
    monkeypatch.setattr("sys.argv", ["train", str(data), "--out", str(out)])
    main()
    said = capsys.readouterr().out
    assert "20 fields of 10 groups of model: " in said
    assert float(said.split("accuracy ")[1][:5]) >= 0.8
    known = (out / "measured_fields.json").read_text()
    booster = (out / "image_level.txt").read_bytes()
    monkeypatch.setattr("training.lab.image_level_training.analyse_image", None)  # nothing is measured again
    main()
    assert capsys.readouterr().out == said
    assert (out / "measured_fields.json").read_text() == known
    assert (out / "image_level.txt").read_bytes() == booster
