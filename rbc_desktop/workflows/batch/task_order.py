"""What comes of tasks that are worked on at once, handed on in the order of the tasks; a task may fall into parts."""

from __future__ import annotations

import heapq
from collections import defaultdict, deque
from collections.abc import Iterator, Sequence
from typing import Generic, TypeVar

Task = TypeVar("Task")
Event = TypeVar("Event")

Key = tuple[int, int]
"""Number of a task, from 0; and 0 for the task itself or the number of one of its parts, from 1."""


class TaskOrder(Generic[Task, Event]):
    """Says what is to be done next, and keeps what comes too early.

    The first task that isn't finished is the head. Its events are handed on as they come, and it may always begin;
    how far others run ahead is bounded. A task that turns out to be large is divided: its parts come right after it.

    Args:
        tasks: what there is to do.
        limit: how many events and begun tasks there may be between the head and a task that begins.
    """

    def __init__(self, tasks: Sequence[Task], *, limit: int) -> None:
        self._limit = limit
        self._tasks: dict[Key, Task] = {(number, 0): task for number, task in enumerate(tasks)}
        self._pending, self._line = list(self._tasks), list(self._tasks)  # heaps: not begun, not handed on wholly
        self._begun: set[Key] = set()
        self._events: defaultdict[Key, deque[Event]] = defaultdict(deque)
        self._divided: set[Key] = set()
        self._ended: set[Key] = set()

    @property
    def is_complete(self) -> bool:
        """Whether every task has ended and all was handed on."""
        return not self._line

    @property
    def pending(self) -> int:
        """Tasks that nobody has begun."""
        return len(self._pending)

    def task(self, key: Key) -> Task:
        """A task, or a part of one."""
        return self._tasks[key]

    def may_begin(self) -> bool:
        """Whether there is a task to begin, and room for what comes of it."""
        if not self._pending:
            return False
        key = self._pending[0]
        begun = sum(other < key for other in self._begun)
        return key == self._line[0] or begun + self._waiting(key) < self._limit

    def begin(self) -> Key | None:
        """The first task that nobody has begun, which is begun now; None while there is none, or no room."""
        if not self.may_begin():
            return None
        key = heapq.heappop(self._pending)
        self._begun.add(key)
        return key

    def give_back(self, key: Key) -> None:
        """A task that was begun has to begin anew."""
        self._begun.discard(key)
        heapq.heappush(self._pending, key)

    def accepts(self, key: Key) -> bool:
        """Whether there is room for an event of a task that was begun; there always is for the head."""
        return key == self._line[0] or self._waiting(key) < self._limit

    def put(self, key: Key, event: Event) -> None:
        """An event of a task."""
        self._events[key].append(event)

    def divide(self, key: Key, parts: Sequence[Task]) -> None:
        """A task falls into parts, which come after it and before the next. What it has said of itself is small."""
        if parts:
            self._divided.add(key)
        for number, part in enumerate(parts, start=1):
            self._tasks[key[0], number] = part
            heapq.heappush(self._pending, (key[0], number))
            heapq.heappush(self._line, (key[0], number))

    def end(self, key: Key) -> None:
        """No more events come of a task."""
        self._begun.discard(key)
        self._ended.add(key)

    def take(self) -> Iterator[tuple[Key, Event | None]]:
        """What may be handed on now: the key of a task and an event, or None where the task ends."""
        while self._line:
            key = self._line[0]
            events = self._events[key]
            while events:
                yield key, events.popleft()
            if key not in self._ended:
                return
            heapq.heappop(self._line)
            del self._events[key], self._tasks[key]
            self._ended.discard(key)
            self._divided.discard(key)
            yield key, None

    def _waiting(self, key: Key) -> int:
        """Events that are kept of a task and of those before it."""
        return sum(len(events) for other, events in self._events.items() if other <= key and other not in self._divided)
