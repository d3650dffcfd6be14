"""Tiny problems, at least one a rule, on which solver and check must agree about every roster."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from staffing.domain.people import Preference
from staffing.domain.problem import Problem
from staffing.model.forms import Choices, Conflict
from staffing.rules.availability import Availability
from staffing.rules.contract_hours import ContractHours
from staffing.rules.max_weekly_hours import MaxWeeklyHours
from staffing.rules.min_rest import MinRest
from staffing.rules.min_staff import MinStaff
from staffing.rules.one_duty_at_a_time import OneDutyAtATime
from staffing.rules.preferences import Preferences
from staffing.rules.skills import Skills
from tests.conformance import rhythm
from tests.conformance.instance import (
    D07,
    D08,
    E06,
    FRIDAY,
    L13,
    N22,
    T09,
    THURSDAY,
    WEDNESDAY,
    Instance,
)
from tests.rules.crowd import Crowd
from tests.rules.world import agent, days, off, queue, template, world


class TouchingDutiesClash(OneDutyAtATime):
    """The off-by-one of overlap: ``<=`` where ``<`` is meant."""

    def forms(self, problem: Problem, choices: Choices) -> Iterable[Conflict]:
        """Add every two duties of which one ends as the other starts."""
        yield from super().forms(problem, choices)
        pairs = tuple((i, j) for i, j, gap in choices.followers(1) if gap == 0)
        yield Conflict(cliques=pairs, **self.form_fields(problem))


def one_duty() -> Iterable[Instance]:
    # X05 overlaps the end of N22 by an hour (two on the night of the change), E06 touches it.
    x05 = template("X05", "05:00", "09:00")
    problem = world(
        "2026-10-24", 2, [x05, E06, D08, N22], carried={"ann": [f"{FRIDAY} N22", f"{FRIDAY} D08"]}
    )
    yield Instance("overlaps", problem, OneDutyAtATime(), TouchingDutiesClash())


def availability() -> Iterable[Instance]:
    # Away until Saturday 08:00 local (07:00 UTC): D08 may start at that minute.
    away = off("ann", "2026-10-23T12:00+01:00", "2026-10-24T08:00+01:00")
    longer = away.model_copy(update={"end": away.end + dt.timedelta(minutes=1)})
    problem = world(
        FRIDAY, 3, [E06, D08, N22], time_off=(away,), carried={"ann": [f"{THURSDAY} N22"]}
    )
    yield Instance(
        "absence", problem, Availability(), None, problem.model_copy(update={"time_off": (longer,)})
    )
    # The last day is Sunday 25, of 25 hours: C16 ends at its midnight, N22 does not.
    c16 = template("C16", "16:00", "00:00")
    ann = agent(start_date=dt.date(2026, 10, 24), end_date=dt.date(2026, 10, 25))
    later = ann.model_copy(update={"end_date": dt.date(2026, 10, 26)})
    problem = world(FRIDAY, 4, [D08, c16, N22], agents=(ann,))
    yield Instance(
        "employment", problem, Availability(), None, problem.model_copy(update={"agents": (later,)})
    )


def skills() -> Iterable[Instance]:
    templates = [
        D08,
        template("H08", "08:00", "16:00", requires=("harms",)),
        template("J13", "13:00", "21:00", requires=("cases", "japanese")),
    ]
    queues = (
        queue("cases", 72),
        queue("harms", 72, needs_clearance=True),
        queue("japanese", 72, languages=("ja",)),
    )
    ann = agent(workstreams=("cases", "harms", "japanese"), languages=("en", "ja"))
    cleared = ann.model_copy(update={"exposure_cleared": True})
    problem = world(
        FRIDAY, 3, templates, agents=(ann,), queues=queues, carried={"ann": [f"{THURSDAY} H08"]}
    )
    yield Instance(
        "clearance", problem, Skills(), None, problem.model_copy(update={"agents": (cleared,)})
    )
    idle = agent(workstreams=("cases",))
    problem = world(FRIDAY, 2, templates[:2], agents=(idle,), queues=(queue("cases", 48, "APAC"),))
    pooled = problem.model_copy(update={"queues": (queue("cases", 48),)})
    yield Instance("region", problem, Skills(), None, pooled)


def min_rest() -> Iterable[Instance]:
    # L13 to D07 is 10 h, 11 h exactly in the night of the change.
    problem = world(FRIDAY, 4, [D07, L13, N22], carried={"ann": [f"{THURSDAY} L13"]})
    yield Instance("eleven hours", problem, MinRest(), MinRest(rest_minutes=661))
    # D08 to D07 two days later: 39 h, 40 h over the change; with a duty between, only neighbours count.
    problem = world(FRIDAY, 5, [D07, D08], carried={"ann": [f"{WEDNESDAY} D08"]})
    yield Instance("two days", problem, MinRest(rest_minutes=2400), MinRest(rest_minutes=2401))


def max_weekly_hours() -> Iterable[Instance]:
    # D08 pays 8 h, N22 8 h and 9 h on Saturday night: six duties without that night are 48 h, the limit, with it 49 h.
    carried = {"ann": days("2026-10-14", "2026-10-16", "D08")}
    problem = world("2026-10-19", 7, [D08, N22], carried=carried)
    limits = {"week_minutes": 2880, "average_minutes": 2320, "reference_weeks": 3}
    yield Instance(
        "week",
        problem,
        MaxWeeklyHours(**limits),
        MaxWeeklyHours(**{**limits, "week_minutes": 2879}),
    )
    # Over three weeks: 40 h of contract for the unknown one, 24 h carried; 104 h less these leave 40 h, five D08.
    problem = world("2026-10-19", 6, [D08, T09], carried=carried)
    limits = {"week_minutes": 3600, "average_minutes": 2080, "reference_weeks": 3}
    yield Instance(
        "average",
        problem,
        MaxWeeklyHours(**limits),
        MaxWeeklyHours(**{**limits, "average_minutes": 2079}),
    )
    # 90 h in three weeks, of which the two before had 40 h and 56 h: nothing is left, 6 h are inherited.
    carried = {"ann": days("2026-10-12", "2026-10-18", "D08")}
    problem = world("2026-10-19", 3, [D08, T09], carried=carried)
    limits = {"average_minutes": 1800, "reference_weeks": 3}
    yield Instance(
        "inherited",
        problem,
        MaxWeeklyHours(**limits),
        MaxWeeklyHours(average_minutes=2080, reference_weeks=3),
    )


def contract_hours() -> Iterable[Instance]:
    # 40 h less one day off are 32 h: four D08.
    away = off("ann", "2026-10-19T00:00+01:00", "2026-10-20T00:00+01:00")
    carried = {"ann": ["2026-10-18 N22"]}
    problem = world("2026-10-19", 7, [D08, N22], time_off=(away,), carried=carried)
    rule = ContractHours(weight=2, overtime_weight=3, tolerance_minutes=60)
    yield Instance("tolerance", problem, rule, rule.model_copy(update={"tolerance_minutes": 61}))


def min_staff() -> Iterable[Instance]:
    floor = queue("cases", 48, min_staff=2)
    more = queue("cases", 48, min_staff=3)
    agents = (agent("ann"), agent("bob"), agent("cyd", workstreams=("other",)))
    problem = world(
        "2026-10-24",
        2,
        [T09, N22],
        agents=agents,
        queues=(floor,),
        carried={"bob": [f"{FRIDAY} N22"]},
    )
    yield Instance(
        "two heads", problem, MinStaff(), None, problem.model_copy(update={"queues": (more,)})
    )


def crowd() -> Iterable[Instance]:
    # Of ann and bob one at most; cyd does not count, nor the first hour, in which bob is on duty from the day before.
    problem = world(
        "2026-10-24",
        2,
        [T09, N22],
        agents=(agent("ann"), agent("bob"), agent("cyd")),
        carried={"bob": [f"{FRIDAY} N22"]},
    )
    one = Crowd(agents=("ann", "bob"), most=1)
    yield Instance("one at once", problem, one, Crowd(agents=("ann", "bob", "cyd"), most=1))
    yield Instance("nobody", problem, one.model_copy(update={"most": 0}), one)


def preferences() -> Iterable[Instance]:
    friday, sunday = dt.date(2026, 10, 23), dt.date(2026, 10, 25)
    wishes = (
        Preference(agent_id="ann", wish="avoid", template="N22", strength=2),
        Preference(agent_id="ann", wish="avoid", dates=(sunday, dt.date(2026, 11, 25))),
        Preference(agent_id="ann", wish="want", dates=(friday, sunday), template="D08", strength=3),
        Preference(agent_id="ann", wish="want", template="L13"),
        Preference(agent_id="bob", wish="want"),
    )
    stronger = (*wishes[:3], wishes[3].model_copy(update={"strength": 2}), wishes[4])
    problem = world(
        FRIDAY,
        3,
        [D08, L13, N22],
        agents=(agent("ann"), agent("bob", end_date=dt.date(2026, 10, 1))),
        preferences=wishes,
        carried={"ann": [f"{THURSDAY} N22"]},
    )
    yield Instance(
        "wishes", problem, Preferences(), None, problem.model_copy(update={"preferences": stronger})
    )


INSTANCES: tuple[Instance, ...] = tuple(
    instance
    for family in (
        one_duty,
        availability,
        skills,
        min_rest,
        rhythm.weekly_rest,
        max_weekly_hours,
        rhythm.max_consecutive_days,
        rhythm.max_consecutive_nights,
        rhythm.rest_after_nights,
        contract_hours,
        min_staff,
        crowd,
        rhythm.forward_rotation,
        rhythm.start_consistency,
        rhythm.weekend_share,
        rhythm.isolated_days,
        preferences,
    )
    for instance in family()
)
