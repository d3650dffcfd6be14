"""max_consecutive_days: working days in a row."""

from __future__ import annotations

from typing import ClassVar

from pydantic import Field

from staffing.domain.shifts import Duty
from staffing.rules.runs import RunRule


class MaxConsecutiveDays(RunRule):
    """At most ``days`` local dates in a row on which a duty starts; each further day counts 1.

    May stand in a book twice: 6 days as a must, 5 as a should.
    """

    kind: ClassVar[str] = "max_consecutive_days"
    says: ClassVar[str] = "working days in a row"
    source: ClassVar[str] = "HSE good practice: 5 to 7"
    unit: ClassVar[str] = "days beyond the limit"
    what: ClassVar[str] = "days"

    days: int = Field(default=6, ge=1, le=28)

    def counts(self, duty: Duty) -> bool:
        """Count every duty."""
        return True

    @property
    def limit(self) -> int:
        """Longest run of working days."""
        return self.days
