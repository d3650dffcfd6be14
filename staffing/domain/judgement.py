"""Judgement: what somebody changed about the statistical forecast, why, and what it came to."""

from __future__ import annotations

from pydantic import AwareDatetime, Field, model_validator

from staffing.domain.base import Frozen


class Override(Frozen):
    """A change of the forecast, as the user wrote it into ``overrides.csv``.

    Parameters
    ----------
    region, workstream
        None means all.
    start, end
        Half-open, UTC.
    change_fraction
        0.2 for a fifth more than the statistical forecast; None where ``volume`` is given.
    volume
        Cases in each interval in place of the statistical forecast.
    by, why
        Who answers for it, and the reason.
    """

    region: str | None = None
    workstream: str | None = None
    start: AwareDatetime
    end: AwareDatetime
    change_fraction: float | None = Field(default=None, ge=-1)
    volume: float | None = Field(default=None, ge=0)
    by: str
    why: str

    @model_validator(mode="after")
    def _one_change(self) -> Override:
        if (self.change_fraction is None) == (self.volume is None):
            raise ValueError("an override has either change_fraction or volume")
        return self

    @property
    def change(self) -> str:
        """The change in words."""
        if self.change_fraction is not None:
            return f"{100 * self.change_fraction:+g} %"
        return f"{self.volume:g} cases an interval"

    def concerns(self, region: str, workstream: str) -> bool:
        """Tell whether it is about a series."""
        return self.region in (None, region) and self.workstream in (None, workstream)

    def meets(self, other: Override) -> bool:
        """Tell whether both are about the same cases: a common series at a common time."""
        same_series = all(
            None in pair or pair[0] == pair[1]
            for pair in ((self.region, other.region), (self.workstream, other.workstream))
        )
        return same_series and self.start < other.end and other.start < self.end


class Adjustment(Frozen):
    """What an override did to a forecast.

    Parameters
    ----------
    cases_before, cases
        Expected cases in the intervals that it concerns, without it and with it. Of several overrides of the same
        intervals, each begins where the one above it in the file ended.
    """

    override: Override
    cases_before: float
    cases: float

    @property
    def effect_cases(self) -> float:
        """Cases more (or fewer, below 0)."""
        return self.cases - self.cases_before
