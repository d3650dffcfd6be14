"""Cases of a week in total, with a band."""

from __future__ import annotations

import pandas as pd
from rich.markup import escape

from staffing.console.basics import narrow_table, out
from staffing.report.words import plain

EVERYTHING = "*"


def show_totals(totals: pd.DataFrame) -> None:
    """Print the totals of several series; a single series has none.

    Parameters
    ----------
    totals
        As from `staffing.forecast.horizon_totals.horizon_totals`.
    """
    several = totals[(totals[["region", "workstream"]] == EVERYTHING).any(axis=1)]
    if several.empty:
        return
    shown = narrow_table("Cases of the week in total")
    shown.add_column("", overflow="fold")
    for heading in ("cases", "80 % between"):
        shown.add_column(heading, justify="right")
    for row in several.to_dict("records"):
        names = [row[key] for key in ("region", "workstream") if row[key] != EVERYTHING]
        name = plain(names[0]) if names else "everything"
        shown.add_row(
            escape(name), f"{row['cases']:,.0f}", f"{row['low']:,.0f} and {row['high']:,.0f}"
        )
    out.print(shown)
