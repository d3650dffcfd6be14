"""max_consecutive_nights: nights in a row."""

from __future__ import annotations

from typing import ClassVar

from pydantic import Field

from staffing.domain.shifts import Duty
from staffing.rules.runs import RunRule


class MaxConsecutiveNights(RunRule):
    """At most ``nights`` local dates in a row on which a night duty starts; each further night counts 1.

    A night duty has three hours or more within local 23:00 to 06:00 (EU 2003/88 art. 2).
    """

    kind: ClassVar[str] = "max_consecutive_nights"
    says: ClassVar[str] = "nights in a row"
    source: ClassVar[str] = "HSE good practice: 2 to 3"
    unit: ClassVar[str] = "nights beyond the limit"
    what: ClassVar[str] = "nights"

    nights: int = Field(default=3, ge=1, le=28)

    def counts(self, duty: Duty) -> bool:
        """Count night duties."""
        return duty.is_night

    @property
    def limit(self) -> int:
        """Longest run of nights."""
        return self.nights
