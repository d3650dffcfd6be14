"""History checks: what is wrong with a case file as a whole, though each row of it could be right."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pandas as pd

from staffing.domain.errors import Fault
from staffing.ingest.case_faults import Mistake
from staffing.ingest.case_files import CaseFile
from staffing.ingest.case_query import SHOWN_PER_MISTAKE, CaseReader
from staffing.ingest.history_grid import wall_kinds

DAY = 1440
_STEPS = (60, 30, 15, 10, 5, 1)
_SILENT_DAYS, _STRAY_SHARE = 28, 0.001
_LONG_SILENT_DAYS, _LONG_STRAY_SHARE = 366, 0.1
_COPY_BINS = 20


def refuse_mixed_layouts(files: list[CaseFile], faults: list[Fault]) -> list[CaseFile]:
    """Return the files of the first layout; events and counts side by side would count cases twice."""
    kept = [file for file in files if file.layout == files[0].layout]
    for file in files:
        if file not in kept:
            message = f"This file holds {file.layout}, {files[0].shown_as} holds {files[0].layout}. Keep one kind."
            faults.append(Fault(file=file.shown_as, message=message))
    return kept


def refuse_skipped_hours(reader: CaseReader, sums: pd.DataFrame) -> pd.DataFrame:
    """Report local stamps that summer time skips, and leave them out."""
    zone = reader.words.time_zone
    if zone is None or not sums["naive"].any():
        return sums
    kinds = wall_kinds(sums.loc[sums["naive"], "minute"].unique(), zone)
    wrong = sums["naive"] & (sums["minute"].map(kinds) == "nonexistent")
    if wrong.any():
        message = f"The clocks of {zone} skip this time. Is case_time_zone right? Else write stamps with offsets."
        reader.report_at(
            sums.loc[wrong, "minute"].unique(), int(sums.loc[wrong, "rows"].sum()), message
        )
    return sums.loc[~wrong]


def refuse_stray_years(reader: CaseReader, sums: pd.DataFrame) -> pd.DataFrame:
    """Report the few rows that lie far before or after all others, such as a year mistyped."""
    by_day = sums.groupby(sums["minute"] // DAY)["rows"].sum()
    cuts = [later for earlier, later in pairwise(by_day.index) if later - earlier > _SILENT_DAYS]
    block = np.searchsorted(cuts, by_day.index, side="right")
    days = by_day.index.to_numpy()
    stray: list[int] = []
    for number in range(len(cuts) + 1):
        mine = days[block == number]
        away = min(
            (abs(int(a) - int(b)) for a in (mine[0], mine[-1]) for b in days[block != number]),
            default=0,
        )
        share = by_day[mine].sum() / by_day.sum()
        if share < _STRAY_SHARE or (away > _LONG_SILENT_DAYS and share < _LONG_STRAY_SHARE):
            stray.extend(mine)
    wrong = (sums["minute"] // DAY).isin(stray)
    if wrong.any():
        message = (
            "Far before or after all other rows. Is the year mistyped? Correct or delete the row."
        )
        reader.report_at(
            sums.loc[wrong, "minute"].unique(), int(sums.loc[wrong, "rows"].sum()), message
        )
    return sums.loc[~wrong]


def refuse_bad_counts(reader: CaseReader, sums: pd.DataFrame) -> pd.DataFrame:
    """Check the steps of interval counts and report rows twice; add ``covered_minutes`` of each row."""
    step = _step(sums["minute"].to_numpy())
    interval = reader.words.interval_minutes
    if step > interval or interval % step:
        way_out = (
            "Export finer counts or events."
            if step > interval
            else "Export counts per 5, 15, 30 or 60 minutes."
        )
        reader.fault(
            f"The counts are per {step} minutes; the grid has intervals of {interval}. {way_out}",
            column=reader.file.stamp,
        )
        return sums.iloc[:0].assign(covered_minutes=0)
    uneven = sums["minute"] % step != 0
    if uneven.any():
        message = f"The other rows start every {step} minutes; this one lies between. Correct or delete it."
        reader.report_at(sums.loc[uneven, "minute"], int(sums.loc[uneven, "rows"].sum()), message)
    sums = sums.loc[~uneven]
    if (sums["rows"] > 1).any():
        sums = _refuse_repeats(reader, sums)
    return sums.assign(covered_minutes=np.where(sums["volume"].isna(), 0, step))


def refuse_copies(found: list[tuple[CaseFile, pd.DataFrame]], faults: list[Fault]) -> None:
    """Report a file whose sums repeat another's wherever both have some: its cases would count twice."""
    keys = ["region", "workstream", "minute"]
    for k, (file, sums) in enumerate(found):
        for other, theirs in found[:k]:
            if (
                sums["first"].min() > theirs["last"].max()
                or sums["last"].max() < theirs["first"].min()
            ):
                continue
            both = sums.merge(theirs, on=keys, suffixes=("", "_other"))
            same = both["volume"] == both["volume_other"]
            fewest = 1 if file.layout == "counts" else _COPY_BINS
            if len(both) >= fewest and (same.all() or file.layout == "counts"):
                message = (
                    f"It repeats {len(both):,} intervals of {other.shown_as}. Keep one of the two."
                )
                faults.append(Fault(file=file.shown_as, message=message))
                break


def _refuse_repeats(reader: CaseReader, sums: pd.DataFrame) -> pd.DataFrame:
    """Report every second row of one series and interval; the ones that a clock shows twice are no repeats."""
    twice = sums["rows"] > 1
    if reader.words.time_zone is not None:
        kinds = wall_kinds(
            sums.loc[twice & sums["naive"], "minute"].unique(), reader.words.time_zone
        )
        twice &= ~(sums["naive"] & (sums["minute"].map(kinds) == "ambiguous"))
    keys = ", ".join(
        f"('{reader.words.regions[r - 1]}', '{reader.words.workstreams[w - 1]}', {m})"
        for r, w, m in sums.loc[twice, ["region", "workstream", "minute"]]
        .head(SHOWN_PER_MISTAKE)
        .itertuples(index=False)
    )
    if keys:
        message = "This series has another row for the same interval. Delete one of them."
        mistake = Mistake(
            reader.file.stamp,
            "stamp_text",
            f"(region, workstream, minute) IN ({keys})",
            lambda _: message,
        )
        reader.report(mistake, int(sums.loc[twice, "rows"].sum()))
    return sums


def _step(minutes: np.ndarray) -> int:
    """Return the width in minutes that nearly all interval starts are multiples of; a day where all share one time."""
    times = np.unique(minutes % DAY)
    if len(times) == 1 and len(np.unique(minutes)) > 1:
        return DAY
    return next(step for step in _STEPS if step == 1 or np.mean(minutes % step == 0) >= 0.99)
