"""What the classifier is told of a field when it is asked about some of its cells."""

import numpy as np

from rbc_desktop.domain.cells.cell import Cell
from rbc_desktop.domain.cells.prompts import PromptSet
from rbc_desktop.domain.fields.calibration import Calibration
from rbc_desktop.engine.pipeline import Pipeline
from rbc_desktop.imaging.cells.field_sample import MOST
from tests.fakes.ink_segmenter import InkSegmenter, SizeClassifier, drawn_field, grid_places


class FieldClassifier(SizeClassifier):
    """Hears of its field, and says which features and which evidence it was given."""

    reads_field = True

    def __init__(self):
        self.samples, self.heard = [], []

    def field_evidence(self, features):
        self.samples.append(features)
        return np.arange(float(len(self.classes)))

    def classify(self, features, *, evidence=None):
        self.heard.append(evidence)
        return super().classify(features)


def test_every_cell_hears_of_its_field_which_is_looked_at_once():
    classifier = FieldClassifier()
    pipeline = Pipeline(InkSegmenter(), classifier)
    places = grid_places()
    field = pipeline.prepare(drawn_field(places))
    cells = [
        Cell(n, 1, p.mask, p.prompts, p.score, p.touches_border)
        for n, p in enumerate(pipeline.propose_many(field, [PromptSet.click(*place) for place in places[:3]]), start=1)
    ]
    pipeline.analyse(field, cells[:1])
    pipeline.analyse(field, cells[1:], median_diameter_px=44.0)
    assert [len(features) for features in classifier.samples] == [min(MOST, len(places))]
    assert [heard.tolist() for heard in classifier.heard] == [list(map(float, range(len(classifier.classes))))] * 2
    calibrated = pipeline.prepare(drawn_field(places), calibration=Calibration(7.5 / 41, "typed"))
    pipeline.analyse(calibrated, cells)
    assert len(classifier.samples) == 2
    assert not np.array_equal(classifier.samples[0], classifier.samples[1], equal_nan=True)
