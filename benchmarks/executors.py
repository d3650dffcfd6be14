"""What workers are good for: ``python -m benchmarks.executors [--executors NAME …] [--json FILE]``.

The same fixed work by each executor: neighbourhoods of a week, in rounds as the solver draws them, and pricings of four
weeks, with prices drawn beforehand. Its outcome must be the same; workers have come up and know the problem before the
clock runs.
"""

from __future__ import annotations

import argparse
import json
import time
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TypeVar

import numpy as np

from benchmarks.sample_week import sample_weeks
from staffing.domain.problem import Problem
from staffing.executors.base import Executor
from staffing.executors.choose import executor_of
from staffing.rules.book import RuleBook
from staffing.solvers.budget import Budget, Watch
from staffing.solvers.incumbent import Incumbent
from staffing.solvers.instance import prepare
from staffing.solvers.master.duals import Floats
from staffing.solvers.master.pricing import Pricer
from staffing.solvers.parts import Parts, parts_of
from staffing.solvers.plan import Plan
from staffing.solvers.quiet import quiet_engines
from staffing.solvers.tasks.case import Case
from staffing.solvers.tasks.crew import Crew
from staffing.solvers.tasks.pricing import Bundle, priced, shared
from staffing.solvers.tasks.rounds import improve_in_rounds
from staffing.solvers.tasks.shelf import at_hand
from staffing.solvers.tours.engine import EVERY_LABEL
from staffing.solvers.tours.space import Tour

EXECUTORS = ("serial", "processes:2", "dask:2", "ray:2")
NEIGHBOURHOODS, PRICINGS, TOURS = 16, 20, 3
DEAREST = 600.0
"""Most that an hour's duty is worth where prices are drawn."""
HEADING = (
    f"{'executor':<14}{'start s':>8}{'improve s':>11}{'price s':>9}"
    f"{'speed-up':>10}{'improve':>9}{'price':>7}  same"
)
T = TypeVar("T")


@dataclass(frozen=True)
class Row:
    """What one executor took, and what came of it.

    Parameters
    ----------
    start_seconds
        Until the workers were there and knew the problems.
    """

    executor: str
    start_seconds: float
    improve_seconds: float
    price_seconds: float
    objective: float
    tours: int

    def is_like(self, other: Row) -> bool:
        """Tell whether the outcome is the same."""
        return (self.objective, self.tours) == (other.objective, other.tours)


class Work:
    """A case with its parts at hand for what runs here."""

    def __init__(self, problem: Problem, book: RuleBook) -> None:
        self.case, self.parts = Case.of(problem, book), parts_of(prepare(problem, book))

    def drawn(self, seed: int) -> dict[int, Floats]:
        """Return prices for every group."""
        rng = np.random.default_rng(seed)
        groups = self.parts.groups
        return {k: rng.uniform(0, DEAREST, len(group.open)) for k, group in enumerate(groups)}


def measured(name: str, week: Work, weeks: Work, neighbourhoods: int, pricings: int) -> Row:
    """Have an executor do the work."""
    with (
        executor_of(name) as executor,
        at_hand(week.case, week.parts),
        at_hand(weeks.case, weeks.parts),
    ):
        crew = Crew(executor, weeks.case)
        _, start = _timed(lambda: _warmed(executor, (week, weeks)))
        objective, improve = _timed(lambda: improved(week, executor, neighbourhoods))
        found, price = _timed(
            lambda: [shared(crew, weeks.drawn(seed), TOURS) for seed in range(pricings)]
        )
    return Row(name, start, improve, price, objective, _fingerprint(found))


def improved(week: Work, executor: Executor, neighbourhoods: int) -> float:
    """Improve what everybody would work if nobody were needed; return the objective."""
    parts, budget = week.parts, Budget(seconds=neighbourhoods, seed=1, deterministic=True)
    master, incumbent = parts.master(), Incumbent(Watch(budget.seconds), None)
    best = master.settle(_nobody_needed(parts))
    assert best is not None
    incumbent.offer(best, "roster")
    improve_in_rounds(parts, master, Crew(executor, week.case), incumbent, budget)
    assert incumbent.best is not None
    return round(incumbent.best.objective, 3)


def _nobody_needed(parts: Parts) -> Plan:
    nothing = {k: np.zeros(len(group.open)) for k, group in enumerate(parts.groups)}
    found = Pricer(parts.spaces)(nothing, 1)
    return {(k, tours[0]): len(parts.groups[k].members) for k, tours in found.items()}


def _warmed(executor: Executor, works: Sequence[Work]) -> None:
    """Have each worker make all tour spaces, one bundle for everybody."""
    for work in works:
        executor.map(priced, [Bundle(work.case, work.drawn(0), 1, EVERY_LABEL)] * executor.workers)


def _timed(job: Callable[[], T]) -> tuple[T, float]:
    began = time.perf_counter()
    done = job()
    return done, round(time.perf_counter() - began, 2)


def _fingerprint(found: Sequence[dict[int, list[Tour]]]) -> int:
    """Return a number that depends on every tour and on its place."""
    places = [
        (number, group, *tour.positions)
        for number, by_group in enumerate(found)
        for group, tours in by_group.items()
        for tour in tours
    ]
    return hash(tuple(places))


def line(row: Row, alone: Row) -> str:
    """Return the line of an executor beside that without workers."""
    both = alone.improve_seconds + alone.price_seconds, row.improve_seconds + row.price_seconds
    pairs = (
        both,
        (alone.improve_seconds, row.improve_seconds),
        (alone.price_seconds, row.price_seconds),
    )
    times, improve, price = (f"{before / max(after, 0.01):.2f}" for before, after in pairs)
    return (
        f"{row.executor:<14}{row.start_seconds:>8.1f}{row.improve_seconds:>11.1f}"
        f"{row.price_seconds:>9.1f}{times:>10}{improve:>9}{price:>7}  "
        f"{'yes' if row.is_like(alone) else 'NO'}"
    )


def main(words: list[str] | None = None) -> None:
    """Measure the executors one after the other, the first of them as what the others are held against."""
    asked = _parser().parse_args(words)
    week, weeks = (Work(*sample_weeks("trust-safety", asked.people, n)) for n in (1, 4))
    print(HEADING, flush=True)
    rows: list[Row] = []
    for name in asked.executors:
        with quiet_engines():
            rows.append(measured(name, week, weeks, asked.neighbourhoods, asked.pricings))
        print(line(rows[-1], rows[0]), flush=True)
        if asked.json:
            told = [asdict(row) | {"same": row.is_like(rows[0])} for row in rows]
            asked.json.write_text(json.dumps(told, indent=1), encoding="utf-8")


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.executors")
    add = parser.add_argument
    add("--executors", nargs="+", default=EXECUTORS, metavar="NAME")
    add("--people", type=int, default=44)
    add("--neighbourhoods", type=int, default=NEIGHBOURHOODS)
    add("--pricings", type=int, default=PRICINGS)
    add("--json", type=Path, metavar="FILE", help="written after every executor")
    return parser


if __name__ == "__main__":
    main()
