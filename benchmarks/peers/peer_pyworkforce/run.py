"""Schedule a week with pyworkforce: ``python -m benchmarks.peers.peer_pyworkforce.run BRIEF ANSWER``, both JSON.

Runs where the package is not installed. Three steps, as its manual has them: whole people by hour (in the brief, by
Erlang), how many work each shift (`MinAbsDifference`), who they are (`MinHoursRoster`, site by site). What it cannot be
told:

- hours after midnight: its day ends there, so that they count for the hours before dawn of the same day;
- skills, contracts, pins, wishes: every person of a site is like the others but for the days on which he is away;
- rest after a shift that bars more than one other: its rows then forbid that shift altogether (sum over all barred
  shifts ≤ 1), so that only shifts which bar a single one are named.

The heads of an hour are shared among the sites whose shifts cover it, and are more than there are people: they are
scaled to the hours of the contracts, and no day of a site gets more people than the site has.
"""

from __future__ import annotations

import json
import sys
import time
from collections import defaultdict
from pathlib import Path
from typing import Any

from pyworkforce.rostering import MinHoursRoster
from pyworkforce.scheduling import MinAbsDifference

from benchmarks.apart import peak_mib

Facts = dict[str, Any]
SHARE_OF_SHIFTS = 0.5
"""Part of the seconds for the numbers of each shift; the rest is for people."""


def main() -> None:
    """Read the brief, schedule, write who holds which duty."""
    week = json.loads(Path(sys.argv[1]).read_text(encoding="utf-8"))
    began = time.perf_counter()
    held, said = [], []
    for site in _sites(week):
        wanted, status = shifts(week, site)
        own, roster_status = people(week, site, wanted)
        held += own
        said.append(f"{site}: shifts {status.lower()}, people {roster_status.lower()}")
    answer = {
        "held": held,
        "seconds": time.perf_counter() - began,
        "memory_mib": peak_mib(),
        "remark": "; ".join(said),
    }
    Path(sys.argv[2]).write_text(json.dumps(answer), encoding="utf-8")


def shifts(week: Facts, site: str) -> tuple[dict[str, list[int]], str]:
    """Return how many work each shift of a site on each day, and how the search for it ended."""
    days, width = week["days"], week["intervals_a_day"]
    covered = _covered(week, site)
    share = _share(week, site)
    asked = [share[d * width : (d + 1) * width] for d in range(days)]
    most = sum(person["site"] == site for person in week["people"])
    found = MinAbsDifference(
        num_days=days,
        periods=width,
        shifts_coverage=covered,
        required_resources=asked,
        max_period_concurrency=most,
        max_shift_concurrency=most,
        max_search_time=float(SHARE_OF_SHIFTS * week["seconds"] / len(_sites(week))),
    ).solve()
    counts = {shift: [0] * days for shift in covered}
    for row in found["resources_shifts"]:
        if row["resources"] > 0:
            counts[row["shift"]][row["day"]] = row["resources"]
    return counts, found["status"]


def _share(week: Facts, site: str) -> list[int]:
    """Return the heads that a site is asked for, as its people and its shifts that cover the hour are to those of all.

    They are scaled to the hours of the site's contracts.
    """
    width = week["intervals_a_day"]
    weight = {}
    for at in _sites(week):
        heads = sum(person["site"] == at for person in week["people"])
        rows = _covered(week, at).values()
        weight[at] = [heads * sum(row[p] for row in rows) for p in range(width)]
    total = [max(1, sum(column)) for column in zip(*weight.values(), strict=True)]
    share = [
        heads * weight[site][t % width] / total[t % width] for t, heads in enumerate(week["heads"])
    ]
    contracts = sum(p["contract_minutes"] for p in week["people"] if p["site"] == site)
    scale = min(1.0, contracts / (60 * 24 / width) / max(1.0, sum(share)))
    return [round(scale * heads) for heads in share]


def _covered(week: Facts, site: str) -> dict[str, list[int]]:
    """Return the intervals of a day that each shift of a site covers; those after midnight are before dawn."""
    width = week["intervals_a_day"]
    covered: dict[str, list[int]] = {}
    for duty in week["duties"]:
        if duty["site"] == site:
            row = covered.setdefault(duty["shift"], [0] * width)
            for t in duty["intervals"]:
                row[t % width] = 1
    return covered


def _sites(week: Facts) -> list[str]:
    return sorted({person["site"] for person in week["people"]})


def people(
    week: Facts, site: str, wanted: dict[str, list[int]]
) -> tuple[list[tuple[str, int]], str]:
    """Return (person, number of the duty) pairs of a site, and how the search for them ended."""
    number = {(d["shift"], d["day"]): k for k, d in enumerate(week["duties"]) if d["site"] == site}
    may = {p["id"]: set(p["may_hold"]) for p in week["people"] if p["site"] == site}
    _cut(wanted, [_there(week, may, day) for day in range(week["days"])])
    options = {
        "num_days": week["days"],
        "resources": list(may),
        "shifts": list(wanted),
        "shifts_hours": [_hours(week, site, shift) for shift in wanted],
        "min_working_hours": 0,
        "banned_shifts": [
            {"resource": agent_id, "shift": shift, "day": day}
            for agent_id, open_duties in may.items()
            for shift in wanted
            for day in range(week["days"])
            if number.get((shift, day)) not in open_duties
        ],
        "max_resting": week["days"],
        "non_sequential_shifts": _barred(week, site),
    }
    seconds = (1 - SHARE_OF_SHIFTS) * week["seconds"] / len(_sites(week))
    found, fewer = _roster(options, wanted, time.perf_counter() + seconds)
    held = [
        (row["resource"], number[row["shift"], row["day"]])
        for row in found["resource_shifts"]
        if row["day"] >= 0
    ]
    return held, found["status"] + (f" with {fewer} shifts fewer" if fewer else "")


def _roster(
    options: Facts, wanted: dict[str, list[int]], until: float
) -> tuple[dict[str, Any], int]:
    """Return its roster; where there is none, of one shift fewer, and so on while there is time."""
    fewer = 0
    while True:
        left = max(0.1, until - time.perf_counter())
        found = MinHoursRoster(**options, required_resources=wanted, max_search_time=left).solve()
        fullest = max(
            ((by_day, day) for by_day in wanted.values() for day in range(len(by_day))), key=_heads
        )
        if found["status"] != "INFEASIBLE" or not _heads(fullest) or time.perf_counter() > until:
            return found, fewer
        by_day, day = fullest
        by_day[day] -= 1
        fewer += 1


def _heads(entry: tuple[list[int], int]) -> int:
    by_day, day = entry
    return by_day[day]


def _there(week: Facts, may: dict[str, set[int]], day: int) -> int:
    """Return how many of a site can hold anything that day."""
    of_day = {k for k, duty in enumerate(week["duties"]) if duty["day"] == day}
    return sum(not of_day.isdisjoint(own) for own in may.values())


def _cut(wanted: dict[str, list[int]], there: list[int]) -> None:
    """Take people off the fullest shift of a day until there are as many as can come."""
    for day, most in enumerate(there):
        while sum(by_day[day] for by_day in wanted.values()) > most:
            wanted[max(wanted, key=lambda shift: wanted[shift][day])][day] -= 1


def _barred(week: Facts, site: str) -> list[dict[str, str]]:
    """Return shifts that bar exactly one other on the next day."""
    barred: dict[str, set[str]] = defaultdict(set)
    for first, second, must, _ in week["follows"]:
        one, other = week["duties"][first], week["duties"][second]
        if must and one["site"] == site and other["day"] == one["day"] + 1:
            barred[one["shift"]].add(other["shift"])
    return [
        {"origin": shift, "destination": next(iter(others))}
        for shift, others in barred.items()
        if len(others) == 1
    ]


def _hours(week: Facts, site: str, shift: str) -> int:
    """Return its paid hours, rounded."""
    own = (d for d in week["duties"] if (d["site"], d["shift"]) == (site, shift))
    paid: int = next(own)["paid_minutes"]
    return round(paid / 60)


if __name__ == "__main__":
    main()
