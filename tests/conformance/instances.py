"""Tiny problems, at least one a rule, on which solver and check must agree about every roster.

All lie around the night of 25 October 2026, in which Dublin's clocks go back and 22:00 to 06:00 lasts 9 h, and most
carry duties in. ``mutant`` and ``mutant_problem`` are what the solver is given instead when an error is planted.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from staffing.domain.people import Preference
from staffing.domain.problem import Problem
from staffing.model.forms import Choices, Conflict
from staffing.rules.availability import Availability
from staffing.rules.base import Rule
from staffing.rules.contract_hours import ContractHours
from staffing.rules.forward_rotation import ForwardRotation
from staffing.rules.max_consecutive_days import MaxConsecutiveDays
from staffing.rules.max_consecutive_nights import MaxConsecutiveNights
from staffing.rules.max_weekly_hours import MaxWeeklyHours
from staffing.rules.min_rest import MinRest
from staffing.rules.min_staff import MinStaff
from staffing.rules.one_duty_at_a_time import OneDutyAtATime
from staffing.rules.preferences import Preferences
from staffing.rules.rest_after_nights import RestAfterNights
from staffing.rules.skills import Skills
from staffing.rules.start_consistency import StartConsistency
from staffing.rules.weekend_share import WeekendShare
from staffing.rules.weekly_rest import WeeklyRest
from tests.rules.world import agent, days, off, queue, template, world


@dataclass(frozen=True)
class Instance:
    """One problem, the rule under test, and the error to plant."""

    name: str
    problem: Problem
    rule: Rule
    mutant: Rule | None = None
    mutant_problem: Problem | None = None


class TouchingDutiesClash(OneDutyAtATime):
    """The off-by-one of overlap: ``<=`` where ``<`` is meant."""

    def forms(self, problem: Problem, choices: Choices) -> Iterable[Conflict]:
        """Add every two duties of which one ends as the other starts."""
        yield from super().forms(problem, choices)
        pairs = tuple((i, j) for i, j, gap in choices.followers(1) if gap == 0)
        yield Conflict(cliques=pairs, **self.form_fields(problem))


E06 = template("E06", "06:00", "14:00")
D07 = template("D07", "07:00", "15:00")
D08 = template("D08", "08:00", "16:00")
T09 = template("T09", "09:00", "19:00", break_after_minutes=240, break_minutes=30)
L13 = template("L13", "13:00", "21:00")
N22 = template("N22", "22:00", "06:00")

# Friday 23 to Tuesday 27 October 2026; the clocks go back on Sunday 25.
FRIDAY, THURSDAY, WEDNESDAY = "2026-10-23", "2026-10-22", "2026-10-21"


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


def weekly_rest() -> Iterable[Instance]:
    # The clocks change on the Sunday, the fourth of seven days. Saturday 22:00 to Monday 08:00 is 35 h in autumn, and
    # Saturday 20:00 to Monday 08:00 is 35 h in spring.
    l14 = template("L14", "14:00", "22:00")
    carried = {"ann": days("2026-10-16", "2026-10-20", "D08")}
    problem = world("2026-10-22", 7, [D08, l14], carried=carried)
    yield Instance("autumn", problem, WeeklyRest(), WeeklyRest(rest_minutes=2101))
    l12 = template("L12", "12:00", "20:00")
    carried = {"ann": days("2026-03-20", "2026-03-24", "D08")}
    problem = world("2026-03-26", 7, [D08, l12], carried=carried)
    yield Instance("spring", problem, WeeklyRest(), WeeklyRest(rest_minutes=2101))
    # C16 on Sunday ends with the day: Monday alone holds the 24 h of the seven days that it closes.
    c16 = template("C16", "16:00", "00:00")
    carried = {"ann": [*days("2026-10-12", "2026-10-17", "D08"), "2026-10-18 C16"]}
    problem = world("2026-10-19", 5, [D08, c16], carried=carried)
    yield Instance("midnight", problem, WeeklyRest(), WeeklyRest(inside_minutes=1441))
    # A night on Sunday ends Monday 06:00: the seven days to Monday are lost before anything is planned. D08 to D08 two
    # days later is 40 h.
    carried = {"ann": [*days("2026-10-12", "2026-10-17", "D08"), "2026-10-18 N22"]}
    problem = world("2026-10-19", 5, [D08, N22], carried=carried)
    yield Instance(
        "inherited", problem, WeeklyRest(rest_minutes=2400), WeeklyRest(rest_minutes=2401)
    )


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


def max_consecutive_days() -> Iterable[Instance]:
    # Two days are carried on to Friday; a run of its own lies before them.
    carried = {"ann": ["2026-10-17 D08", *days(WEDNESDAY, THURSDAY, "D08")]}
    problem = world(FRIDAY, 6, [D08, N22], carried=carried)
    yield Instance("three", problem, MaxConsecutiveDays(days=3), MaxConsecutiveDays(days=4))
    carried = {"ann": days("2026-10-18", THURSDAY, "D08")}
    problem = world(FRIDAY, 6, [D08], carried=carried)
    yield Instance("inherited", problem, MaxConsecutiveDays(days=3), MaxConsecutiveDays(days=2))


def max_consecutive_nights() -> Iterable[Instance]:
    # Z03 has 23:00 to 06:00 for 179 minutes: no night; a night in the longer one of the change.
    z03 = template("Z03", "03:01", "11:00")
    problem = world(FRIDAY, 5, [z03, D08, N22], carried={"ann": [f"{THURSDAY} N22"]})
    yield Instance("two", problem, MaxConsecutiveNights(nights=2), MaxConsecutiveNights(nights=1))


def rest_after_nights() -> Iterable[Instance]:
    # N22 ends at 06:00: E06 two days later is 48 h away, 49 h or 48 h about the change.
    problem = world(FRIDAY, 5, [E06, D08, N22], carried={"ann": [f"{THURSDAY} N22"]})
    yield Instance("two days", problem, RestAfterNights(), RestAfterNights(rest_minutes=2881))


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


def weekend_share() -> Iterable[Instance]:
    # Saturday to the Sunday of the next week; two of the three weekends before were worked, one by half.
    carried = {"ann": ["2026-10-03 D08", "2026-10-17 D08", "2026-10-18 D08"]}
    problem = world("2026-10-24", 9, [D08], carried=carried)
    yield Instance("two of four", problem, WeekendShare(), WeekendShare(max_weekends=3))
    problem = world("2026-10-24", 2, [D08, N22], carried=carried)
    yield Instance(
        "inherited",
        problem,
        WeekendShare(max_weekends=1),
        WeekendShare(max_weekends=1, reference_weekends=1),
    )


def forward_rotation() -> Iterable[Instance]:
    # D08 to D07 steps back 60 minutes, which is the tolerance.
    problem = world(FRIDAY, 4, [D07, D08, L13], carried={"ann": [f"{THURSDAY} L13"]})
    yield Instance(
        "one hour",
        problem,
        ForwardRotation(tolerance_minutes=60),
        ForwardRotation(tolerance_minutes=59),
    )


def start_consistency() -> Iterable[Instance]:
    # From 08:00: 120 minutes are allowed, 121 are one step of 30, 151 are two; Monday is a new week.
    templates = [
        D08,
        template("D10", "10:00", "18:00"),
        template("O10", "10:01", "18:00"),
        template("P10", "10:31", "18:00"),
    ]
    problem = world(FRIDAY, 4, templates, carried={"ann": [f"{THURSDAY} P10"]})
    yield Instance("two hours", problem, StartConsistency(), StartConsistency(spread_minutes=119))


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
        weekly_rest,
        max_weekly_hours,
        max_consecutive_days,
        max_consecutive_nights,
        rest_after_nights,
        contract_hours,
        min_staff,
        forward_rotation,
        start_consistency,
        weekend_share,
        preferences,
    )
    for instance in family()
)
