"""A cache that is bounded in bytes."""

import numpy as np
import pytest

from rbc_desktop.byte_cache import ByteCache, LatestValues


class Maps:
    def __init__(self, nbytes):
        self.nbytes = nbytes


def test_the_cache_is_bounded_in_bytes_and_drops_the_least_recently_used():
    cache = ByteCache(100)
    a, b, c = Maps(40), Maps(40), Maps(40)
    cache.put("a", a)
    cache.put("b", b)
    assert cache.get("a") is a
    cache.put("c", c)
    assert "b" not in cache
    assert cache.get("a") is a
    assert cache.get("c") is c
    assert cache.nbytes == 80


def test_the_cache_replaces_a_value_without_counting_it_twice():
    cache = ByteCache(100)
    cache.put("a", Maps(60))
    cache.put("a", Maps(70))
    assert (cache.nbytes, len(cache)) == (70, 1)
    cache.clear()
    assert (cache.nbytes, len(cache)) == (0, 0)


def test_a_value_larger_than_the_cache_is_kept_alone():
    cache = ByteCache(100)
    cache.put("a", Maps(60))
    big = Maps(500)
    cache.put("big", big)
    assert cache.get("big") is big
    assert len(cache) == 1


@pytest.mark.parametrize("seed", range(20))
def test_the_cache_never_exceeds_its_bound(seed):
    rng = np.random.default_rng(seed)
    cache = ByteCache(1000)
    for _ in range(200):
        cache.put(int(rng.integers(20)), Maps(int(rng.integers(1, 400))))
        assert cache.nbytes <= 1000
        assert cache.nbytes == sum(cache.get(k).nbytes for k in range(20) if k in cache)


def test_small_values_are_made_once_and_bounded_in_number():
    made = []

    def value(name):
        def make():
            made.append(name)

        return latest.get(name, make)

    latest = LatestValues(2)
    for name in "aba":
        assert value(name) is None
    assert made == ["a", "b"]
    value("c")
    value("a")
    assert made == ["a", "b", "c"]
    value("b")
    assert made == ["a", "b", "c", "b"]
