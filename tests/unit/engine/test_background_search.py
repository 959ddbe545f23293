"""Segment all as a row of short jobs."""

from dataclasses import replace
from pathlib import Path

from rbc_desktop.domain.fields.calibration import Calibration
from rbc_desktop.engine import jobs
from rbc_desktop.engine.background_search import SAID_TOGETHER, search
from rbc_desktop.engine.pipeline import Pipeline
from tests.fakes.ink_segmenter import InkSegmenter, SizeClassifier, drawn_field, grid_places

TICKET = jobs.Ticket(jobs.ANY_GENERATION, 1)


def drawn(places):
    return replace(drawn_field(places), path=Path("smear.png"))


def parts(image, *, calibration=None, prepared=False, existing=(), in_view=True):
    pipeline = Pipeline(InkSegmenter(), SizeClassifier())
    job = jobs.SegmentAll(TICKET, image, calibration, existing, in_view)
    field = pipeline.prepare(image, calibration=calibration) if prepared else None
    return list(search(pipeline, job, prepared=field))


def messages(found, kind):
    return [message for part in found for message in part if isinstance(message, kind)]


def test_a_field_is_prepared_in_a_job_of_its_own_and_every_message_has_the_ticket():
    found = parts(drawn(grid_places()))
    assert found[0] == []
    assert all(message.ticket == TICKET for part in found for message in part)
    cells = [p for message in messages(found, jobs.CellsFound) for p in message.proposals]
    assert len(cells) == len(grid_places())
    assert found[-1] == [jobs.TaskFinished(TICKET, "segment all", len(cells))]
    shares = [message.done / message.total for message in messages(found, jobs.Progress)]
    assert shares == sorted(shares)
    assert shares[-1] == 1


def test_an_open_field_is_not_prepared_a_second_time():
    image = drawn(grid_places())
    assert parts(image, prepared=True)[0] != []
    assert len(parts(image, prepared=True)) == len(parts(image)) - 1


def test_a_scale_of_the_file_that_cannot_be_is_left_aside():
    found = parts(drawn(grid_places()), calibration=Calibration(1.0, "file"))
    [remarked] = messages(found, jobs.FieldRemarked)
    assert (remarked.remark.kind, remarked.left_aside) == ("scale", True)
    assert messages(found, jobs.TaskFinished)[0].count == len(grid_places())


def test_a_field_without_cells_says_why_before_it_ends():
    remarked, finished = parts(drawn([]))[-1]
    assert remarked.remark.kind == "no cells"
    assert finished.count == 0


def test_cells_that_are_there_are_not_found_again():
    image = drawn(grid_places())
    first = [p for m in messages(parts(image), jobs.CellsFound) for p in m.proposals]
    again = parts(image, existing=tuple(p.mask for p in first))
    assert again[-1] == [jobs.TaskFinished(TICKET, "segment all", 0)]


def test_cells_out_of_view_are_told_many_at_a_time_and_none_is_lost():
    image = drawn_field(grid_places(width=1280, height=960), width=1280, height=960)
    seen, unseen = (messages(parts(image, in_view=in_view), jobs.CellsFound) for in_view in (True, False))
    assert len(unseen) < len(seen)
    assert all(len(told.proposals) >= SAID_TOGETHER for told in unseen[:-1])
    boxes = [[p.mask.box for told in found for p in told.proposals] for found in (seen, unseen)]
    assert boxes[0] == boxes[1]
