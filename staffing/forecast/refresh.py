"""What was learnt a few weeks ago, kept on this machine: a week that is added takes a fifth of the time."""

from __future__ import annotations

import hashlib
import os
import pickle
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

import numpy as np
import pandas as pd

from staffing.forecast.calendar import SeriesCalendar
from staffing.forecast.method import Fitted, Method
from staffing.forecast.weeks import interval_of, recent

WEEKS_TO_KEEP = 4
# What pickle raises for a file that is cut off, garbled, or of another version.
BROKEN = (
    *(pickle.UnpicklingError, EOFError, AttributeError, ImportError),
    *(LookupError, TypeError, ValueError),
)


def folder_of_user() -> Path:
    """Return where this user's curves are kept: ``$XDG_CACHE_HOME/staffing``, by default ``~/.cache/staffing``."""
    return Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "staffing"


class Curve(Protocol):
    """What a method has learnt and can bring to the end of a longer history."""

    def at(self, history: pd.Series) -> Fitted:
        """Bring it to the end of a history."""
        ...


@dataclass(frozen=True)
class Kept:
    """A curve with the history that it was learnt from.

    Parameters
    ----------
    first, last
        First and last interval of that history.
    digest
        Of its volumes.
    """

    curve: Curve
    first: pd.Timestamp
    last: pd.Timestamp
    digest: str

    def holds_for(self, history: pd.Series) -> bool:
        """Tell whether a history is the one it was learnt from with at most four weeks more."""
        is_near = history.index[-1] - self.last <= pd.Timedelta(weeks=WEEKS_TO_KEEP)
        return is_near and _digest(history.loc[self.first : self.last]) == self.digest


def fit_or_refresh(
    method: Method, history: pd.Series, calendar: SeriesCalendar, folder: Path | None
) -> Fitted:
    """Fit a method, or bring up to date what it learnt up to four weeks ago of the same history and calendar.

    Parameters
    ----------
    folder
        Where curves are kept, a file each; None: always learn anew. The files are pickles, which run code when read:
        the folder must be nobody else's to write to, and never travel with a workspace.
    """
    learn = getattr(method, "learn", None)
    if folder is None or learn is None:
        return method.fit(history, calendar)
    path = folder / f"{_key(method, calendar, history)}.pickle"
    kept = _read(path)
    if kept is None or not kept.holds_for(history):
        learnt_from = recent(history)
        first, last = learnt_from.index[0], learnt_from.index[-1]
        kept = Kept(learn(history, calendar), first, last, _digest(learnt_from))
        _write(path, kept)
    return kept.curve.at(history)


def _key(method: Method, calendar: SeriesCalendar, history: pd.Series) -> str:
    """Return a name for the series (by its name), method, calendar, grid and the versions that wrote the file."""
    import sklearn

    known = (method, calendar.model_dump_json(), interval_of(history.index), history.name)
    versions = (sklearn.__version__, np.__version__, pd.__version__)
    return hashlib.sha256(repr((*known, *versions)).encode()).hexdigest()


def _digest(history: pd.Series) -> str:
    return hashlib.sha256(history.to_numpy(dtype=float).tobytes()).hexdigest()


def _read(path: Path) -> Kept | None:
    """Return what was kept; a file that cannot be read counts as none."""
    try:
        kept: Any = pickle.loads(path.read_bytes())
    except (OSError, *BROKEN):
        return None
    return kept if isinstance(kept, Kept) else None


def _write(path: Path, kept: Kept) -> None:
    """Write aside and rename; only the owner may read."""
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    aside = path.with_suffix(f".{os.getpid()}")
    aside.write_bytes(pickle.dumps(kept))
    aside.chmod(0o600)
    aside.replace(path)
