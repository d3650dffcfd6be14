"""Open cases as backlog that falls due by its age."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from staffing.domain.errors import ProblemError
from staffing.domain.work import Backlog, OpenCase, Workstream
from staffing.requirement.deadlines import Deadlines
from staffing.requirement.workload import cumulative_round


def opening_backlog(
    work: Workstream,
    cases: Sequence[OpenCase],
    aht_minutes: float,
    deadlines: Deadlines,
    as_of: dt.datetime,
) -> tuple[Backlog, ...]:
    """Group open cases by due minute, on the grid: an interval ends before it is due.

    Work that falls due within the first interval therefore counts as overdue at the start (due 0),
    like older work.

    Parameters
    ----------
    aht_minutes
        Work of a case that does not say how much is left.
    as_of
        When the backlog was counted.

    Raises
    ------
    ProblemError
        If a case has no handle time and its workstream has none either.
    """
    by_due: dict[int, float] = {}
    for case in cases:
        minutes = aht_minutes if case.handle_minutes is None else case.handle_minutes
        if case.handle_minutes is None and aht_minutes <= 0:
            raise ProblemError(
                f"open case {case.case_id!r} has no handle_minutes, and {work.workstream!r} has "
                "no cases to learn a handle time from. Maybe fill in handle_minutes."
            )
        due = deadlines.of_case(case.opened_at, as_of)
        by_due[due] = by_due.get(due, 0.0) + minutes
    dues = sorted(by_due)
    whole = cumulative_round([by_due[due] for due in dues])
    return tuple(
        Backlog(due=due, work_minutes=minutes)
        for due, minutes in zip(dues, whole.tolist(), strict=True)
        if minutes
    )
