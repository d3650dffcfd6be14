"""Real histories: what care finds in them, and what it leaves alone."""

from __future__ import annotations

import pytest

from staffing.forecast.calendar import RegionCalendar, SeriesCalendar
from staffing.forecast.care.history_care import series_care
from tests.forecast.real_histories import AMERICA, VICTORIA, hourly, needs_real_series

pytestmark = needs_real_series

NOWHERE = RegionCalendar(region="EMEA")


@pytest.mark.parametrize(
    ("folder", "name", "region", "outages", "shifts"),
    [
        # Closed on six public holidays, at night and on Sundays: none of that is an outage.
        ("bank_calls", "bank", AMERICA, [], []),
        ("uihc_ed", "uihc_ed", AMERICA, [], []),
        # Silent for four and five days around Christmas, with 0.4 merges an hour.
        ("openstack_merges", "infra_release", NOWHERE, [], []),
        # Two hours of zeros in every one of the ten companies: nothing was collected.
        ("nab_tweets", "AMZN", NOWHERE, ["2015-03-11 07:00"], []),
        # Weeks of 193,000 passers-by become weeks of 140,000 within days.
        ("melbourne_pedestrian", "Bourke_Street_Mall_North", VICTORIA, [], ["2015-10-22 00:00"]),
        # Of its two years, four months are unknown, in nine holes.
        ("melbourne_pedestrian", "Birrarung_Marr", VICTORIA, [], []),
    ],
)
def test_what_is_found_in_real_histories(folder, name, region, outages, shifts):
    series = hourly(folder, name)
    known = series.loc[series.first_valid_index() : series.last_valid_index()]
    care = series_care(known.asfreq("1h"), SeriesCalendar(region=region))
    found = {
        kind: [f"{start:%Y-%m-%d %H:%M}" for start in rows["start"]]
        for kind, rows in care.groupby("kind")
    }
    assert found.get("outage", []) == outages
    assert found.get("level_shift", []) == shifts
    assert care.loc[care["kind"] == "hole", "hours"].sum() == known.isna().sum()
