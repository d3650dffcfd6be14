"""What came of building a week again until its targets hold when it is lived."""

from __future__ import annotations

from enum import StrEnum

from pydantic import Field

from staffing.domain.base import Frozen


class Aim(Frozen):
    """How sure targets are to be, and how much that may take.

    Parameters
    ----------
    confidence
        Chance with which a lived week is to meet each target.
    rounds
        How often the week is built again at most.
    replications
        How often each schedule is lived.
    """

    confidence: float = Field(default=0.9, gt=0, lt=1)
    rounds: int = Field(default=3, ge=1, le=20)
    replications: int = Field(default=200, ge=10, le=100_000)


class Verdict(StrEnum):
    """How a rehearsal ended."""

    HELD = "held"
    """Every target holds with the confidence asked for."""
    SHORT = "short"
    """What was asked for was not given to any queue whose target fails; proven where the last round says so."""
    ROUNDS = "rounds"
    """No rounds or no time were left."""
    INTERRUPTED = "interrupted"


class Cut(Frozen):
    """What was asked for beyond the requirement of a queue, all rounds so far together.

    Parameters
    ----------
    queue
        Its name.
    intervals
        Hours tightened: immediate, those in which more people are asked for; deferrable, those whose work has grown.
    minutes
        Agent-minutes (immediate) or minutes of work (deferrable) that were added.
    amounts
        Those of each of the intervals; the rest of ``minutes`` is backlog at the start.
    missing_minutes
        What of the tightened requirement that round's plan could not give: agent-minutes short, or work beyond what may
        be late.
    """

    queue: str
    intervals: tuple[int, ...]
    minutes: int
    missing_minutes: int
    amounts: tuple[int, ...] = ()


class Lot(Frozen):
    """What lies ahead of a queue.

    Parameters
    ----------
    believed_fraction
        Service by the plan, on the requirement as published.
    chance
        Share of the lived weeks that meet the target.
    """

    queue: str
    target_fraction: float
    believed_fraction: float
    chance: float

    @property
    def is_believed(self) -> bool:
        """True if the plan meets the target."""
        return self.believed_fraction >= self.target_fraction - 1e-9


class Round(Frozen):
    """One schedule and what became of it.

    Parameters
    ----------
    number
        0 is the schedule before anything was tightened.
    objective
        Audited on the requirement as published.
    paid_minutes
        Paid time of the roster.
    lots
        One a queue.
    cuts
        One a queue that was tightened for this schedule.
    missing_minutes
        What its plan lacks of the requirement as published (`Bill.missing_minutes`).
    unavoidable_minutes
        By how much at least every roster that is asked for the cuts lacks more than the first schedule does of the
        requirement as published (`staffing.solvers.service_bound`); 0: nothing is proven.
    """

    number: int
    objective: int
    paid_minutes: int
    lots: tuple[Lot, ...]
    cuts: tuple[Cut, ...] = ()
    missing_minutes: int = 0
    unavoidable_minutes: int = 0

    @property
    def is_proven(self) -> bool:
        """True if nobody can give all that the cuts ask for; else the search may have ended too early."""
        return self.unavoidable_minutes > 0

    def at_risk(self, confidence: float) -> tuple[str, ...]:
        """Return the queues that miss their target with more than the chance left to it."""
        return tuple(lot.queue for lot in self.lots if lot.chance < confidence - 1e-9)


class Rehearsal(Frozen):
    """All rounds, and which schedule was taken: the one with most targets held, then of most chance, then the cheapest.

    Parameters
    ----------
    seed
        Of the lived weeks, the same ones in each round.
    taken
        Number of the round whose schedule is that of the build.
    """

    aim: Aim
    seed: int
    verdict: Verdict
    rounds: tuple[Round, ...]
    taken: int

    @property
    def at_risk(self) -> tuple[str, ...]:
        """Queues whose target does not hold in the schedule that was taken."""
        return self.chosen.at_risk(self.aim.confidence)

    @property
    def price(self) -> int:
        """What the schedule that was taken costs more than the first one, which holds on paper; never below 0."""
        return max(0, self.chosen.objective - self.first.objective)

    @property
    def first(self) -> Round:
        """The schedule before anything was tightened."""
        return self.rounds[0]

    @property
    def chosen(self) -> Round:
        """The schedule that was taken."""
        return self.rounds[self.taken]
