"""The benchmark of the forecast runs on any folder of series, and says what it is asked for."""

from __future__ import annotations

import json

import numpy as np
import pandas as pd
import pytest

from benchmarks.forecast import speed
from benchmarks.forecast.__main__ import main
from benchmarks.forecast.measures import scores_of
from benchmarks.forecast.ours import BASE, LEVELS, Forecast
from benchmarks.forecast.peers.ask import PeersError, complete
from benchmarks.forecast.plans import plan_of
from benchmarks.forecast.sets import HORIZON_HOURS, filled, read_sets, tasks_of


def hourly(days: int, mean: float, seed: int) -> pd.Series:
    stamps = pd.date_range("2024-03-04", periods=24 * days, freq="h")
    busy = mean * (1 + np.cos((stamps.hour - 14) / 24 * 2 * np.pi))
    drawn = np.random.default_rng(seed).poisson(busy).astype(float)
    return pd.Series(drawn, index=stamps)


def write(folder, **volumes: pd.Series) -> None:
    folder.mkdir(parents=True)
    table = pd.concat(
        pd.DataFrame({"ds": volume.index, "series": name, "y": volume.to_numpy()})
        for name, volume in volumes.items()
    )
    table.to_csv(folder / f"{folder.name}_hourly.csv.gz", index=False)


@pytest.fixture(scope="module")
def series(tmp_path_factory):
    folder = tmp_path_factory.mktemp("series")
    (folder / "README.md").write_text("| folder | what |\n", encoding="utf-8")
    write(folder / "chats", west=hourly(36, 20, 1), east=hourly(36, 3, 2))
    write(folder / "mails", all=hourly(40, 8, 3), new=hourly(9, 8, 4))
    return folder


def test_one_command_on_unknown_sets_gives_the_table_and_the_json(series, tmp_path, capsys):
    written = tmp_path / "figures.json"
    words = ["--series", str(series), "--json", str(written), "--no-peers", "--workers", "1"]
    main([*words, "--models", "seasonal_naive"])
    result = json.loads(written.read_text(encoding="utf-8"))
    assert set(result["sets"]) == {"chats", "mails"}
    for scores in result["sets"].values():
        assert {"seasonal_naive", BASE, result["ours"]} == set(scores)
        for model in scores.values():
            assert {"wape", "mase", "mwql", "coverage_80", "coverage_95"} <= set(model)
            assert 0 < model["wape"] < 1
    ratios = [
        scores[result["ours"]]["wape"] / scores[BASE]["wape"] for scores in result["sets"].values()
    ]
    assert result["wape_vs_mean4"] == pytest.approx((ratios[0] * ratios[1]) ** 0.5)
    assert 0 < result["mwql_vs_mean4"] < 2
    printed = capsys.readouterr().out
    assert "chats" in printed
    assert "80 % band" in printed


def test_a_set_without_a_plan_gets_as_many_origins_as_its_span_allows(series):
    # 36 days less 14 to forecast and 14 to learn from leave 8: origins 3 days apart are 0, 3 and 6 days back.
    chats, mails = read_sets(series)
    assert chats.plan.step_days == 3
    assert [task.series for task in tasks_of(chats)] == ["west"] * 3 + ["east"] * 3
    assert set(chats.volumes) == {"west", "east"}
    # "new" has 9 days and is left out.
    assert set(mails.volumes) == {"all"}
    assert mails.left_out == ("new",)


def test_origins_are_midnights_and_see_nothing_later(series):
    chats, _ = read_sets(series)
    tasks = list(tasks_of(chats))
    assert [f"{task.origin:%m-%d %H}" for task in tasks[:3]] == ["03-26 00", "03-23 00", "03-20 00"]
    for task in tasks:
        assert task.history.index[-1] == task.origin - pd.Timedelta(hours=1)
        assert len(task.actual) == len(task.index) == HORIZON_HOURS


def test_a_calendar_beside_the_series_is_taken(tmp_path):
    text = 'places = [["US", "IA"]]\nopen_on = ["Columbus Day"]\n'
    (tmp_path / "calendar.toml").write_text(text, encoding="utf-8")
    region = plan_of(tmp_path, {"calls": hourly(100, 5, 1)}).region
    assert region.places == (("US", "IA"),)
    assert region.open_on == ("Columbus Day",)


def test_a_gap_is_scored_against_the_median_of_like_hours():
    volume = hourly(70, 5, 1)
    volume[:] = np.repeat([1.0, 2, 3, 4, 5, 60, 70, 80, 9, 10], 168)
    volume.iloc[5 * 168] = np.nan
    # Weeks 1 to 4 and 6 to 9 hold 2, 3, 4, 5, 70, 80, 9, 10: median (5 + 9) / 2.
    assert filled(volume).iloc[5 * 168] == 7


def test_measures_by_hand(series):
    task = next(tasks_of(read_sets(series)[0]))
    mean = task.actual + 2
    quantiles = np.repeat(mean[:, None], len(LEVELS), axis=1)
    scores = scores_of([task], [Forecast(mean, quantiles, 1.5)])
    # Off by 2 in each hour. A forecast without width has a pinball loss of half its error at the mean level.
    assert scores["wape"] == pytest.approx(2 * HORIZON_HOURS / task.actual.sum())
    assert scores["mwql"] == pytest.approx(scores["wape"])
    assert scores["bias"] == pytest.approx(scores["wape"])
    assert scores["coverage_80"] == 0
    assert scores["cpu_seconds"] == 1.5


def test_without_the_environment_of_the_peers_the_run_goes_on_and_says_so(
    series, monkeypatch, capsys
):
    def offline(folder):
        raise PeersError("no index")

    monkeypatch.setattr("benchmarks.forecast.__main__.peers_python", offline)
    main(["--series", str(series), "--sets", "chats", "--workers", "1"])
    shown = capsys.readouterr()
    assert "peers left out: no index" in shown.err
    assert "chats" in shown.out


def test_peers_get_gaps_filled_from_the_past_alone():
    volume = hourly(70, 5, 1)
    volume[:] = np.repeat(np.arange(10.0), 168)
    volume.iloc[9 * 168] = volume.iloc[:168] = np.nan
    told = complete(volume.asfreq("h"))
    # The last week sees weeks 5 to 8 (median 6.5), the first weeks 1 to 4 (2.5).
    assert told.iloc[9 * 168] == 6.5
    assert told.iloc[0] == 2.5


def test_a_folder_without_series_is_said_to_be_so(tmp_path):
    with pytest.raises(SystemExit, match="no set"):
        main(["--series", str(tmp_path), "--no-peers"])


def test_speed_is_told_in_seconds_and_against_the_peer(monkeypatch, tmp_path):
    asked = []

    def answer(python, tasks, names, workers):
        asked.extend(task.series for task in tasks)
        return {names[0]: [Forecast(np.zeros(1), None, cpu) for cpu in (1.0, 3.0)]}, ()

    monkeypatch.setattr(speed, "SERIES", 2)
    monkeypatch.setattr(speed, "SERIES_OF_THE_PEER", 2)
    monkeypatch.setattr(speed, "HISTORY_WEEKS", 20)
    monkeypatch.setattr(speed, "peers_python", lambda folder: folder)
    monkeypatch.setattr(speed, "ask_peers", answer)
    measured = speed.measure_speed(tmp_path, workers=1)
    assert asked == ["s000", "s001"]
    assert measured["peer_cpu_seconds"] == 2.0
    assert measured["ratio"] == measured["cpu_seconds"] / 2.0
    assert any("MSTL" in line for line in speed.speed_lines(measured))
