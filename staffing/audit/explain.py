"""Why the plan is short: which queue, which hours, how much, what binds, and the cheapest way out.

The reasons are found by trying, not by asking the solver: for everyone trained for the queue who is not on duty, every
duty that would help is put into the roster and the rules say what they think of it. Where the site of the work is
closed, the hours before it closed are looked at.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from staffing.audit.workable import workable
from staffing.domain.base import Frozen
from staffing.domain.build import Shortage
from staffing.domain.objective import Level
from staffing.domain.people import Agent
from staffing.domain.problem import Problem
from staffing.domain.result import Bill, QueueService, Violation
from staffing.domain.roster import Roster
from staffing.domain.shifts import Duty
from staffing.requirement.pay import duty_pay
from staffing.rules.book import RuleBook

MIN_STAFF = "min_staff"
PIN, PIN_SAYS = "a pin", "the day is decided by hand"


class _Extra(Frozen):
    """A duty that somebody could take on top, and what it would cost."""

    agent_id: str
    duty: Duty
    cost: int
    rules: tuple[str, ...]


def shortages(problem: Problem, book: RuleBook, roster: Roster, bill: Bill) -> tuple[Shortage, ...]:
    """Return every stretch that is short, the dearest queue first."""
    found: list[Shortage] = []
    for service in bill.service:
        if service.expected_fraction < service.target_fraction or _is_immediate(problem, service):
            for first, last in stretches(service.short_intervals):
                found.append(_service_shortage(problem, book, roster, service, first, last))
    found += [
        _floor_shortage(problem, book, roster, violation)
        for violation in bill.violations
        if violation.rule == MIN_STAFF and not violation.inherited
    ]
    priority = {
        name: queue.workstream.priority
        for queue in problem.queues
        for name in (queue.queue, queue.workstream.workstream)
    }
    return tuple(sorted(found, key=lambda s: (-priority[s.queue], s.start)))


def stretches(intervals: tuple[int, ...]) -> Iterator[tuple[int, int]]:
    """Yield (first, last) of each run of neighbouring intervals."""
    first: int | None = None
    last = -2
    for t in intervals:
        if t != last + 1:
            if first is not None:
                yield first, last
            first = t
        last = t
    if first is not None:
        yield first, last


def _is_immediate(problem: Problem, service: QueueService) -> bool:
    return any(queue.is_immediate for queue in problem.queues if queue.queue == service.queue)


def _service_shortage(
    problem: Problem,
    book: RuleBook,
    roster: Roster,
    service: QueueService,
    first: int,
    last: int,
) -> Shortage:
    width = problem.horizon.interval_minutes
    start, end = first * width, (last + 1) * width
    hours = sum(first <= t <= last for t in service.short_intervals)
    share = service.late_minutes * hours / max(1, len(service.short_intervals))
    reasons, way_out = _reasons_within_opening(problem, book, roster, service.queue, first, last)
    message = (
        f"{service.queue} is short by about {share / 60:.1f} h of work between "
        f"{_stamp(problem, start)} and {_stamp(problem, end)} UTC. {way_out}"
    )
    return Shortage(
        queue=service.queue,
        start=start,
        end=end,
        work_minutes=round(share),
        reasons=tuple(reasons),
        message=message,
    )


def _reasons_within_opening(
    problem: Problem, book: RuleBook, roster: Roster, name: str, first: int, last: int
) -> tuple[list[str], str]:
    """Return where people are in the hours in which the work could have been done, and the cheapest way out."""
    queue = next(queue for queue in problem.queues if queue.queue == name)
    found = workable(problem.horizon, queue, first, last)
    opening = queue.workstream.opening
    site = opening.site if opening else ""
    if found.span is None:
        return [f"{site} is closed all the time from its arrival until it is due"], (
            f"Cheapest way out: let it be worked outside of the opening hours of {site}, let its time run on the "
            "business clock, or accept the delay."
        )
    reasons, way_out = _reasons(problem, book, roster, name, frozenset({name}), *found.span)
    if found.is_before:
        until = _stamp(problem, found.span[1])
        way_out = f"{site} is closed then: it had to be done by {until} UTC. {way_out}"
    elif found.closed:
        reasons.append(f"{site} is closed in {found.closed} of these {found.intervals} intervals")
    return reasons, way_out


def _floor_shortage(
    problem: Problem, book: RuleBook, roster: Roster, violation: Violation
) -> Shortage:
    name = violation.workstream or ""
    queues = frozenset(q.queue for q in problem.queues if q.workstream.workstream == name)
    reasons, way_out = _reasons(problem, book, roster, name, queues, violation.start, violation.end)
    return Shortage(
        queue=name,
        start=violation.start,
        end=violation.end,
        work_minutes=violation.amount,
        reasons=tuple(reasons),
        message=f"{violation.message} {way_out}",
    )


def _reasons(
    problem: Problem,
    book: RuleBook,
    roster: Roster,
    name: str,
    queues: frozenset[str],
    start: int,
    end: int,
) -> tuple[list[str], str]:
    """Return where the people trained for the queues are in a stretch, each counted once, and the cheapest way out."""
    trained = [agent for agent in problem.agents if queues & problem.queues_of[agent.agent_id]]
    places: Counter[str] = Counter()
    extras: list[_Extra] = []
    for agent in trained:
        if any(d.overlaps(start, end) for d, _ in problem.timeline(roster, agent.agent_id)):
            places["on duty in these hours"] += 1
        elif any(a < end and start < b for a, b in problem.absences[agent.agent_id]):
            places["on approved time off"] += 1
        else:
            own = list(_try_duties(problem, book, roster, agent, start, end))
            allowed = [extra for extra in own if not extra.rules]
            if allowed:
                extras.append(min(allowed, key=lambda extra: extra.cost))
            else:
                places[_hindrance(book, own)] += 1
    if extras:
        places["free to take an extra duty at the price of overtime or a burnout rule"] = len(
            extras
        )
    reasons = [f"{len(trained)} people are trained for {name}:"]
    reasons += [f"{count} {place}" for place, count in places.most_common()]
    return reasons, _way_out(problem, name, extras)


def _hindrance(book: RuleBook, tried: list[_Extra]) -> str:
    """Return what keeps somebody off: the must-rule that most of the duties tried would break."""
    if not tried:
        return "at sites where no shift covers these hours"
    counts = Counter(rule for extra in tried for rule in extra.rules)
    says = {PIN: PIN_SAYS} | {rule.kind: rule.says for rule in book.rules}
    kind = max(says, key=lambda rule: counts[rule])
    return f"kept off by {kind} ({says[kind]})"


def _try_duties(
    problem: Problem, book: RuleBook, roster: Roster, agent: Agent, start: int, end: int
) -> Iterator[_Extra]:
    """Yield every duty that meets the stretch, put on top of the agent's own, with the must-rules that forbid it."""
    wishes = tuple(wish for wish in problem.preferences if wish.agent_id == agent.agent_id)
    alone = problem.changed(agents=(agent,), preferences=wishes, pins=())
    pinned = {pin.date for pin in problem.pins if pin.agent_id == agent.agent_id}
    own = roster.of(agent.agent_id)
    before = _verdict(book, alone, Roster(duties={agent.agent_id: own}))
    for duty in problem.duties_of_site[agent.site]:
        if not duty.overlaps(start, end):
            continue
        rules = {r.kind for r in book.rules if not r.admits(problem, agent, duty)}
        after = _verdict(book, alone, Roster(duties={agent.agent_id: (*own, duty)}))
        rules |= set(after[0] - before[0])
        if duty.date in pinned:
            rules.add(PIN)
        cost = after[1] - before[1] + duty_pay(problem, duty)
        yield _Extra(agent_id=agent.agent_id, duty=duty, cost=cost, rules=tuple(sorted(rules)))


def _verdict(book: RuleBook, alone: Problem, roster: Roster) -> tuple[Counter[str], int]:
    """Return by how much one agent breaks each must-rule, and what his other violations cost."""
    found = [v for rule in book.rules if rule.kind != MIN_STAFF for v in rule.check(alone, roster)]
    broken: Counter[str] = Counter()
    for violation in found:
        if violation.level is Level.MUST and not violation.inherited:
            broken[violation.rule] += violation.amount
    return broken, sum(v.cost for v in found)


def _way_out(problem: Problem, name: str, extras: list[_Extra]) -> str:
    if not extras:
        return f"Cheapest way out: train or hire for {name}, move time off, or accept the delay."
    best = min(extras, key=lambda extra: extra.cost)
    who = problem.agent[best.agent_id].name
    return (
        f"Cheapest way out: {who} ({best.agent_id}) takes {best.duty.template} on "
        f"{best.duty.date:%a %d %b} on top."
    )


def _stamp(problem: Problem, minute: int) -> str:
    return f"{problem.horizon.at(minute):%a %d %b %H:%M}"
