"""Work that several threads share, with its results in order: what the models do while their owner waits.

The thread that owns the models asks for each result and gets what it would have computed itself; it alone sees the
results, so nothing that it does with them needs a lock.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from types import TracebackType
from typing import Self, TypeVar

Item = TypeVar("Item")
Result = TypeVar("Result")


class Ahead:
    """A few helper threads that live as long as one task; a context manager.

    Args:
        helpers: how many threads; with fewer than two the caller does all the work itself, when it asks for it.
        enter: called once on each helper thread before its first work.
    """

    def __init__(self, helpers: int, *, enter: Callable[[], None]) -> None:
        self._helpers = helpers
        self._pool = ThreadPoolExecutor(helpers, "ahead", initializer=enter) if helpers > 1 else None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """What has not begun never begins; what has begun is waited for."""
        if self._pool is not None:
            self._pool.shutdown(wait=True, cancel_futures=True)

    def map(self, function: Callable[[Item], Result], items: Iterable[Item], *, spare: int) -> Iterator[Result]:
        """The results in the order of the items, some of them computed before they are asked for.

        An error of the function is raised where its result would have come.

        Args:
            function: must not depend on what the caller does with earlier results.
            items: taken on the caller's thread, as they are needed.
            spare: how many results may be ready or in work besides the next one.
        """
        if self._pool is None:
            yield from map(function, items)
            return
        waiting: deque[Future[Result]] = deque()
        for item in items:
            waiting.append(self._pool.submit(function, item))
            if len(waiting) > spare:
                yield waiting.popleft().result()
        while waiting:
            yield waiting.popleft().result()
