"""Opening backlog of a sample: the cases of its last days that are still open."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence

import numpy as np

from staffing.ingest.samples.demand import Cases
from staffing.ingest.samples.organisation import Organisation

BACKLOG_COLUMNS = ("case_id", "workstream", "region", "opened_at", "handle_minutes")
NEW_OPEN_SHARE, OVERDUE_SHARE, OVERDUE_REACH = 0.5, 0.01, 1.5
"""Of cases just opened half are open, fewer with age; of those late by up to half their target, one in a hundred."""


def open_cases(
    organisation: Organisation, cases: Cases, end: dt.datetime, rng: np.random.Generator
) -> Iterator[tuple[str, ...]]:
    """Yield rows of backlog.csv: cases of deferrable workstreams that are open at ``end``, oldest first."""
    names = list(organisation.streams)
    due = np.array([_due_minutes(organisation, name) for name in names])[cases.workstream]
    age = (end.timestamp() - cases.opened) / 60
    share = np.where(age < due, NEW_OPEN_SHARE * (1 - age / np.maximum(due, 1)), OVERDUE_SHARE)
    share[(age >= OVERDUE_REACH * due) | (due == 0)] = 0.0
    regions: Sequence[str] = list(organisation.region_shares)
    for number, k in enumerate(np.flatnonzero(rng.random(len(share)) < share).tolist(), start=1):
        opened = dt.datetime.fromtimestamp(int(cases.opened[k]), dt.UTC)
        known = number % 4 != 0
        yield (
            f"C-{number:05d}",
            names[cases.workstream[k]],
            regions[cases.region[k]],
            f"{opened:%Y-%m-%dT%H:%M:%SZ}",
            f"{cases.handle_minutes[k]:.1f}" if known else "",
        )


def _due_minutes(organisation: Organisation, name: str) -> int:
    """Return the target of a deferrable workstream, 0 for an immediate one."""
    due = organisation.workstreams[name].get("due_minutes", 0)
    return due if isinstance(due, int) else 0
