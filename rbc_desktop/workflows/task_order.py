"""What comes of tasks that are worked on at once, handed on in the order of the tasks."""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Iterator
from typing import Generic, TypeVar

Event = TypeVar("Event")


class TaskOrder(Generic[Event]):
    """Keeps what comes too early; the task whose events are handed on now is the head.

    Args:
        tasks: how many there are.
        limit: how many events may wait besides those of the head.

    Attributes:
        head: number of the first task that isn't finished, from 0; `tasks` when all are.
    """

    def __init__(self, tasks: int, *, limit: int) -> None:
        self.head = 0
        self._tasks, self._limit = tasks, limit
        self._events: defaultdict[int, deque[Event]] = defaultdict(deque)
        self._ended: set[int] = set()

    @property
    def waiting(self) -> int:
        """Events that are kept."""
        return sum(len(events) for events in self._events.values())

    @property
    def is_complete(self) -> bool:
        """Whether every task has ended and all was handed on."""
        return self.head == self._tasks

    def accepts(self, task: int) -> bool:
        """Whether there is room for an event of this task; there always is for the head, or nothing would move."""
        return task == self.head or self.waiting < self._limit

    def put(self, task: int, event: Event) -> None:
        """An event of a task."""
        self._events[task].append(event)

    def end(self, task: int) -> None:
        """No more events come of a task."""
        self._ended.add(task)

    def take(self) -> Iterator[tuple[int, Event | None]]:
        """What may be handed on now: the task's number and an event, or None where the task ends."""
        while self.head < self._tasks:
            task = self.head
            events = self._events[task]
            while events:
                yield task, events.popleft()
            if task not in self._ended:
                return
            del self._events[task]
            self._ended.discard(task)
            self.head += 1
            yield task, None
