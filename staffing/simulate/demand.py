"""How many cases come, in many equally likely weeks, and how long they take."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np
import pandas as pd
from scipy import optimize

from staffing.domain.problem import Problem
from staffing.domain.tables import QUANTILE_COLUMNS, QUANTILES
from staffing.domain.work import Queue
from staffing.forecast.handle_time.handle_time import USUAL_CV
from staffing.forecast.intervals import LOW_COUNT, Spread
from staffing.forecast.outlook import Key, Outlook, at_means
from staffing.requirement.queue_paths import cases_of
from staffing.requirement.workload import Floats, Ints

DISPERSIONS = np.geomspace(1, 30, 24)
INTERVALS_TO_FIT = 48
WIDTH_80 = 2.5631
"""Standard deviations from the 10 % to the 90 % quantile of a normal distribution."""


@dataclass(frozen=True)
class Demand:
    """What arrives.

    Parameters
    ----------
    cases
        ``cases[replication, queue, interval]``, whole numbers.
    handle_cv
        ``handle_cv[queue]``: standard deviation of the handle time of one case over its mean; lognormal.
    handle_ratios
        Handle times of past cases over their mean, by queue: these are drawn from instead.
    """

    cases: Ints
    handle_cv: Floats
    handle_ratios: Mapping[str, Floats] = field(default_factory=dict)


def demand_of(
    problem: Problem,
    forecast: pd.DataFrame | None,
    replications: int,
    seed: int,
    outlooks: Mapping[Key, Outlook] | None = None,
) -> Demand:
    """Return the demand of so many replications.

    With outlooks they are sample paths: as far off, and off together over the week, the day and between queues, as past
    forecasts were. With a FORECAST table alone the spread of each series is read from its quantiles; its week and its
    days are then off by 5 % each, series independently of each other. Without any forecast arrivals are Poisson around
    the volumes of the queues.

    Parameters
    ----------
    forecast
        FORECAST table of the problem, judgement included.
    outlooks
        The statistical forecast, moved to the means of the table.
    """
    if forecast is None:
        rng = np.random.default_rng([seed, replications])
        mean = np.array([queue.volume for queue in problem.queues])
        cases = rng.poisson(mean, (replications, *mean.shape))
        return Demand(cases, np.full(len(problem.queues), USUAL_CV))
    cases = cases_of(problem.queues, outlooks_of(forecast, outlooks), replications, seed)
    return Demand(cases, np.array([_cv(queue, forecast) for queue in problem.queues]))


def outlooks_of(
    forecast: pd.DataFrame, statistical: Mapping[Key, Outlook] | None = None
) -> dict[Key, Outlook]:
    """Return the statistical forecast moved to the means of a FORECAST table, else what the table alone can tell."""
    if statistical:
        return at_means(statistical, forecast)
    found = {}
    for (region, workstream), rows in forecast.groupby(["region", "workstream"], sort=False):
        ordered = rows.sort_values("interval_start")
        mean = ordered["mean"].to_numpy(dtype=float)
        quantiles = ordered[list(QUANTILE_COLUMNS)].to_numpy(dtype=float)
        found[str(region), str(workstream)] = Outlook(
            index=pd.DatetimeIndex(ordered["interval_start"]),
            mean=mean,
            quantiles=quantiles,
            spread=spread_of(mean, quantiles),
        )
    return found


def spread_of(mean: Floats, quantiles: Floats) -> Spread:
    """Return the spread that has such quantiles.

    From means of 5 on the 80 % band says how far cases vary (never less than Poisson); below, where quantiles are whole
    numbers, that dispersion is taken of which the negative binomial has the most like quantiles.
    """
    high = mean >= LOW_COUNT
    if high.sum() * 2 > len(mean):
        at = {level: place for place, level in enumerate(QUANTILES)}
        deviation = (quantiles[high, at[0.9]] - quantiles[high, at[0.1]]) / WIDTH_80
        excess = np.maximum(deviation**2 / mean[high] - 1, 0.0)
        terms = np.column_stack([np.ones(high.sum()), mean[high]])
        (dispersed, squared), _ = optimize.nnls(terms, excess)
        return Spread(1 + float(dispersed), float(np.sqrt(squared)))
    some = np.flatnonzero((mean > 0) & ~high)
    some = some[:: max(1, len(some) // INTERVALS_TO_FIT)]
    off = [
        np.abs(Spread(dispersion).quantiles(mean[some], QUANTILES) - quantiles[some]).sum()
        for dispersion in DISPERSIONS
    ]
    return Spread(float(DISPERSIONS[int(np.argmin(off))]))


def _cv(queue: Queue, forecast: pd.DataFrame) -> float:
    rows = forecast[forecast["workstream"] == queue.workstream.workstream]
    if queue.region is not None:
        rows = rows[rows["region"] == queue.region]
    weight = rows["mean"].sum()
    return float((rows["mean"] * rows["aht_cv"]).sum() / weight) if weight > 0 else USUAL_CV
