"""What a way of scheduling brings back."""

from __future__ import annotations

from dataclasses import dataclass

from staffing.domain.result import Allocation
from staffing.domain.roster import Roster


@dataclass(frozen=True)
class Answer:
    """A roster, or the reason why there is none.

    Parameters
    ----------
    allocation
        The plan of work that came with it; None lets the audit look for the best one.
    bound
        Lower bound of the objective that the way itself has proven, None where it proves none.
    seconds
        From the problem to the roster.
    remark
        What a reader of the table has to know.
    memory_mib
        Peak of the process, where the way measured it itself.
    """

    roster: Roster | None
    seconds: float
    bound: int | None = None
    allocation: Allocation | None = None
    remark: str = ""
    memory_mib: float | None = None
