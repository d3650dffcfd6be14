"""A rehearsal made by hand for the build of `conftest`: legal holds in .4 of the weeks, in .7 and .92 with more."""

from __future__ import annotations

import dataclasses

from staffing.domain.build import Build
from staffing.domain.rehearsal import Aim, Cut, Lot, Rehearsal, Round, Verdict
from staffing.domain.result import PeriodService

URGENT = Lot(queue="urgent", target_fraction=0.9, believed_fraction=0.95, chance=1.0)
LEGAL = Lot(queue="legal", target_fraction=0.98, believed_fraction=0.99, chance=0.4)
# Monday 08:00 to 10:00 and 20:00 to 21:00, Tuesday 23:00 to 24:00, and 30 minutes open at the start.
WORK = Cut(
    queue="legal",
    intervals=(8, 9, 20, 47),
    minutes=300,
    missing_minutes=0,
    amounts=(60, 60, 90, 60),
)
PEOPLE = Cut(queue="urgent", intervals=(30,), minutes=120, missing_minutes=45, amounts=(120,))


def rehearsed(
    build: Build, verdict: Verdict = Verdict.HELD, *, proven: int = 0, taken: int = 2
) -> Build:
    """Return the build with three rounds, of which the third asks for people as well and does not get them all."""
    rounds = (
        Round(number=0, objective=2100, paid_minutes=1200, lots=(URGENT, LEGAL)),
        Round(
            number=1,
            objective=2310,
            paid_minutes=1290,
            lots=(URGENT, LEGAL.changed(chance=0.7)),
            cuts=(WORK,),
        ),
        Round(
            number=2,
            objective=2520,
            paid_minutes=1440,
            lots=(URGENT, LEGAL.changed(chance=0.92)),
            cuts=(WORK, PEOPLE),
            unavoidable_minutes=proven,
        ),
    )
    record = Rehearsal(aim=Aim(), seed=1, verdict=verdict, rounds=rounds, taken=taken)
    solution = build.solution.changed(objective=rounds[taken].objective)
    return dataclasses.replace(build, rehearsal=record, solution=solution)


def daily(build: Build) -> Build:
    """Return the build with a daily target of legal: 100 % on Monday and 97 % on Tuesday are asked 98 %."""
    urgent, legal = build.problem.queues
    legal = legal.changed(workstream=legal.workstream.changed(period="day"))
    periods = tuple(
        PeriodService(
            start=start,
            expected_fraction=share,
            work_minutes=1000,
            late_minutes=late,
            allowance_minutes=20,
        )
        for start, share, late in ((0, 1.0, 0), (1440, 0.97, 30))
    )
    calls, line = build.bill.service
    line = line.changed(expected_fraction=0.97, late_minutes=30, periods=periods)
    return dataclasses.replace(
        build,
        problem=build.problem.changed(queues=(urgent, legal)),
        bill=build.bill.changed(service=(calls, line)),
    )
