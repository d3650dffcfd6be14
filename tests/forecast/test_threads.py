"""Linear algebra of a forecast runs on one thread, and the rest of the process is left alone."""

from __future__ import annotations

from threadpoolctl import threadpool_info

from staffing.forecast.threads import one_thread


def threads() -> dict[str, int]:
    return {pool["filepath"]: pool["num_threads"] for pool in threadpool_info()}


def test_one_thread_within_and_as_before_afterwards():
    with one_thread():
        within = threads()
    before = threads()
    assert within.keys() == before.keys()
    assert set(within.values()) == {1}
    with one_thread():
        pass
    assert threads() == before
