"""The engine with a real network on its real thread, driven as the window drives it."""

import threading

import numpy as np
import pytest
import torch
from PySide6.QtCore import QObject, Slot

from rbc_desktop import allocator
from rbc_desktop.domain.cells.cell import Cell
from rbc_desktop.domain.cells.prompts import PromptSet
from rbc_desktop.engine import engine as engine_module
from rbc_desktop.engine import jobs
from rbc_desktop.engine.engine import Engine
from rbc_desktop.errors import InferenceError, ModelLoadError
from rbc_desktop.models.segmenter.compact_sam2 import build
from rbc_desktop.models.segmenter.networks import CompactNetwork
from rbc_desktop.models.segmenter.segmenter import Sam2Segmenter
from tests.fakes.ink_segmenter import InkSegmenter, drawn_field, grid_places, size_classifier

WAIT_MS = 60_000
SIGNALS = (
    "ready", "field_ready", "tile_ready", "proposal_ready", "cells_found", "analysis_ready", "progress",
    "task_finished", "failed", "notice",
)  # fmt: skip


class Recorder(QObject):
    """Keeps what arrives, in order, with the thread on which it arrived."""

    def __init__(self, engine):
        super().__init__()
        self.events = []
        for name in SIGNALS:
            getattr(engine, name).connect(getattr(self, f"on_{name}"))

    def of(self, name):
        return [value for kind, value, _ in self.events if kind == name]

    def count(self, name):
        return len(self.of(name))

    def has_rested(self, generation):
        """Whether every tile of this opening of a field is embedded: tiles are the last thing that the engine does."""
        fields = [m for m in self.of("field_ready") if m.ticket.generation == generation]
        done = sum(m.ticket.generation == generation for m in self.of("tile_ready"))
        return bool(fields) and done >= fields[0].tiles


def _slot(name):
    @Slot(object)
    def on_signal(self, value):
        self.events.append((name, value, threading.get_ident()))

    return on_signal


for _name in SIGNALS:
    setattr(Recorder, f"on_{_name}", _slot(_name))


class CountingNetwork(CompactNetwork):
    embedded = 0

    def embed(self, rgb):
        self.embedded += 1
        return super().embed(rgb)


class RealFactory:
    """Builds the compact network with random weights and remembers on which thread."""

    def __init__(self):
        self.thread = None
        self.network = None

    def __call__(self):
        self.thread = threading.get_ident()
        torch.manual_seed(5)
        self.network = CountingNetwork(build({}), input_size=256)
        return Sam2Segmenter(self.network, model_id="random", device=torch.device("cpu")), ("a note",)


class Running:
    def __init__(self, qtbot, segmenter_factory, classifier_factory=size_classifier):
        self.qtbot = qtbot
        self.engine = Engine(segmenter_factory, classifier_factory)
        self.seen = Recorder(self.engine)

    def until(self, condition):
        self.qtbot.waitUntil(condition, timeout=WAIT_MS)


@pytest.fixture
def start(qtbot):
    started = []

    def _start(*factories):
        running = Running(qtbot, *factories)
        started.append(running)
        running.engine.start()
        return running

    yield _start
    for running in started:
        assert running.engine.shutdown(timeout_ms=WAIT_MS)
        assert not running.engine._thread.isRunning()


@pytest.fixture
def real(start):
    factory = RealFactory()
    running = start(factory)
    running.factory = factory
    return running


def field(name="a", *, width=640, height=480):
    return drawn_field(grid_places(width=width, height=height), width=width, height=height, name=name)


def test_models_are_built_on_the_inference_thread_and_results_arrive_on_this_one(real):
    real.until(lambda: real.seen.count("ready") == 1)
    [ready] = real.seen.of("ready")
    assert (ready.device, ready.segmenter, ready.classifier) == ("cpu", "random", "size")
    assert ready.notes == ("a note",)
    assert ready.seconds_per_tile > 0
    assert real.factory.thread != threading.get_ident()
    assert {thread for *_, thread in real.seen.events} == {threading.get_ident()}


def test_a_click_before_the_models_are_ready_is_answered(real):
    real.engine.open_field(field())
    ticket = real.engine.submit_prompt(PromptSet.click(110, 110))
    real.until(lambda: real.seen.count("proposal_ready") == 1)
    assert real.seen.of("proposal_ready")[0].ticket == ticket


def test_a_click_during_embedding_is_not_lost_and_overtakes_the_other_tiles(real):
    real.engine.open_field(field(width=1280, height=960))
    real.until(lambda: real.seen.count("tile_ready") >= 2)
    tiles = real.seen.of("field_ready")[0].tiles
    before = real.seen.count("tile_ready")
    ticket = real.engine.submit_prompt(PromptSet.click(1240, 920))
    real.until(lambda: real.seen.count("proposal_ready") == 1)
    assert real.seen.of("proposal_ready")[0].ticket == ticket
    assert before <= real.seen.count("tile_ready") < tiles - 2


def test_every_click_is_answered_in_order(real):
    real.engine.open_field(field())
    tickets = [real.engine.submit_prompt(PromptSet.click(x, 110)) for x in range(40, 600, 35)]
    real.until(lambda: real.seen.count("proposal_ready") == len(tickets))
    assert [m.ticket for m in real.seen.of("proposal_ready")] == tickets


def test_of_many_hover_previews_only_the_latest_arrives(real):
    real.engine.open_field(field())
    for x in range(100, 200):
        latest = real.engine.submit_prompt(PromptSet.click(x, 110), hover=True)
    real.until(lambda: real.seen.has_rested(latest.generation))
    assert [m.ticket for m in real.seen.of("proposal_ready")] == [latest]


def test_results_of_a_field_that_was_left_never_arrive(real):
    real.engine.open_field(field("a"))
    old = [real.engine.submit_prompt(PromptSet.click(110, 110)) for _ in range(5)]
    real.engine.open_field(field("b"))
    new = real.engine.submit_prompt(PromptSet.click(110, 110))
    real.until(lambda: real.seen.count("proposal_ready") >= 1 and real.seen.has_rested(new.generation))
    assert [m.ticket for m in real.seen.of("proposal_ready")] == [new]
    assert old[0].generation < new.generation
    assert [m.ticket.generation for m in real.seen.of("field_ready")] == [new.generation]


def test_coming_back_to_a_field_uses_the_embeddings_that_are_there(real):
    counts = []
    for name in ("a", "b", "a"):
        opened = real.engine.open_field(field(name))
        real.until(lambda opened=opened: real.seen.has_rested(opened.generation))
        counts.append(real.factory.network.embedded)
    assert counts[0] < counts[1] == counts[2]
    tiles = [m.ticket.generation for m in real.seen.of("tile_ready")]
    assert tiles.count(1) == tiles.count(2) == tiles.count(3) > 0


def test_segment_all_can_be_cancelled_and_the_engine_goes_on(real):
    real.engine.open_field(large := field(width=1280, height=960))
    task = real.engine.segment_all(large)
    assert real.engine.is_busy
    real.until(lambda: real.seen.count("progress") >= 1)
    real.engine.cancel()
    assert not real.engine.is_busy
    assert real.seen.of("task_finished") == [jobs.TaskFinished(task, "segment all", 0, cancelled=True)]
    after = real.seen.count("progress")
    ticket = real.engine.submit_prompt(PromptSet.click(110, 110))
    real.until(lambda: real.seen.count("proposal_ready") >= 1)
    tiles = real.seen.count("tile_ready")
    real.until(lambda: real.seen.count("tile_ready") > tiles)  # what comes after finding cells goes on
    assert real.seen.count("progress") == after
    assert [m.ticket for m in real.seen.of("proposal_ready")] == [ticket]


def test_a_click_during_segment_all_is_answered_before_it_ends(start):
    running = start(lambda: (InkSegmenter(), ()))
    running.engine.open_field(large := field(width=1280, height=960))
    task = running.engine.segment_all(large)
    running.until(lambda: running.seen.count("progress") >= 2)
    running.engine.submit_prompt(PromptSet.click(110, 110))
    running.until(lambda: running.seen.count("task_finished") == 1)
    order = [kind for kind, *_ in running.seen.events if kind in ("proposal_ready", "task_finished")]
    assert order == ["proposal_ready", "task_finished"]
    [finished] = running.seen.of("task_finished")
    assert (finished.ticket, finished.cancelled) == (task, False)
    assert finished.count == sum(len(m.proposals) for m in running.seen.of("cells_found"))
    assert finished.count == len(grid_places(width=1280, height=960))


def test_found_cells_are_classified_in_batches_with_progress(start):
    running = start(lambda: (InkSegmenter(), ()))
    running.engine.open_field(opened := field())
    running.engine.segment_all(opened)
    running.until(lambda: running.seen.count("task_finished") == 1)
    proposals = [p for m in running.seen.of("cells_found") for p in m.proposals]
    cells = [Cell(i, 1, p.mask, p.prompts, p.score, p.touches_border) for i, p in enumerate(proposals, 1)]
    ticket = running.engine.classify(cells)
    running.until(lambda: running.seen.count("task_finished") == 2)
    analyses = [a for m in running.seen.of("analysis_ready") for a in m.analyses]
    assert [a.cell_id for a in analyses] == [cell.id for cell in cells]
    assert running.seen.of("progress")[-1] == jobs.Progress(ticket, "classify", len(cells), len(cells))
    assert max(len(m.analyses) for m in running.seen.of("analysis_ready")) <= engine_module.ANALYSE_BATCH
    assert running.engine.classify([]) is None


def test_missing_weights_are_one_sentence_and_every_request_says_so(start):
    def missing():
        raise ModelLoadError("The weights are missing.")

    running = start(missing)
    running.engine.open_field(field())
    ticket = running.engine.submit_prompt(PromptSet.click(9, 9))
    running.until(lambda: running.seen.count("failed") >= 3)
    failures = running.seen.of("failed")
    assert failures[0] == jobs.Failure(None, "The weights are missing.")
    assert jobs.Failure(ticket, "The weights are missing.") in failures


def test_without_a_classifier_the_rest_works(start):
    def missing():
        raise ModelLoadError("The booster is missing.")

    running = start(lambda: (InkSegmenter(), ()), missing)
    running.until(lambda: running.seen.count("ready") == 1)
    assert running.seen.of("ready")[0].classifier is None
    assert "The booster is missing." in running.seen.of("notice")[0]
    running.engine.open_field(field())
    running.engine.submit_prompt(PromptSet.click(110, 110))
    running.until(lambda: running.seen.count("proposal_ready") == 1)


class FailingOnce(InkSegmenter):
    error: Exception

    def segment(self, embedding, prompts, *, best_only=False):
        if not self.batches:
            self.batches.append(0)
            raise self.error
        return super().segment(embedding, prompts, best_only=best_only)


@pytest.mark.parametrize("error", [InferenceError("No memory."), RuntimeError("internal detail")])
def test_a_failure_ends_its_request_only(start, error):
    segmenter = FailingOnce()
    segmenter.error = error
    running = start(lambda: (segmenter, ()))
    running.engine.open_field(field())
    first = running.engine.submit_prompt(PromptSet.click(110, 110))
    second = running.engine.submit_prompt(PromptSet.click(110, 110))
    running.until(lambda: running.seen.count("proposal_ready") == 1)
    [failure] = running.seen.of("failed")
    assert failure.ticket == first
    assert "internal detail" not in failure.message
    assert running.seen.of("proposal_ready")[0].ticket == second


def test_a_failure_within_segment_all_ends_the_task(start):
    segmenter = FailingOnce()
    segmenter.error = InferenceError("No memory.")
    running = start(lambda: (segmenter, ()))
    running.engine.open_field(opened := field())
    running.engine.segment_all(opened)
    running.until(lambda: running.seen.count("task_finished") == 1)
    assert running.seen.of("task_finished")[0].cancelled
    assert not running.engine.is_busy


def test_requests_without_a_field_are_refused(real):
    with pytest.raises(ValueError, match="no field is open"):
        real.engine.submit_prompt(PromptSet.click(1, 1))
    real.engine.open_field(field())
    real.engine.close_field()
    with pytest.raises(ValueError, match="no field is open"):
        real.engine.classify([object()])


def test_shutdown_during_work_joins_the_thread_and_nothing_arrives_after_it(real):
    real.engine.open_field(large := field(width=1280, height=960))
    real.engine.segment_all(large)
    real.until(lambda: real.seen.count("progress") >= 1)
    native = {t.ident for t in threading.enumerate()}
    assert real.engine.shutdown(timeout_ms=WAIT_MS)
    count = len(real.seen.events)
    real.qtbot.wait(1)
    assert len(real.seen.events) == count
    assert real.engine._thread.isFinished()
    assert {t.ident for t in threading.enumerate()} <= native
    assert real.engine.shutdown()


def test_shutdown_before_start_and_twice(qtbot):
    engine = Engine(RealFactory(), size_classifier)
    assert engine.shutdown()
    assert engine.shutdown()


def test_proposals_of_the_real_network_are_clean_masks(real):
    real.engine.open_field(field())
    for place in grid_places()[:6]:
        real.engine.submit_prompt(PromptSet.click(*place))
    real.until(lambda: real.seen.count("proposal_ready") == 6)
    for message in real.seen.of("proposal_ready"):
        for candidate in message.proposal.candidates if message.proposal else ():
            assert candidate.mask.crop.dtype == np.bool_
            assert 0 <= candidate.score <= 1


def test_memory_of_the_last_tiles_is_given_back_once_they_rest_and_not_after_a_click(real, monkeypatch):
    given = []
    monkeypatch.setattr(allocator, "release", lambda: given.append(real.seen.count("tile_ready")))
    ticket = real.engine.open_field(field())
    real.until(lambda: real.seen.has_rested(ticket.generation))
    real.until(lambda: len(given) >= 2)  # as the field is prepared, and now
    before = len(given)
    real.engine.submit_prompt(PromptSet.click(110, 110))
    real.until(lambda: real.seen.count("proposal_ready") == 1)
    assert len(given) == before
