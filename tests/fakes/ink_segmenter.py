"""A segmenter for drawn fields: what is dark is a cell. It follows the port and needs no network."""

import hashlib
from dataclasses import dataclass, replace

import cv2
import numpy as np

from rbc_desktop.domain.classes.taxonomy import RED_CELL_CLASSES
from rbc_desktop.ports import DenseMaps, LoadedImage, MaskCandidates

LIGHT, INK = (225, 215, 220), (190, 110, 130)


@dataclass(frozen=True, eq=False)
class InkMaps:
    dark: np.ndarray

    @property
    def nbytes(self):
        return self.dark.nbytes


class InkSegmenter:
    model_id, device, input_size, cell_px = "ink", "cpu", 512, 48.0
    input_sizes = (512,)
    helpers = 1

    def __init__(self, *, dense=True):
        self.has_dense_head = dense
        self.embedded = self.entered = 0
        self.batches = []

    def enter_helper(self):
        self.entered += 1

    def embed(self, tile):
        self.embedded += 1
        assert tile.shape == (512, 512, 3)
        return InkMaps((tile[..., 1] < 160).astype(np.uint8))

    def segment(self, embedding, prompts, *, best_only=False):
        self.batches.append(len(prompts))
        answers = [self._answer(embedding, prompt) for prompt in prompts]
        return [replace(a, logits=a.logits[:1], scores=a.scores[:1]) for a in answers] if best_only else answers

    def _answer(self, embedding, prompt):
        _, labels = cv2.connectedComponents(embedding.dark, connectivity=4)
        if prompt.box is not None:
            x, y = prompt.box.centre.x, prompt.box.centre.y
        else:
            x, y = prompt.points[prompt.labels == 1][0]
        label = labels[int(np.clip(y, 0, 511)), int(np.clip(x, 0, 511))]
        mask = (labels == label) & (label > 0)
        small = cv2.resize(mask.astype(np.float32), (128, 128), interpolation=cv2.INTER_AREA)
        logits = np.stack([small, np.full_like(small, 0.2)]) * 20 - 10
        return MaskCandidates(logits.astype(np.float32), np.array([0.9, 0.1], np.float32), stride=4)

    def dense(self, embedding):
        distance = cv2.distanceTransform(np.pad(embedding.dark, 1), cv2.DIST_L2, 5)[1:-1, 1:-1] / 24
        small = cv2.resize(np.clip(distance, 0, 1), (128, 128), interpolation=cv2.INTER_AREA)
        dark = cv2.resize(embedding.dark.astype(np.float32), (128, 128), interpolation=cv2.INTER_AREA)
        return DenseMaps(foreground=dark, distance=small, centre=small, to_centre=_to_centre(dark))

    def take_notices(self):
        return ()


def _to_centre(dark):
    """Distance to the centroid of each disc, model pixels, on the maps of stride 4."""
    _, labels, _, centroids = cv2.connectedComponentsWithStats((dark > 0.5).astype(np.uint8), connectivity=4)
    rows, columns = np.mgrid[: dark.shape[0], : dark.shape[1]]
    return 4 * np.hypot(columns - centroids[labels][..., 0], rows - centroids[labels][..., 1]).astype(np.float32)


class SizeClassifier:
    """Probabilities that depend on the first feature only, so that order can be checked."""

    model_id, classes, review_limit = "size", RED_CELL_CLASSES, 0.55
    reads_field = False

    def classify(self, features, *, evidence=None):
        rows = np.full((len(features), len(self.classes)), 0.01, np.float32)
        rows[:, 0] = 1 - rows[:, 1:].sum(axis=1)
        return rows


def size_classifier():
    """`ports.ClassifierFactory`."""
    return SizeClassifier(), ()


def drawn_field(places, *, width=640, height=480, radius=20, name="a"):
    """A field with discs at the places."""
    rgb = np.full((height, width, 3), LIGHT, np.uint8)
    for x, y in places:
        cv2.circle(rgb, (int(x), int(y)), radius, INK, -1, lineType=cv2.LINE_AA)
    rgb.setflags(write=False)
    return LoadedImage(path=None, pixels=rgb, sha256=hashlib.sha256(name.encode()).hexdigest())


def grid_places(*, width=640, height=480, step=70, margin=40):
    return [(x, y) for y in range(margin, height - margin + 1, step) for x in range(margin, width - margin + 1, step)]
