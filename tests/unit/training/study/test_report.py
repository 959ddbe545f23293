"""The report of the study."""

from __future__ import annotations

import re

from tests.fakes.study_fields import draw_field, prepared_set
from training.study.method_scores import example_names
from training.study.report import with_contours, write_report


def test_the_report_is_one_file_with_everything_in_it(results, tmp_path):
    study, folder = results
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
