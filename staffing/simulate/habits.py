"""How people work: in which order, what becomes of a case at the end of a duty, how often somebody is away."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from staffing.domain.base import Frozen
from staffing.simulate.records import BY_ARRIVAL, BY_DUE, BY_PLAN, BY_PRIORITY, Policy
from staffing.simulate.records import FINISH as FINISHED
from staffing.simulate.records import HAND_OVER as HANDED_OVER
from staffing.simulate.records import PARK as PARKED

ORDERS = {"due": BY_DUE, "arrival": BY_ARRIVAL, "priority": BY_PRIORITY, "plan": BY_PLAN}
OVERRUNS = {"finish": FINISHED, "hand_over": HANDED_OVER, "park": PARKED}


class Habits(Frozen):
    """How people work.

    Immediate cases come first, by the priority of their workstream, then by their wait. Nobody drops a case for
    another.

    Parameters
    ----------
    order
        Of deferrable cases: ``due`` the one that is due first, where an overdue case counts as due as long again after
        it was due; ``arrival`` first in, first out; ``priority`` by the priority of the workstream, within it the one
        due first; ``plan`` of the queue to which the plan of work gives the most minutes that are still unused, else
        the one due first.
    overrun
        Of a deferrable case that outlasts its duty: ``finish``, the person stays; ``hand_over``, it goes back to the
        front of its queue; ``park``, he goes on with it in his next duty. A pause waits for a case to be finished, or,
        but with ``finish``, interrupts it. Immediate cases are always finished.
    hand_over_minutes
        Work that a hand-over adds.
    keep_free_below_minutes
        For immediate queues with a shorter threshold people are kept free, as many as the plan has for them. For others
        they take deferrable cases meanwhile, as somebody will be done with his soon enough.
    absence_fraction
        Probability that nobody turns up for a duty.
    pause_minutes
        The time of a duty that shrinkage takes comes as pauses of about this length, at random moments: so people give
        the minutes that the plan believes in, but not when it believes.
    """

    order: Literal["due", "arrival", "priority", "plan"] = "due"
    overrun: Literal["finish", "hand_over", "park"] = "finish"
    hand_over_minutes: float = Field(default=5.0, ge=0)
    keep_free_below_minutes: float = Field(default=5.0, ge=0)
    absence_fraction: float = Field(default=0.0, ge=0, lt=1)
    pause_minutes: float = Field(default=20.0, gt=0)

    @property
    def policy(self) -> Policy:
        """The same as numbers."""
        return Policy(
            order=ORDERS[self.order],
            late_last=int(self.order in ("due", "plan")),
            overrun=OVERRUNS[self.overrun],
            hand_over_minutes=self.hand_over_minutes,
        )
