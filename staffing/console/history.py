"""What is worth knowing of a history."""

from __future__ import annotations

from typing import Any

import pandas as pd

from staffing.console.basics import narrow_table, out
from staffing.forecast.care.history_care import KINDS, most_important
from staffing.report.words import plain, plural

MOST_NAMED, MOST_LISTED = 5, 15
WORDS = {
    "outage": ("outage", "outages"),
    "level_shift": ("level shift", "level shifts"),
    "hole": ("hole", "holes"),
    "capped": ("stretch far above like hours", "stretches far above like hours"),
    "unnamed_holiday": (
        "series that moves with holidays nobody named",
        "series that move with holidays nobody named",
    ),
    "ordinary_holiday": ("series as ever on a holiday", "series as ever on a holiday"),
    "closed": ("series with closed hours", "series with closed hours"),
}


def show_care_in_brief(care: pd.DataFrame) -> None:
    """Print how many findings there are of each kind, and the most important ones in words."""
    counts = care["kind"].value_counts()
    found = [plural(int(counts[kind]), *WORDS[kind]) for kind in KINDS if kind in counts]
    if found:
        out.print(f"The history holds {', '.join(found)}; 'staffing forecast' lists more.")
    for row in most_important(shared(care), MOST_NAMED).to_dict("records"):
        out.print(f"  {row['workstream']}, {row['region']}: {row['sentence']}", markup=False)


def show_care(care: pd.DataFrame) -> None:
    """Print a table of the most important findings; nothing where there is none."""
    found = shared(care)
    listed = most_important(found, MOST_LISTED).sort_values(["start", "workstream", "region"])
    if listed.empty:
        return
    others = len(found) - len(listed)
    title = "What the history holds" + (f" ({others} more: --json)" if others else "")
    shown = narrow_table(title)
    for heading in ("workstream", "region", "what", "from (UTC)", "to"):
        shown.add_column(heading, overflow="fold")
    for heading in ("hours", "cases", "usual"):
        shown.add_column(heading, justify="right")
    for row in listed.to_dict("records"):
        shown.add_row(
            plain(row["workstream"]),
            row["region"],
            plain(row["kind"]),
            f"{row['start']:%Y-%m-%d %H:%M}",
            f"{row['end']:%Y-%m-%d %H:%M}",
            f"{row['hours']:,.0f}",
            "–" if pd.isna(row["actual"]) else f"{row['actual']:,.0f}",
            f"{row['usual']:,.0f}",
        )
    out.print(shown)
    out.print(
        "outage and hole: not learnt from. capped: usual is what was learnt. level shift: cases a day after and before."
    )


def shared(care: pd.DataFrame) -> pd.DataFrame:
    """Return the findings, those of several series at the very same time as one: what stopped there is their source."""
    rows = []
    for _, alike in care.groupby(["kind", "start", "end"], sort=False):
        row = alike.iloc[0].copy()
        if len(alike) > 1:
            regions = alike["region"].unique()
            row["workstream"] = f"{len(alike)} series"
            row["region"] = regions[0] if len(regions) == 1 else "several"
            row["usual"] = alike["usual"].sum()
            row["actual"] = alike["actual"].sum(min_count=1)
            row["sentence"] += f" So do the others: {row['usual']:,.0f} usual cases in all."
        rows.append(row)
    return pd.DataFrame(rows, columns=care.columns)


def care_records(care: pd.DataFrame) -> list[dict[str, Any]]:
    """Return every finding for JSON."""
    return [{str(name): value for name, value in row.items()} for row in care.to_dict("records")]
