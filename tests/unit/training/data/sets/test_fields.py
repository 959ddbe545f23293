"""Pseudo-masks on a drawn field: isolated cells are found, touching ones stay unknown."""

from __future__ import annotations

from pathlib import Path

import cv2
import numpy as np

from training.data.sets.fields import BACKGROUND, CELL, UNKNOWN, box_iou, is_validation, load_field


def write_field(folder: Path) -> Path:
    image = np.full((300, 400, 3), 215, np.float32)
    spots = [(60, 60), (150, 70), (250, 60), (340, 80), (70, 180), (160, 200), (250, 210), (284, 212), (350, 230)]
    for x, y in spots:
        cv2.circle(image, (x, y), 20, (150, 110, 160), -1, cv2.LINE_AA)
        cv2.circle(image, (x, y), 6, (200, 180, 205), -1, cv2.LINE_AA)
    path = folder / "1.png"
    noise = np.random.default_rng(0).normal(0, 2, image.shape)
    cv2.imencode(".png", np.clip(image + noise, 0, 255).astype(np.uint8))[1].tofile(path)
    return path


def test_clean_cells_are_cut_and_clumps_are_not(tmp_path: Path) -> None:
    field = load_field("chula", write_field(tmp_path))
    assert field is not None
    assert field.cells.max() == 7
    assert field.cells[60, 60] > 0  # a pale centre is filled
    assert field.cover[60, 60] == CELL
    assert field.cells[210, 250] == 0
    assert field.cover[210, 250] == UNKNOWN
    assert field.cover[130, 110] == BACKGROUND
    assert abs(field.diameter - 40) < 2.5


def test_validation_blocks_are_held_out() -> None:
    assert is_validation("chula", "35")
    assert is_validation("chula", "38")
    assert not is_validation("chula", "41")
    assert not is_validation("txl", "abc")


def test_box_iou() -> None:
    boxes = np.array([[0, 0, 10, 10], [5, 0, 15, 10], [20, 20, 30, 30]], np.float32)
    assert np.allclose(box_iou(boxes[0], boxes), [1, 1 / 3, 0])
