"""Work that several threads share, with its results in order: what the models do while their owner waits.

The thread that owns the models asks for each result and gets what it would have computed itself; it alone sees the
results, so nothing that it does with them needs a lock.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Generator, Iterable
from concurrent.futures import Future, ThreadPoolExecutor, wait
from functools import partial
from types import TracebackType
from typing import Self, TypeVar

Item = TypeVar("Item")
Result = TypeVar("Result")


class Ahead:
    """A few helper threads that live as long as their owner is at work; a context manager.

    Tasks within tasks share them: they end with the outermost one.

    Args:
        helpers: says how many threads; with fewer than two the owner does all the work itself, when it asks for it.
        enter: called once on each helper thread before its first work.
    """

    def __init__(self, helpers: Callable[[], int], *, enter: Callable[[], None]) -> None:
        self._helpers, self._enter = helpers, enter
        self._pool: ThreadPoolExecutor | None = None
        self._tasks = 0

    def __enter__(self) -> Self:
        self._tasks += 1
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """After the outermost task, what has not begun never begins, and what has begun is waited for."""
        self._tasks -= 1
        if not self._tasks and self._pool is not None:
            pool, self._pool = self._pool, None
            pool.shutdown(wait=True, cancel_futures=True)

    def begin(self, work: Callable[[], Result]) -> Future[Result] | None:
        """Have one helper do some work; None without helpers, or when the owner is in no task."""
        if self._pool is None:
            if not self._tasks or (helpers := self._helpers()) < 2:
                return None
            self._pool = ThreadPoolExecutor(helpers, "ahead", initializer=self._enter)
        return self._pool.submit(work)

    def map(
        self, function: Callable[[Item], Result], items: Iterable[Item], *, spare: int
    ) -> Generator[Result, None, None]:
        """The results in the order of the items, some of them computed before they are asked for.

        An error of the function is raised where its result would have come. When the caller leaves, what was begun for
        it is waited for.

        Args:
            function: must not depend on what the caller does with earlier results.
            items: taken on the caller's thread, as they are needed.
            spare: how many results may be ready or in work besides the next one.
        """
        waiting: deque[Future[Result]] = deque()
        try:
            for item in items:
                begun = self.begin(partial(function, item))
                if begun is None:
                    yield function(item)
                    continue
                waiting.append(begun)
                if len(waiting) > spare:
                    yield waiting.popleft().result()
            while waiting:
                yield waiting.popleft().result()
        finally:
            wait([future for future in waiting if not future.cancel()])
