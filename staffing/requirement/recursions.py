"""The recursion of Erlang B, compiled; imported when it is first needed (see `compiled`).

With A erlangs offered to n agents, the inverse I of the share of blocked arrivals obeys
``I(0) = 1``, ``I(n) = 1 + I(n-1)·n/A``: sums of positive terms, so that nothing cancels, and no factorials. What it is
below the load fades out: of an error 8 √A agents back, less than one part in 10¹⁴ is left, and there it is A / (A - n)
to a part in a hundred. The recursion begins there.
Source: A. K. Erlang (1917); in every text on teletraffic, such as ITU-T E.501.
"""

from __future__ import annotations

import math

from staffing.requirement.compiled import compiled, elementwise

_MEMORY = 8.0
_TINY = 1e-9


@compiled
def _inverse(load: float, agents: int) -> float:
    if load <= 0:
        return math.inf if agents > 0 else 1.0
    first = max(0, math.floor(min(load, agents) - _MEMORY * math.sqrt(load)))
    inverse = load / (load - first)
    per_erlang = 1 / load
    if (agents - first) % 2:
        first += 1
        inverse = 1 + inverse * (first * per_erlang)
    for count in range(
        first + 1, agents, 2
    ):  # two steps in one, which a processor does in the time of one
        here = count * per_erlang
        following = here + per_erlang
        inverse = 1 + following + (here * following) * inverse
    return inverse


@elementwise("float64(float64,int64)")
def inverse_blocking(load: float, agents: int) -> float:
    """Return 1 / Erlang B: inf where nothing is offered to somebody, or where blocking is below 10⁻³⁰⁸."""
    return _inverse(load, agents)


@elementwise("float64(float64,int64)")
def waiting(load: float, agents: int) -> float:
    """Return Erlang C: 1 where agents cannot keep up, 0 where nothing is offered."""
    if agents <= load:
        return 1.0 if load > 0 else 0.0
    return agents / ((agents - load) * _inverse(load, agents) + load)


@elementwise("int64(float64,float64,float64,float64)")
def smallest_staff(load: float, threshold: float, late: float, occupancy: float) -> int:
    """Return the fewest agents of whom no more than a share of arrivals waits longer than a threshold.

    With Erlang C = ``n / ((n - A)·I(n) + A)``, a share ``C·exp(-(n - A)·T)`` waits longer than T: from the first n that
    the occupancy allows, each further agent is one step of the recursion.

    Parameters
    ----------
    load
        Erlangs.
    threshold
        In handle times.
    late
        Share of arrivals that may wait longer, > 0.
    occupancy
        Highest share of their time that agents may be busy, 0 < cap ≤ 1.
    """
    if load <= 0:
        return 0
    agents = max(math.floor(load) + 1, math.ceil(load / occupancy - _TINY))
    inverse = _inverse(load, agents)
    longer = math.exp(-(agents - load) * threshold)
    fade = math.exp(-threshold)
    while agents * longer > (late + _TINY) * ((agents - load) * inverse + load):
        agents += 1
        inverse = 1 + inverse * agents / load
        longer *= fade
    return agents
