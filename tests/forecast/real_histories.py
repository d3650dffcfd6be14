"""Real histories, which lie beside the checkout and not in it."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

from staffing.forecast.calendar import RegionCalendar

SERIES = Path(__file__).parents[2].parent / "shared" / "series"
AMERICA = RegionCalendar(
    region="AMER", places=(("US", None),), open_on=("Columbus Day", "Veterans Day")
)
VICTORIA = RegionCalendar(region="APAC", places=(("AU", "VIC"),))

needs_real_series = pytest.mark.skipif(
    not SERIES.is_dir(), reason="the real series are not beside this checkout (../shared/series)"
)


def hourly(folder: str, name: str) -> pd.Series:
    """Return a series with its local wall clock taken for UTC, as the files are already local."""
    table = pd.read_csv(SERIES / folder / f"{folder}_hourly.csv.gz", parse_dates=["ds"])
    volume = table[table["series"] == name].set_index("ds")["y"].astype(float)
    return volume.tz_localize("UTC").asfreq("1h")
