"""The benchmark of executors: the same work twice, and its lines."""

from __future__ import annotations

from dataclasses import replace

from benchmarks.executors import Row, Work, line, measured
from tests.solvers.tasks.world import BOOK, PROBLEM

ALONE = Row("serial", 0.1, 40.0, 20.0, 96780.0, 7)


def test_the_same_work_has_the_same_outcome():
    work = Work(PROBLEM, BOOK)
    first, second = (measured("serial", work, work, 4, 2) for _ in range(2))
    assert first.is_like(second)
    assert first.is_like(replace(second, start_seconds=9.0, executor="another"))
    more = measured("serial", work, work, 4, 3)
    assert more.objective == first.objective
    assert not more.is_like(first)


def test_lines():
    # 60 s against 20 + 12.5; 40 against 20; 20 against 12.5.
    words = line(Row("dask:2", 5.25, 20.0, 12.5, 96780.0, 7), ALONE).split()
    assert words == ["dask:2", "5.2", "20.0", "12.5", "1.85", "2.00", "1.60", "yes"]
    assert line(replace(ALONE, tours=8), ALONE).endswith("NO")
