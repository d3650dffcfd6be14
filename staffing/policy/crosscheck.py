"""What must hold between settings, people and work: somebody for every kind of work, stamps that fit the history."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import pandas as pd

from staffing.domain.errors import Fault
from staffing.domain.people import Agent
from staffing.domain.work import OpenCase, ServiceWeek, Workstream
from staffing.policy.rulebook import left_out
from staffing.policy.settings import SETTINGS_FILE, Settings

_FILE = "agents.csv"


def cross_check(
    settings: Settings, agents: Sequence[Agent], faults: list[Fault], warnings: list[str]
) -> None:
    """Check that every workstream has people for it, in every region where it cannot be pooled.

    Nobody is a fault; a single person is a warning, as is a service target that the grid cannot tell.
    """
    region_of = {site.site: site.region for site in settings.sites}
    for work in settings.workstreams:
        trained = [agent for agent in agents if work.workstream in agent.workstreams]
        groups = {"": trained}
        if not work.pooled:
            groups = {
                f" in {region}": [agent for agent in trained if region_of[agent.site] == region]
                for region in settings.regions
            }
        for where, group in groups.items():
            _check_group(work, where, group, faults, warnings)
        if work.due_minutes is not None and work.due_minutes < settings.interval_minutes:
            warnings.append(
                f"{SETTINGS_FILE}: {work.workstream} is due after {work.due_minutes} minutes, less "
                f"than an interval of {settings.interval_minutes}. It is counted by intervals; set "
                "interval_minutes = 15, or make it immediate."
            )
    warnings.extend(
        f"{_FILE}: {agent.agent_id} has no contract hours."
        for agent in agents
        if agent.weekly_minutes == 0
    )
    if missing := left_out(settings.book):
        warnings.append(f"{SETTINGS_FILE}: These rules are not in force: {', '.join(missing)}.")


def work_warnings(
    settings: Settings, open_cases: Sequence[OpenCase], history: pd.DataFrame
) -> Iterator[str]:
    """Yield what is odd about the open cases and the history.

    A case that was opened after the last interval of the history is probably a wrong date or zone, or the history is
    older than the backlog.
    """
    newest = history["interval_start"].max() + pd.Timedelta(minutes=settings.interval_minutes)
    late = [case for case in open_cases if case.opened_at > newest]
    if late:
        yield (
            f"backlog.csv: {len(late)} cases were opened after the end of the history "
            f"({newest:%Y-%m-%d %H:%MZ}), the first is {late[0].case_id!r}. Are dates and zone right?"
        )
    seen = set(history["workstream"].unique())
    for work in settings.workstreams:
        if work.workstream not in seen:
            yield f"cases: There is no case of {work.workstream}; none will be forecast."


def target_warnings(settings: Settings, past: Sequence[ServiceWeek]) -> Iterator[str]:
    """Yield targets of four weeks of which no past week is known, and past weeks that no target looks at."""
    looks_back = {work.workstream for work in settings.workstreams if work.period == "four_weeks"}
    pooled = {work.workstream: work.pooled for work in settings.workstreams}
    known = {week.queue for week in past}
    for name in sorted(looks_back - {queue.partition("@")[0] for queue in known}):
        yield (
            f"{SETTINGS_FILE}: The target of {name} is for four weeks, and service_history.csv has "
            "none of its past weeks. It is planned as a weekly target."
        )
    for queue in sorted(known):
        name, _, region = queue.partition("@")
        if name not in looks_back:
            yield f"service_history.csv: The target of {queue} is not for four weeks; its rows are not used."
        elif pooled[name] == bool(region):
            form = f"one queue, {name}" if pooled[name] else f"one queue a region, as {name}@REGION"
            yield f"service_history.csv: {queue} is not used: it is {form}."


def _check_group(
    work: Workstream, where: str, trained: list[Agent], faults: list[Fault], warnings: list[str]
) -> None:
    """Check the people for one workstream (of one region), need by need."""
    left = trained
    needs = [("workstreams", "is trained for it", left)]
    if work.needs_clearance:
        left = [agent for agent in left if agent.exposure_cleared]
        needs.append(("exposure_cleared", "trained for it is cleared for disturbing content", left))
    if work.languages:
        left = [agent for agent in left if not set(work.languages).isdisjoint(agent.languages)]
        needs.append(("languages", f"who may do it speaks {' or '.join(work.languages)}", left))
    for column, need, group in needs:
        if not group:
            message = f"Nobody{where} {need}. Train somebody, or take it out of {SETTINGS_FILE}."
            fault = Fault(file=_FILE, column=column, value=work.workstream, message=message)
            faults.append(fault)
            return
    if len(left) == 1:
        warnings.append(
            f"{_FILE}: Only {left[0].agent_id} can do {work.workstream}{where}; every absence stops it."
        )
