"""Enough people in each interval, and not too many: the rows of a cover, for people and for head counts alike."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from ortools.sat.python import cp_model

from staffing.model.forms import Cover
from staffing.model.terms import Linear, Penalty

Heads = Mapping[int, Sequence[Linear]]
"""What people present through an interval add up to; intervals without anybody may be missing."""


@dataclass(frozen=True)
class CoverRows:
    """What was posted.

    Parameters
    ----------
    short
        People lacking, in the intervals that ask for some.
    over
        People too many, in the intervals that have an upper side.
    penalties
        (amount, unit cost) of both.
    """

    short: tuple[cp_model.IntVar, ...]
    over: tuple[cp_model.IntVar, ...]
    penalties: tuple[Penalty, ...]


def cover_rows(
    model: cp_model.CpModel,
    cover: Cover,
    interval_minutes: int,
    present: Heads,
    surely: Heads | None = None,
) -> CoverRows:
    """Post a cover.

    Parameters
    ----------
    present
        Everybody who may count: the lower side is held against it.
    surely
        Those who count for certain, against which the upper side is held; ``present`` when None. Where it is not known
        who of a class works, the two differ, so that neither side asks for more than the people themselves.
    """
    at_least = present if surely is None else surely
    short: list[cp_model.IntVar] = []
    over: list[cp_model.IntVar] = []
    for t, lower in enumerate(cover.lower):
        if lower:
            lacking = model.new_int_var(0, lower, "floor")
            model.add(sum(present.get(t, ())) + lacking >= lower)
            short.append(lacking)
    for t, upper in enumerate(cover.upper or ()):
        if upper is not None and t in at_least:
            beyond = model.new_int_var(0, len(cover.agents), "ceiling")
            model.add(sum(at_least[t]) - beyond <= upper)
            over.append(beyond)
    return CoverRows(
        tuple(short),
        tuple(over),
        (
            *((heads, interval_minutes * cover.unit_cost) for heads in short),
            *((heads, interval_minutes * cover.over_unit_cost) for heads in over),
        ),
    )
