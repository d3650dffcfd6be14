"""Sized for more than the mean: for a volume that is not exceeded with an asked probability.

Deferrable work waits until it is due, so that busy and quiet hours make up for each other: it is the *total* over that
time which has to be covered, and a sum of hourly quantiles would be far beyond its quantile. Immediate work is done in
the hour in which it comes. Erlang answers for chance within the hour once the rate of arrivals is known; so it is the
quantile of the rate that is taken, gamma distributed as cases are negative binomial.
Source of the latter: G. Jongbloed and G. Koole, Managing uncertainty in call centres using Poisson mixtures, Applied
Stochastic Models in Business and Industry 17 (2001).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
from scipy import stats

from staffing.domain.clock import Horizon
from staffing.domain.work import Queue
from staffing.forecast.outlook import Key, Outlook
from staffing.requirement.immediate import required_agents
from staffing.requirement.queue_paths import cases_of, series_of
from staffing.requirement.service import due_instants
from staffing.requirement.workload import Floats, Ints, cumulative_round

PATHS, SEED = 1000, 0
"""Weeks that the quantiles of totals are taken of: always the same, so that a requirement can be made again."""


def at_quantile(
    queues: Sequence[Queue], horizon: Horizon, outlooks: Mapping[Key, Outlook], quantile: float
) -> tuple[Queue, ...]:
    """Return queues sized for a quantile of their volume, and never for less than they are.

    The backlog is known, and stays as it is.

    Parameters
    ----------
    queues
        Sized for the mean.
    outlooks
        Forecasts of the series behind them, over the horizon.
    quantile
        Probability with which no more comes.
    """
    cases = cases_of(queues, outlooks, PATHS, SEED)
    sized = []
    for number, queue in enumerate(queues):
        if queue.is_immediate:
            sized.append(_immediate(horizon, queue, series_of(queue, outlooks), quantile))
        else:
            sized.append(_deferrable(horizon, queue, cases[:, number], quantile))
    return tuple(sized)


def growth_of_totals(cases: Ints, until: Ints, quantile: float) -> Floats:
    """Return ``growth[interval]``: the quantile of the cases from an interval on, over their mean; at least 1.

    Parameters
    ----------
    cases
        ``cases[path, interval]``.
    until
        ``until[interval]``, never falling: before which interval the total ends. Totals that the horizon would cut off
        are taken to be the last whole one.
    """
    intervals = cases.shape[1]
    last = max(0, int((until <= intervals).sum()) - 1)
    first = np.minimum(np.arange(intervals), last)
    end = np.minimum(until[first], intervals)
    running = np.pad(np.cumsum(cases, axis=1), ((0, 0), (1, 0)))
    totals = running[:, end] - running[:, first]
    mean, high = totals.mean(axis=0), np.quantile(totals, quantile, axis=0)
    return np.asarray(np.divide(high, mean, out=np.ones(intervals), where=high > mean))


def quantile_of_rate(outlooks: Sequence[Outlook], quantile: float) -> Floats:
    """Return ``rate[interval]``: the quantile of the expected cases of some series together; at least their mean.

    Rates of series count as independent within an interval.
    """
    mean = np.sum([outlook.mean for outlook in outlooks], axis=0)
    excess = np.sum([outlook.variance for outlook in outlooks], axis=0) - mean
    unsure = (mean > 0) & (excess > 0)
    shape = np.divide(mean**2, excess, out=np.ones_like(mean), where=unsure)
    high = mean / shape * stats.gamma.ppf(quantile, shape)
    return np.asarray(np.where(unsure, np.maximum(high, mean), mean))


def _deferrable(horizon: Horizon, queue: Queue, cases: Ints, quantile: float) -> Queue:
    """Let all arrivals grow as the total grows over the time for which those of their interval may wait."""
    until = np.array(due_instants(horizon, queue), dtype=np.int64) // horizon.interval_minutes
    growth = growth_of_totals(cases, until, quantile)
    volume = np.array(queue.volume) * growth
    arrivals = cumulative_round(np.array(queue.arrivals_minutes) * growth)
    return queue.changed(volume=tuple(volume.tolist()), arrivals_minutes=tuple(arrivals.tolist()))


def _immediate(
    horizon: Horizon, queue: Queue, outlooks: Mapping[Key, Outlook], quantile: float
) -> Queue:
    """Size for the rate; hours too quiet for anybody stay so, as the chance of a case in them is that of the mean."""
    if not outlooks:
        return queue
    rate = quantile_of_rate(list(outlooks.values()), quantile)
    aht = np.array(queue.aht_minutes)
    agents = required_agents(queue.workstream, rate, aht, horizon.interval_minutes)
    agents = np.where(np.array(queue.required_agents) > 0, agents, 0)
    return queue.changed(volume=tuple(rate.tolist()), required_agents=tuple(agents.tolist()))
