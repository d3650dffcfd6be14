"""Sample paths of queues: which series a queue is made of, and the cases of all of them together."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from staffing.domain.work import Queue
from staffing.forecast.outlook import Key, Outlook
from staffing.forecast.paths.paths import sample_paths
from staffing.requirement.workload import Ints


def cases_of(
    queues: Sequence[Queue], outlooks: Mapping[Key, Outlook], paths: int, seed: int
) -> Ints:
    """Return ``cases[path, queue, interval]`` of equally likely weeks, 0 for a queue without any series.

    Parameters
    ----------
    outlooks
        Forecasts of the series: see `staffing.forecast.paths.paths.sample_paths`.
    """
    drawn = sample_paths(outlooks, paths, seed)
    at = {key: place for place, key in enumerate(outlooks)}
    return np.stack(
        [drawn[:, [at[key] for key in series_of(queue, outlooks)]].sum(axis=1) for queue in queues],
        axis=1,
    )


def series_of(queue: Queue, outlooks: Mapping[Key, Outlook]) -> dict[Key, Outlook]:
    """Return the forecasts of the (region, workstream) that a queue is made of: of all regions if it is pooled."""
    return {
        (region, workstream): outlook
        for (region, workstream), outlook in outlooks.items()
        if workstream == queue.workstream.workstream and queue.region in (None, region)
    }
