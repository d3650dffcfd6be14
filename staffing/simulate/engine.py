"""The compiled loop: cases arrive, people come and go, whoever is free takes the next case.

Each person has one next moment (the end of a case, of a stretch of presence, or of an absence); a tournament tree knows
whose is first. The cases of a queue wait in two lines, those in time and those that are overdue and stand back.
"""

from __future__ import annotations

import numpy as np

from staffing.domain.clock import DAY_MINUTES
from staffing.requirement.compiled import compiled
from staffing.requirement.workload import Floats
from staffing.simulate.records import (
    BY_ARRIVAL,
    BY_PLAN,
    BY_PRIORITY,
    FINISH,
    HAND_OVER,
    NONE,
    Floor,
    Records,
)

OFF, IDLE, BUSY = range(3)
TINY = 1e-9
PRIORITY = 1e10
"""A step of priority counts more than any number of minutes."""


@compiled
def replay(floor: Floor, planned: Floats, turns: Records, minutes: float, width: float) -> None:
    """Live one replication: cases and people of the floor then say what came of them.

    Parameters
    ----------
    planned
        ``planned[pool, queue, interval]``: minutes that the plan of work gives.
    turns
        ``turns[queue, interval]``: what an interval changes.
    minutes, width
        Of the horizon, and of an interval.
    """
    interval, arrived, count = 0, 0, len(floor.cases)
    _turn(floor, planned, turns, 0)
    edge = width
    while True:
        person = floor.tree[1]
        now = floor.people[person].moment
        opened = max(0.0, floor.cases[arrived].opened) if arrived < count else np.inf
        first = min(now, opened, edge)
        if first >= minutes:
            return
        if edge == first:
            interval += 1
            edge += width
            _turn(floor, planned, turns, interval)
            _offer(floor, first)
        elif opened == first:
            queue = floor.cases[arrived].queue
            _append(floor, queue, arrived)
            arrived += 1
            for pool in range(len(floor.skills)):
                if floor.skills[pool, queue].serves:
                    _ask(floor, pool, first)
        else:
            _move(floor, person, now)


@compiled
def _next(floor: Floor, person: int, moment: float) -> None:
    """Set a person's next moment."""
    floor.people[person].moment = moment
    node = (len(floor.tree) // 2 + person) // 2
    while node:
        one, other = floor.tree[2 * node], floor.tree[2 * node + 1]
        is_one = floor.people[one].moment <= floor.people[other].moment
        floor.tree[node] = one if is_one else other
        node //= 2


@compiled
def _turn(floor: Floor, planned: Floats, turns: Records, interval: int) -> None:
    """Begin an interval; of what the plan gave and nobody has used, as much as in the last interval is kept."""
    for queue in range(len(floor.queues)):
        floor.queues[queue].reserve = turns[queue, interval].reserve
        floor.queues[queue].closed = turns[queue, interval].closed
        for pool in range(len(floor.skills)):
            kept = 0.0
            if interval:
                kept = min(floor.skills[pool, queue].quota, planned[pool, queue, interval - 1])
            floor.skills[pool, queue].quota = kept + planned[pool, queue, interval]


@compiled
def _append(floor: Floor, queue: int, case: int) -> None:
    line = floor.queues[queue]
    if line.head == NONE:
        line.head = case
    else:
        floor.cases[line.tail].following = case
    line.tail = case


@compiled
def _take(floor: Floor, queue: int) -> int:
    """Take the first case out of a queue, an overdue one where no other waits."""
    line = floor.queues[queue]
    case = line.head
    if case == NONE:
        case = line.late_head
        line.late_head = floor.cases[case].following
    else:
        line.head = floor.cases[case].following
    floor.cases[case].following = NONE
    return int(case)


@compiled
def _stand_back(floor: Floor, queue: int) -> None:
    """Move the first case of a queue to those that are overdue."""
    line = floor.queues[queue]
    case = _take(floor, queue)
    if line.late_head == NONE:
        line.late_head = case
    else:
        floor.cases[line.late_tail].following = case
    line.late_tail = case


@compiled
def _count(floor: Floor, pool: int, change: int) -> None:
    """Change how many people are free for the immediate queues of a pool, or at work on them."""
    for queue in range(len(floor.queues) * floor.policy.keep_free):
        if floor.queues[queue].immediate and floor.skills[pool, queue].serves:
            floor.queues[queue].free += change


@compiled
def _pick(floor: Floor, pool: int, now: float) -> int:
    """Return the queue whose first case somebody of the pool takes now, or NONE."""
    urgent, best, spare = NONE, NONE, True
    priority = highest = -np.inf
    for queue in range(len(floor.queues)):
        line = floor.queues[queue]
        if not floor.skills[pool, queue].serves:
            continue
        if line.immediate:
            spare = spare and (not line.reserve or line.free > line.reserve)
            while line.head != NONE and floor.cases[line.head].leaves <= now:
                _take(floor, queue)
            if line.head != NONE and line.priority > priority:
                urgent, priority = queue, line.priority
        elif not line.closed:
            while (
                floor.policy.late_last and line.head != NONE and floor.cases[line.head].due <= now
            ):
                _stand_back(floor, queue)
            if line.head != NONE or line.late_head != NONE:
                score = _score(floor, pool, queue)
                if score > highest:
                    best, highest = queue, score
    return urgent if urgent != NONE or not spare else best


@compiled
def _score(floor: Floor, pool: int, queue: int) -> float:
    """Return how much a pool wants the first case of a deferrable queue: the one with the highest score is taken."""
    line, order = floor.queues[queue], floor.policy.order
    late = line.head == NONE
    case = floor.cases[line.late_head if late else line.head]
    due = 2 * case.due - case.opened if late else case.due
    if order == BY_PLAN and floor.skills[pool, queue].quota > 0:
        return float(PRIORITY + floor.skills[pool, queue].quota)
    if order == BY_PRIORITY:
        return float(line.priority * PRIORITY - due)
    return float(-case.opened if order == BY_ARRIVAL else -due)


@compiled
def _work(floor: Floor, person: int, case: int, now: float) -> None:
    """Put a person to work on a case until it is done, or until he leaves where work does not outlast that."""
    who, what = floor.people[person], floor.cases[case]
    until = now + what.left
    if np.isnan(what.begun):
        what.begun = now
    if not floor.queues[what.queue].immediate:
        _count(floor, who.pool, -1)
        floor.skills[who.pool, what.queue].quota -= what.left
        if floor.policy.overrun != FINISH:
            until = min(until, floor.stretches[who.stretch].end)
    what.left -= until - now
    who.case, who.mode = case, BUSY
    for day in range(int(now / DAY_MINUTES), floor.worked.shape[2]):
        stop = min(until, (day + 1) * DAY_MINUTES)
        floor.worked[person, what.queue, day] += stop - max(now, day * DAY_MINUTES)
        if stop == until:
            break
    _next(floor, person, until)


@compiled
def _ask(floor: Floor, pool: int, now: float) -> None:
    """Let idle people of a pool take work, the longest idle first, as long as there is some for them."""
    anchor = len(floor.people) - len(floor.skills) + pool
    while floor.people[anchor].behind != anchor:
        queue = _pick(floor, pool, now)
        if queue == NONE:
            return
        person = floor.people[anchor].behind
        _wake(floor, person)
        _work(floor, person, _take(floor, queue), now)


@compiled
def _offer(floor: Floor, now: float) -> None:
    for pool in range(len(floor.skills)):
        _ask(floor, pool, now)


@compiled
def _rest(floor: Floor, person: int) -> None:
    """Let a person wait for work, behind all others of his pool."""
    who = floor.people[person]
    anchor = len(floor.people) - len(floor.skills) + who.pool
    who.before, who.behind, who.mode = floor.people[anchor].before, anchor, IDLE
    floor.people[who.before].behind = person
    floor.people[anchor].before = person
    _next(floor, person, floor.stretches[who.stretch].end)


@compiled
def _wake(floor: Floor, person: int) -> None:
    who = floor.people[person]
    floor.people[who.before].behind, floor.people[who.behind].before = who.behind, who.before


@compiled
def _move(floor: Floor, person: int, now: float) -> None:
    """Live the next moment of a person: he comes, ends a case, or leaves."""
    who = floor.people[person]
    if who.mode == IDLE:
        _wake(floor, person)
        _leave(floor, person, now)
        return
    comes = who.mode == OFF
    if comes or not floor.queues[floor.cases[who.case].queue].immediate:
        _count(floor, who.pool, 1)
    if comes and who.case != NONE:
        _work(floor, person, who.case, now)
        return
    if not comes:
        _put_down(floor, person, now)
        if now >= floor.stretches[who.stretch].end - TINY:
            _leave(floor, person, now)
            _offer(floor, now)
            return
    queue = _pick(floor, who.pool, now)
    if queue != NONE:
        _work(floor, person, _take(floor, queue), now)
        return
    _rest(floor, person)
    if floor.policy.keep_free:
        _offer(floor, now)


@compiled
def _put_down(floor: Floor, person: int, now: float) -> None:
    """End a case, or hand it over at the end of a duty; else it stays with the person."""
    who = floor.people[person]
    case = who.case
    if floor.cases[case].left <= TINY:
        floor.cases[case].ended = now
        who.case = NONE
    elif floor.policy.overrun == HAND_OVER and floor.stretches[who.stretch].last:
        line = floor.queues[floor.cases[case].queue]
        floor.cases[case].left += floor.policy.hand_over_minutes
        floor.cases[case].following = line.head
        line.tail = case if line.head == NONE else line.tail
        line.head, who.case = case, NONE


@compiled
def _leave(floor: Floor, person: int, now: float) -> None:
    """Let a person go, into a pause that keeps its length however late it begins, or home."""
    who, stretches = floor.people[person], floor.stretches
    _count(floor, who.pool, -1)
    who.mode = OFF
    over = max(0.0, now - stretches[who.stretch].end)
    while not stretches[who.stretch].last:
        who.stretch += 1
        length = stretches[who.stretch].end - stretches[who.stretch].start
        if over < length:
            _next(floor, person, stretches[who.stretch].start + over)
            return
        over -= length
    who.overtime += over
    who.stretch += 1
    comes_again = who.stretch < who.stop
    _next(floor, person, max(now, stretches[who.stretch].start) if comes_again else np.inf)
