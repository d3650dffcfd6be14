"""One week, or several at once, and the weeks to come as a problem of the package; the history is carry-in.

A shift type is a template in a slot of the day of its own. The optimum of a skill is an immediate queue, which the
package's flow shares out among nurses of several skills; a nurse short costs the weight. The least number is a floor
for every group of skills, at a price beyond all others: all least numbers can be met together exactly if each group of
skills has as many nurses with one of them as the least numbers of the group add up to (Hall). If they can be met, then
also by an allocation that fills as many places as can be (Mendelsohn and Dulmage), so that floors and queues are exact.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from itertools import combinations
from typing import Any

from benchmarks.inrc2.checker import WEIGHTS
from benchmarks.inrc2.history import carry_in
from benchmarks.inrc2.instance import DAYS, History, Need, Range, Scenario, Week
from benchmarks.inrc2.outlook import LATER, SEAM_DAYS, Offered, expected
from benchmarks.inrc2.totals import totals
from benchmarks.rostering.adapter import Adapted, person
from benchmarks.rostering.cover import Cell, Heads
from benchmarks.rostering.rules import Followers
from benchmarks.rostering.runs import RunLimits, Runs
from benchmarks.rostering.slots import SITE, WEEK, Slots, date_of
from benchmarks.rostering.sums import HalfWeekends
from benchmarks.rostering.wishes import Wish, Wishes
from staffing.domain.objective import Level, Prices
from staffing.domain.problem import Problem
from staffing.domain.work import Queue, Workstream
from staffing.rules.base import Rule
from staffing.rules.book import RuleBook
from staffing.rules.one_duty_at_a_time import OneDutyAtATime

FLOOR_WEIGHT = 3000
"""A nurse below the least number: a hundred times one below the optimum."""


def adapt(
    scenario: Scenario,
    history: History,
    weeks: Sequence[Week],
    later: int = 0,
    seen: Sequence[Week] = (),
) -> Adapted:
    """Express all weeks to go as a problem and a rule book.

    Parameters
    ----------
    weeks
        Those at hand: usually one; all of them for the static variant.
    later
        Weeks to come after these, of which nothing is known.
    seen
        What to expect of them: the weeks before those at hand.
    """
    days = len(DAYS) * len(weeks)
    names = (*scenario.shift_names, LATER) if later else scenario.shift_names
    slots = Slots(days + len(DAYS) * later, names)
    needs = list(_needs(weeks))
    needs += [(days + need.day, need) for need in expected([*seen, *weeks], later)]
    by_shift = days + (SEAM_DAYS if later else 0)
    scale = slots.interval_minutes // WEIGHTS["optimal_cover"]
    problem = Problem(
        week=WEEK,
        horizon=slots.horizon,
        sites=(SITE,),
        agents=tuple(person(nurse.nurse, nurse.skills) for nurse in scenario.nurses),
        templates=slots.templates,
        queues=tuple(_queues(scenario, needs, slots)),
        prices=Prices(service=1, burnout=scale, fairness=scale, cost=0),
        carry_in=carry_in(scenario, history, slots),
    )
    rules = (
        OneDutyAtATime(),
        Offered(days=by_shift),
        *_personal(scenario, by_shift),
        _wishes(scenario, weeks),
        *totals(scenario, history),
        *_floors(scenario, needs, slots, FLOOR_WEIGHT * scale // slots.interval_minutes),
    )
    return Adapted(problem, RuleBook(rules=rules), slots, scale)


def _queues(scenario: Scenario, needs: Sequence[tuple[int, Need]], slots: Slots) -> Iterator[Queue]:
    """Yield the optimum of each skill as a queue that asks for so many people in each slot."""
    for skill in scenario.skills:
        required = [0] * slots.horizon.intervals
        for day, need in needs:
            if need.skill == skill:
                required[slots.interval(day, need.shift)] = need.heads.most
        nothing = (0,) * slots.horizon.intervals
        yield Queue(
            queue=skill,
            workstream=Workstream(
                workstream=skill, kind="immediate", threshold_minutes=1, target_fraction=1
            ),
            volume=nothing,
            aht_minutes=nothing,
            arrivals_minutes=nothing,
            required_agents=tuple(required),
        )


def _needs(weeks: Sequence[Week]) -> Iterator[tuple[int, Need]]:
    for number, week in enumerate(weeks):
        for need in week.needs:
            yield number * len(DAYS) + need.day, need


def _personal(scenario: Scenario, days: int) -> Iterator[Rule]:
    """Yield successions, runs and weekends of each nurse; runs of one shift count on days planned by shift."""
    shifts = frozenset((*scenario.shift_names, LATER))
    nurses = scenario.nurses
    barred = {shift.shift: frozenset(shift.not_followed_by) for shift in scenario.shifts}
    yield Followers(barred={LATER: frozenset(), **barred})
    for shift in scenario.shifts:
        limits = dict.fromkeys((nurse.nurse for nurse in nurses), _run_limits(shift.run))
        yield _runs("shift_runs", frozenset({shift.shift}), limits, last=date_of(days - 1))
    yield _runs("work_runs", shifts, {n.nurse: _run_limits(n.contract.run) for n in nurses})
    off = {n.nurse: _run_limits(n.contract.off) for n in nurses}
    yield _runs("off_runs", shifts, off, is_off=True)
    whole = frozenset(nurse.nurse for nurse in nurses if nurse.contract.whole_weekends)
    yield HalfWeekends(level=Level.SHOULD, weight=WEIGHTS["half_weekends"], agents=whole)


def _runs(term: str, shifts: frozenset[str], limits: dict[str, RunLimits], **more: Any) -> Runs:
    return Runs(level=Level.SHOULD, weight=WEIGHTS[term], shifts=shifts, limits=limits, **more)


def _run_limits(run: Range) -> RunLimits:
    return RunLimits(at_least=run.least, limit=run.most)


def _wishes(scenario: Scenario, weeks: Sequence[Week]) -> Wishes:
    found: dict[str, list[Wish]] = defaultdict(list)
    for number, week in enumerate(weeks):
        for wish in week.requests:
            found[wish.nurse].append(
                Wish(
                    date=date_of(number * len(DAYS) + wish.day),
                    shifts=frozenset(scenario.shift_names if wish.shift is None else {wish.shift}),
                    weight=WEIGHTS["requests"],
                )
            )
    wishes = {nurse: tuple(own) for nurse, own in found.items()}
    return Wishes(level=Level.SHOULD, wishes=wishes)


def _floors(
    scenario: Scenario, needs: Sequence[tuple[int, Need]], slots: Slots, weight: int
) -> Iterator[Heads]:
    """Yield a floor for each group of skills that other floors do not imply."""
    for skills, nurses in _groups(scenario):
        least: Counter[tuple[int, str]] = Counter()
        for day, need in needs:
            if need.skill in skills:
                least[(day, need.shift)] += need.heads.least
        yield Heads(
            agents=tuple(nurse.nurse for nurse in scenario.nurses if nurse.nurse in nurses),
            cells=tuple(
                Cell(
                    date=date_of(day),
                    shift=shift,
                    interval=slots.interval(day, shift),
                    required=heads,
                    under_weight=weight,
                )
                for (day, shift), heads in least.items()
                if heads
            ),
        )


def _groups(scenario: Scenario) -> Iterator[tuple[frozenset[str], frozenset[str]]]:
    """Yield groups of skills with the nurses who have one of them; of groups of the same nurses the largest.

    A group whose parts share no nurse says no more than its parts, and is left out.
    """
    able = {
        skill: frozenset(nurse.nurse for nurse in scenario.nurses if skill in nurse.skills)
        for skill in scenario.skills
    }
    largest: dict[frozenset[str], frozenset[str]] = {}
    for size in range(1, len(able) + 1):
        for skills in map(frozenset, combinations(scenario.skills, size)):
            if _hangs_together({skill: able[skill] for skill in skills}):
                largest[frozenset().union(*(able[skill] for skill in skills))] = skills
    for nurses, skills in largest.items():
        yield skills, nurses


def _hangs_together(able: dict[str, frozenset[str]]) -> bool:
    """Tell whether nurses of several skills link all skills, one to the next."""
    first, *waiting = able.values()
    reached, found = first, True
    while waiting and found:
        joined = [nurses for nurses in waiting if nurses & reached]
        waiting = [nurses for nurses in waiting if not nurses & reached]
        reached, found = reached.union(*joined), bool(joined)
    return not waiting
