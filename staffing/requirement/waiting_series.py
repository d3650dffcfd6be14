"""The series behind impatient customers, compiled; imported when it is first needed (see `compiled`).

``G(a, x) = Σ_{j≥0} x^j / (a·(a+1)·…·(a+j)) = exp(x)·x^(-a)·γ(a, x)`` with the lower incomplete gamma function γ. All
terms are positive. With more work than agents the sum is huge, and γ(a, x) is Γ(a) to more digits than a number has.
Source: C. Palm (1957); O. Garnett, A. Mandelbaum and M. Reiman, Designing a call center with impatient customers,
Manufacturing & Service Operations Management 4 (2002).
"""

from __future__ import annotations

import math

from staffing.requirement.compiled import elementwise

_ENOUGH = 1e-17
_HUGE = 40.0
"""Exponent by which exp(x)·x^(-a)·Γ(a) may exceed the size of its last term; beyond, the rest is below e^-40 of it."""


@elementwise("float64(float64,float64)")
def log_sum(a: float, x: float) -> float:
    """Return ln G(a, x), a > 0, x ≥ 0."""
    if x > a and x - a - a * math.log(x / a) > _HUGE:
        return x - a * math.log(x) + math.lgamma(a)
    term = 1 / a
    total = term
    while term > _ENOUGH * total:
        a += 1
        term *= x / a
        total += term
    return math.log(total)


@elementwise("float64(float64,float64)")
def shortfall(a: float, x: float) -> float:
    """Return ``1 - (a - x)·G(a, x)`` for a > x ≥ 0, as a series of its own: the difference would cancel.

    From ``a·G(a) = 1 + x·G(a+1)`` follows ``u(a) = x·(1 + d·u(a+1)) / (a·(d+1))`` with d = a - x.
    """
    spare = a - x
    term = x / (a * (spare + 1))
    total = term
    while term > _ENOUGH * total:
        a += 1
        term *= spare * x / (a * (spare + 2))
        spare += 1
        total += term
    return total
