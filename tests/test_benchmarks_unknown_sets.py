"""The benchmark of the forecast takes any folder of series, however odd, and says what it leaves out."""

from __future__ import annotations

import json

import numpy as np
import pandas as pd
import pytest

from benchmarks.forecast.__main__ import main
from benchmarks.forecast.calendars import found_regions
from benchmarks.forecast.plans import MOST_SERIES, plan_of
from benchmarks.forecast.sets import notes, read_sets, tasks_of
from tests.forecast.care.test_holiday_search import planted
from tests.test_benchmarks_forecast import hourly, write


def gappy(days: int, first: int, last: int) -> pd.Series:
    """Return a series that is unknown between two of its days."""
    volume = hourly(days, 12, 5)
    volume.iloc[24 * first : 24 * last] = np.nan
    return volume


@pytest.fixture(scope="module")
def odd(tmp_path_factory):
    folder = tmp_path_factory.mktemp("odd")
    many = {f"s{n:02}": hourly(40, 1 + n, n) for n in range(20)}
    write(folder / "many", **many)
    write(
        folder / "gappy",
        hole=gappy(60, 12, 30),
        ends_unknown=gappy(60, 45, 60),
        starts_late=gappy(60, 0, 44),
        mostly_unknown=gappy(60, 5, 50),
        all_unknown=gappy(60, 0, 60),
        silent=hourly(60, 0, 6),
        two_cases=pd.Series(([0.0] * 500 + [1.0] + [0.0] * 219) * 2, hourly(60, 1, 1).index),
        stops=hourly(60, 9, 7).mask(np.arange(1440) > 1000, 0.0),
    )
    stamps = pd.date_range("2024-03-04T06:15", periods=96 * 35, freq="15min", tz="UTC")
    counts = np.random.default_rng(8).poisson(3.0, len(stamps)).astype(float)
    quarters = pd.Series(counts, stamps).sample(frac=1, random_state=1)
    write(folder / "quarters", **{"1": quarters, "2": pd.concat([quarters[:900], quarters])})
    write(folder / "short", only=hourly(20, 9, 9))
    write(folder / "nothing", only=hourly(0, 9, 9))
    write(folder / "five_years", old=hourly(1826, 5, 10), new=hourly(400, 5, 11))
    return folder


def test_nothing_odd_stops_the_run(odd, tmp_path, capsys):
    written = tmp_path / "figures.json"
    words = ["--no-peers", "--workers", "1", "--every-second-origin", "--models", "seasonal_naive"]
    sets = "gappy,quarters,short,nothing"
    main(["--series", str(odd), "--json", str(written), "--sets", sets, *words])
    result = json.loads(written.read_text(encoding="utf-8"))
    assert set(result["sets"]) == {"gappy", "quarters"}
    assert all(scores[result["ours"]]["wape"] > 0 for scores in result["sets"].values())
    assert result["wape_vs_mean4"] > 0
    told = capsys.readouterr().err
    assert "short: 0 series scored, left out: only" in told


def test_series_too_short_too_empty_or_unknown_are_left_out_and_named(odd):
    gaps = next(one for one in read_sets(odd) if one.plan.name == "gappy")
    tasks = list(tasks_of(gaps))
    # 16 days are left of the series that starts late, and 45 of the one whose end is unknown. A series without any
    # known hour is none.
    assert {task.series for task in tasks} == {"hole", "ends_unknown", "stops"}
    for task in tasks:
        assert task.history.iloc[-336:].notna().mean() >= 0.5
        assert np.isfinite(task.actual).mean() >= 0.5
    assert list(notes(gaps, tasks)) == [
        "gappy: 3 series scored, left out: mostly_unknown, silent, starts_late, two_cases"
    ]


def test_of_many_series_the_busiest_are_scored(odd):
    many = next(one for one in read_sets(odd) if one.plan.name == "many")
    assert len(many.volumes) == MOST_SERIES
    # Means of 1 to 20 cases an hour: the first eight are the quietest.
    assert many.left_out == tuple(f"s{n:02}" for n in range(8))


def test_finer_stamps_in_any_order_are_added_up_to_hours(odd):
    quarters = next(one for one in read_sets(odd) if one.plan.name == "quarters")
    volume = quarters.volumes["1"]
    assert volume.index.freq == pd.offsets.Hour()
    # The first hour lacks its first quarter, the last one has but that.
    assert np.isnan(volume.iloc[0])
    assert volume.mean() == pytest.approx(12, rel=0.05)
    # Rows that are there twice count once.
    pd.testing.assert_series_equal(volume, quarters.volumes["2"])


def test_series_of_unlike_length_each_have_the_origins_that_they_allow(odd):
    years = next(one for one in read_sets(odd) if one.plan.name == "five_years")
    assert (years.plan.step_days, years.plan.origins) == (45, 8)
    plan = plan_of(odd / "five_years", years.volumes)
    assert plan.region is None
    counted = pd.Series([task.series for task in tasks_of(years, source="none")]).value_counts()
    # 400 days: 14 + 45 × 8 would leave 26, of which 8 origins need but 14 + 45 × 7.
    assert counted.to_dict() == {"old": 8, "new": 8}


def test_holidays_are_found_in_the_past_of_each_task_alone(tmp_path):
    volume = planted(60, "US")
    folder = tmp_path / "calls"
    write(folder, all=volume.tz_localize(None))
    calls = read_sets(tmp_path)[0]
    tasks = list(tasks_of(calls, every=3))
    assert tasks[0].calendar.region.places == (("US", None),)
    for task in tasks:
        assert [task.calendar.region] == found_regions([task.history])
    assert "calls, all: moves with the holidays of US at" in "".join(notes(calls, tasks))
    nowhere = [task.calendar.region.places for task in tasks_of(calls, every=3, source="none")]
    assert set(nowhere) == {()}


def test_series_that_disagree_take_the_place_that_is_clearest():
    clear, unclear, unmoved = planted(104, "AU"), planted(104, "JP", left=0.7), planted(104, None)
    alone = [found_regions([past])[0].places for past in (clear, unclear, unmoved)]
    assert alone == [(("AU", None),), (("JP", None),), ()]
    together = [region.places for region in found_regions([clear, unclear, unmoved])]
    assert together == [alone[0], alone[0], ()]
