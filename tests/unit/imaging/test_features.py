"""Feature vectors: stable, named, and blind to what a microscope does to a cell."""

import cv2
import numpy as np
import pytest
from skimage.feature import hog

from rbc_desktop.domain.cells.mask import CellMask
from rbc_desktop.imaging.features import FEATURE_NAMES, FEATURE_VERSION, GROUPS, extract_many, names_hash
from rbc_desktop.imaging.features.hog import hog_many
from tests.fakes.drawn_cells import GOLDEN, SIZE, drawn_field


@pytest.fixture(scope="module")
def drawn():
    field, masks = drawn_field()
    return list(masks), extract_many(field, list(masks.values()), normal_diameter_px=39.0)


def column(names, vectors, feature):
    return dict(zip(names, vectors[:, FEATURE_NAMES.index(feature)], strict=True))


def test_names_are_unique_and_match_the_vectors(drawn):
    _, vectors = drawn
    assert len(set(FEATURE_NAMES)) == len(FEATURE_NAMES) == vectors.shape[1]
    assert sum(len(group) for group in GROUPS.values()) == len(FEATURE_NAMES)
    assert vectors.dtype == np.float32
    assert np.isfinite(vectors).all()


def test_vectors_equal_the_golden_ones(drawn):
    """Training and application share this code; a change of meaning must come with a new version."""
    _, vectors = drawn
    with np.load(GOLDEN) as golden:
        assert int(golden["version"]) == FEATURE_VERSION
        assert str(golden["names"]) == names_hash()
        np.testing.assert_allclose(vectors, golden["vectors"], rtol=5e-3, atol=5e-3)


def test_hog_is_that_of_scikit_image():
    patches = np.random.default_rng(1).random((3, 60, 60)).astype(np.float32)
    ours = hog_many(patches, cell=15)
    for patch, values in zip(patches, ours, strict=True):
        expected = hog(patch, orientations=9, pixels_per_cell=(15, 15), cells_per_block=(2, 2), block_norm="L2-Hys")
        np.testing.assert_allclose(values, expected, atol=2e-4)


def test_features_tell_the_drawn_cells_apart(drawn):
    names, vectors = drawn
    ratio = column(names, vectors, "axis_ratio")
    assert ratio["oval"] > 1.4 > 1.1 > ratio["normal"]
    assert column(names, vectors, "spicules_0.03")["burr"] >= 10 > column(names, vectors, "spicules_0.03")["normal"]
    assert max(column(names, vectors, "skew_long"), key=column(names, vectors, "skew_long").get) == "tail"
    core = column(names, vectors, "core_rim")
    assert core["pale"] < core["normal"] < core["dense"]
    size = column(names, vectors, "diameter")
    assert size["small"] < size["normal"] < size["large"]
    assert column(names, vectors, "centre_minus_ring")["target"] > 0.3


@pytest.mark.parametrize(
    ("change", "limit"),
    [
        ({"lamp": (245, 240, 242)}, 0.05),
        ({"lamp": (120, 105, 112)}, 0.08),
        ({"gain": 1.3}, 0.08),
        ({"scale": 2.0}, 0.12),
        ({"scale": 2.0, "lamp": (240, 230, 235)}, 0.12),
    ],
)
def test_cells_score_alike_under_another_lamp_stain_or_magnification(drawn, change, limit):
    """Every named value that means something on its own moves by less than `limit` of its spread over the cells."""
    names, vectors = drawn
    field, masks = drawn_field(**change)
    changed = extract_many(field, [masks[name] for name in names])
    groups = ("size", "fourier", "profile", "polar", "density", "hog_window", "hog_normalised")
    columns = [FEATURE_NAMES.index(name) for group in groups for name in GROUPS[group]]
    spread = vectors[:, columns].std(axis=0) + 0.02
    assert np.median(np.abs(changed[:, columns] - vectors[:, columns]) / spread) < limit


def test_a_quarter_turn_changes_only_the_window(drawn):
    names, vectors = drawn
    field, masks = drawn_field(turns=1)
    turned = extract_many(field, [masks[name] for name in names], normal_diameter_px=39.0)
    groups = ("size", "physical_size", "shape", "fourier", "profile", "polar", "density", "colour")
    columns = [FEATURE_NAMES.index(name) for group in groups for name in GROUPS[group]]
    spread = vectors[:, columns].std(axis=0) + 0.02
    moved = np.abs(turned[:, columns] - vectors[:, columns]) / spread
    assert np.quantile(moved, 0.9) < 0.35


def test_without_calibration_only_the_calibrated_sizes_are_unknown(drawn):
    _, vectors = drawn
    field, masks = drawn_field()
    plain = extract_many(field, list(masks.values()))
    unknown = np.isnan(plain).any(axis=0)
    assert {FEATURE_NAMES[i] for i in np.flatnonzero(unknown)} == set(GROUPS["physical_size"])
    np.testing.assert_array_equal(plain[:, ~unknown], vectors[:, ~unknown])


def test_odd_masks_give_finite_vectors():
    field, _ = drawn_field()
    height, width = field.shape[:2]
    speck = CellMask.from_array(np.ones((1, 1), bool), x0=5, y0=5)
    line = CellMask.from_array(np.ones((1, width), bool))
    whole = CellMask.from_array(np.ones((height, width), bool))
    corner = CellMask.from_array(np.ones((30, 30), bool), x0=width - 30, y0=height - 30)
    vectors = extract_many(field, [speck, line, whole, corner], normal_diameter_px=39.0)
    assert np.isfinite(vectors).all()


def test_a_field_without_other_cells_leaves_only_the_comparison_unknown():
    blank = np.full((64, 64, 3), 255, np.uint8)
    unknown = np.isnan(extract_many(blank, [corner_mask()], normal_diameter_px=39.0)).any(axis=0)
    assert {FEATURE_NAMES[i] for i in np.flatnonzero(unknown)} == set(GROUPS["relative"])


def test_cells_are_compared_with_those_of_their_field(drawn):
    names, vectors = drawn
    rank = column(names, vectors, "diameter_rank")
    assert min(rank, key=rank.get) == "fragment"
    assert max(rank, key=rank.get) == "large"
    assert abs(column(names, vectors, "diameter_over_median")["normal"] - 1) < 0.1
    assert (
        column(names, vectors, "core_rim_rank")["pale"] < 0.2 < 0.6 < column(names, vectors, "core_rim_rank")["dense"]
    )


def test_the_edge_is_that_of_the_stain_wherever_the_mask_ends():
    """Bumps of the stain count although a mask smooths them away; a mask a pixel too wide changes little."""
    field, masks = drawn_field()
    names = list(masks)
    exact = extract_many(field, [masks[name] for name in names])
    smooth = extract_many(field, [disc(masks[name]) if name == "burr" else masks[name] for name in names])
    wide = extract_many(field, [grown(masks[name]) for name in names])
    bumps = [column(names, v, "edge_10to13")["burr"] + column(names, v, "edge_14to20")["burr"] for v in (exact, smooth)]
    assert bumps[1] > 0.6 * bumps[0]
    assert bumps[1] > 3 * (
        column(names, smooth, "edge_10to13")["normal"] + column(names, smooth, "edge_14to20")["normal"]
    )
    assert column(names, smooth, "spicules_0.03")["burr"] < column(names, smooth, "edge_spicules_0.02")["burr"]
    for name in ("normal", "small", "large", "pale"):
        assert column(names, wide, "edge_diameter")[name] == pytest.approx(
            column(names, exact, "edge_diameter")[name], rel=0.02
        )
        assert column(names, wide, "diameter")[name] > 1.03 * column(names, exact, "diameter")[name]


def test_gradients_in_rings_stay_when_the_cell_turns(drawn):
    names, vectors = drawn
    field, masks = drawn_field(turns=1)
    turned = extract_many(field, [masks[name] for name in names], normal_diameter_px=39.0)
    columns = [FEATURE_NAMES.index(name) for name in GROUPS["rings"]]
    assert np.abs(turned[:, columns] - vectors[:, columns]).max() < 0.1
    assert np.allclose(np.linalg.norm(vectors[:, columns], axis=1), 1, atol=1e-3)


def disc(mask):
    """A round mask of the same middle and area."""
    radius = np.sqrt(mask.area / np.pi)
    ys, xs = np.mgrid[: SIZE[0], : SIZE[1]]
    return CellMask.from_array(np.hypot(xs + 0.5 - mask.centroid.x, ys + 0.5 - mask.centroid.y) <= radius)


def grown(mask):
    return CellMask.from_array(
        cv2.dilate(np.pad(mask.crop, 2).astype(np.uint8), np.ones((3, 3), np.uint8)) > 0, x0=mask.x0 - 2, y0=mask.y0 - 2
    )


def corner_mask():
    return CellMask.from_array(np.ones((20, 20), bool))


def test_no_masks_give_an_empty_table():
    assert extract_many(drawn_field()[0], []).shape == (0, len(FEATURE_NAMES))
