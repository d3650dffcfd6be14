"""How the solver grows: ``python -m benchmarks.scaling [--people N …] [--queues N …] [--weeks N …] [--seconds S]``.

Each list runs alone, with the others at their usual size; ``--all`` takes every combination.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterator
from itertools import product
from pathlib import Path

from benchmarks.scaling.measure import NEAR, Row, measure
from benchmarks.scaling.sizes import Size
from staffing.domain.errors import StaffingError
from staffing.solvers.budget import Budget

USUAL = Size(people=44, queues=6, weeks=1)
PEOPLE = (22, 44, 200, 1000, 5000)
QUEUES = (3, 6, 18, 30)
WEEKS = (1, 2, 4, 8)
NOTHING = "-"
HEADING = (
    f"{'people':>7}{'queues':>7}{'weeks':>6}{'groups':>7}{'first s':>8}"
    + "".join(f"{f'to {gap:.0%} s':>9}" for gap in NEAR)
    + f"{'gap %':>8}{'objective':>14}{'cpu s':>8}{'MiB':>7}"
)


def main(words: list[str] | None = None) -> None:
    """Measure the sizes one after the other, print a line for each and write the JSON."""
    asked = _parser().parse_args(words)
    budget = Budget(seconds=asked.seconds, seed=asked.seed, workers=asked.workers)
    print(HEADING, flush=True)
    rows = []
    for size in sizes(asked.people, asked.queues, asked.weeks, every=asked.all):
        try:
            rows.append(measure(size, budget))
        except (ValueError, StaffingError) as error:
            raise SystemExit(str(error)) from error
        print(line(rows[-1]), flush=True)
        if asked.json:
            told = {"budget": budget.model_dump(), "sizes": rows}
            asked.json.write_text(json.dumps(told, indent=1), encoding="utf-8")


def sizes(people: list[int], queues: list[int], weeks: list[int], *, every: bool) -> Iterator[Size]:
    """Yield what to measure, each size once."""
    if every:
        asked = [Size(*size) for size in product(people, queues, weeks)]
    else:
        asked = [Size(number, USUAL.queues, USUAL.weeks) for number in people]
        asked += [Size(USUAL.people, number, USUAL.weeks) for number in queues]
        asked += [Size(USUAL.people, USUAL.queues, number) for number in weeks]
    yield from dict.fromkeys(asked)


def line(row: Row) -> str:
    """Return the line of a size."""
    size = f"{row['people']:>7,}{row['queues']:>7}{row['weeks']:>6}"
    if stopped := row.get("stopped"):
        return f"{size}  stopped: {stopped}"
    near = "".join(f"{_shown(row['near'][f'{gap:g}'], '.1f'):>9}" for gap in NEAR)
    gap = NOTHING if row["gap"] is None else f"{100 * row['gap']:.3f}"
    unsound = "" if row.get("is_sound", True) else "  the audit disagrees"
    return (
        f"{size}{row['groups']:>7,}{_shown(row.get('first_seconds'), '.1f'):>8}"
        f"{near}{gap:>8}{_shown(row['objective'], ',d'):>14}{row['cpu_seconds']:>8.1f}"
        f"{row['memory_mib']:>7,}{unsound}"
    )


def _shown(value: float | None, form: str) -> str:
    return NOTHING if value is None else format(value, form)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.scaling")
    add = parser.add_argument
    add("--people", type=int, nargs="*", default=PEOPLE, metavar="N")
    add("--queues", type=int, nargs="*", default=QUEUES, metavar="N")
    add("--weeks", type=int, nargs="*", default=WEEKS, metavar="N")
    add("--all", action="store_true", help="every combination, in place of one list at a time")
    add("--seconds", type=float, default=120.0, help="wall clock of each size")
    add("--seed", type=int, default=1)
    add("--workers", type=int, default=2)
    add("--json", type=Path, metavar="FILE", help="written after every size")
    return parser


if __name__ == "__main__":
    main()
