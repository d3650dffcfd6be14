"""Queues from forecast and backlog, and the capacity of a duty; shrinkage is applied here, once.

An immediate queue asks for agents per interval (Erlang C or A). A deferrable queue asks for no heads at
any hour: it brings arrivals with a deadline and an opening backlog, and leaves the when to the
solver.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from staffing.domain.clock import Horizon
from staffing.domain.errors import ProblemError, did_you_mean
from staffing.domain.people import Site
from staffing.domain.shifts import Duty
from staffing.domain.tables import FORECAST, checked
from staffing.domain.work import OpenCase, Queue, ServiceWeek, Workstream
from staffing.requirement import workload
from staffing.requirement.backlog import opening_backlog
from staffing.requirement.deadlines import Deadlines, past_service
from staffing.requirement.immediate import required_agents
from staffing.requirement.workload import Floats, cumulative_round, weighted_mean


def build_queues(
    forecast: pd.DataFrame,
    open_cases: Iterable[OpenCase],
    backlog_as_of: dt.datetime,
    workstreams: Sequence[Workstream],
    horizon: Horizon,
    sites: Iterable[Site] = (),
    past: Iterable[ServiceWeek] = (),
) -> tuple[Queue, ...]:
    """Turn a forecast and the open cases into queues.

    A pooled workstream is one queue: volumes of its regions add up, handle times are weighted by
    volume. One that is not pooled gives a queue ``workstream@region`` for each region. A workstream
    that the forecast does not know has zero volume.

    Parameters
    ----------
    forecast
        `FORECAST` table that covers the horizon.
    open_cases
        Cases open at ``backlog_as_of``; those of immediate workstreams are left out, since they are
        answered long before the horizon begins.
    backlog_as_of
        When the backlog was counted. Before ``horizon.start`` its age profile is carried forward:
        the weeks between are assumed to end as they began, so every due time moves by
        ``horizon.start - backlog_as_of``.
    workstreams
        All workstreams, in the order in which their queues come back.
    horizon
        Grid of the result.
    sites
        Sites that opening hours speak of.
    past
        What became of the cases of past weeks, for targets of four weeks.

    Raises
    ------
    ProblemError
        If the forecast misses intervals of the horizon or names an unknown workstream, or an open
        case has neither a handle time nor a workstream with one.
    """
    table = checked(forecast, FORECAST)
    cases = tuple(open_cases)
    known = [work.workstream for work in workstreams]
    for name in sorted({*table["workstream"], *(case.workstream for case in cases)} - set(known)):
        raise ProblemError(f"workstream {name!r} is not defined.{did_you_mean(name, known)}")
    given = _Given(horizon, backlog_as_of, {site.site: site for site in sites}, tuple(past))
    return tuple(
        queue
        for work in workstreams
        for queue in _queues_of(
            work,
            table[table["workstream"] == work.workstream],
            [case for case in cases if case.workstream == work.workstream],
            given,
        )
    )


@dataclass(frozen=True)
class _Given:
    """What all queues have in common."""

    horizon: Horizon
    backlog_as_of: dt.datetime
    sites: Mapping[str, Site]
    past: tuple[ServiceWeek, ...]


def _queues_of(
    work: Workstream, table: pd.DataFrame, cases: Sequence[OpenCase], given: _Given
) -> list[Queue]:
    """Return the queue of a pooled workstream, or one for each region."""
    if work.pooled:
        return [_queue(work, None, table, cases, given)]
    regions = sorted({*table["region"], *(case.region for case in cases)})
    return [
        _queue(
            work,
            region,
            table[table["region"] == region],
            [case for case in cases if case.region == region],
            given,
        )
        for region in regions
    ]


def _queue(
    work: Workstream,
    region: str | None,
    table: pd.DataFrame,
    cases: Sequence[OpenCase],
    given: _Given,
) -> Queue:
    """Return one queue from the rows and cases that belong to it."""
    name = work.workstream if region is None else f"{work.workstream}@{region}"
    horizon = given.horizon
    volume, aht = _demand(name, table, horizon)
    nothing = (0,) * horizon.intervals
    if work.kind == "immediate":
        required = tuple(required_agents(work, volume, aht, horizon.interval_minutes).tolist())
        fields = {"arrivals_minutes": nothing, "required_agents": required}
    else:
        arrivals = cumulative_round(workload.work_minutes(volume, aht)).tolist()
        fields = {"arrivals_minutes": tuple(arrivals), "required_agents": nothing}
        fields |= _deferrable(work, name, cases, float(weighted_mean(aht, volume)), given)
    return Queue(
        queue=name,
        workstream=work,
        region=region,
        volume=tuple(volume.tolist()),
        aht_minutes=tuple(aht.tolist()),
        **fields,
    )


def _deferrable(
    work: Workstream, name: str, cases: Sequence[OpenCase], aht_minutes: float, given: _Given
) -> dict[str, Any]:
    """Return what only deferrable queues have: deadlines, periods, backlog."""
    deadlines = Deadlines(work, given.horizon, given.sites)
    return {
        "opening": opening_backlog(work, cases, aht_minutes, deadlines, given.backlog_as_of),
        "due": deadlines.of_arrivals(),
        "closed": deadlines.closed(),
        "period_starts": deadlines.period_starts(),
        "past": past_service(work, name, given.past, aht_minutes, given.horizon),
    }


def _demand(name: str, table: pd.DataFrame, horizon: Horizon) -> tuple[Floats, Floats]:
    """Return volume[interval] and aht_minutes[interval], summed and averaged over regions."""
    starts = horizon.interval_starts()
    if table.empty:
        return np.zeros(horizon.intervals), np.zeros(horizon.intervals)
    wide = table.pivot_table(
        index="interval_start", columns="region", values=["mean", "aht_minutes"], dropna=False
    ).reindex(starts)
    volumes = wide["mean"].to_numpy(dtype=np.float64)
    gaps = np.isnan(volumes).any(axis=1)
    if gaps.any():
        raise ProblemError(
            f"the forecast of {name!r} misses {int(gaps.sum())} of {horizon.intervals} intervals, "
            f"the first at {starts[gaps][0]:%Y-%m-%d %H:%M} UTC."
        )
    volumes = np.maximum(volumes, 0.0)
    handle_times = wide["aht_minutes"].to_numpy(dtype=np.float64)
    usual = weighted_mean(handle_times, volumes)
    handle_times = np.where(np.isnan(handle_times), usual, handle_times)
    return volumes.sum(axis=1), np.asarray(weighted_mean(handle_times, volumes, axis=1))


def capacity_minutes(
    duty: Duty, horizon: Horizon, shrinkage_fraction: float
) -> tuple[tuple[int, int], ...]:
    """Return the minutes that a duty gives to cases in each interval: presence × (1 − shrinkage).

    Breaks are out to the minute. Rounding is cumulative over the whole duty, so that its sum is
    kept.

    Returns
    -------
    tuple[tuple[int, int], ...]
        (interval, whole minutes > 0) in order, only intervals inside the horizon.
    """
    width = horizon.interval_minutes
    first = duty.start // width
    present = np.zeros(-(-duty.end // width) - first)
    for start, end in duty.spans():
        for interval in range(start // width, -(-end // width)):
            inside = min(end, (interval + 1) * width) - max(start, interval * width)
            present[interval - first] += inside
    net = cumulative_round(present * (1 - shrinkage_fraction))
    return tuple(
        (interval, minutes)
        for interval, minutes in enumerate(net.tolist(), start=first)
        if minutes and 0 <= interval < horizon.intervals
    )


def requirement_table(
    queues: Iterable[Queue], horizon: Horizon, shrinkage_fraction: float
) -> pd.DataFrame:
    """Return the requirement for people to read: one row per queue and interval.

    ``required_agents`` is net of shrinkage, ``scheduled_agents`` gross of it; the latter is shown
    and used nowhere. Both are missing for deferrable queues, which need their work done in time but
    nobody at a given hour.
    """
    parts = []
    for queue in queues:
        required = pd.array(queue.required_agents, dtype="Int64")
        scheduled = pd.array(
            workload.scheduled_agents(queue.required_agents, shrinkage_fraction), dtype="Int64"
        )
        if not queue.is_immediate:
            required[:] = pd.NA
            scheduled[:] = pd.NA
        parts.append(
            pd.DataFrame(
                {
                    "queue": queue.queue,
                    "interval_start": horizon.interval_starts(),
                    "volume": queue.volume,
                    "aht_minutes": queue.aht_minutes,
                    "workload_minutes": queue.work_minutes,
                    "required_agents": required,
                    "scheduled_agents": scheduled,
                }
            )
        )
    return pd.concat(parts, ignore_index=True) if parts else pd.DataFrame()
