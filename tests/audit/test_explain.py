"""Why it is short: where everybody trained is, and the cheapest way out that the rules allow."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable

import pytest

from staffing.audit.check import audit
from staffing.audit.explain import shortages, stretches
from staffing.domain.build import Shortage
from staffing.domain.opening import OpeningHours
from staffing.domain.people import Preference, Site
from staffing.domain.problem import Pin, Problem
from staffing.domain.roster import Roster
from staffing.rules.book import RuleBook
from tests.queues import deferrable, immediate
from tests.rules.world import agent, duty, off, roster, template, world

E06, L14 = template("E06", "06:00", "14:00"), template("L14", "14:00", "22:00")
MONDAY, TUESDAY, WEDNESDAY = "2026-11-30", "2026-12-01", "2026-12-02"
BOOK = RuleBook.default()
FREE = "free to take an extra duty at the price of overtime or a burnout rule"
WAY_OUT = re.compile(r"Cheapest way out: \w+ \((\w+)\) takes (\w+) on \w+ (\d\d \w+) on top\.")
# Two agents are asked for on Tuesday from 08:00 to 10:00 UTC, minutes 1920 to 2040.
SHORT = {32: 2, 33: 2}


@pytest.mark.parametrize(
    ("intervals", "expected"),
    [
        ((), []),
        ((0,), [(0, 0)]),
        ((3, 4, 5), [(3, 5)]),
        ((0, 1, 3, 7, 8), [(0, 1), (3, 3), (7, 8)]),
    ],
)
def test_stretches_are_runs_of_neighbours(intervals, expected):
    assert list(stretches(intervals)) == expected


def week(people: Iterable[str], **more) -> Problem:
    """Return three days of calls; everybody named is trained for them and has a contract of 24 h for these days."""
    agents = more.pop("agents", tuple(agent(name, workstreams=("calls",)) for name in people))
    queues = more.pop("queues", (immediate(required=SHORT, hours=72),))
    return world(MONDAY, 3, [E06, L14], agents=agents, queues=queues, **more)


def explained(problem: Problem, plan: Roster, book: RuleBook = BOOK) -> tuple[Shortage, ...]:
    return shortages(problem, book, plan, audit(problem, book, plan).bill)


def told(problem: Problem, **held: list[str]) -> Shortage:
    """Return the one shortage of a roster, having seen that its reasons count everybody trained once."""
    (found,) = explained(problem, roster(problem, held))
    trained, *reasons = found.reasons
    assert int(trained.split()[0]) == sum(int(reason.split()[0]) for reason in reasons)
    return found


def test_everybody_trained_is_counted_once():
    away = off("cyd", "2026-12-01T00:00+00:00", "2026-12-02T00:00+00:00")
    trained_people = (agent(name, workstreams=("calls",)) for name in ("ann", "bob", "cyd", "dan"))
    agents = (*trained_people, agent("eve", workstreams=("mail",)))
    problem = week((), agents=agents, time_off=(away,))
    # Ann is there, and one is still missing. Bob worked until 22:00: E06, the only duty that meets these hours, leaves
    # him 8 h of rest. Cyd is on leave, dan is free, and eve is not trained.
    found = told(problem, ann=[f"{TUESDAY} E06"], bob=[f"{MONDAY} L14"])
    trained, *reasons = found.reasons
    assert trained == "4 people are trained for calls:"
    assert sorted(reasons) == sorted(
        [
            "1 on duty in these hours",
            "1 on approved time off",
            "1 kept off by min_rest (consecutive rest between two duties)",
            f"1 {FREE}",
        ]
    )
    assert (found.queue, found.start, found.end, found.work_minutes) == ("calls", 1920, 2040, 120)
    assert found.message == (
        "calls is short by about 2.0 h of work between Tue 01 Dec 08:00 and Tue 01 Dec 10:00 UTC. "
        "Cheapest way out: Dan (dan) takes E06 on Tue 01 Dec on top."
    )


def test_a_second_duty_on_the_day_is_no_way_out():
    found = told(week(["ann"]), ann=[f"{TUESDAY} L14"])
    assert found.reasons[1].startswith("1 kept off by one_duty_at_a_time")
    assert found.message.endswith(
        "Cheapest way out: train or hire for calls, move time off, or accept the delay."
    )


def test_where_no_shift_covers_the_hours():
    night = (immediate(required={26: 1}, hours=72),)
    found = told(week(["ann", "bob"], queues=night))
    assert found.reasons[1:] == ("2 at sites where no shift covers these hours",)


def test_sites_are_looked_at_one_by_one():
    there = Site(site="there", region="APAC", time_zone="Asia/Singapore", country="SG")
    problem = week(["ann", "bob"])
    people = (problem.agents[0], problem.agents[1].changed(site="there"))
    problem = problem.changed(sites=(*problem.sites, there), agents=people)
    # E06 and L14 in Singapore are 22:00 to 06:00 and 06:00 to 14:00 UTC: both have one that covers 08:00.
    assert told(problem).reasons[1:] == (f"2 {FREE}",)
    only_here = tuple(one.changed(sites=("here",)) for one in problem.templates)
    found = told(problem.changed(templates=only_here))
    assert set(found.reasons[1:]) == {
        f"1 {FREE}",
        "1 at sites where no shift covers these hours",
    }


def test_a_day_decided_by_hand_is_no_way_out():
    pins = (Pin(agent_id="ann", date=dt.date.fromisoformat(TUESDAY), template=None),)
    found = told(week(["ann"], pins=pins))
    assert found.reasons[1:] == ("1 kept off by a pin (the day is decided by hand)",)
    assert "train or hire" in found.message


def test_a_rule_already_broken_is_not_free_to_break_again():
    # Typed by hand: Ann rests 8 h before Monday's early. A second short rest is a second fault.
    problem = week(["ann"], carried={"ann": ["2026-11-29 L14"]})
    held = {"ann": [f"{MONDAY} E06", f"{WEDNESDAY} E06"]}
    late = problem.changed(queues=(immediate(required={40: 1}, hours=72),))
    (found,) = explained(late, roster(late, held))
    # L14 on Tuesday ends 8 h before Wednesday's early.
    assert found.reasons[1].startswith("1 kept off by min_rest")


def cheapest(problem: Problem, plan: Roster, start: int, end: int) -> set[tuple[str, str, str]]:
    """Try every extra duty that meets the stretch with the audit itself; return the cheapest clean ones."""
    costs = {}
    for person in problem.agents:
        for extra in problem.duties_of_site[person.site]:
            if extra.overlaps(start, end) and BOOK.admits(problem, person, extra):
                own = plan.of(person.agent_id)
                more = Roster(duties={**plan.duties, person.agent_id: (*own, extra)})
                found = audit(problem, BOOK, more)
                if found.is_clean:
                    rest = [
                        term.cost
                        for term in found.bill.terms
                        if ":" not in term.name and term.name != "min_staff"
                    ]
                    costs[person.agent_id, extra.template, f"{extra.date:%d %b}"] = sum(rest)
    return {key for key, cost in costs.items() if cost == min(costs.values())}


def test_the_way_out_is_allowed_and_the_cheapest():
    # On Tuesday from 13:00 to 15:00 both templates help. Three days are three fifths of a contract: ann (16 h) and bob
    # (8 h) would work overtime, cyd has a wish, and dan's early would be too soon after his late.
    people = (
        agent("ann", workstreams=("calls",), weekly_minutes=1600),
        agent("bob", workstreams=("calls",), weekly_minutes=800),
        agent("cyd", workstreams=("calls",)),
        agent("dan", workstreams=("calls",)),
    )
    wish = Preference(
        agent_id="cyd", wish="avoid", dates=(dt.date.fromisoformat(TUESDAY),), strength=3
    )
    problem = week(
        (),
        agents=people,
        queues=(immediate(required={37: 1, 38: 1}, hours=72),),
        preferences=(wish,),
    )
    held = {
        "ann": [f"{MONDAY} E06", f"{WEDNESDAY} E06"],
        "bob": [f"{MONDAY} E06"],
        "dan": [f"{MONDAY} L14"],
    }
    plan = roster(problem, held)
    (found,) = explained(problem, plan)
    proposed = WAY_OUT.search(found.message)
    assert proposed is not None
    best = cheapest(problem, plan, found.start, found.end)
    assert proposed.groups() in best
    # Cyd and dan are both more than 8 h under contract; cyd's wish costs 3 × 15 × 4 on top.
    assert best == {("dan", "L14", "01 Dec")}


def test_a_wish_against_the_day_makes_it_dearer():
    date = dt.date.fromisoformat(TUESDAY)
    for unwilling, other in (("ann", "bob"), ("bob", "ann")):
        wish = Preference(agent_id=unwilling, wish="avoid", dates=(date,))
        found = told(week(["ann", "bob"], preferences=(wish,)))
        assert WAY_OUT.search(found.message)[1] == other


def test_a_floor_names_its_own_workstream():
    queues = (
        immediate("calls", hours=72, min_staff=0),
        deferrable("mail", hours=72, min_staff=1),
    )
    people = (agent("ann", workstreams=("calls",)), agent("bob", workstreams=("mail",)))
    problem = week((), agents=people, queues=queues)
    held = {"ann": [f"{MONDAY} E06"], "bob": [f"{day} E06" for day in (MONDAY, WEDNESDAY)]}
    first, second, last = explained(problem, roster(problem, held))
    assert {found.queue for found in (first, second, last)} == {"mail"}
    assert first.reasons[0] == "1 people are trained for mail:"
    # From Monday 14:00 to Wednesday 06:00 nobody: 40 h.
    assert (second.start, second.end, second.work_minutes) == (840, 3240, 2400)
    assert second.message.startswith(
        "From Mon 30 Nov 14:00 to Wed 02 Dec 06:00 UTC as few as 0 of 1 agents for mail are on duty"
    )


def test_a_floor_counts_the_people_of_all_its_regions():
    there = Site(site="there", region="APAC", time_zone="Asia/Singapore", country="SG")
    emea, apac = (
        deferrable("mail", hours=72, min_staff=1, pooled=False).changed(
            queue=f"mail@{region}", region=region
        )
        for region in ("EMEA", "APAC")
    )
    people = (
        agent("ann", workstreams=("mail",)),
        agent("bob", site="there", workstreams=("mail",)),
    )
    problem = week((), queues=(emea, apac))
    problem = problem.changed(sites=(*problem.sites, there), agents=people)
    (found,) = explained(problem, Roster(duties={}))
    assert found.queue == "mail"
    assert found.reasons == ("2 people are trained for mail:", f"2 {FREE}")


def test_what_a_target_allows_is_no_shortage():
    # 60 minutes are due on Monday at 05:00, when nobody is there; half may be late.
    for target, told_of in ((1.0, 1), (0.0, 0)):
        mail = deferrable(arrivals={0: 60}, hours=72, target=target)
        problem = week((), agents=(agent(workstreams=("mail",)),), queues=(mail,))
        assert len(explained(problem, roster(problem, {"ann": [f"{MONDAY} E06"]}))) == told_of


def test_the_dearer_queue_comes_first():
    queues = (
        immediate("calls", {30: 1}, hours=72),
        immediate("urgent", {50: 1, 52: 1}, hours=72, priority=5),
    )
    people = (agent(workstreams=("calls", "urgent")),)
    problem = week((), agents=people, queues=queues)
    found = explained(problem, Roster(duties={}))
    assert [(s.queue, s.start) for s in found] == [
        ("urgent", 3000),
        ("urgent", 3120),
        ("calls", 1800),
    ]
    # One agent-hour each.
    assert {s.work_minutes for s in found} == {60}


def test_a_duty_carried_in_is_on_duty():
    night = template("N22", "22:00", "06:00")
    queues = (immediate(required={2: 2}, hours=72),)
    problem = week(["ann"], queues=queues)
    problem = problem.changed(templates=(night,))
    carried = Roster(duties={"ann": (duty(problem, "2026-11-29 N22"),)})
    found = told(problem.changed(carry_in=carried))
    assert found.reasons[1:] == ("1 on duty in these hours",)


def closed_mail(arrivals: dict[int, int]) -> Problem:
    """Return three days of mail of 4 h that may be worked from 08:00 to 12:00 only, and one person trained for it."""
    hours = OpeningHours(
        site="here", monday=(dt.time(8), dt.time(12)), worked_outside=False, holidays=False
    )
    closed = tuple(t for t in range(72) if not 8 <= t < 12)
    mail = deferrable("mail", arrivals, hours=72, hours_open=hours).changed(closed=closed)
    return week((), agents=(agent(workstreams=("mail",)),), queues=(mail,))


def test_who_is_there_when_the_site_is_closed_cannot_help():
    # Comes from 11:00 to 12:00 and is due by 16:00: L14, which meets these hours, would come too late.
    found = told(closed_mail({11: 60}))
    assert found.message == (
        "mail is short by about 1.0 h of work between Mon 30 Nov 15:00 and Mon 30 Nov 16:00 UTC. here is closed then: "
        "it had to be done by Mon 30 Nov 12:00 UTC. Cheapest way out: Ann (ann) takes E06 on Mon 30 Nov on top."
    )
    assert found.reasons[1:] == (f"1 {FREE}",)


def test_what_comes_and_falls_due_behind_closed_doors_is_nobodys_fault():
    (found,) = explained(*without_duties(closed_mail({14: 60})))
    assert found.reasons == ("here is closed all the time from its arrival until it is due",)
    assert "outside of the opening hours of here" in found.message
    assert "takes" not in found.message


def test_hours_of_a_stretch_in_which_the_site_is_closed_are_named():
    # Comes from 05:00 on, an hour each, due by 10:00, 11:00, 12:00 and (from 08:00) 13:00, when it is closed.
    (found,) = explained(*without_duties(closed_mail({5: 60, 6: 60, 7: 60, 8: 60})))
    assert (found.start, found.end) == (540, 780)
    assert found.reasons[1:] == (f"1 {FREE}", "here is closed in 1 of these 4 intervals")


def without_duties(problem: Problem) -> tuple[Problem, Roster]:
    return problem, Roster(duties={})
