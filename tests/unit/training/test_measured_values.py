"""The file of measured values: one command's section at a time."""

import json

from training.measured_values import machine_class, record


def test_a_section_is_replaced_and_the_others_stay(tmp_path):
    file = tmp_path / "measured.json"
    record("bench", {"click": 11}, command="make bench", file=file)
    record("net", {"iou": 0.9}, command="make evaluate", machine="one GPU", file=file)
    record("net", {"iou": 0.95}, command="make evaluate", file=file)
    content = json.loads(file.read_text(encoding="utf-8"))
    assert content["bench"]["values"] == {"click": 11}
    assert content["net"]["values"] == {"iou": 0.95}
    assert content["net"]["machine"] == machine_class()


def test_a_part_of_a_command_leaves_the_other_parts(tmp_path):
    file = tmp_path / "measured.json"
    record("net", {"iou": 0.9}, command="c", tables={"cv": ["| 1 |"], "red": ["| 2 |"]}, file=file)
    record("net", {"f1": 0.8}, command="c", tables={"cv": ["| 3 |"]}, file=file)
    section = json.loads(file.read_text(encoding="utf-8"))["net"]
    assert section["values"] == {"iou": 0.9, "f1": 0.8}
    assert section["tables"] == {"cv": ["| 3 |"], "red": ["| 2 |"]}
