"""Tiny problems for the rules about days in a row, rest over days, weekends and start times."""

from __future__ import annotations

from collections.abc import Iterable

from staffing.domain.problem import Problem
from staffing.model.forms import Choices, Run
from staffing.rules.forward_rotation import ForwardRotation
from staffing.rules.isolated_days import IsolatedDays
from staffing.rules.max_consecutive_days import MaxConsecutiveDays
from staffing.rules.max_consecutive_nights import MaxConsecutiveNights
from staffing.rules.rest_after_nights import RestAfterNights
from staffing.rules.start_consistency import StartConsistency
from staffing.rules.weekend_share import WeekendShare
from staffing.rules.weekly_rest import WeeklyRest
from tests.conformance.instance import (
    D07,
    D08,
    E06,
    FRIDAY,
    L13,
    N22,
    THURSDAY,
    WEDNESDAY,
    Instance,
)
from tests.rules.world import days, template, world


class KnowsThePast(IsolatedDays):
    """The slip of taking what is not known for days off, or for work."""

    def forms(self, problem: Problem, choices: Choices) -> Iterable[Run]:
        """Let every run begin where its list does."""
        for run in super().forms(problem, choices):
            yield run.model_copy(update={"open_start": False})


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


def isolated_days() -> Iterable[Instance]:
    # Wednesday and Thursday are carried on to Friday: a third day makes the run long enough; Monday stood alone.
    carried = {"ann": ["2026-10-17 D08", "2026-10-19 D08", *days(WEDNESDAY, THURSDAY, "D08")]}
    problem = world(FRIDAY, 6, [D08], carried=carried)
    rule = IsolatedDays(days_on_at_least=3)
    yield Instance("three", problem, rule, IsolatedDays(days_on_at_least=2))
    # Thursday is off alone, and Friday ends that.
    carried = {"ann": ["2026-10-19 D08", WEDNESDAY + " N22"]}
    problem = world(FRIDAY, 5, [D08, N22], carried=carried)
    yield Instance("day off", problem, IsolatedDays(), IsolatedDays(days_off_at_least=1))
    problem = world(FRIDAY, 5, [D08])
    yield Instance("unknown past", problem, IsolatedDays(), KnowsThePast())
    problem = world(FRIDAY, 4, [D08], carried={"ann": days(WEDNESDAY, THURSDAY, "D08")})
    long = {"days_on_at_least": 4, "days_off_at_least": 3}
    yield Instance("first duty", problem, IsolatedDays(**long), KnowsThePast(**long))
