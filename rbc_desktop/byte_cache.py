"""Values by recency of use, bounded in bytes: embeddings of the inference thread, decoded images of the GUI thread.

Small ones are bounded in number. Several threads may use one cache.
"""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable
from typing import Generic, Protocol, TypeVar


class Sized(Protocol):
    """A value that knows what memory it holds."""

    @property
    def nbytes(self) -> int:
        """Memory in bytes."""


Value = TypeVar("Value", bound=Sized)
Small = TypeVar("Small")


class LatestValues(Generic[Small]):
    """Least-recently-used cache of values that are small.

    Args:
        number: how many it may hold.
    """

    def __init__(self, number: int) -> None:
        self._number = number
        self._values: OrderedDict[Hashable, Small] = OrderedDict()
        self._lock = threading.Lock()

    def get(self, key: Hashable, make: Callable[[], Small]) -> Small:
        """The value, which becomes the most recently used; made now where it isn't there."""
        with self._lock:
            if key in self._values:
                self._values.move_to_end(key)
                return self._values[key]
        value = make()
        with self._lock:
            self._values[key] = value
            if len(self._values) > self._number:
                self._values.popitem(last=False)
        return value


class ByteCache(Generic[Value]):
    """Least-recently-used cache.

    Args:
        capacity: bytes that it may hold. A single larger value is kept alone, so that the tile in use is never lost.
    """

    def __init__(self, capacity: int) -> None:
        if capacity <= 0:
            raise ValueError("a cache needs room")
        self._capacity = capacity
        self._values: OrderedDict[Hashable, Value] = OrderedDict()
        self._nbytes = 0
        self._lock = threading.RLock()

    @property
    def capacity(self) -> int:
        """Bytes that it may hold."""
        return self._capacity

    @property
    def nbytes(self) -> int:
        """Bytes that it holds."""
        return self._nbytes

    def __len__(self) -> int:
        return len(self._values)

    def __contains__(self, key: Hashable) -> bool:
        return key in self._values

    def get(self, key: Hashable) -> Value | None:
        """The value, which becomes the most recently used, or None."""
        with self._lock:
            value = self._values.get(key)
            if value is not None:
                self._values.move_to_end(key)
            return value

    def put(self, key: Hashable, value: Value, *, used: bool = True) -> None:
        """Store a value and drop the least recently used ones that no longer fit.

        Args:
            key: names the value; an earlier value of the same name goes.
            value: what is kept.
            used: count it as the most recently used; else it is the first to go.
        """
        with self._lock:
            self.discard(key)
            self._values[key] = value
            self._values.move_to_end(key, last=used)
            self._nbytes += value.nbytes
            while self._nbytes > self._capacity and len(self._values) > 1:
                _, dropped = self._values.popitem(last=False)
                self._nbytes -= dropped.nbytes

    def discard(self, key: Hashable) -> None:
        """Forget a value, if it is there."""
        with self._lock:
            dropped = self._values.pop(key, None)
            if dropped is not None:
                self._nbytes -= dropped.nbytes

    def discard_where(self, belongs: Callable[[Hashable], bool]) -> None:
        """Forget the values whose key is one of those."""
        with self._lock:
            for key in [key for key in self._values if belongs(key)]:
                self.discard(key)

    def clear(self) -> None:
        """Forget everything."""
        with self._lock:
            self._values.clear()
            self._nbytes = 0
