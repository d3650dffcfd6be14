"""A published forecast against what came, by hand."""

import numpy as np
import pandas as pd
import pytest

from staffing.domain.tables import QUANTILE_COLUMNS
from staffing.forecast.calendar import Calendar
from staffing.forecast.judged.accuracy import ACCURACY, accuracy, totals
from tests.forecast.histories import event, grid, table

INDEX = grid("2026-01-05", 3)
WEEK, START = INDEX[-168:], INDEX[-168]


def history(*levels: float, **names: str) -> pd.DataFrame:
    """Weeks of constant volume."""
    return table(pd.Series(np.repeat(levels, 168), index=INDEX), **names)


def published(mean: float, statistical_mean: float, workstream: str = "tickets") -> pd.DataFrame:
    rows = {"region": "EMEA", "workstream": workstream, "interval_start": WEEK, "mean": mean}
    bands = dict.fromkeys(QUANTILE_COLUMNS, mean) | {"q10": mean - 1, "q90": mean + 1}
    handled = {"aht_minutes": 12.0, "aht_cv": 1.0, "statistical_mean": statistical_mean}
    return pd.DataFrame(rows | bands | handled)


def held(forecast, known, calendar=None, until=START):
    return accuracy(forecast, known, calendar or Calendar(), until, 60)


def test_each_step_is_worth_what_it_takes_off_the_error():
    # 10 cases an hour came. Week before 4: error 60 %; mean of 8 and 4: 40 %; statistics 7: 30 %; published 9: 10 %.
    (row,) = held(published(9, 7), history(8, 4, 10)).to_dict("records")
    assert tuple(row) == ACCURACY
    assert (row["hours"], row["cases"]) == (168, 1680)
    assert (row["wape"], row["bias"], row["coverage_80"]) == (0.1, -0.1, 1.0)
    assert (row["statistical_wape"], row["mean4_wape"], row["naive_wape"]) == (0.3, 0.4, 0.6)
    assert (row["statistics_added_points"], row["judgement_added_points"]) == (30, 20)


def test_judgement_that_hurts_is_below_zero():
    (row,) = held(published(12, 10), history(10, 10, 10)).to_dict("records")
    assert row["judgement_added_points"] == -20
    assert row["coverage_80"] == 0


def test_baselines_know_what_was_known_when_it_was_published():
    # Made a week earlier: the newest week known is that of 8.
    forecast = published(9, 9)
    (row,) = held(forecast, history(8, 4, 10), until=INDEX[168]).to_dict("records")
    assert (row["mean4_wape"], row["naive_wape"]) == (0.2, 0.2)
    # What came before and after counts for nothing but the errors.
    later = history(8, 4, 10).assign(volume=lambda rows: rows["volume"].where(rows.index < 168, 5))
    (other,) = held(forecast, later, until=INDEX[168]).to_dict("records")
    assert other["naive_wape"] == pytest.approx(3 / 5)


def test_unknown_hours_and_outages_are_left_out():
    known = history(10, 10, 10)
    known.loc[known.index[-24:], "volume"] = np.nan
    known.loc[known["interval_start"] == START, "volume"] = 0.0
    down = event("outage", "2026-01-19T00:00", "2026-01-19T01:00")
    (row,) = held(published(10, 10), known, Calendar(events=(down,))).to_dict("records")
    assert (row["hours"], row["cases"], row["wape"]) == (168 - 25, 1430, 0.0)


def test_a_series_without_a_past_has_no_baselines():
    (row,) = held(published(10, 10), history(np.nan, np.nan, 10)).to_dict("records")
    assert row["wape"] == 0.0
    assert np.isnan(row["naive_wape"])
    assert np.isnan(row["statistics_added_points"])


def test_a_week_without_cases_has_no_wape():
    (row,) = held(published(1, 1), history(1, 1, 0)).to_dict("records")
    assert (row["cases"], row["hours"]) == (0, 168)
    assert np.isnan(row["wape"])
    # Pooled with another it counts for nothing.
    pooled = totals(pd.DataFrame([row, row | {"cases": 10.0, "wape": 0.5}]), ["region"])
    assert pooled["wape"].tolist() == [0.5]


def test_totals_weigh_by_cases():
    both = pd.concat([history(10, 10, 10), history(30, 30, 30, workstream="chats")])
    forecast = pd.concat([published(9, 10), published(36, 30, workstream="chats")])
    (row,) = totals(held(forecast, both), ["region"]).to_dict("records")
    # Errors 1 of 10 and 6 of 30 an hour: 7 / 40; bias (−1 + 6) / 40; half of the hours inside the band of ± 1.
    assert (row["cases"], row["hours"]) == (168 * 40, 336)
    assert (row["wape"], row["bias"], row["coverage_80"]) == (0.175, 0.125, 0.5)
    assert row["judgement_added_points"] == -17.5
