from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from staffing.domain.errors import Fault
from staffing.domain.people import Agent
from staffing.ingest.context import Context
from staffing.ingest.people import read_agents

HEADER = (
    "agent_id,name,email,site,grade,weekly_hours,workstreams,languages,"
    "start_date,end_date,exposure_cleared,on_call\n"
)


def read(
    folder: Path, context: Context, rows: str
) -> tuple[tuple[Agent, ...], Context, list[Fault]]:
    path = folder / "agents.csv"
    path.write_text(HEADER + rows, encoding="utf-8")
    faults: list[Fault] = []
    agents, known = read_agents(path, context, faults)
    return agents, known, faults


def test_agents(tmp_path: Path, context: Context) -> None:
    agents, known, faults = read(
        tmp_path,
        context,
        "001,Ann,ann@x.example,dublin,lead,37.5,harms|escalations,en fr,2026-12-02,,yes,no\n"
        "'=1,Bo,,seattle,,0,harms,,,2026-12-04,,\n",
    )
    assert faults == []
    assert agents[0] == Agent(
        agent_id="001",
        name="Ann",
        email="ann@x.example",
        site="dublin",
        grade="lead",
        weekly_minutes=2250,
        workstreams=("harms", "escalations"),
        languages=("en", "fr"),
        start_date=dt.date(2026, 12, 2),
        exposure_cleared=True,
    )
    assert (agents[1].email, agents[1].exposure_cleared, agents[1].languages) == ("", False, ())
    assert known.agent_sites == {"001": "dublin", "'=1": "seattle"}


def test_a_faulty_agent_is_known_all_the_same(tmp_path: Path, context: Context) -> None:
    agents, known, faults = read(tmp_path, context, "001,Ann,,dubln,lead,40,harms,,,,,\n")
    assert agents == ()
    assert known.agent_sites == {"001": ""}
    assert known.agent_ids == {"001"}
    assert known.site_of("001") is None
    assert [(fault.row, fault.column, fault.value) for fault in faults] == [(2, "site", "dubln")]


def test_with_an_unreadable_id_nothing_is_said_of_agents(tmp_path: Path, context: Context) -> None:
    _, known, faults = read(
        tmp_path, context, "1 ,A,,dublin,,40,harms,,,,,\n2,B,,dublin,,40,harms,,,,,\n"
    )
    assert [(fault.row, fault.column) for fault in faults] == [(2, "agent_id")]
    assert known.agent_ids is None
    assert known.agent_sites == {"2": "dublin"}


def test_header_only(tmp_path: Path, context: Context) -> None:
    _, known, faults = read(tmp_path, context, "")
    assert "no agent" in faults[0].message
    assert known is context


@pytest.mark.parametrize(
    ("row", "column", "part"),
    [
        ("1,,,dublin,,40,harms,,,,,", "name", "is empty"),
        ("1,Ann,ann,dublin,,40,harms,,,,,", "email", "not an e-mail"),
        ("1,Ann,,dublin,,81,harms,,,,,", "weekly_hours", "from 0 to 80"),
        ('1,Ann,,dublin,,"37,5",harms,,,,,', "weekly_hours", "37.5"),
        ("1,Ann,,dublin,,40,harm,,,,,", "workstreams", "Did you mean 'harms'?"),
        ("1,Ann,,dublin,,40,harms,,2026-12-05,2026-12-01,,", "end_date", "before the first"),
        ("1,Ann,,dublin,,40,harms,,,,ja,", "exposure_cleared", "yes or no"),
    ],
)
def test_faults(tmp_path: Path, context: Context, row: str, column: str, part: str) -> None:
    agents, _, faults = read(tmp_path, context, row + "\n")
    assert agents == ()
    assert [(fault.row, fault.column) for fault in faults] == [(2, column)]
    assert part in faults[0].message
