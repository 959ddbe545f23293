"""The classifier goes on learning, own classes included, and says what was gained on cells that it never saw."""

import json

import numpy as np
import pytest

from rbc_desktop.domain.classes.own_classes import own_class
from rbc_desktop.domain.classes.taxonomy import CellClass
from rbc_desktop.errors import ModelLoadError
from rbc_desktop.files import resource_root
from rbc_desktop.models.classifier.classifier import LightGbmClassifier
from rbc_desktop.models.relearning import relearning
from rbc_desktop.models.relearning.lab_table import lab_table
from rbc_desktop.models.relearning.relearning import load_base, relearn
from tests.fakes.lab_sets import write_set
from training.lab.sets import read_pixels, read_sets
from training.renderer import Kind

pytestmark = pytest.mark.filterwarnings("ignore:__array__ implementation:DeprecationWarning")

SICKLE = own_class("sickle", code="Si", colour="#7F3C8D", key="Shift+5")
CLUMP = own_class("platelet clump", code="Pc", colour="#3969AC", is_red=False)
KINDS = (Kind.NORMAL,) * 12 + (Kind.SCHISTOCYTE,) * 6 + (Kind.TARGET_CELL,) * 6 + (Kind.PLATELET,) * 6
CALLED = {CellClass.SCHISTOCYTE: SICKLE, CellClass.NOT_RED_CELL: CLUMP}


@pytest.fixture(scope="module")
def base():
    return load_base(resource_root() / "weights")


@pytest.fixture(scope="module")
def learnt(base, tmp_path_factory):
    """What was learnt of four drawn fields whose schistocytes the laboratory calls sickles and platelets clumps."""
    folder = tmp_path_factory.mktemp("own")
    sets = [write_set(folder / f"{n}", (20 * n + 1,), kinds=KINDS, called=CALLED) for n in range(4)]
    fields, steps = read_sets(sets), []
    table = lab_table(fields, pixels=read_pixels, copies=1)
    out = relearn(
        table, folder / "out", base=base, name="Haus 7", fields=len(fields),
        progress=lambda done, total: steps.append((done, total)),
    )  # fmt: skip
    return out, steps, folder


def test_own_classes_are_learnt_and_told_on_cells_that_were_never_seen(learnt):
    made, steps, folder = learnt
    assert made.before.own_f1 == {}
    assert made.after.own_f1.keys() == {"sickle", "platelet clump"}
    assert min(made.after.own_f1.values()) > 0.7
    loaded = LightGbmClassifier.load(folder / "out")
    assert loaded.model_id == made.model_id
    networks, bundled = folder / "out" / "second_opinion.safetensors", resource_root() / "weights"
    assert networks.read_bytes() == (bundled / networks.name).read_bytes()
    assert loaded.classes[-3:] == (SICKLE, CLUMP, CellClass.NOT_RED_CELL)
    assert loaded.classes[-3].looks_like(SICKLE)
    unseen = read_sets([write_set(folder / "unseen", (991,), kinds=KINDS, called=CALLED)])
    rows = lab_table(unseen, pixels=read_pixels, copies=0)
    shares = loaded.classify(rows.features)
    assert np.allclose(shares.sum(axis=1), 1, atol=1e-5)
    answers = np.array([loaded.classes[i] for i in shares.argmax(axis=1)], object)
    for own in (SICKLE, CLUMP):
        assert (answers[rows.classes == own] == own).mean() > 0.7
    assert (answers[rows.classes == CellClass.NORMAL] == SICKLE).mean() < 0.1
    assert steps[0] == (0, made.folds + 1)
    assert steps[-1] == (made.folds + 1, made.folds + 1)


def test_a_strange_own_stage_is_refused_with_a_sentence(learnt, tmp_path):
    _, _, folder = learnt
    source = folder / "out"
    content = json.loads((source / "manifest.json").read_text(encoding="utf-8"))
    for name in ("classifier.txt", "red_cell.txt", "second_opinion.safetensors", "own_classes.txt"):
        (tmp_path / name).write_bytes((source / name).read_bytes())
    own = content["classifier"]["own_classes"]
    for changed in (
        {"own_classes": "sickle"}, {"own_classes": [7]}, {"own_classes": own[:1]}, {"own_classes": own * 9},
        {"own_classes": [{**own[0], "name": "burr cell"}, own[1]]}, {"own_sha256": "0" * 64},
        {"own_file": "no such file.txt"}, {"own_file": "classifier.txt"}, {"own_file": 7},
    ):  # fmt: skip
        text = json.dumps({"classifier": {**content["classifier"], **changed}})
        (tmp_path / "manifest.json").write_text(text, encoding="utf-8")
        with pytest.raises(ModelLoadError, match=r"\.$"):
            LightGbmClassifier.load(tmp_path)


def test_without_own_classes_there_is_no_own_stage(base, sets, tmp_path):
    table = lab_table(read_sets(sets[:3]), pixels=read_pixels, copies=0)
    made = relearn(table, tmp_path / "out", base=base, name="x", fields=3)
    assert made.after.own_f1 == {}
    assert not (tmp_path / "out" / "own_classes.txt").exists()
    assert all(not c.is_own for c in LightGbmClassifier.load(tmp_path / "out").classes)
    assert relearning.own_of(table) == ()
    assert dict(made.left_out).keys() <= {"teardrop"}
