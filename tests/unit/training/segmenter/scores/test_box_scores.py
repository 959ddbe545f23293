"""Boxes of a drawn image whose cells are known."""

import cv2
import numpy as np
import pytest

from rbc_desktop.engine.pipeline import Pipeline
from tests.fakes.ink_segmenter import InkSegmenter, drawn_field
from training.segmenter.scores.box_scores import BoxScores, grown, is_cut, measure_boxes

PLACES = [(100, 100), (300, 100), (500, 100), (300, 300), (635, 300), (100, 478)]


@pytest.fixture
def image(tmp_path):
    """An image as TXL-PBC has it, whose boxes are a tenth too wide; what the lower edge cuts has none."""
    for name in ("images", "labels"):
        (tmp_path / name).mkdir()
    path = tmp_path / "images" / "1.png"
    cv2.imwrite(str(path), cv2.cvtColor(drawn_field(PLACES).pixels, cv2.COLOR_RGB2BGR))
    lines = []
    for x, y in PLACES[:-1]:
        x0, x1 = x - 22, min(640, x + 22)
        lines.append(f"1 {(x0 + x1) / 1280} {y / 480} {(x1 - x0) / 640} {44 / 480}")
    (tmp_path / "labels" / "1.txt").write_text("\n".join(lines))
    return path


def test_loose_boxes_fit_grown_masks_and_cut_cells_can_be_left_out(image):
    table = BoxScores.together(measure_boxes(Pipeline(InkSegmenter(), None), [image], search=True)).table()
    assert table["red_cell_box_iou"] < 0.9 < 0.94 < table["red_cell_grown_box_iou"]
    assert table["segment_all_f1_050"] == pytest.approx(10 / 11)
    assert table["segment_all_whole_f1_050"] == 1


def test_boxes_grow_about_their_middle_and_stop_at_the_edge():
    box = np.float32((10, 20, 30, 60))
    assert grown(box, (100, 100)) == pytest.approx((9, 18, 31, 62))
    assert grown(box, (60, 30)) == pytest.approx((9, 18, 30, 60))
    assert is_cut(box, (62, 100))
    assert is_cut(box, (100, 31))
    assert not is_cut(box, (100, 100))
