"""A tiny build, worked out by hand: the week of 25 October 2026, when Dublin's clocks go back.

Two sites, three people, an immediate and a deferrable queue, no shrinkage. Ann works Monday and Tuesday by
day and was on duty the Sunday before; Bo (whose name is HTML) works Saturday night; Chen is on leave on Monday and
pinned off on Tuesday.
"""

from __future__ import annotations

import dataclasses
import datetime as dt

import pandas as pd
import pytest

from staffing.domain.build import Build, Shortage
from staffing.domain.clock import Horizon
from staffing.domain.objective import Level, Term, Tier
from staffing.domain.people import Agent, Site, TimeOff
from staffing.domain.problem import Pin, Problem
from staffing.domain.result import (
    Allocation,
    Bill,
    Progress,
    QueueService,
    Solution,
    Status,
    Violation,
)
from staffing.domain.roster import Roster
from staffing.domain.shifts import ShiftTemplate, duty_on
from staffing.domain.tables import BACKTEST, QUANTILE_COLUMNS
from staffing.domain.work import Backlog, Queue, Workstream
from staffing.rules.book import RuleBook
from staffing.rules.min_rest import MinRest

HTML = "<script>alert('x')</script>"
HORIZON = Horizon.of_week("2026-W43")
DUBLIN = Site(site="dublin", region="EMEA", time_zone="Europe/Dublin", country="IE")
SINGAPORE = Site(site="singapore", region="APAC", time_zone="Asia/Singapore", country="SG")
DAY = ShiftTemplate(
    template="D08", start=dt.time(8), end=dt.time(16, 30), break_after_minutes=240, break_minutes=30
)
NIGHT = ShiftTemplate(template="N22", start=dt.time(22), end=dt.time(6))
URGENT = Workstream(
    workstream="urgent", kind="immediate", threshold_minutes=15, target_fraction=0.9, min_staff=1
)
LEGAL = Workstream(workstream="legal", kind="deferrable", due_minutes=120, target_fraction=0.98)


def agent(agent_id: str, name: str, site: str) -> Agent:
    return Agent(
        agent_id=agent_id,
        name=name,
        email=f"{agent_id}@example.com",
        site=site,
        grade="agent",
        weekly_minutes=2400,
        workstreams=("urgent", "legal"),
    )


def queues() -> tuple[Queue, ...]:
    hours = HORIZON.intervals
    urgent = Queue(
        queue="urgent",
        workstream=URGENT,
        volume=(1.0,) * hours,
        aht_minutes=(15.0,) * hours,
        arrivals_minutes=(0,) * hours,
        required_agents=(1,) * hours,
    )
    legal = Queue(
        queue="legal",
        workstream=LEGAL,
        volume=(0.5,) * hours,
        aht_minutes=(60.0,) * hours,
        arrivals_minutes=(30,) * hours,
        required_agents=(0,) * hours,
        opening=(Backlog(due=60, work_minutes=20),),
    )
    return urgent, legal


def forecast() -> pd.DataFrame:
    table = pd.DataFrame(
        {
            "workstream": "urgent",
            "interval_start": HORIZON.interval_starts(),
            "mean": 2.0,
            "aht_minutes": 15.0,
            "aht_cv": 1.0,
            "statistical_mean": 2.0,
        }
    )
    spread = {name: 2.0 + 4 * (float(name[1:]) - 50) / 45 for name in QUANTILE_COLUMNS}
    parts = [table.assign(region=region, **spread) for region in ("APAC", "EMEA")]
    return pd.concat(parts, ignore_index=True)


@pytest.fixture
def build() -> Build:
    problem = Problem(
        week="2026-W43",
        horizon=HORIZON,
        sites=(DUBLIN, SINGAPORE),
        agents=(
            agent("a1", "Ann", "dublin"),
            agent("b1", HTML, "dublin"),
            agent("c1", "Chen", "singapore"),
        ),
        templates=(DAY, NIGHT),
        queues=queues(),
        time_off=(TimeOff(agent_id="c1", start=HORIZON.at(-480), end=HORIZON.at(960)),),
        pins=(Pin(agent_id="c1", date=HORIZON.dates[1], template=None),),
        carry_in=Roster(
            duties={"a1": (duty_on(HORIZON, DUBLIN, DAY, HORIZON.dates[0] - dt.timedelta(days=1)),)}
        ),
    )
    monday, tuesday, saturday = HORIZON.dates[0], HORIZON.dates[1], HORIZON.dates[5]
    roster = Roster(
        duties={
            "a1": tuple(duty_on(HORIZON, DUBLIN, DAY, date) for date in (monday, tuesday)),
            "b1": (duty_on(HORIZON, DUBLIN, NIGHT, saturday),),
        }
    )
    given = {"urgent": [0] * 168, "legal": [0] * 168}
    given["urgent"][7:9] = [60, 45]
    given["legal"][7] = 50
    history = forecast()[["region", "workstream", "interval_start", "mean", "aht_minutes"]]
    history = history.assign(interval_start=history["interval_start"] - pd.Timedelta(weeks=1))
    broken = Violation(
        rule="min_rest",
        level=Level.SHOULD,
        tier=Tier.BURNOUT,
        agent_id="a1",
        start=930,
        end=1860,
        measured=930,
        limit=960,
        amount=30,
        unit="minutes of missing rest",
        cost=600,
        message="Ann (a1) rests 15.5 h; 16 h are needed.",
    )
    return Build(
        organisation="Trust & Safety",
        problem=problem,
        history=history.rename(columns={"mean": "volume"}),
        forecast=forecast(),
        backtest=pd.DataFrame(
            [
                (
                    "EMEA",
                    "urgent",
                    "seasonal_naive",
                    "1-7",
                    0.4,
                    1.0,
                    0.1,
                    0.3,
                    0.8,
                    0.95,
                    8,
                    False,
                ),
                ("EMEA", "urgent", "mean4", "1-7", 0.3, 0.8, 0.0, 0.2, 0.79, 0.94, 8, True),
            ],
            columns=list(BACKTEST),
        ),
        solution=Solution(
            status=Status.FEASIBLE,
            roster=roster,
            allocation=Allocation(
                minutes={"urgent+legal": {name: tuple(m) for name, m in given.items()}},
                late={"legal": (0,) * 8 + (180,) * 160},
            ),
            objective=2100,
            bound=2000,
            seconds=3.0,
            curve=(
                Progress(phase="shape", seconds=1.0, objective=None, bound=2000),
                Progress(phase="roster", seconds=3.0, objective=2100, bound=2000),
            ),
        ),
        bill=Bill(
            terms=(
                Term(name="pay", tier=Tier.COST, amount=1500, unit="paid minutes", cost=1500),
                Term(name="min_rest", tier=Tier.BURNOUT, amount=30, unit="minutes", cost=600),
            ),
            violations=(broken,),
            service=(
                QueueService(
                    queue="urgent",
                    target_fraction=0.9,
                    expected_fraction=0.95,
                    work_minutes=10080,
                    late_minutes=15,
                    short_intervals=(8,),
                    closing_minutes=0,
                ),
                QueueService(
                    queue="legal",
                    target_fraction=0.98,
                    expected_fraction=0.9799,
                    work_minutes=5000,
                    late_minutes=600,
                    short_intervals=(20, 21),
                    closing_minutes=90,
                ),
            ),
        ),
        shortages=(
            Shortage(
                queue="legal",
                start=1200,
                end=1320,
                work_minutes=600,
                reasons=("Chen is on leave.",),
                message="Legal is 10 h of work short on Monday evening.",
            ),
        ),
        seed=1,
        seconds={"forecast": 0.5, "roster": 3.0},
        peak_rss_bytes=500_000_000,
    )


@pytest.fixture
def unsolved(build: Build) -> Build:
    solution = Solution(
        status=Status.NO_TIME, roster=None, allocation=None, objective=None, bound=None, seconds=0.0
    )
    empty = Bill(terms=(), violations=(), service=())
    return dataclasses.replace(build, solution=solution, bill=empty, shortages=())


@pytest.fixture
def book() -> RuleBook:
    return RuleBook(rules=(MinRest(),))
