"""Retraining in a process of its own: what comes of it, and every way in which it can end."""

import os
import sys
from dataclasses import replace

import cv2
import pytest

from rbc_desktop.background import RunningTask, Task
from rbc_desktop.domain.classes.own_classes import own_class
from rbc_desktop.domain.classes.taxonomy import CellClass
from rbc_desktop.errors import RelearnError, TaskCancelled
from rbc_desktop.models.classifier.classifier import LightGbmClassifier
from rbc_desktop.models.relearning.lab_fields import LabCell, LabField
from rbc_desktop.storage.images.image_reader import read_image
from rbc_desktop.workflows.relearning import relearning_job
from rbc_desktop.workflows.relearning.relearning_job import RelearnRequest, left_out_text, relearn_elsewhere
from tests.fakes.lab_sets import SIZE, drawn
from training.renderer import Kind

SICKLE = own_class("sickle", code="Si", colour="#7F3C8D", key="Shift+5")
KINDS = (Kind.NORMAL,) * 12 + (Kind.SCHISTOCYTE,) * 6


@pytest.fixture(scope="module")
def fields(tmp_path_factory):
    """Three drawn fields on the disk whose schistocytes are called sickles."""
    folder, made = tmp_path_factory.mktemp("fields"), []
    for seed in (1, 2, 3):
        picture = drawn(seed, KINDS)
        path = folder / f"{seed}.png"
        path.write_bytes(cv2.imencode(".png", picture.rgb[..., ::-1])[1].tobytes())
        cells = tuple(
            LabCell(
                r.mask, SICKLE if r.spec.kind is Kind.SCHISTOCYTE else CellClass.NORMAL, r.mask.touches_border(**SIZE)
            )
            for r in picture.cells
        )
        made.append(LabField(path, "case", f"f{seed}", None, cells, 0, read_image(path).sha256))
    return tuple(made)


@pytest.fixture
def control(qapp):
    task = Task()
    return task, RunningTask(task)


def test_a_process_learns_and_says_how_far_it_is(fields, control, tmp_path):
    task, running = control
    steps: list[tuple[int, int]] = []
    task.progress.connect(steps.append)
    made = relearn_elsewhere(RelearnRequest(fields, tmp_path / "out", "Haus 7"), control=running)
    assert LightGbmClassifier.load(tmp_path / "out").model_id == made.model_id
    assert "-Haus 7 (" in made.model_id
    assert dict(made.cells) == {"normal": 36, "sickle": 18}
    assert made.after.own_f1.keys() == {"sickle"}
    done = [step for step, _ in steps]
    assert done == sorted(done)
    assert done[-1] == 100


def test_it_goes_on_without_images_that_are_gone_or_are_others(fields, control, tmp_path):
    """One missing image in forty cases refused everything, after minutes."""
    gone = replace(fields[0], image=tmp_path / "gone.png", field="f4")
    changed = replace(fields[1], sha256="0" * 64, field="f5")
    made = relearn_elsewhere(RelearnRequest((gone, *fields, changed), tmp_path / "out", "x"), control=control[1])
    assert made.unread == ("gone.png", "2.png")
    assert made.fields == 3
    assert dict(made.cells) == {"normal": 36, "sickle": 18}
    assert left_out_text(made.unread).endswith("outlined: gone.png, 2.png.")


def test_it_stops_when_asked(fields, control, tmp_path):
    task, running = control
    task.progress.connect(lambda _: task.cancel())
    with pytest.raises(TaskCancelled):
        relearn_elsewhere(RelearnRequest(fields, tmp_path / "out", "x"), control=running)
    assert not (tmp_path / "out" / "manifest.json").exists()


def test_what_cannot_be_learnt_from_is_refused_with_a_sentence(fields, control, tmp_path):
    _, running = control
    with pytest.raises(RelearnError, match="come from 2 fields"):
        relearn_elsewhere(RelearnRequest(fields[:2], tmp_path / "out", "x"), control=running)
    changed = replace(fields[0], sha256="0" * 64)
    with pytest.raises(
        RelearnError, match=r"^Left out, .*: 1\.png\. The reviewed cells come from 2 fields; at least 3"
    ):
        relearn_elsewhere(RelearnRequest((changed, *fields[1:]), tmp_path / "out", "x"), control=running)
    (tmp_path / "file").write_text("in the way", encoding="utf-8")
    with pytest.raises(RelearnError, match="can't be read or written"):
        relearn_elsewhere(RelearnRequest(fields, tmp_path / "file" / "out", "x"), control=running)


@pytest.mark.skipif(sys.platform == "win32", reason="priorities have other names there")
def test_it_gives_way_to_everything_else():
    child = os.fork()
    if child == 0:
        before = os.nice(0)
        relearning_job.lower_priority()
        os._exit(0 if os.nice(0) == min(19, before + 15) else 1)
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0
