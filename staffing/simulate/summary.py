"""From replications to the long tables of a result."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence

import numpy as np
import pandas as pd

from staffing.domain.clock import DAY_MINUTES
from staffing.domain.problem import Problem
from staffing.domain.work import Queue
from staffing.requirement.service import due_profile
from staffing.requirement.workload import Floats
from staffing.simulate.counts import BANDS
from staffing.simulate.replicate import Lived

MET = 1e-9
BAND_80 = {"p10": 0.1, "p50": 0.5, "p90": 0.9}


def levels_of(problem: Problem, due: Floats, missed: Floats) -> Floats:
    """Return ``levels[replication, queue]`` of the week: the share on time in the worst period of the target.

    Parameters
    ----------
    due, missed
        ``[replication, queue, interval]`` cases.
    """
    return np.stack(
        [
            _level(problem, queue, due[:, number], missed[:, number])
            for number, queue in enumerate(problem.queues)
        ],
        axis=1,
    )


def _level(problem: Problem, queue: Queue, due: Floats, missed: Floats) -> Floats:
    """Return the share on time in the worst period; what a period has seen before the week counts as cases."""
    if queue.is_immediate:
        return share(due.sum(axis=1), missed.sum(axis=1))
    known = [aht for aht in queue.aht_minutes if aht > 0]
    aht = sum(known) / len(known) if known else 1.0
    worst = np.full(len(due), np.inf)
    for period in due_profile(problem.horizon, queue).periods:
        within = slice(period.first, period.end)
        cases = due[:, within].sum(axis=1) + period.past.work_minutes / aht
        late = missed[:, within].sum(axis=1) + period.past.missed_minutes / aht
        worst = np.fmin(worst, share(cases, late))
    return np.where(np.isinf(worst), np.nan, worst)


def share(cases: Floats, missed: Floats) -> Floats:
    """Return 1 − missed / cases, NaN where there are none."""
    found = np.full(np.shape(cases), np.nan)
    np.divide(missed, cases, out=found, where=np.asarray(cases) > 0)
    return np.asarray(1 - found)


def spread(values: Floats) -> dict[str, Floats]:
    """Return mean, P10, P50 and P90 over the first axis, NaN left out and where there is nothing else."""
    empty = np.isnan(values).all(axis=0)
    filled = np.where(empty, 0.0, values)
    found = {"mean": np.nanmean(filled, axis=0)}
    levels = np.nanquantile(filled, list(BAND_80.values()), axis=0)
    found |= dict(zip(BAND_80, levels, strict=True))
    return {name: np.where(empty, np.nan, value) for name, value in found.items()}


def queue_table(
    problem: Problem,
    levels: Floats,
    lived: Sequence[Lived],
    days: pd.DataFrame,
    believed: Mapping[str, float],
) -> pd.DataFrame:
    """Return ``Simulated.queues``."""
    queues = problem.queues
    target = np.array([queue.workstream.target_fraction for queue in queues])
    arrived = np.array([one.counts.arrived.sum(axis=1) for one in lived])
    gone = np.array([one.counts.abandoned.sum(axis=1) for one in lived])
    oldest = np.array([one.counts.oldest.max(axis=1) for one in lived])
    patient = np.array([queue.workstream.patience_minutes is None for queue in queues])
    met = np.where(np.isnan(levels), 1.0, levels >= target - MET)
    table = pd.DataFrame(
        {
            "queue": [queue.queue for queue in queues],
            "kind": [queue.workstream.kind for queue in queues],
            "target": target,
            "believed": [believed.get(queue.queue, np.nan) for queue in queues],
            **spread(levels),
            "chance": met.mean(axis=0),
            "cases": arrived.mean(axis=0),
            "oldest_p90": np.quantile(oldest, 0.9, axis=0),
            "abandoned": np.where(
                patient, np.nan, 1 - share(arrived.sum(axis=0), gone.sum(axis=0))
            ),
        }
    )
    known = days.dropna(subset="mean")
    worst = known.loc[known.groupby("queue")["mean"].idxmin()].set_index("queue")
    return table.assign(
        worst_day=table["queue"].map(worst["date"]),
        worst_day_mean=table["queue"].map(worst["mean"]),
    )


def day_table(problem: Problem, lived: Sequence[Lived]) -> pd.DataFrame:
    """Return ``Simulated.days``."""
    first = np.arange(0, problem.horizon.intervals, DAY_MINUTES // problem.horizon.interval_minutes)

    def by_day(name: str) -> Floats:
        values = np.array([getattr(one.counts, name) for one in lived])
        return np.asarray(np.add.reduceat(values, first, axis=2))

    due, arrived = by_day("due"), by_day("arrived").sum(axis=0)
    oldest = np.array([np.maximum.reduceat(one.counts.oldest, first, axis=1) for one in lived])
    names = [queue.queue for queue in problem.queues]
    return _long(
        {"queue": names, "date": dates(problem)},
        {
            "cases": due.mean(axis=0),
            **spread(share(due, by_day("missed"))),
            "oldest_p90": np.quantile(oldest, 0.9, axis=0),
            "abandoned": 1 - share(arrived, by_day("abandoned").sum(axis=0)),
        },
    )


def miss_table(problem: Problem, due: Floats, missed: Floats) -> pd.DataFrame:
    """Return ``Simulated.misses``."""
    return _long(
        {
            "queue": [queue.queue for queue in problem.queues],
            "interval_start": problem.horizon.interval_starts(),
        },
        {
            "due": due.mean(axis=0),
            "missed": missed.mean(axis=0),
            "chance": (missed > 0).mean(axis=0),
        },
    )


def backlog_table(problem: Problem, lived: Sequence[Lived]) -> pd.DataFrame:
    """Return ``Simulated.backlog``."""
    waiting = np.array([one.counts.waiting for one in lived])
    return _long(
        {
            "queue": [queue.queue for queue in problem.queues],
            "interval_start": problem.horizon.interval_starts(),
            "band": list(BANDS),
        },
        {"mean": waiting.mean(axis=0), "p90": np.quantile(waiting, 0.9, axis=0)},
    )


def class_table(
    problem: Problem,
    classes: Sequence[tuple[str, str]],
    people: Sequence[int],
    lived: Sequence[Lived],
) -> pd.DataFrame:
    """Return ``Simulated.classes``; ``classes`` are (site, pool), ``people`` how many belong to each."""
    busy, there = (np.array([getattr(one, name) for one in lived]) for name in ("busy", "there"))
    band = spread(1 - share(there, busy))
    days = len(dates(problem))
    table = _long(
        {"number": range(len(classes)), "date": dates(problem)},
        {
            "present_minutes": there.mean(axis=0),
            "occupancy": 1 - share(there.sum(axis=0), busy.sum(axis=0)),
            "p10": band["p10"],
            "p90": band["p90"],
        },
    )
    sites, pools = zip(*classes, strict=True) if classes else ((), ())
    table.insert(0, "site", np.repeat(np.array(sites, dtype=object), days))
    table.insert(1, "pool", np.repeat(np.array(pools, dtype=object), days))
    table.insert(3, "people", np.repeat(np.array(people, dtype=np.int64), days))
    return table.drop(columns="number")


def people_table(problem: Problem, lived: Sequence[Lived]) -> pd.DataFrame:
    """Return ``Simulated.people``."""
    minutes = np.array([one.people for one in lived])
    mean, high = minutes.mean(axis=0), np.quantile(minutes, 0.9, axis=0)
    return pd.DataFrame(
        {
            "agent_id": [agent.agent_id for agent in problem.agents],
            "present_minutes": mean[0],
            "worked_minutes": mean[1],
            "exposure_minutes": mean[2],
            "exposure_p90": high[2],
            "overtime_minutes": mean[3],
            "overtime_p90": high[3],
        }
    )


def dates(problem: Problem) -> tuple[dt.date, ...]:
    """Return the UTC days of the horizon."""
    return problem.horizon.dates


def _long(keys: Mapping[str, Iterable[object]], values: Mapping[str, Floats]) -> pd.DataFrame:
    """Return one row for each combination of the keys, whose places are the axes of the values."""
    index = pd.MultiIndex.from_product(list(keys.values()), names=list(keys))
    return pd.DataFrame(
        {name: np.asarray(value).ravel() for name, value in values.items()}, index=index
    ).reset_index()
