import datetime as dt

import numpy as np
import pandas as pd
import pytest
from pydantic import ValidationError

from staffing.domain.judgement import Override
from staffing.domain.tables import FORECAST, QUANTILE_COLUMNS, checked
from staffing.forecast.judgement import adjusted
from tests.forecast.histories import grid

QUANTILES = list(QUANTILE_COLUMNS)


def table(mean: float = 10.0, region: str = "EMEA", workstream: str = "phones") -> pd.DataFrame:
    """Return a forecast of one day whose quantiles lie 70 % to 130 % around the mean."""
    spread = {name: mean * (0.7 + 0.1 * at) for at, name in enumerate(QUANTILES)}
    return checked(
        pd.DataFrame({"interval_start": grid("2026-06-01", 1 / 7)}).assign(
            region=region,
            workstream=workstream,
            mean=mean,
            statistical_mean=mean,
            aht_minutes=12.0,
            aht_cv=1.0,
            **spread,
        ),
        FORECAST,
    )


def override(start: str, end: str, **values: object) -> Override:
    first, last = (
        dt.datetime.fromisoformat(f"2026-06-01T{time}").replace(tzinfo=dt.UTC)
        for time in (start, end)
    )
    return Override(start=first, end=last, by="Ann", why="campaign", **values)


def test_a_percentage_changes_the_mean_and_its_quantiles_and_nothing_else():
    before = table()
    after, (adjustment,) = adjusted(before, [override("06:00", "08:00", change_fraction=0.2)], 60)
    assert after["mean"].tolist() == [10.0] * 6 + [12.0] * 2 + [10.0] * 16
    assert after["q95"].tolist()[5:9] == pytest.approx([13.0, 15.6, 15.6, 13.0])
    assert (after["statistical_mean"] == 10.0).all()
    untouched = [name for name in FORECAST if name not in ("mean", *QUANTILES)]
    pd.testing.assert_frame_equal(after[untouched], before[untouched])
    # Two intervals of 10 cases became 12.
    assert (adjustment.cases_before, adjustment.cases) == (20.0, 24.0)
    assert adjustment.effect_cases == 4.0


def test_a_volume_stands_in_place_of_the_mean():
    after, (adjustment,) = adjusted(table(), [override("06:00", "08:00", volume=2.5)], 60)
    assert after["mean"].iloc[6:8].tolist() == [2.5, 2.5]
    assert after["q50"].iloc[6:8].tolist() == pytest.approx([2.5, 2.5])
    assert adjustment.effect_cases == -15.0


def test_percents_compose_and_each_effect_begins_where_the_one_above_ended():
    both = [
        override("00:00", "02:00", change_fraction=0.5),
        override("01:00", "03:00", change_fraction=-0.2),
    ]
    after, (first, second) = adjusted(table(), both, 60)
    assert after["mean"].iloc[:4].tolist() == pytest.approx([15.0, 12.0, 8.0, 10.0])
    assert (first.effect_cases, second.effect_cases) == pytest.approx((10.0, -5.0))
    total = (after["mean"] - after["statistical_mean"]).sum()
    assert total == pytest.approx(first.effect_cases + second.effect_cases)


def test_an_interval_met_in_part_changes_in_proportion():
    after, _ = adjusted(table(), [override("06:30", "07:15", change_fraction=1.0)], 60)
    assert after["mean"].iloc[5:9].tolist() == pytest.approx([10.0, 15.0, 12.5, 10.0])
    after, _ = adjusted(table(), [override("06:30", "07:00", volume=0.0)], 60)
    assert after["mean"].iloc[6] == 5.0


def test_a_volume_where_nothing_was_expected_has_the_quantiles_of_a_poisson_count():
    after, _ = adjusted(table(0.0), [override("06:00", "07:00", volume=4.0)], 60)
    # Poisson with mean 4: P(at most 1) = 9 %, P(at most 4) = 63 %, P(at most 8) = 98 %.
    assert after[["q05", "q50", "q95"]].iloc[6].tolist() == [1.0, 4.0, 8.0]
    assert (np.diff(after[QUANTILES].to_numpy(), axis=1) >= 0).all()


def test_only_the_series_it_names_is_changed():
    both = pd.concat([table(), table(region="APAC")], ignore_index=True)
    after, (one,) = adjusted(
        both, [override("00:00", "01:00", region="APAC", change_fraction=1.0)], 60
    )
    assert after.loc[after["mean"] != 10.0, "region"].tolist() == ["APAC"]
    after, (all_of_them,) = adjusted(both, [override("00:00", "01:00", change_fraction=1.0)], 60)
    assert (one.effect_cases, all_of_them.effect_cases) == (10.0, 20.0)


def test_overrides_of_other_times_and_series_leave_the_forecast_as_it_is():
    elsewhere = [
        override("00:00", "01:00", workstream="mails", change_fraction=1.0),
        Override(
            start=dt.datetime(2026, 6, 2, tzinfo=dt.UTC),
            end=dt.datetime(2026, 6, 3, tzinfo=dt.UTC),
            volume=1.0,
            by="Ann",
            why="next day",
        ),
    ]
    after, found = adjusted(table(), elsewhere, 60)
    assert found == ()
    pd.testing.assert_frame_equal(after, table())


def test_an_override_has_one_change_only():
    with pytest.raises(ValidationError, match="either change_fraction or volume"):
        override("00:00", "01:00", change_fraction=0.1, volume=1.0)
    with pytest.raises(ValidationError, match="either change_fraction or volume"):
        override("00:00", "01:00")


def test_a_change_in_words():
    assert override("00:00", "01:00", change_fraction=-0.15).change == "-15 %"
    assert override("00:00", "01:00", volume=12.5).change == "12.5 cases an interval"
