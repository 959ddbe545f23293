"""A technician names a class, reviews four fields, retrains in the window, and the classifier proposes the class."""

import cv2
import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from rbc_desktop.commands.desktop import assembly
from rbc_desktop.domain.cells.prompts import PromptSet
from rbc_desktop.domain.cells.proposal import Candidate, Proposal
from rbc_desktop.domain.classes.own_classes import own_class
from rbc_desktop.domain.classes.taxonomy import CellClass
from rbc_desktop.domain.fields.calibration import Calibration
from rbc_desktop.storage.laboratory.classifier_folders import retrained_classifiers
from rbc_desktop.ui.settings.models_page import classifier_kinds
from tests.fakes.lab_sets import SCALE, drawn
from training.renderer import Kind

SLOW = 300_000
LEFT = Qt.MouseButton.LeftButton
SICKLE = own_class("sickle", code="Si", colour="#7F3C8D", key="Shift+5")
KINDS = (Kind.NORMAL,) * 10 + (Kind.SCHISTOCYTE,) * 5 + (Kind.TARGET_CELL,) * 4


@pytest.fixture
def at_work(qtbot, tmp_path):
    """The window over four drawn fields; every cell is reviewed, schistocytes as sickles, but those of the fourth."""
    window = assembly.build_window(QApplication.instance())
    qtbot.addWidget(window)
    window.show()
    window.services.engine.start()
    pictures = [drawn(20 * number + 1, KINDS) for number in range(4)]
    paths = [tmp_path / f"{number}.png" for number in range(4)]
    for path, picture in zip(paths, pictures, strict=True):
        path.write_bytes(cv2.imencode(".png", picture.rgb[..., ::-1])[1].tobytes())
    window.services.files.start(paths)
    editor = window.services.editor
    qtbot.waitUntil(lambda: len(editor.case.fields) == 4 and window.status.is_ready, timeout=SLOW)
    window.services.classes.set((SICKLE,))
    editor.set_calibration(editor.case.fields, Calibration(SCALE.um_per_px, "typed"))
    for number, picture in zip(editor.case.fields, pictures, strict=True):
        made = editor.add_cells(number, _proposals(picture), run=editor.new_run())
        for cell, rendered in zip(made, picture.cells, strict=True):
            is_sickle = rendered.spec.kind is Kind.SCHISTOCYTE
            if number < 4:
                editor.set_class((cell.id,), SICKLE if is_sickle else rendered.spec.kind.cell_class)
    yield window
    window.close()
    assembly.close_down(window)


def _proposals(picture):
    """Proposals with the masks that were drawn."""
    size = {"width": 640, "height": 480}
    masks = [cell.mask for cell in picture.cells]
    return [
        Proposal(
            PromptSet.click(mask.centroid.x, mask.centroid.y), (Candidate(mask, 0.9, mask.touches_border(**size)),)
        )
        for mask in masks
    ]


def test_the_retrained_classifier_proposes_the_own_class_and_the_old_one_stays_selectable(qtbot, at_work):
    window, editor = at_work, at_work.services.editor
    window.action_set["retrain"].trigger()
    dialog = window.dialogs.relearning
    assert dialog.note.text() == ""
    qtbot.mouseClick(dialog.start, LEFT)
    assert not dialog.start.isVisible()
    qtbot.waitUntil(lambda: dialog.progress.value() > 0, timeout=SLOW)
    window.services.selection.set((1,))  # the window goes on meanwhile
    qtbot.waitUntil(lambda: dialog.use.isVisible(), timeout=SLOW)
    assert "macro-F1 of the bundled classes was" in dialog.outcome.text()
    assert "sickle" in dialog.outcome.text()
    [folder] = retrained_classifiers()
    assert window.services.settings.value.classifier_weights == "", "nothing is used before somebody says so"
    qtbot.mouseClick(dialog.use, LEFT)
    qtbot.waitUntil(lambda: "-own cells (" in (window.status.models.classifier or ""), timeout=SLOW)
    assert window.services.settings.value.classifier_weights == str(folder)
    assert list(classifier_kinds()) == ["bundled", str(folder), "folder"]
    assert not next(line for line in window.panel.counts.lines if line.name == "sickle").by_hand

    unseen = [cell for cell in editor.case.cells_of(4) if not cell.touches_border]
    window.services.editor.set_current_field(4)
    qtbot.waitUntil(
        lambda: all((p := editor.case.prediction_of(c)) is not None and SICKLE in p.probabilities for c in unseen),
        timeout=SLOW,
    )
    proposed = [editor.case.shown_class_of(cell) for cell in unseen]
    assert proposed.count(SICKLE) >= 2
    assert proposed.count(CellClass.NORMAL) >= 4
