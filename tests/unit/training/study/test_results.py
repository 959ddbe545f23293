"""Image labels, Otsu, the table and the report."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from rbc_desktop.domain.taxonomy import CellClass
from rbc_desktop.errors import UsageError
from tests.fakes.study_fields import draw_field, prepared_set
from training.data.labelled_fields import CHULA_CLASSES, LabelledField
from training.data.preparation import main as prepare_main
from training.data.prepared_set import ANAEMIC, HEALTHY
from training.study import image_labels
from training.study.composed_set import class_mix, part_fields
from training.study.image_labels import MASK_FEATURES, fit_tree, hog_features, mask_features
from training.study.method_scores import OTSU, example_names, measure, otsu_flattened
from training.study.metrics import label_scores, mask_scores
from training.study.report import with_contours, write_report
from training.study.results import load_results, save_labels, save_mask_result, table


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_otsu_finds_drawn_cells_under_uneven_light(seed):
    rgb, mask = draw_field(seed, anaemic=False)
    slope = np.linspace(1.0, 0.55, rgb.shape[1])[None, :, None]
    dim = (rgb * slope).astype(np.uint8)
    assert mask_scores(otsu_flattened(dim), mask).iou > 0.85


def test_hog_has_one_length_for_all_sizes():
    small, _ = draw_field(1, anaemic=False)
    large = np.repeat(np.repeat(small, 3, 0), 2, 1)
    mask = np.zeros(small.shape[:2], bool)
    assert hog_features(small, mask).shape == hog_features(large, mask).shape == (7 * 7 * 36,)


def test_mask_features_by_hand():
    mask = np.zeros((100, 100), bool)
    mask[10:30, 10:30] = mask[50:70, 10:70] = True
    values = dict(zip(MASK_FEATURES, mask_features(np.zeros((100, 100, 3), np.uint8), mask), strict=True))
    assert values["regions"] == 2
    assert values["covered"] == pytest.approx(0.16)
    assert values["axis ratio mean"] == pytest.approx((1 + 59 / 19) / 2, rel=0.02)
    assert values["solidity mean"] == pytest.approx(1)
    assert values["circularity mean"] < np.pi / 4 + 0.01


def test_mask_features_of_an_empty_mask_are_zero():
    assert not mask_features(np.zeros((9, 9, 3), np.uint8), np.zeros((9, 9), bool)).any()


def test_the_tree_finds_a_threshold():
    rng = np.random.default_rng(1)
    features, labels = rng.random((60, 3)), np.zeros(60, np.int64)
    labels[features[:, 1] > 0.6] = 1
    tree = fit_tree(features, labels, features, labels)
    chance = np.asarray(tree.predict(features))
    assert tree.num_trees() == 1
    assert ((chance > 0.5) == (labels == 1)).mean() > 0.95
    assert chance.min() == pytest.approx(0, abs=1e-6)
    assert chance.max() == pytest.approx(1)


def test_image_labels_are_measured_on_the_test_part_only(tmp_path):
    study = prepared_set(tmp_path)
    scores = image_labels.measure(image_labels.LABELLINGS["mask-tree"], study)
    truth = Counter(item.label for item in study.part("test"))
    assert [sum(row) for row in scores.confusion] == [truth[HEALTHY], truth[ANAEMIC]]


def test_images_without_labels_have_no_label_scores(tmp_path):
    study = prepared_set(tmp_path)
    bare = replace(study, items=tuple(replace(item, label=None) for item in study.items))
    with pytest.raises(UsageError, match="no labels"):
        image_labels.measure(image_labels.LABELLINGS["hog"], bare)


def _results(tmp_path: Path) -> tuple:
    study, folder = prepared_set(tmp_path), tmp_path / "results"
    for method in OTSU:
        result = measure(method, study, study.part("test"), examples=folder / "examples")
        save_mask_result(folder, result)
    chance = np.array([[0.9, 0.1], [0.3, 0.7], [0.6, 0.4]])
    save_labels(folder, "hog", "HOG + LightGBM", study.description, label_scores(chance, np.array([0, 1, 1])))
    return study, folder


def test_the_table_says_what_was_measured_on_which_data_beside_the_published(tmp_path):
    _, folder = _results(tmp_path)
    text = table(load_results(folder))
    otsu = next(line for line in text.splitlines() if line.startswith("| Otsu "))
    cells = [c.strip() for c in otsu.strip("|").split("|")]
    assert cells[-3:] == ["Otsu", "0.8383", "0.9120"]
    assert float(cells[1]) > 0.8
    assert cells[7] == "–"  # a threshold gives no probabilities and so no loss
    assert re.search(r"^\| HOG \+ LightGBM +\| 0\.6667 ", text, re.MULTILINE)
    assert "Measured on: drawn fields" in text
    assert "different data" in text


def test_examples_of_every_method_are_kept(tmp_path):
    study, folder = _results(tmp_path)
    kept = {p.name for p in (folder / "examples" / "otsu").iterdir()}
    assert kept == {f"{name}.png" for name in example_names(study.part("test"))}


def test_the_report_is_one_file_with_everything_in_it(tmp_path):
    study, folder = _results(tmp_path)
    run = tmp_path / "runs" / "unet"
    run.mkdir(parents=True)
    (run / "log.jsonl").write_text('{"step": 1, "loss": 1.5, "iou": 0.3}\n{"step": 2, "loss": 1.0, "iou": 0.5}\n')
    path = write_report(study, runs=tmp_path / "runs", results=folder, path=tmp_path / "report.html")
    text = path.read_text(encoding="utf-8")
    assert text.count("<svg") == 3  # IoU, loss, calibration
    assert text.count("data:image/jpeg;base64,") == 2 * len(example_names(study.part("test")))
    assert not re.search(r"(src|href)=\"(?!data:)", text)
    for word in ("drawn fields", "Otsu, illumination flattened", "U-Net", "true outline", "For Research Use Only"):
        assert word in text


def test_a_report_without_any_run_is_written_too(tmp_path):
    study = prepared_set(tmp_path)
    text = write_report(study, runs=tmp_path / "no", results=tmp_path / "no", path=tmp_path / "r.html").read_text()
    assert "drawn fields" in text


def test_contours_run_along_the_mask():
    rgb, mask = draw_field(1, anaemic=False)
    drawn = (with_contours(rgb, [(mask, (255, 0, 255))]) != rgb).any(axis=2)
    assert drawn.any()
    assert not drawn[70, 60]


def test_the_classes_decide_the_label():
    rng = np.random.default_rng(1)
    kinds = list(CellClass)
    normal = {
        label: [class_mix(label, kinds, rng=rng)[CellClass.NORMAL] for _ in range(50)] for label in (HEALTHY, ANAEMIC)
    }
    assert min(normal[HEALTHY]) >= max(normal[ANAEMIC])
    mix = class_mix(ANAEMIC, [CellClass.NORMAL, CellClass.TEARDROP], rng=rng)
    assert set(mix) == {CellClass.NORMAL, CellClass.TEARDROP}
    assert sum(mix.values()) == pytest.approx(1)


def test_pools_share_no_block_of_fields():
    normal = CHULA_CLASSES.index(CellClass.NORMAL)
    fields = [
        LabelledField(n, Path(f"{n}.jpg"), np.zeros((1, 2)), np.array([normal if n < 60 else 3])) for n in range(200)
    ]
    pools = part_fields(fields, [f.number // 10 for f in fields], 4, seed=1)
    blocks = [{f.number // 10 for f in pool} for pool in pools]
    assert sum(map(len, blocks)) == len(set.union(*blocks)) == 20
    assert all(any(f.number < 60 for f in pool) for pool in pools)


def test_a_mistake_ends_with_one_sentence_and_status_two(tmp_path, monkeypatch, capsys):
    monkeypatch.setattr("sys.argv", ["prepare", str(tmp_path), "--out", str(tmp_path / "out")])
    with pytest.raises(SystemExit) as end:
        prepare_main()
    assert end.value.code == 2
    assert capsys.readouterr().err.startswith(f"{tmp_path} holds no AneRBC images with masks")
