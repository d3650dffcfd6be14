"""The page of a backtest: safe, complete in itself, and right in what it says; tables and figures by hand."""

from __future__ import annotations

import json
import re

import numpy as np
import pandas as pd
import pytest

from staffing.forecast.judged.backtest import LEVEL_COLUMNS, Backtested
from staffing.forecast.judged.baselines import BASELINES
from staffing.report import backtest_tables as tables
from staffing.report import figures, figures_backtest
from staffing.report.backtest_page import render_backtest, sentences, write_backtest
from tests.report.test_document import read

MEAN4, NAIVE = (method.name for method in BASELINES)
MEANS = {"mine": 11.0, MEAN4: 12.0, NAIVE: 5.0}
ORIGIN = pd.Timestamp("2026-01-05", tz="UTC")
ODD = "Trust <script>alert('x')</script>"


def forecasts(workstream: str, actual: float) -> pd.DataFrame:
    """Two origins, eight days by the hour: 10 cases come, and the last hour is unknown."""
    parts = []
    for method, mean in MEANS.items():
        for origin in (ORIGIN, ORIGIN + pd.Timedelta(days=7)):
            step = np.arange(8 * 24)
            bands = {
                name: mean + width for name, width in zip(LEVEL_COLUMNS, range(-5, 6), strict=True)
            }
            parts.append(
                pd.DataFrame(
                    {"region": "EMEA", "workstream": workstream, "method": method}
                    | {"origin": origin, "day": step // 24 + 1, "mean": mean}
                    | {"interval_start": origin + step * pd.Timedelta(hours=1)}
                    | {"actual": np.where(step == 191, np.nan, actual)}
                    | bands
                )
            )
    return pd.concat(parts, ignore_index=True)


def scores(workstream: str) -> pd.DataFrame:
    rows = [
        {
            "region": "EMEA",
            "workstream": workstream,
            "method": method,
            "days": days,
            "wape": abs(mean - 10) / 10 + (days == "8-8"),
            "mase": 1.0,
            "bias": mean / 10 - 1,
            "mwql": 0.1,
            "coverage_80": 0.8,
            "coverage_95": 0.95,
            "origins": 2,
            "picked": method == "mine",
        }
        for method, mean in MEANS.items()
        for days in ("1-7", "8-8", "1-8")
    ]
    return pd.DataFrame(rows)


@pytest.fixture
def backtested() -> Backtested:
    return Backtested(
        scores=pd.concat([scores("mail"), scores("chat")], ignore_index=True),
        forecasts=pd.concat([forecasts("mail", 10), forecasts("chat", 10)], ignore_index=True),
    )


def test_a_series_is_held_against_the_better_simple_method(backtested):
    first, second = tables.series_table(backtested.scores).to_dict("records")
    assert (first["workstream"], second["workstream"]) == ("chat", "mail")
    assert (first["method"], first["days"]) == ("mine", "1-8")
    # .1 against .2 and .5: half of the better one.
    assert (first["mean4_wape"], first["naive_wape"]) == pytest.approx((0.2, 0.5))
    assert first["better_by"] == pytest.approx(0.5)


def test_nothing_is_better_than_nothing():
    assert np.isnan(tables.better_by(0.1, np.nan, 0.0))
    assert tables.better_by(0.1, np.nan, 0.2) == pytest.approx(0.5)


def test_all_series_together(backtested):
    ours, mean4, naive = tables.overall(backtested).to_dict("records")
    # 11 said of 10 each hour, and each whole day; the day with the unknown hour is left out of the latter.
    assert (ours["wape"], ours["daily_wape"], ours["bias"]) == pytest.approx((0.1, 0.1, 0.1))
    assert (mean4["wape"], naive["wape"]) == pytest.approx((0.2, 0.5))
    # 10 lies in 11 ± 4 and 11 ± 5; in 5 ± 5, but not in 5 ± 4.
    assert (ours["coverage_80"], naive["coverage_80"], naive["coverage_95"]) == (1.0, 0.0, 1.0)
    bands = tables.calibration(backtested)
    # Deciles 4 and 6 of 11 are 10 and 12.
    assert bands.loc[0.2].tolist() == [1.0, 0.0, 0.0]
    assert tables.by_day(backtested)["mean4"].tolist() == pytest.approx([0.2] * 8)


def test_errors_by_hour_of_week_are_cases_of_all_series(backtested):
    error = tables.by_hour_of_week(backtested)
    assert error.shape == (7, 24)
    assert (error == 2.0).all()


def test_the_last_forecast_sums_series(backtested):
    ours = tables.rivals(backtested)["forecast"]
    last = tables.last_forecast(ours)
    assert last.index.min() == ORIGIN + pd.Timedelta(days=7)
    assert (last["mean"] == 22).all()
    assert last["actual"].iloc[0] == 20
    assert np.isnan(last["actual"].iloc[-1])
    # Two bands of 11 − 5 and 11 + 4: 22 − √50 and 22 + √32.
    assert last["q025"].iloc[0] == pytest.approx(22 - 50**0.5)
    assert last["q900"].iloc[0] == pytest.approx(22 + 32**0.5)


def test_the_page_is_safe_and_complete(backtested):
    page = render_backtest(ODD, backtested).replace(figures.plotly_js(), "")
    text = "".join(read(page).text)
    assert "<script>alert" not in page
    assert ODD in text
    assert not re.search(r"https?://|//[a-z]|@import|url\(", page)
    found = re.findall(r'<script type="application/json">(.*?)</script>', page, re.DOTALL)
    # All work and two series; days ahead, hours of the week, bands.
    assert len(found) == 3 + 3
    assert all({"data", "layout"} <= set(json.loads(figure)) for figure in found)
    targets = {str(a["href"])[1:] for _, a in read(page).tags if "href" in a}
    assert targets <= {a.get("id") for _, a in read(page).tags}
    assert "Backtest 2 forecasts over 8 days" in re.sub(r"\s+", " ", text)


def test_the_lead_says_what_it_was_worth(backtested):
    ours = tables.overall(backtested).iloc[0].to_dict()
    told = " ".join(sentences(tables.series_table(backtested.scores), ours, 0.5))
    told = told.replace("\u00a0", " ")
    assert "missed by 10 % of the cases, 50 % less than the better of two simple methods" in told
    assert "better one in 2 of 2 series" in told
    assert "it said 10 % too many" in told


def test_the_lead_of_weeks_without_cases(backtested):
    nothing = dict.fromkeys(("wape", "bias", "coverage_80"), np.nan)
    (told,) = sentences(tables.series_table(backtested.scores), nothing, np.nan)
    assert told.startswith("No cases came")


def test_unknown_hours_of_the_week_are_drawn_as_gaps():
    figure = figures_backtest.week_figure(np.full((7, 24), np.nan))
    assert figure.data[0].zmax > 0


def test_the_file_is_written_whole(tmp_path, backtested):
    write_backtest(tmp_path / "report.html", "Team", backtested)
    assert [path.name for path in tmp_path.iterdir()] == ["report.html"]
