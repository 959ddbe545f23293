from pathlib import Path

import pytest

from rbc_desktop.domain.slides.slide import SlideInfo, stored_levels


@pytest.mark.parametrize(
    ("sizes", "downsamples"),
    [
        ([(8000, 8000), (2000, 2000), (500, 500)], [1, 4, 16]),
        ([(3001, 2003), (750, 500), (187, 125)], [1, 4, 16]),  # what is left over is dropped
        ([(3001, 2003), (751, 501)], [1, 4]),  # or made up
        ([(1000, 1000), (300, 300)], [1, 10 / 3]),
    ],
)
def test_a_downsample_is_the_whole_number_that_explains_both_sides(sizes, downsamples):
    assert [level.downsample for level in stored_levels(sizes)] == pytest.approx(downsamples)


def test_the_level_for_a_size_is_the_coarsest_that_has_the_pixels():
    info = SlideInfo(Path("/a.svs"), stored_levels([(1600, 1600), (400, 400), (100, 100)]))
    assert [info.level_for(factor) for factor in (0.5, 1, 3.9, 4, 15, 16, 99)] == [0, 0, 0, 1, 1, 2, 2]
