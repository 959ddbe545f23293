"""What comes of one file, whatever is wrong with it."""

import signal

import numpy as np
import pytest
from PIL import Image, ImageFilter

from rbc_desktop.domain.fields.calibration import Calibration
from rbc_desktop.domain.fields.regions import Region
from rbc_desktop.engine.pipeline import Pipeline
from rbc_desktop.storage import digest
from rbc_desktop.storage.digest import sha256_of
from rbc_desktop.storage.slides import slide_opener
from rbc_desktop.workflows.analysis.analysing import FieldFindings
from rbc_desktop.workflows.batch.file_analysis import (
    FileFailure,
    FileRemark,
    FileTask,
    HowToAnalyse,
    KnownImage,
    analyse_task,
    lost_text,
)
from tests.fakes.ink_segmenter import InkSegmenter, SizeClassifier, drawn_field, grid_places
from tests.fakes.slide_files import drawn_film, write_pages


@pytest.fixture
def pipeline():
    return Pipeline(InkSegmenter(), SizeClassifier())


@pytest.fixture
def pages(tmp_path):
    """A TIFF with two different fields."""
    first = Image.fromarray(drawn_field(grid_places()).pixels)
    second = Image.fromarray(np.ascontiguousarray(drawn_field(grid_places()[:6]).pixels))
    first.save(tmp_path / "two.tif", save_all=True, append_images=[second])
    return tmp_path / "two.tif"


def events(pipeline, path, *, how=HowToAnalyse(), known=()):  # noqa: B008 - frozen
    return list(analyse_task(pipeline, FileTask(path), how=how, known=known))


def test_every_field_of_a_file_is_found_at_the_given_scale(pipeline, pages):
    scale = Calibration(7.5 / 41, "command line")
    found = events(pipeline, pages, how=HowToAnalyse(scale))
    assert [len(f.cells) for f in found] == [len(grid_places()), 6]
    assert {f.field.calibration for f in found} == {scale}


def test_a_focus_stack_is_analysed_once_and_that_is_said(pipeline, tmp_path):
    sharp = Image.fromarray(drawn_field(grid_places()).pixels)
    blurred = sharp.filter(ImageFilter.GaussianBlur(2))
    blurred.save(tmp_path / "stack.tif", save_all=True, append_images=[sharp, blurred])
    remark, found = events(pipeline, tmp_path / "stack.tif")
    assert remark == FileRemark("3 pages of stack.tif show the same place; only the sharpest of them, page 2, counts.")
    assert (found.field.page, len(found.cells)) == (1, len(grid_places()))
    assert found.look is not None


def test_known_pictures_are_not_analysed_again(pipeline, pages):
    first, second = events(pipeline, pages)
    key = first.field.picture
    again = events(pipeline, pages, known={key})
    assert again[0] == KnownImage(key, pages)
    assert isinstance(again[1], FieldFindings)
    assert again[1].field == second.field


def test_an_image_that_was_cut_off_is_taken_only_when_that_is_said(pipeline, tmp_path):
    whole = tmp_path / "whole.jpg"
    Image.fromarray(drawn_field(grid_places()).pixels).save(whole)
    data = whole.read_bytes()
    cut = tmp_path / "cut.jpg"
    cut.write_bytes(data[: 3 * len(data) // 4] + b"\xff\xd9")
    (failure,) = events(pipeline, cut)
    assert "--incomplete" in failure.message
    (found,) = events(pipeline, cut, how=HowToAnalyse(incomplete=True))
    assert found.field.remark("incomplete")


def test_a_file_that_is_no_image_fails_with_its_sentence(pipeline, tmp_path):
    path = tmp_path / "text.png"
    path.write_text("no image")
    assert events(pipeline, path)[0].message.startswith("text.png is not an image")


@pytest.mark.parametrize(
    ("error", "sentence"),
    [(MemoryError(), "enough memory to analyse two.tif"), (ValueError("odd\nmore"), "(ValueError: odd)")],
)
def test_whatever_happens_is_a_sentence(pipeline, pages, monkeypatch, error, sentence):
    def fail(*_, **__):
        raise error

    monkeypatch.setattr(pipeline, "prepare", fail)
    (failure,) = events(pipeline, pages)
    assert isinstance(failure, FileFailure)
    assert sentence in failure.message


def test_a_file_over_which_a_process_died_is_named_with_how():
    assert "SIGTERM" in lost_text("b.png", -signal.SIGTERM)
    assert "signal 250" in lost_text("b.png", -250)
    assert "status 3" in lost_text("b.png", 3)
    assert "--resume" in lost_text("b.png", 3)


@pytest.fixture
def surveyed(pipeline, tmp_path, monkeypatch):
    """The tasks into which a slide falls."""
    monkeypatch.setattr(slide_opener, "SLIDE_PIXELS", 100_000)
    path = write_pages(tmp_path / "film.tif", drawn_film(900, 600, cells=8), factors=(1, 4))
    regions = (
        ("", Region(0, 0, 300, 300)),
        ("film.tif", Region(400, 100, 800, 500)),
        ("other.tif", Region(0, 0, 9, 9)),
    )
    (survey,) = events(pipeline, path, how=HowToAnalyse(regions=regions))
    assert survey.entry.sha256 == sha256_of(path)
    return survey.parts


def of_part(pipeline, task, known=()):
    return list(analyse_task(pipeline, task, how=HowToAnalyse(regions=()), known=known))


def test_a_slide_falls_into_a_task_per_region(pipeline, surveyed):
    assert [task.name for task in surveyed] == ["film.tif (0, 0)", "film.tif (400, 100)"]
    (found,) = of_part(pipeline, surveyed[1])
    assert found.field.region == Region(400, 100, 800, 500)
    assert found.field.picture == surveyed[1].part.key


def test_a_region_that_is_known_is_not_read(pipeline, surveyed):
    surveyed[0].path.unlink()
    known = {surveyed[0].part.key}
    assert of_part(pipeline, surveyed[0], known) == [KnownImage(surveyed[0].part.key, surveyed[0].path)]


def test_a_slide_is_hashed_once_however_many_regions_it_has(pipeline, surveyed, monkeypatch):
    monkeypatch.setattr(digest, "_known", {})  # as in another process
    monkeypatch.setattr(digest, "sha256_of", lambda *_, **__: pytest.fail("read again"))
    assert all(isinstance(event, FieldFindings) for task in surveyed for event in of_part(pipeline, task))


def test_a_slide_that_was_replaced_or_is_gone_is_one_sentence(pipeline, surveyed):
    path = surveyed[0].path
    write_pages(path, drawn_film(900, 600, cells=9, seed=1), factors=(1, 4))
    assert of_part(pipeline, surveyed[0]) == [
        FileFailure("film.tif has changed since the run began; go on with --resume.")
    ]
    path.unlink()
    assert of_part(pipeline, surveyed[1]) == [
        FileFailure("film.tif can't be reached any more; connect its drive and go on with --resume.")
    ]
