"""A roster that was written is read back the same, also in weeks with a clock change."""

from __future__ import annotations

from pathlib import Path

import pytest

from staffing.domain.clock import Horizon
from staffing.domain.errors import Fault
from staffing.domain.people import Agent
from staffing.domain.problem import Problem
from staffing.domain.roster import Roster
from staffing.domain.shifts import duties_at
from staffing.export.roster_csv import write_roster
from staffing.ingest.context import Context
from staffing.ingest.duties import read_duties, to_roster


@pytest.mark.parametrize("week", ["2026-W10", "2026-W13", "2026-W43", "2026-W44"])
@pytest.mark.parametrize("by_hand", [False, True])
def test_round_trip(tmp_path: Path, context: Context, week: str, by_hand: bool) -> None:
    horizon = Horizon.of_week(week)
    templates = tuple(context.templates.values())
    duties = {
        agent_id: tuple(duties_at(horizon, context.sites[site], templates))
        for agent_id, site in context.agent_sites.items()
    }
    if by_hand:
        duties = {
            agent_id: tuple(
                duty.model_copy(update={"template": "", "requires": ()}) for duty in own
            )
            for agent_id, own in duties.items()
        }
    agents = tuple(
        Agent(
            agent_id=agent_id,
            name=agent_id,
            email="",
            site=site,
            grade="",
            weekly_minutes=2400,
            workstreams=("harms",),
        )
        for agent_id, site in context.agent_sites.items()
    )
    sites = tuple(context.sites.values())
    problem = Problem(
        week=week, horizon=horizon, sites=sites, agents=agents, templates=templates, queues=()
    )
    roster = Roster(duties=duties)
    write_roster(tmp_path / "roster.csv", problem, roster)
    faults: list[Fault] = []
    rows = read_duties(tmp_path / "roster.csv", context, faults)
    assert faults == []
    assert to_roster(rows, horizon, sites, templates) == roster
