"""What runs next, and what is dropped."""

import pytest

from rbc_desktop.domain.cells.prompts import PromptSet
from rbc_desktop.domain.geometry import Box
from rbc_desktop.engine.jobs import Analyse, EmbedTile, PrepareField, Segment, SegmentAll, Ticket
from rbc_desktop.engine.scheduler import Scheduler
from rbc_desktop.imaging.masks.tiles import TileGrid

GRID = TileGrid.plan(width=1280, height=960, sizes=[512], scale=48 / 39, cell_px=48)
NUMBERS = iter(range(1, 10_000))


def ticket(generation=1):
    return Ticket(generation, next(NUMBERS))


def click(*, hover=False, generation=1):
    return Segment(ticket(generation), PromptSet.click(5, 5), hover)


@pytest.fixture
def scheduler():
    scheduler = Scheduler()
    scheduler.start_generation(1)
    return scheduler


def drain(scheduler):
    jobs = []
    while (job := scheduler.take()) is not None:
        jobs.append(job)
    return jobs


def test_order_is_prompt_cursor_tile_classify_rest(scheduler):
    tiles = [EmbedTile(ticket(), tile) for tile in GRID.tiles]
    cursor = GRID.tiles[4]
    everything = SegmentAll(ticket(), None, None)
    classify = Analyse(ticket(), (), None, 0, 1)
    hover, prompt = click(hover=True), click()
    prepare = PrepareField(ticket(), None, None)
    for job in [*tiles, everything, classify, hover, prompt, prepare]:
        assert scheduler.submit(job)
    scheduler.set_cursor(cursor.box.centre)
    order = drain(scheduler)
    assert order[:6] == [prepare, prompt, hover, tiles[4], classify, everything]
    assert set(order[6:]) == set(tiles) - {tiles[4]}


def test_tiles_in_view_come_before_others_nearest_first(scheduler):
    jobs = [EmbedTile(ticket(), tile) for tile in GRID.tiles]
    for job in jobs:
        scheduler.submit(job)
    corner = GRID.tiles[-1].core
    scheduler.set_visible(Box(corner.x0 - 50, corner.y0 + 10, corner.x1, corner.y1))
    first, second = drain(scheduler)[:2]
    assert {first.tile, second.tile} == set(GRID.tiles[-2:])
    assert first.tile is GRID.tiles[-1]


def test_the_cursor_may_move_after_the_tiles_were_queued(scheduler):
    for tile in GRID.tiles:
        scheduler.submit(EmbedTile(ticket(), tile))
    for tile in (GRID.tiles[5], GRID.tiles[2]):
        scheduler.set_cursor(tile.core.centre)
        assert scheduler.take().tile is tile


def test_prompts_keep_their_order_and_none_is_lost(scheduler):
    prompts = [click() for _ in range(20)]
    for prompt in prompts:
        scheduler.submit(prompt)
    assert drain(scheduler) == prompts


def test_of_several_hover_previews_the_latest_is_kept(scheduler):
    hovers = [click(hover=True) for _ in range(5)]
    prompt = click()
    for job in [*hovers[:3], prompt, *hovers[3:]]:
        scheduler.submit(job)
    assert drain(scheduler) == [prompt, hovers[-1]]


def test_a_new_generation_drops_and_refuses_the_old_one(scheduler):
    old, late = click(), click()
    scheduler.submit(old)
    scheduler.start_generation(2)
    assert not scheduler.submit(late)
    new = click(generation=2)
    assert scheduler.submit(new)
    assert drain(scheduler) == [new]
    assert not scheduler.is_live(old.ticket)


def test_cancel_drops_every_job_of_a_request_and_its_continuation(scheduler):
    everything, prompt = SegmentAll(ticket(), None, None), click()
    scheduler.submit(everything)
    scheduler.submit(prompt)
    scheduler.cancel(everything.ticket)
    assert not scheduler.submit(everything)
    assert drain(scheduler) == [prompt]


def test_a_closed_scheduler_gives_and_takes_nothing(scheduler):
    scheduler.submit(click())
    scheduler.close()
    assert scheduler.take() is None
    assert not scheduler.submit(click())
    assert len(scheduler) == 0
