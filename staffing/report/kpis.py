"""Tables and key figures of a build: plain data, for the report, the notebook and the command line."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from itertools import pairwise
from typing import Any

import pandas as pd

from staffing.domain.build import Build
from staffing.domain.objective import Level, Tier
from staffing.domain.people import Agent
from staffing.domain.result import QueueService, Violation
from staffing.domain.shifts import Duty
from staffing.report.coverage import roster_of

SATURDAY = 5
NAIVE = "seasonal_naive"


def is_met(service: QueueService) -> bool:
    """Tell whether a queue is expected to meet its target."""
    return service.expected_fraction >= service.target_fraction - 1e-9


def key_figures(build: Build) -> dict[str, Any]:
    """Return the figures of the strip at the top.

    Returns
    -------
    dict[str, Any]
        ``people`` (with duties), ``people_total``, ``duties``, ``paid_minutes``, ``targets_met``, ``targets``,
        ``short_minutes``, ``must_violations``, ``should_penalties``, ``objective``, ``bound``, ``gap``, ``certainty``
        (what a rehearsal's certainty costs, a part of the objective and of the gap; 0 without one).
    """
    duties = [duty for _, duty in roster_of(build).rows()]
    bill = build.bill
    return {
        "people": sum(bool(held) for held in roster_of(build).duties.values()),
        "people_total": len(build.problem.agents),
        "duties": len(duties),
        "paid_minutes": sum(duty.paid_minutes for duty in duties),
        "targets_met": sum(is_met(service) for service in bill.service),
        "targets": len(bill.service),
        "short_minutes": sum(shortage.work_minutes for shortage in build.shortages),
        "must_violations": len(bill.must_violations),
        "should_penalties": sum(
            v.level is Level.SHOULD and not v.inherited and v.cost > 0 for v in bill.violations
        ),
        "objective": build.solution.objective,
        "bound": build.solution.bound,
        "gap": build.solution.gap,
        "certainty": build.rehearsal.price if build.rehearsal else 0,
    }


def service_table(build: Build) -> pd.DataFrame:
    """Return one row per queue: target, expectation, whether it is met, late and closing work."""
    kinds = {queue.queue: queue.workstream for queue in build.problem.queues}
    columns = (
        "queue kind due_minutes target_fraction expected_fraction met work_minutes late_minutes "
        "short_intervals closing_minutes"
    )
    rows = [
        (
            service.queue,
            kinds[service.queue].kind,
            kinds[service.queue].due_minutes or kinds[service.queue].threshold_minutes,
            service.target_fraction,
            service.expected_fraction,
            is_met(service),
            service.work_minutes,
            service.late_minutes,
            len(service.short_intervals),
            service.closing_minutes,
        )
        for service in build.bill.service
    ]
    return pd.DataFrame(rows, columns=columns.split())


def people_table(build: Build) -> pd.DataFrame:
    """Return one row per agent: hours against contract and what burns people out.

    Returns
    -------
    pd.DataFrame
        ``agent_id, name, site, grade, contract_minutes, planned_minutes, duties, nights, longest_run_days,
        shortest_rest_minutes, weekend_days, must, should, cost, messages``. Runs and rests look back into the
        carry-in; no two duties, no rest (NaN). ``messages`` is a tuple of sentences, inherited ones included.
    """
    found: dict[str, list[Violation]] = {agent.agent_id: [] for agent in build.problem.agents}
    for violation in build.bill.violations:
        if violation.agent_id in found:
            found[violation.agent_id].append(violation)
    rows = [_person(build, agent, found[agent.agent_id]) for agent in build.problem.agents]
    return pd.DataFrame(rows)


def _person(build: Build, agent: Agent, found: list[Violation]) -> dict[str, Any]:
    """Return the row of one agent with the violations of that agent."""
    duties = roster_of(build).of(agent.agent_id)
    timeline = build.problem.timeline(roster_of(build), agent.agent_id)
    own = [v for v in found if not v.inherited]
    return {
        "agent_id": agent.agent_id,
        "name": agent.name,
        "site": agent.site,
        "grade": agent.grade,
        "contract_minutes": build.problem.contract_minutes(agent),
        "planned_minutes": sum(duty.paid_minutes for duty in duties),
        "duties": len(duties),
        "nights": sum(duty.is_night for duty in duties),
        "longest_run_days": _longest_run(timeline),
        "shortest_rest_minutes": _shortest_rest(timeline),
        "weekend_days": len({d.date for d in duties if d.date.weekday() >= SATURDAY}),
        "must": sum(v.level is Level.MUST for v in own),
        "should": sum(v.level is Level.SHOULD for v in own),
        "cost": sum(v.cost for v in own),
        "messages": tuple(f"{v.message} (inherited)" if v.inherited else v.message for v in found),
    }


def _longest_run(timeline: Iterable[tuple[Duty, bool]]) -> int:
    """Return the longest run of working days that reaches into the planned week."""
    planned: dict[dt.date, bool] = {}
    for duty, carried in timeline:
        planned[duty.date] = planned.get(duty.date, False) or not carried
    longest = length = 0
    reaches = False
    before: dt.date | None = None
    for date in sorted(planned):
        follows = before is not None and (date - before).days == 1
        length = length + 1 if follows else 1
        reaches = planned[date] or (follows and reaches)
        longest = max(longest, length if reaches else 0)
        before = date
    return longest


def _shortest_rest(timeline: tuple[tuple[Duty, bool], ...]) -> float:
    """Return the shortest gap before a planned duty in minutes, NaN where there is none."""
    gaps = [
        later.start - earlier.end
        for (earlier, _), (later, carried) in pairwise(timeline)
        if not carried
    ]
    return float(min(gaps)) if gaps else float("nan")


def bill_table(build: Build) -> pd.DataFrame:
    """Return the lines of the objective by tier and cost: ``tier, name, amount, unit, cost``."""
    order = {tier: position for position, tier in enumerate(Tier)}
    terms = sorted(build.bill.terms, key=lambda term: (order[term.tier], -term.cost, term.name))
    rows = [(term.tier.value, term.name, term.amount, term.unit, term.cost) for term in terms]
    return pd.DataFrame(rows, columns=["tier", "name", "amount", "unit", "cost"])


def shortage_table(build: Build) -> pd.DataFrame:
    """Return the shortages, largest first: ``queue, start, end, work_minutes, message, reasons``."""
    found = sorted(build.shortages, key=lambda s: (-s.work_minutes, s.start))
    rows = [(s.queue, s.start, s.end, s.work_minutes, s.message, s.reasons) for s in found]
    columns = ["queue", "start", "end", "work_minutes", "message", "reasons"]
    return pd.DataFrame(rows, columns=columns)


def picked_methods(backtest: pd.DataFrame) -> pd.DataFrame:
    """Return the picked method of each series with its errors, beside those of seasonal naive.

    Returns
    -------
    pd.DataFrame
        `BACKTEST` columns of the picked rows and ``naive_wape``, by workstream and region.
    """
    keys = ["workstream", "region"]
    naive = backtest.loc[backtest["method"] == NAIVE, [*keys, "wape"]]
    picked = backtest[backtest["picked"].astype(bool)]
    table = picked.merge(naive.rename(columns={"wape": "naive_wape"}), on=keys, how="left")
    return table.sort_values(keys, ignore_index=True)
