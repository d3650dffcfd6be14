"""Small case files on disk and the one call that reads them."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

import pandas as pd

from staffing.domain.errors import Fault
from staffing.domain.work import CalendarEvent
from staffing.ingest.cases import read_history

EVENTS = "opened_at,workstream,region,handle_minutes"
COUNTS = "interval_start,workstream,region,volume,aht_minutes"


@dataclass
class Reading:
    """What `read_history` brought back."""

    table: pd.DataFrame = field(default_factory=pd.DataFrame)
    faults: list[Fault] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)

    def volume(self, workstream: str = "tickets", region: str = "EMEA") -> list[float]:
        """Volumes of one series in order."""
        return self._column("volume", workstream, region)

    def aht(self, workstream: str = "tickets", region: str = "EMEA") -> list[float]:
        """Handle times of one series in order."""
        return self._column("aht_minutes", workstream, region)

    def starts(self) -> list[str]:
        """First and last interval."""
        stamps = self.table["interval_start"]
        return [f"{stamp:%Y-%m-%d %H:%M}" for stamp in (stamps.min(), stamps.max())]

    def _column(self, name: str, workstream: str, region: str) -> list[float]:
        of = (self.table["workstream"] == workstream) & (self.table["region"] == region)
        return self.table.loc[of, name].tolist()


def write(folder: Path, name: str, *lines: str, encoding: str = "utf-8") -> Path:
    """Write lines into a file of the folder."""
    path = folder / name
    path.write_bytes(("\n".join(lines) + "\n").encode(encoding))
    return path


def read(
    folder: Path,
    *,
    interval_minutes: int = 60,
    time_zone: str | None = None,
    events: tuple[CalendarEvent, ...] = (),
) -> Reading:
    """Read the folder; workstreams are tickets and urgent, regions EMEA and AMER."""
    found = Reading()
    found.table = read_history(
        folder,
        workstreams=["tickets", "urgent"],
        regions=["EMEA", "AMER"],
        interval_minutes=interval_minutes,
        time_zone=time_zone,
        events=events,
        faults=found.faults,
        warnings=found.warnings,
    )
    return found
