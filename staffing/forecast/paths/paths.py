"""Sample paths: whole cases of every series over the horizon, off together where forecasts were off together."""

from __future__ import annotations

import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import numpy as np

from staffing.forecast.outlook import Key, Outlook
from staffing.forecast.paths.dependence import Dependence, common_share
from staffing.forecast.paths.draws import cases_at
from staffing.forecast.paths.past_paths import local_days, past_paths, path_ahead

# Stands beside the days, which count from 1970.
LEVEL = 0


def sample_paths(outlooks: Mapping[Key, Outlook], paths: int, seed: int) -> np.ndarray:
    """Return ``paths[path, series, interval]``, whole cases that are equally likely.

    The cases of an interval are distributed as its forecast says. Behind them stand normal scores with a part common to
    the horizon, a part common to the local day and a rest of each interval alone (a Gaussian copula); the first two are
    partly common to all series. The shares are learnt from past errors (`staffing.forecast.paths.dependence`).

    Parameters
    ----------
    outlooks
        Forecasts by (region, workstream) over the same intervals. A series is drawn alike whatever the order.
    """
    return np.stack([drawn for _, drawn in each_series(outlooks, paths, seed)], axis=1)


def each_series(
    outlooks: Mapping[Key, Outlook], paths: int, seed: int
) -> Iterator[tuple[Key, np.ndarray]]:
    """Draw `sample_paths` series by series, ``drawn[path, interval]``, so that thousands fit into memory."""
    pasts = {key: past_paths(outlook) for key, outlook in sorted(outlooks.items())}
    dependences = {
        key: Dependence.of(past, path_ahead(outlooks[key])) for key, past in pasts.items()
    }
    share = common_share(list(pasts.values()), list(dependences.values()))
    for key, outlook in outlooks.items():
        scores = _scores(outlook, dependences[key], share, _Source(paths, seed, key))
        yield key, cases_at(outlook, scores)


@dataclass(frozen=True)
class _Source:
    """Normal scores of one series, and those that all series share."""

    paths: int
    seed: int
    key: Key

    def own(self, columns: int) -> np.ndarray:
        names = [zlib.crc32(name.encode()) for name in self.key]
        random = np.random.default_rng([self.seed, *names])
        return random.standard_normal((self.paths, columns))

    def of_all(self, day: int) -> np.ndarray:
        return np.random.default_rng([self.seed, day]).standard_normal(self.paths)


def _scores(outlook: Outlook, dependence: Dependence, share: float, source: _Source) -> np.ndarray:
    """Return ``scores[path, interval]``, each standard normal."""
    days = local_days(outlook.index, outlook.time_zone)
    dates, day = np.unique(days, return_inverse=True)
    together = 1 + len(dates)
    own = source.own(together + len(days))
    common = np.column_stack([source.of_all(date) for date in (LEVEL, *dates)])
    mixed = np.sqrt(share) * common + np.sqrt(1 - share) * own[:, :together]
    alone = 1 - dependence.level - dependence.day
    return np.asarray(
        np.sqrt(dependence.level) * mixed[:, :1]
        + np.sqrt(dependence.day) * mixed[:, 1 + day]
        + np.sqrt(alone) * own[:, together:]
    )
