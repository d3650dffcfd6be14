"""INRC-II, week by week: ``python -m benchmarks.inrc2 FOLDER --history 0 --weeks 1 2 3 3 --json FILE``, or ``--late``.

Each week is solved together with an outlook on the weeks to come, from the history that the weeks before it leave
behind; a later week is never looked at. ``objective`` is the checker's over all weeks.
"""

from __future__ import annotations

import argparse
import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from benchmarks.inrc2.adapter import adapt
from benchmarks.inrc2.checker import check
from benchmarks.inrc2.history import after
from benchmarks.inrc2.instance import DAYS, Assignment, Grid, History, Scenario, Week
from benchmarks.inrc2.published import late_instances, published
from benchmarks.inrc2.reader import read_history, read_scenario, read_week
from benchmarks.inrc2.skills import assigned
from benchmarks.rostering.measure import solved
from staffing.domain.errors import InputError
from staffing.solvers.budget import Budget

FIRST_SECONDS, SECONDS_A_NURSE, FREE_NURSES = 10.0, 3.0, 20


def competition_seconds(nurses: int) -> float:
    """Return the competition's time for one week: 10 s, and 3 s for each nurse beyond 20."""
    return FIRST_SECONDS + SECONDS_A_NURSE * max(0, nurses - FREE_NURSES)


@dataclass(frozen=True)
class Limits:
    """What a week may spend; with ``at_once`` all weeks are one problem, with the time of all of them.

    Parameters
    ----------
    clock
        What the seconds are of, as in `Budget`.
    """

    seconds: float
    seed: int
    workers: int
    at_once: bool
    clock: Literal["wall", "processor"]

    def budget(self, weeks: int) -> Budget:
        """Return the budget of so many weeks."""
        seconds = weeks * self.seconds
        return Budget(seconds=seconds, seed=self.seed, workers=self.workers, clock=self.clock)


def main(words: list[str] | None = None) -> None:
    """Solve the instances, print a line for each and write the JSON."""
    asked = _parser().parse_args(words)
    try:
        scenario = read_scenario(asked.folder / f"Sc-{asked.folder.name}.txt")
        ids = late_instances(asked.folder) if asked.late else [(asked.history, asked.weeks)]
        seconds = asked.seconds_per_week or competition_seconds(len(scenario.nurses))
        limits = Limits(seconds, asked.seed, asked.workers, asked.at_once, asked.clock)
        figures = [
            measure(asked.folder, scenario, history, weeks, limits) for history, weeks in ids
        ]
    except InputError as error:
        raise SystemExit(str(error)) from error
    if asked.json:
        told = figures[0] if len(figures) == 1 else figures
        asked.json.write_text(json.dumps(told, indent=1), encoding="utf-8")


def measure(
    folder: Path, scenario: Scenario, history: int, weeks: list[int], limits: Limits
) -> dict[str, Any]:
    """Solve one instance, print it as it goes, and return every figure."""
    name = f"{scenario.name}_{history}_{'-'.join(map(str, weeks))}"
    if len(weeks) != scenario.weeks:
        raise SystemExit(f"{name}: {scenario.name} has {scenario.weeks} weeks, not {len(weeks)}.")
    before = read_history(folder / f"H0-{scenario.name}-{history}.txt", scenario)
    known = [read_week(folder / f"WD-{scenario.name}-{number}.txt", scenario) for number in weeks]
    grid, stages = play(scenario, before, known, limits)
    verdict = check(scenario, before, known, grid)
    found = {
        "instance": name,
        "objective": verdict.objective if verdict.terms else None,
        "terms": verdict.terms,
        "violations": list(verdict.violations),
        "stages": stages,
        "seconds": round(sum(stage["seconds"] for stage in stages), 1),
        "cpu_seconds": round(sum(stage["cpu_seconds"] for stage in stages), 1),
        "seed": limits.seed,
        "workers": limits.workers,
        "clock": limits.clock,
        "published": published(folder, name),
    }
    terms = ", ".join(f"{term} {cost}" for term, cost in verdict.terms.items())
    print(
        f"{name}: {found['objective']} ({terms}), {found['seconds']} s, cpu {found['cpu_seconds']} s"
    )
    print(f"  published: {found['published'] or '–'}")
    for violation in verdict.violations:
        print(f"  broken: {violation}")
    return found


def play(
    scenario: Scenario, before: History, weeks: list[Week], limits: Limits
) -> tuple[Grid, list[dict[str, Any]]]:
    """Solve stage by stage; return the roster of all weeks and the figures of each stage."""
    grid: dict[str, list[Assignment | None]] = {nurse.nurse: [] for nurse in scenario.nurses}
    stages = []
    history = before
    size = len(weeks) if limits.at_once else 1
    for first in range(0, len(weeks), size):
        at_hand = weeks[first : first + size]
        later = len(weeks) - first - len(at_hand)
        adapted = adapt(scenario, history, at_hand, later, weeks[:first])
        found = solved(adapted.problem, adapted.book, limits.budget(size))
        solution = found.solution
        stages.append(
            {
                "status": solution.status.value,
                "solver_objective": _scaled(solution.objective, adapted.scale),
                "audited_objective": _scaled(found.audited_objective, adapted.scale),
                "bound": _scaled(solution.bound, adapted.scale),
                "seconds": round(found.seconds, 1),
                "cpu_seconds": round(found.cpu_seconds, 1),
            }
        )
        if solution.roster is None:
            break
        shifts = adapted.grid(solution.roster)
        planned = {nurse: days[: size * len(DAYS)] for nurse, days in shifts.items()}
        stage = assigned(scenario, at_hand, planned)
        history = after(history, stage)
        for nurse, days in stage.items():
            grid[nurse] += days
    return grid, stages


def _scaled(objective: int | None, scale: int) -> float | None:
    return None if objective is None else objective / scale


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.inrc2")
    add = parser.add_argument
    add("folder", type=Path, metavar="FOLDER", help="data set, such as n030w4")
    which = parser.add_mutually_exclusive_group(required=True)
    which.add_argument("--weeks", type=int, nargs="+", help="week files in their order")
    which.add_argument("--late", action="store_true", help="the late instances of best_known.csv")
    add("--history", type=int, default=0, help="history file to begin with")
    add("--seconds-per-week", type=float, help="of a week; else those of the competition")
    add("--clock", choices=("wall", "processor"), default="wall", help="what the seconds are of")
    add("--at-once", action="store_true", help="all weeks as one problem: the static variant")
    add("--seed", type=int, default=1)
    add("--workers", type=int, default=2)
    add("--json", type=Path, metavar="FILE", help="write every figure here")
    return parser


if __name__ == "__main__":
    main()
