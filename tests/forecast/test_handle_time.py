import numpy as np
import pandas as pd
import pytest

from staffing.forecast.handle_time import handle_minutes
from tests.forecast.histories import grid, table

INDEX = grid("2026-01-05", 1)


def rows(region, workstream, weeks, volume, aht_minutes):
    volumes = pd.Series(volume, index=grid("2026-01-05", weeks), dtype=float)
    return table(volumes, region, workstream).assign(aht_minutes=aht_minutes)


def test_cases_are_weighted_not_hours():
    history = rows("EMEA", "a", 1, [1.0] * 84 + [3.0] * 84, [40.0] * 84 + [20.0] * 84)
    assert handle_minutes(history) == {("EMEA", "a"): 25.0}  # (40 + 3 * 20) / 4


def test_extreme_weeks_and_old_ones_do_not_count():
    weekly = [900.0, *[10.0] * 10, 1.0, 500.0]  # the first is older than twelve weeks
    history = rows("EMEA", "a", 13, 1.0, np.repeat(weekly, 168))
    assert handle_minutes(history) == {("EMEA", "a"): 10.0}


def test_a_series_without_takes_those_of_its_workstream_then_of_all():
    history = pd.concat(
        [
            rows("EMEA", "a", 1, 1.0, 10.0),
            rows("APAC", "a", 1, 1.0, np.nan),
            rows("APAC", "b", 1, 3.0, 30.0),
            rows("APAC", "c", 1, 0.0, 99.0),  # no cases, so no handle time
        ]
    )
    assert handle_minutes(history) == {
        ("EMEA", "a"): 10.0,
        ("APAC", "a"): 10.0,
        ("APAC", "b"): 30.0,
        ("APAC", "c"): 25.0,  # (10 + 3 * 30) / 4
    }


def test_none_at_all_is_unknown():
    assert handle_minutes(rows("EMEA", "a", 1, 1.0, np.nan)) == {
        ("EMEA", "a"): pytest.approx(np.nan, nan_ok=True)
    }
