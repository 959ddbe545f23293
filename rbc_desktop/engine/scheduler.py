"""Which job runs next: prompt, then the tile under the cursor, then classification, then the rest. No Qt, no torch."""

from __future__ import annotations

import threading

from ..domain.geometry import Box, Point
from .jobs import (
    ANY_GENERATION,
    Analyse,
    EmbedTile,
    Job,
    LookForMissed,
    PrepareAhead,
    PrepareField,
    Priority,
    ReadImage,
    ReplaceModels,
    Segment,
    SegmentAll,
    Ticket,
)


class Scheduler:
    """A small priority queue shared by the GUI thread, which submits, and the worker, which takes.

    Jobs of older generations and cancelled requests are refused and dropped. Of several hover previews only the
    latest is kept. Within one priority jobs run in the order of submission, tiles nearest to the cursor first.
    """

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._jobs: list[Job] = []
        self._replacement: ReplaceModels | None = None
        self._generation = 0
        self._cancelled: set[int] = set()
        self._cursor: Point | None = None
        self._visible: Box | None = None
        self._closed = False

    def submit(self, job: Job) -> bool:
        """Queue a job; False when it is stale, cancelled or the scheduler is closed."""
        with self._lock:
            if self._closed or not self._live(job.ticket):
                return False
            if isinstance(job, Segment) and job.hover:
                self._jobs = [j for j in self._jobs if not (isinstance(j, Segment) and j.hover)]
            self._jobs.append(job)
            return True

    def replace_models(self, job: ReplaceModels) -> None:
        """Queue other models, before every job of a field; of several only the latest is kept."""
        with self._lock:
            self._replacement = job

    def take(self) -> Job | ReplaceModels | None:
        """Remove and return the most urgent job, or None when there is none."""
        with self._lock:
            if self._closed:
                return None
            if self._replacement is not None:
                replacement, self._replacement = self._replacement, None
                return replacement
            if not self._jobs:
                return None
            index = min(range(len(self._jobs)), key=lambda i: (self._urgency(self._jobs[i]), i))
            return self._jobs.pop(index)

    def start_generation(self, generation: int) -> None:
        """Drop every job of an older generation, and refuse what still comes of it."""
        with self._lock:
            self._generation = generation
            self._jobs = [j for j in self._jobs if self._live(j.ticket)]
            self._cursor = self._visible = None

    def cancel(self, ticket: Ticket) -> None:
        """Drop the jobs of one request, and refuse what still comes of it."""
        with self._lock:
            self._cancelled.add(ticket.sequence)
            self._jobs = [j for j in self._jobs if self._live(j.ticket)]

    def is_live(self, ticket: Ticket) -> bool:
        """Whether anyone still waits for this request."""
        with self._lock:
            return not self._closed and self._live(ticket)

    def set_cursor(self, point: Point | None) -> None:
        """The tile whose core holds this point comes first among tiles."""
        with self._lock:
            self._cursor = point

    def set_visible(self, box: Box | None) -> None:
        """Tiles that meet this part of the field come before the others."""
        with self._lock:
            self._visible = box

    def close(self) -> None:
        """Forget every job and refuse new ones, for good."""
        with self._lock:
            self._closed = True
            self._jobs.clear()

    def __len__(self) -> int:
        with self._lock:
            return len(self._jobs)

    def _live(self, ticket: Ticket) -> bool:
        in_time = ticket.generation == ANY_GENERATION or ticket.generation >= self._generation
        return in_time and ticket.sequence not in self._cancelled

    def _urgency(self, job: Job) -> tuple[int, float]:
        match job:
            case PrepareField():
                return Priority.PREPARE, 0.0
            case Segment(hover=hover):
                return (Priority.HOVER if hover else Priority.PROMPT), 0.0
            case Analyse(elsewhere=elsewhere):
                return (Priority.CLASSIFY if elsewhere is None else Priority.ELSEWHERE), 0.0
            case SegmentAll(in_view=in_view):
                return (Priority.SEGMENT_ALL if in_view else Priority.SEGMENT_ELSEWHERE), 0.0
            case PrepareAhead():
                return Priority.BEGIN_AHEAD, 0.0
            case LookForMissed():
                return Priority.SEGMENT_ALL, 0.0
            case ReadImage():
                return Priority.READ_IMAGE, 0.0
            case EmbedTile():
                return self._tile_urgency(job)

    def _tile_urgency(self, job: EmbedTile) -> tuple[int, float]:
        tile = job.tile
        if self._cursor is not None and tile.core.contains(self._cursor):
            return Priority.CURSOR_TILE, 0.0
        target = self._cursor or (self._visible.centre if self._visible is not None else None)
        distance = 0.0 if target is None else tile.distance_to(target)
        seen = self._visible is not None and tile.core.intersection(self._visible) is not None
        return (Priority.VISIBLE_TILE if seen else Priority.OTHER_TILE), distance
