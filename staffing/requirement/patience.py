"""Erlang A: immediate work whose customers give up after a while (M/M/n+M).

Arrivals are Poisson, handle times and patience exponential. With a = n·patience/AHT, x = A·patience/AHT, the series
G of `waiting_series` and the inverse I of Erlang B (`recursions`):

    P(wait)          = x·G(a, x) / (I(n-1) + x·G(a, x))
    P(abandon)       = P(wait) · (1 - (a - x)·G(a, x)) / (x·G(a, x))
    mean wait        = P(abandon) · patience
    answered after T = P(wait) · e(T) · z·G(a+1, z) / (x·G(a, x)),  z = x·exp(-T/patience),
                       e(T) = exp(x - z - a·T/patience)

Infinite patience is Erlang C, none at all Erlang B.
Source: C. Palm (1957); Garnett, Mandelbaum and Reiman (2002); the integrals by which a threshold enters are those of
A. Mandelbaum and S. Zeltyn, Service engineering in action: the Palm/Erlang-A queue (2007).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy.special import expit

from staffing.requirement.arguments import heads, loads, times
from staffing.requirement.workload import Floats, Ints


@dataclass(frozen=True)
class ErlangA:
    """What becomes of the arrivals, each in the common shape of the arguments.

    Parameters
    ----------
    waiting
        Share of arrivals that find nobody free.
    abandonment
        Share of arrivals that give up.
    on_time_of_arrivals
        Answered within the threshold, as a share of all arrivals: whoever gives up is a miss, however soon.
    on_time_of_answered
        Answered within the threshold, as a share of those who are answered at all; 0 where nobody is.
    mean_wait_minutes
        Mean wait of all arrivals, to the answer or to giving up.
    occupancy
        Share of their time that agents are busy; 0 where there are none.
    """

    waiting: Floats
    abandonment: Floats
    on_time_of_arrivals: Floats
    on_time_of_answered: Floats
    mean_wait_minutes: Floats
    occupancy: Floats


def erlang_a(
    offered_load: npt.ArrayLike,
    agents: npt.ArrayLike,
    aht_minutes: npt.ArrayLike,
    patience_minutes: npt.ArrayLike,
    threshold_minutes: npt.ArrayLike = 0.0,
) -> ErlangA:
    """Return what becomes of arrivals that wait no longer than their patience; all arguments broadcast.

    Parameters
    ----------
    offered_load
        Erlangs, ≥ 0.
    agents
        Whole number of agents, ≥ 0. Nobody answers where there are none; all give up, if their patience ends.
    aht_minutes
        Average handle time, > 0 (any unit, the same for all three).
    patience_minutes
        Mean patience, > 0; inf is Erlang C.
    threshold_minutes
        Longest wait that is on time, ≥ 0.

    Raises
    ------
    ProblemError
        If an argument is outside of its range.
    """
    from staffing.requirement.recursions import waiting as erlang_c

    load, staff, aht, patience, threshold = np.broadcast_arrays(
        loads(offered_load),
        heads(agents),
        times("aht_minutes", aht_minutes),
        times("patience_minutes", patience_minutes),
        times("threshold_minutes", threshold_minutes, may_be_zero=True),
    )
    endless = np.isinf(patience)
    ends = np.where(endless, aht, patience)
    waiting, abandoned, late = _impatient(load, staff, ends / aht, threshold / ends)
    waits = abandoned * ends
    if endless.any():
        patient = np.asarray(erlang_c(load, staff))
        spare = np.where(staff > load, staff - load, 0.0)
        with np.errstate(divide="ignore", invalid="ignore"):
            wait = np.where(load > 0, patient * aht / spare, 0.0)
        waiting, abandoned, late, waits = (
            np.where(endless, of_the_patient, other)
            for of_the_patient, other in (
                (patient, waiting),
                (0.0, abandoned),
                (patient * np.exp(-spare * threshold / aht), late),
                (wait, waits),
            )
        )
    answered = 1 - abandoned
    on_time = np.maximum(answered - late, 0.0)
    return ErlangA(
        waiting=waiting,
        abandonment=abandoned,
        on_time_of_arrivals=np.asarray(on_time),
        on_time_of_answered=np.where(
            answered > 0, on_time / np.where(answered > 0, answered, 1), 0
        ),
        mean_wait_minutes=waits,
        occupancy=np.where(staff > 0, np.minimum(1.0, load * answered / np.maximum(staff, 1)), 0.0),
    )


def _impatient(
    load: Floats, staff: Ints, patience: Floats, threshold: Floats
) -> tuple[Floats, Floats, Floats]:
    """Return shares that wait, give up, and are answered too late.

    Parameters
    ----------
    patience
        In handle times.
    threshold
        In patiences.
    """
    from staffing.requirement.recursions import inverse_blocking
    from staffing.requirement.waiting_series import log_sum, shortfall

    works = (load > 0) & (staff > 0)
    a, x = np.maximum(staff, 1) * patience, np.where(load > 0, load, 1.0) * patience
    z = x * np.exp(-threshold)
    # Logarithms throughout: with more work than agents the sums leave the range of numbers, their ratios do not.
    total = np.log(x) + log_sum(a, x)
    waiting = expit(total - np.log(inverse_blocking(load, np.maximum(staff, 1) - 1)))
    spare = a > x
    lost = np.where(
        spare,
        shortfall(np.where(spare, a, 1.0), np.where(spare, x, 0.0)) * np.exp(-total),
        np.exp(-total) + (x - a) / x,
    )
    with np.errstate(divide="ignore"):
        later = -x * np.expm1(-threshold) - a * threshold + np.log(z) + log_sum(a + 1, z) - total
    nobody = np.where(load > 0, 1.0, 0.0)
    return (
        np.where(works, waiting, nobody),
        np.where(works, waiting * lost, nobody),
        np.where(works, waiting * np.exp(later), 0.0),
    )
