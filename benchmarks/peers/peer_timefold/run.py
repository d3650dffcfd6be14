"""Schedule a week with Timefold: ``python -m benchmarks.peers.peer_timefold.run BRIEF ANSWER``, both JSON.

Runs where the package is not installed. Timefold has no backlog: service is the levelled minutes of the brief, of each
queue and of all together, which people of a pool give to every queue that they can serve.
"""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from timefold.solver import SolverFactory
from timefold.solver.config import (
    Duration,
    ScoreDirectorFactoryConfig,
    SolverConfig,
    TerminationConfig,
)

from benchmarks.apart import peak_mib
from benchmarks.peers.peer_timefold.constraints import week_rules
from benchmarks.peers.peer_timefold.domain import (
    Cost,
    Duty,
    Follow,
    Limit,
    Need,
    Share,
    Slot,
    Supply,
    Week,
)

Facts = dict[str, Any]
NO_LIMIT = 1 << 40


def main() -> None:
    """Read the brief, schedule, write who holds which duty."""
    brief = json.loads(Path(sys.argv[1]).read_text(encoding="utf-8"))
    began = time.perf_counter()
    config = SolverConfig(
        solution_class=Week,
        entity_class_list=[Slot],
        random_seed=brief["seed"],
        score_director_factory_config=ScoreDirectorFactoryConfig(
            constraint_provider_function=week_rules
        ),
        termination_config=TerminationConfig(
            spent_limit=Duration(milliseconds=round(1000 * brief["seconds"]))
        ),
    )
    found = SolverFactory.create(config).build_solver().solve(week_of(brief))
    answer = {
        "held": [(slot.person, slot.duty.number) for slot in found.slots if slot.duty is not None],
        "seconds": time.perf_counter() - began,
        "memory_mib": peak_mib(),
        "score": str(found.score),
        "remark": "its own score is feasible"
        if found.score.is_feasible
        else "a hard constraint is broken",
    }
    Path(sys.argv[2]).write_text(json.dumps(answer), encoding="utf-8")


def week_of(brief: Facts) -> Week:
    """Return the week of a brief, with nobody on duty."""
    duties = [Duty(k, duty["day"], duty["pay"]) for k, duty in enumerate(brief["duties"])]
    slots: list[Slot] = []
    for person in brief["people"]:
        by_day: dict[int, list[Duty]] = {}
        for k in person["may_hold"]:
            by_day.setdefault(duties[k].day, []).append(duties[k])
        for day, options in by_day.items():
            slots.append(Slot(len(slots), person["id"], person["pool"], day, options))
    return Week(
        slots=slots,
        follows=[
            Follow(*entry)
            for entry in brief["follows"]
            if duties[entry[1]].day == duties[entry[0]].day + 1
        ],
        costs=[
            Cost(person["id"], int(k), cost)
            for person in brief["people"]
            for k, cost in person["costs"].items()
        ],
        shares=list(_shares(brief)),
        supplies=list(_supplies(brief)),
    )


def _shares(brief: Facts) -> Iterator[Share]:
    for number, entry in enumerate(brief["limits"]):
        lower, upper = entry["lower"], entry["upper"]
        limit = Limit(
            number,
            entry["constant"],
            -NO_LIMIT if lower is None else lower,
            NO_LIMIT if upper is None else upper,
            0 if entry["must"] else entry["cost"],
        )
        if entry["must"] or entry["cost"]:
            for duty, value in entry["values"].items():
                yield Share(entry["person"], int(duty), value, limit)


def _supplies(brief: Facts) -> Iterator[Supply]:
    """Yield what a duty of each pool gives to the needs of its hours."""
    pools = sorted({person["pool"] for person in brief["people"]})
    for k, need in enumerate(brief["needs"]):
        by_t = need["by_interval"]
        asked = [Need(k * len(by_t) + t, minutes, need["price"]) for t, minutes in enumerate(by_t)]
        able = [pool for pool in pools if not set(need["of"]).isdisjoint(pool.split("+"))]
        for duty, given in enumerate(brief["minutes"]):
            for t, minutes in given:
                if asked[t].minutes:
                    for pool in able:
                        yield Supply(pool, duty, minutes, asked[t])


if __name__ == "__main__":
    main()
