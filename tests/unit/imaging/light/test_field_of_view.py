"""Round views, borders and banners around drawn fields; ordinary fields are whole."""

import cv2
import numpy as np
import pytest

from rbc_desktop.domain.cells.mask import CellMask
from rbc_desktop.domain.fields.regions import Region
from rbc_desktop.domain.geometry import Point
from rbc_desktop.imaging.cells.field_context import field_context
from rbc_desktop.imaging.fields.empty_field import no_cells_sentence
from rbc_desktop.imaging.fields.scale import stained_area, typical_diameter
from rbc_desktop.imaging.light.array_reader import ArrayReader
from rbc_desktop.imaging.light.field_of_view import FieldOfView, field_of_view
from rbc_desktop.imaging.light.illumination import background, optical_density
from training.data.sets.fields import DATA, list_fields, read_rgb
from training.renderer import FieldStyle, Kind, render_field, scatter

WIDTH, HEIGHT, DIAMETER = 640, 480, 38.0


@pytest.fixture(scope="module", params=[FieldStyle(), FieldStyle(light=(205, 214, 208), stain=0.7, gradient=0.25)])
def plain(request):
    """A field with room for a frame."""
    rng = np.random.default_rng(3)
    specs = scatter([Kind.NORMAL] * 45, width=WIDTH, height=HEIGHT, diameter=DIAMETER, rng=rng)
    return render_field(specs, width=WIDTH, height=HEIGHT, seed=3, style=request.param).rgb


def round_view(rgb, centre, radius):
    inside = np.zeros(rgb.shape[:2], np.uint8)
    cv2.circle(inside, centre, radius, 255, cv2.FILLED)
    share = cv2.GaussianBlur(inside, (0, 0), 3)[..., None] / 255.0
    return np.asarray(rgb * share + 4 * (1 - share), np.uint8), inside > 0


def framed(rgb, *, top=0, bottom=0, left=0, right=0, colour=(0, 0, 0)):
    out = rgb.copy()
    box = Region(left, top, WIDTH - right, HEIGHT - bottom)
    outside = np.ones(rgb.shape[:2], bool)
    outside[box.slices] = False
    out[outside] = colour
    return out, box


def jpeg(rgb):
    _, data = cv2.imencode(".jpg", np.ascontiguousarray(rgb[..., ::-1]), [cv2.IMWRITE_JPEG_QUALITY, 85])
    return np.ascontiguousarray(cv2.imdecode(data, cv2.IMREAD_COLOR)[..., ::-1])


def view_of(rgb):
    return field_of_view(ArrayReader(rgb))


def test_an_ordinary_field_is_whole(plain):
    for rgb in (plain, jpeg(plain), np.full_like(plain, 235), np.zeros_like(plain)):
        view = view_of(rgb)
        assert view.is_whole
        assert view.share == 1
        assert view.outside(Region(0, 0, 9, 9)) is None
        assert view.contains(Point(0, 0))


@pytest.mark.parametrize(("centre", "radius"), [((320, 240), 230), ((260, 200), 210), ((420, 300), 280)])
def test_a_round_view_is_found_wherever_it_lies(plain, centre, radius):
    rgb, inside = round_view(plain, centre, radius)
    view = view_of(rgb)
    outside = view.outside(Region(0, 0, WIDTH, HEIGHT))
    assert (~outside & ~inside).mean() < 0.001, "hardly anything of the frame is in view"
    assert (outside & inside).sum() < 0.12 * inside.sum()
    assert view.contains(Point(*centre))
    assert not view.contains(Point(1, 1))


@pytest.mark.parametrize("colour", [(0, 0, 0), (255, 255, 255), (128, 128, 128)])
@pytest.mark.parametrize(
    "sides", [{"top": 12, "bottom": 12, "left": 20, "right": 20}, {"left": 3}, {"bottom": 90}, {"right": 150, "top": 7}]
)
@pytest.mark.parametrize("packed", [False, True])
def test_straight_borders_are_found_to_the_pixel(plain, sides, colour, packed):
    rgb, box = framed(plain, **sides, colour=colour)
    found = view_of(jpeg(rgb) if packed else rgb).box
    slack = 2 if packed else 0
    for edge in ("x0", "y0", "x1", "y1"):
        assert abs(getattr(found, edge) - getattr(box, edge)) <= slack, edge


@pytest.mark.parametrize("packed", [False, True])
def test_a_coloured_frame_is_found_as_far_as_jpeg_keeps_its_colour(plain, packed):
    rgb, box = framed(plain, top=24, bottom=70, left=30, right=30, colour=(12, 20, 60))
    found = view_of(jpeg(rgb) if packed else rgb).box
    for edge in ("x0", "y0", "x1", "y1"):
        assert abs(getattr(found, edge) - getattr(box, edge)) <= (8 if packed else 0), edge


@pytest.mark.parametrize(("paper", "ink"), [((0, 0, 0), (255, 255, 255)), ((255, 255, 255), (0, 0, 0))])
@pytest.mark.parametrize("packed", [False, True])
def test_a_banner_with_text_is_found(plain, paper, ink, packed):
    rgb, box = framed(plain, bottom=44, colour=paper)
    for line, text in enumerate(("100x oil  NA 1.25  12.03.2026 10:14:07", "Sample 4711 / slide 2   20 um")):
        cv2.putText(rgb, text, (8, HEIGHT - 27 + 20 * line), cv2.FONT_HERSHEY_SIMPLEX, 0.5, ink, 1, cv2.LINE_AA)
    cv2.rectangle(rgb, (520, HEIGHT - 16), (620, HEIGHT - 11), ink, cv2.FILLED)
    found = view_of(jpeg(rgb) if packed else rgb).box
    assert (found.x0, found.y0, found.x1) == (box.x0, box.y0, box.x1)
    assert abs(found.y1 - box.y1) <= 2


def test_a_banner_within_a_frame_is_found(plain):
    rgb, _ = framed(plain, bottom=40, colour=(240, 240, 240))
    rgb, _ = framed(rgb, top=6, bottom=6, left=6, right=6)
    assert view_of(rgb).box == Region(6, 6, WIDTH - 6, HEIGHT - 40)


def test_nothing_outside_is_used(plain):
    """Background, density, stained area, scale and typical cell are those of the part in view."""
    rgb, box = framed(plain, bottom=60, left=30, colour=(255, 255, 255))
    cv2.rectangle(rgb, (60, HEIGHT - 40), (600, HEIGHT - 20), (60, 0, 120), cv2.FILLED)  # stained like nuclei
    own = np.ascontiguousarray(plain[box.slices])
    density = optical_density(rgb).mean(axis=2)
    assert not density[HEIGHT - 58 :].any()
    assert not stained_area(density)[HEIGHT - 58 :].any()
    light = np.abs(background(rgb)[box.slices] - background(own))
    assert np.percentile(light, 99) < 8
    assert typical_diameter(rgb) == pytest.approx(typical_diameter(own), rel=0.03)
    context, alone = field_context(rgb), field_context(own)
    assert context.cell_density == pytest.approx(alone.cell_density, rel=0.06)
    assert context.cell_diameter == pytest.approx(alone.cell_diameter, rel=0.03)


def test_masks_at_the_edge_of_the_view_are_cut():
    view = FieldOfView(100, 80, Region(10, 0, 100, 60))

    def cuts(x, y):
        return view.cuts(CellMask(x, y, np.ones((12, 12), bool)))

    assert not cuts(40, 30)
    assert cuts(11, 30)
    assert cuts(40, 47)
    assert not cuts(40, 0), "the edge of the image is another matter"
    assert not FieldOfView(100, 80, Region(0, 0, 100, 80)).cuts(CellMask(0, 0, np.ones((5, 5), bool)))


def test_an_empty_field_in_a_frame_is_called_empty():
    rgb, _ = framed(np.full((HEIGHT, WIDTH, 3), (231, 224, 228), np.uint8), left=40, right=40, bottom=70)
    cv2.putText(rgb, "20 um", (300, HEIGHT - 30), cv2.FONT_HERSHEY_SIMPLEX, 0.7, (255, 255, 255), 2)
    assert "even background" in no_cells_sentence("a.png", rgb)


@pytest.mark.skipif(not DATA.is_dir(), reason="needs the images in ../shared/data")
def test_real_fields_lose_nothing_but_what_is_black():
    """Some images of TXL-PBC have a black strip along one side."""
    listed = list_fields()
    for _, path in listed[:: max(1, len(listed) // 120)]:
        rgb = read_rgb(path)
        view = view_of(rgb)
        if view.share < 0.999:
            outside = view.outside(Region(0, 0, rgb.shape[1], rgb.shape[0]))
            assert np.percentile(rgb[outside], 98) < 40, path.name
