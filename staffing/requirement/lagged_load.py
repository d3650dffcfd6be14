"""The offered load of work that outlasts its interval: the modified offered load.

A case of four hours that arrives at nine keeps somebody busy at noon: where handle times are longer than an interval,
the peak of the work comes later than the peak of the arrivals, and is lower. With agents without end, exponential
handle times and arrivals at rate λ(t), the mean number of cases in work obeys ``dm/dt = λ(t) - m/AHT``, which is
exact within each interval: ``m(t) = ρ + (m(0) - ρ)·exp(-t/AHT)`` with ρ = λ·AHT. That number takes the place of the
stationary load.
Source: S. G. Eick, W. A. Massey and W. Whitt, The physics of the Mt/G/∞ queue, Operations Research 41 (1993); O. B.
Jennings, A. Mandelbaum, W. A. Massey and W. Whitt, Server staffing to meet time-varying demand, Management Science 42
(1996).
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from staffing.requirement.workload import Floats, offered_load


def lagged_load(volume: npt.ArrayLike, aht_minutes: npt.ArrayLike, interval_minutes: int) -> Floats:
    """Return the load of each interval in erlangs: the modified one where the handle time is longer than the interval.

    Parameters
    ----------
    volume
        Cases per interval, shape (…, intervals), in order.
    aht_minutes
        Average handle time, same shape; may be NaN where nothing arrives.
    interval_minutes
        Length of the interval.

    Returns
    -------
    Floats
        Mean over each interval, same shape. Before the first interval things are taken to have been like in it.
    """
    cases, aht = np.broadcast_arrays(
        np.asarray(volume, dtype=np.float64), np.asarray(aht_minutes, dtype=np.float64)
    )
    stationary = offered_load(cases, aht, interval_minutes)
    handle = _known(aht)
    lasts = np.divide(interval_minutes, handle, out=np.full(handle.shape, np.inf), where=handle > 0)
    kept = np.exp(-lasts)
    averaged = (1 - kept) / lasts
    load = stationary.copy()
    busy = stationary[..., 0]
    for t in range(stationary.shape[-1]):
        excess = busy - stationary[..., t]
        smoothed = stationary[..., t] + excess * averaged[..., t]
        load[..., t] = np.where(lasts[..., t] < 1, smoothed, stationary[..., t])
        busy = stationary[..., t] + excess * kept[..., t]
    return load


def _known(aht: Floats) -> Floats:
    """Fill unknown handle times with the last known one, or the next where there is none; 0 where none is known."""
    known = ~np.isnan(aht)
    place = np.arange(aht.shape[-1])
    last = np.maximum.accumulate(np.where(known, place, -1), axis=-1)
    first = np.expand_dims(np.argmax(known, axis=-1), -1)
    filled = np.take_along_axis(aht, np.where(last >= 0, last, first), axis=-1)
    return np.where(np.isnan(filled), 0.0, filled)
