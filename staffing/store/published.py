"""Forecasts of past builds, and how they turned out, which ``out/accuracy.csv`` keeps longer than the builds."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from staffing.domain.errors import Fault, InputError, ProblemError
from staffing.domain.tables import FORECAST, checked
from staffing.forecast.judged.accuracy import ACCURACY, DIGITS
from staffing.store.folder import BUILD_FILE, read_table

WEEK_FOLDER = re.compile(r"\d{4}-W\d{2}")
KEY = ["week", "built_at"]
NAMES = (*KEY, "region", "workstream")
NUMBERS = tuple(name for name in ACCURACY if name not in NAMES)


@dataclass(frozen=True)
class Published:
    """The forecast of a build.

    Parameters
    ----------
    built_at
        When the build was written, UTC, by its file.
    known_until
        First instant that its history did not reach, or the first of the week.
    forecast
        FORECAST table.
    """

    week: str
    built_at: dt.datetime
    known_until: pd.Timestamp
    forecast: pd.DataFrame


def accuracy_file(workspace: Path) -> Path:
    """Return where the accuracy of published forecasts is kept."""
    return workspace / "out" / "accuracy.csv"


def read_published(
    workspace: Path, interval_minutes: int
) -> tuple[tuple[Published, ...], tuple[str, ...]]:
    """Return the forecasts of all builds by week, and a sentence on each build that cannot be read."""
    found, notes = [], []
    for path in sorted((workspace / "out").glob(f"*/{BUILD_FILE}")):
        if WEEK_FOLDER.fullmatch(path.parent.name):
            try:
                found.append(_published(path, pd.Timedelta(minutes=interval_minutes)))
            except (OSError, ValueError, LookupError, TypeError, ProblemError) as error:
                reason = str(error).partition("\n")[0]
                notes.append(
                    f"{path.parent}: its forecast is left out, it cannot be read ({reason})"
                )
    return tuple(found), tuple(notes)


def _published(build: Path, interval: pd.Timedelta) -> Published:
    folder = build.parent
    forecast = checked(read_table(folder / "forecast.csv"), FORECAST)
    history = read_table(folder / "history.csv")
    first = forecast["interval_start"].min()
    return Published(
        week=folder.name,
        built_at=dt.datetime.fromtimestamp(int(build.stat().st_mtime), dt.UTC),
        known_until=min(first, history["interval_start"].max() + interval),
        forecast=forecast,
    )


def read_accuracy(workspace: Path) -> pd.DataFrame:
    """Return what is kept of the accuracy of published forecasts, an empty table where there is nothing.

    Raises
    ------
    InputError
        If the file is damaged.
    """
    path = accuracy_file(workspace)
    if not path.exists():
        return pd.DataFrame(columns=[*NAMES, *NUMBERS])
    try:
        table = pd.read_csv(
            path,
            dtype=dict.fromkeys(NAMES, "str") | dict.fromkeys(NUMBERS, "float64"),
            keep_default_na=False,
            na_values={name: [""] for name in NUMBERS},
        )
        return table[[*NAMES, *NUMBERS]].round(DIGITS)
    except (OSError, ValueError, LookupError) as error:
        reason = str(error).partition("\n")[0]
        message = f"cannot be read ({reason}). Mend it, or move it away to begin anew."
        raise InputError([Fault(file=str(path), message=message)]) from error


def merged(kept: pd.DataFrame, found: pd.DataFrame) -> pd.DataFrame:
    """Return what was kept with what is found now: of one week and build the latter, copies of a build once."""
    anew = set(found[KEY].itertuples(index=False, name=None))
    is_old = [key not in anew for key in kept[KEY].itertuples(index=False, name=None)]
    parts = [part for part in (kept[is_old], found) if len(part)]
    both = pd.concat(parts)[[*NAMES, *NUMBERS]] if parts else kept
    same = [name for name in both.columns if name != "built_at"]
    return both.sort_values(list(NAMES)).drop_duplicates(same, ignore_index=True)
