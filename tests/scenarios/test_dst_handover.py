"""Handing over round the globe: hours that nobody covers when some clocks have changed and others not.

By the wall clock Dublin and Seattle work 08:00 to 16:00 and Singapore 07:00 to 15:00, one person each, every day. In
UTC, Singapore is 23 to 07 all year, Dublin 07 to 15 in summer and 08 to 16 in winter, Seattle 15 to 23 and 16 to 24.
"""

from __future__ import annotations

import pytest

from staffing.audit.check import audit
from staffing.domain.clock import Horizon
from staffing.domain.people import Site
from staffing.domain.problem import Problem
from staffing.rules.availability import Availability
from staffing.rules.book import RuleBook
from staffing.rules.contract_hours import ContractHours
from staffing.rules.min_rest import MinRest
from staffing.rules.min_staff import MinStaff
from staffing.rules.one_duty_at_a_time import OneDutyAtATime
from staffing.solvers.budget import Budget
from staffing.solvers.solve import solve
from tests.rules.world import agent, days, queue, roster, template, world

SITES = (
    Site(site="dublin", region="EMEA", time_zone="Europe/Dublin", country="IE"),
    Site(site="seattle", region="AMER", time_zone="America/Los_Angeles", country="US"),
    Site(site="singapore", region="APAC", time_zone="Asia/Singapore", country="SG"),
)
BOOK = RuleBook(rules=(OneDutyAtATime(), Availability(), MinRest(), MinStaff()))
SUNDAY = 6 * 24


def globe(week: str) -> Problem:
    return Problem(
        week=week,
        horizon=Horizon.of_week(week),
        sites=SITES,
        agents=tuple(agent(site.site[:2], site=site.site) for site in SITES),
        templates=(
            template("D08", "08:00", "16:00", sites=("dublin", "seattle")),
            template("E07", "07:00", "15:00", sites=("singapore",)),
        ),
        queues=(queue(hours=168, min_staff=1),),
    )


def hours_at(hour: int, week_days: range) -> list[int]:
    return [24 * day + hour for day in week_days]


@pytest.mark.parametrize(
    ("week", "uncovered"),
    [
        # Dublin in winter time until Sunday: 07 is open; Seattle stops at 23, and Singapore's Monday is next week's.
        ("2026-W13", [*hours_at(7, range(6)), SUNDAY + 23]),
        # All in summer time but Dublin on Sunday.
        ("2026-W43", [SUNDAY + 7, SUNDAY + 23]),
        # Dublin in winter time, and Seattle too on Sunday, so that it works until 24.
        ("2026-W44", hours_at(7, range(7))),
        # A week of winter time at both, and one of summer time.
        ("2026-W49", hours_at(7, range(7))),
        ("2026-W30", [SUNDAY + 23]),
    ],
)
def test_the_hours_that_nobody_covers(week, uncovered):
    problem = globe(week)
    solution = solve(problem, BOOK, Budget(seconds=10))
    audited = audit(problem, BOOK, solution.roster, solution.allocation)
    assert audited.is_clean
    assert len(list(solution.roster.rows())) == 3 * 7
    short = [
        hour
        for found in audited.bill.violations
        for hour in range(found.start // 60, found.end // 60)
    ]
    assert short == uncovered
    # 21 duties of 8 h are paid, an hour without anybody costs 60 agent-minutes at 1000.
    assert solution.objective == 60_000 * len(uncovered) + 21 * 480


@pytest.mark.parametrize(
    ("first", "over", "under"),
    [
        ("2026-03-23", 0, 60),  # five nights, that to Sunday 29 March of 7 h: 39 h
        ("2026-10-19", 60, 0),  # that to Sunday 25 October of 9 h: 41 h
        ("2026-10-26", 0, 0),
    ],
)
def test_contract_hours_know_of_the_change(first, over, under):
    problem = world(first, 7, [template("N22", "22:00", "06:00")])
    tuesday, saturday = (problem.horizon.dates[day].isoformat() for day in (1, 5))
    plan = roster(problem, {"ann": days(tuesday, saturday, "N22")})
    bill = audit(problem, RuleBook(rules=(ContractHours(overtime_weight=3),)), plan).bill
    assert sum(term.amount for term in bill.terms if term.name == "contract_hours") == over + under
    # 20 a minute under, 60 a minute over; pay of all hours, and half an hour of premium for each hour after 23:00.
    paid = 2400 + over - under
    premium = (7 * 60 * 5 + over - under) // 2
    assert bill.objective == 20 * under + 60 * over + paid + premium
