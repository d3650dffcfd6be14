"""How fast: 100 series of two years by the hour, 14 days ahead with intervals; a peer on some of the same series."""

from __future__ import annotations

import resource
import time
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pandas as pd

from benchmarks.environment import PeersError
from benchmarks.forecast.ours import OURS, executor_with
from benchmarks.forecast.peers.ask import ask_peers
from benchmarks.forecast.peers.environment import peers_python
from benchmarks.forecast.sets import HISTORY_WEEKS, HORIZON_HOURS, WEEK_HOURS, Task
from staffing.forecast.calendar import Calendar, RegionCalendar, SeriesCalendar
from staffing.forecast.run import forecast

SERIES = 100
SERIES_OF_THE_PEER = 4
PEER = "statsforecast MSTL + AutoETS"
START = pd.Timestamp("2026-01-05", tz="UTC")
REGION = RegionCalendar(region="here", time_zone="Europe/Dublin", places=(("IE", None),))
MOST_SECONDS = 60
SEED = 1

Speed = dict[str, float | None]


def measure_speed(peers_folder: Path | None, workers: int) -> Speed:
    """Forecast all series in processes, then a few of them by the peer.

    Returns
    -------
    dict
        ``wall_seconds`` of the whole; ``cpu_seconds`` per series, of this process and its workers; ``peer_cpu_seconds``
        per series and ``ratio`` of ours to it, None without the peer.
    """
    volumes = _volumes()
    index = volumes.index
    history = pd.concat(
        pd.DataFrame(
            {
                "region": "here",
                "workstream": name,
                "interval_start": index,
                "volume": volume.to_numpy(),
                "aht_minutes": 10.0,
            }
        )
        for name, volume in volumes.items()
    )
    began, spent = time.perf_counter(), _cpu_seconds()
    with executor_with(workers) as executor:
        forecast(history, Calendar(regions=(REGION,)), START, HORIZON_HOURS, 60, executor=executor)
    wall_seconds = time.perf_counter() - began
    cpu_seconds = (_cpu_seconds() - spent) / SERIES
    peer = _peer_cpu_seconds(volumes, peers_folder) if peers_folder else None
    return {
        "wall_seconds": wall_seconds,
        "cpu_seconds": cpu_seconds,
        "peer_cpu_seconds": peer,
        "ratio": cpu_seconds / peer if peer else None,
    }


def speed_lines(result: Speed) -> Iterator[str]:
    """Yield what was measured, and whether it is enough."""
    wall = result["wall_seconds"] or 0.0
    yield f"{SERIES} series × 2 years by the hour, 14 days ahead with intervals, {OURS}"
    met = "met" if wall <= MOST_SECONDS else "MISSED"
    yield f"  {wall:.1f} s in all   asked: at most {MOST_SECONDS} s   {met}"
    yield f"  {result['cpu_seconds']:.2f} CPU s a series"
    if result["ratio"] is not None:
        yield f"  {PEER}: {result['peer_cpu_seconds']:.2f} CPU s a series; ours takes {result['ratio']:.2f} of that"


def _volumes() -> pd.DataFrame:
    """Return ``volume[hour, series]``: from 0.3 to 300 cases an hour, a day, a week, a year, chance."""
    hours = HISTORY_WEEKS * WEEK_HOURS
    index = pd.date_range(end=START, periods=hours + 1, freq="h", unit="us")[:-1]
    rng = np.random.default_rng(SEED)
    day = np.cos((index.hour.to_numpy() - 14) / 24 * 2 * np.pi)
    weekend = index.day_of_week.to_numpy() >= 5
    year = np.cos(index.day_of_year.to_numpy() / 365 * 2 * np.pi)
    drawn = {}
    for number, mean in enumerate(np.geomspace(0.3, 300, SERIES)):
        swing, dip, season = rng.uniform((0.3, 0.2, 0.0), (1.2, 1.0, 0.3))
        level = rng.gamma(20, 1 / 20, hours // 24).repeat(24)
        expected = mean * np.exp(swing * day + season * year) * np.where(weekend, dip, 1) * level
        drawn[f"s{number:03}"] = rng.poisson(expected).astype(float)
    return pd.DataFrame(drawn, index=index)


def _cpu_seconds() -> float:
    """Return what this process and its workers that have ended took so far."""
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(usage.ru_utime + usage.ru_stime for usage in used)


def _peer_cpu_seconds(volumes: pd.DataFrame, folder: Path) -> float | None:
    step = SERIES // SERIES_OF_THE_PEER
    tasks = [
        Task(
            set_name="speed",
            series=name,
            origin=START,
            history=volumes[name].asfreq("h"),
            actual=np.full(HORIZON_HOURS, np.nan),
            calendar=SeriesCalendar(region=REGION),
        )
        for name in volumes.columns[step // 2 :: step]
    ]
    try:
        answers, _ = ask_peers(peers_python(folder), tasks, [PEER], workers=1)
    except PeersError:
        return None
    return float(np.median([answer.cpu_seconds for answer in answers[PEER]]))
