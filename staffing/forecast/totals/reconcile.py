"""Forecasts of series and of their totals made to add up, each moved the less the surer it is."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
import pandas as pd
from scipy import sparse

from staffing.forecast.outlook import Key, Outlook
from staffing.forecast.totals.borrowing import borrow
from staffing.forecast.totals.hierarchy import Hierarchy

# Variance in cases², so that hours in which nothing is expected anywhere can be solved too.
NEGLIGIBLE = 1e-9
# Intervals solved in one go, so that a year ahead fits into memory.
BLOCK = 168


def reconciled(
    hierarchy: Hierarchy, outlooks: Mapping[Key, Outlook], histories: Mapping[Key, pd.Series]
) -> dict[Key, Outlook]:
    """Return the outlooks of all series and totals such that they add up; sparse series have borrowed before.

    Parameters
    ----------
    outlooks, histories
        Each series and each total that has a forecast, and the volumes that it was learnt from.
    """
    leaves = []
    for key in hierarchy.leaves:
        leaf, parent = outlooks[key], hierarchy.parent(key)
        if parent is not None and parent in outlooks:
            above = outlooks[parent].mean
            leaf = leaf.moved_to(borrow(leaf.mean, histories[key], above, histories[parent]))
        leaves.append(leaf)
    totals = [key for key in hierarchy.totals if key in outlooks]
    membership = hierarchy.membership(totals)
    means = reconcile(leaves, [outlooks[key] for key in totals], membership)
    moved = zip(hierarchy.leaves, leaves, means, strict=True)
    found = {key: leaf.moved_to(mean) for key, leaf, mean in moved}
    for key, mean in zip(totals, membership @ means, strict=True):
        found[key] = outlooks[key].moved_to(mean)
    return found


def reconcile(
    leaves: Sequence[Outlook], totals: Sequence[Outlook], membership: sparse.csr_array
) -> np.ndarray:
    """Return ``mean[leaf, interval]`` such that leaves and totals agree; a total is then the sum of its leaves.

    It is the minimum trace reconciliation of Wickramasuriya, Athanasopoulos and Hyndman (2019) with the forecast
    variances of each interval on the diagonal, written as a measurement update: the forecasts ``a`` of the totals, of
    variances ``U``, correct those of the leaves ``b``, of variances ``V``, by ``V A' (A V A' + U)^-1 (a - A b)``. That
    takes one system of the size of the totals an interval. A correction downwards is taken as ``1 / (1 + x)`` in place
    of ``1 - x``: no mean turns negative, and none that was positive turns 0. A leaf that expects nothing stays so.

    Parameters
    ----------
    membership
        ``membership[total, leaf]``, 1 where the leaf is part of the total.
    """
    mean = np.array([leaf.mean for leaf in leaves])
    if not totals:
        return mean
    leaf_variance = np.array([leaf.variance for leaf in leaves])
    total_variance = np.array([total.variance for total in totals]) + NEGLIGIBLE
    surplus = np.array([total.mean for total in totals]) - membership @ mean
    pairs = sparse.vstack([membership.multiply(total[None]) for total in membership.toarray()])
    moved = np.zeros_like(mean)
    for first in range(0, mean.shape[1], BLOCK):
        at = slice(first, first + BLOCK)
        both = (pairs @ leaf_variance[:, at]).T.reshape(-1, len(totals), len(totals))
        both += total_variance[:, at].T[:, :, None] * np.eye(len(totals))
        pull = np.linalg.solve(both, surplus[:, at].T[:, :, None])[:, :, 0]
        moved[:, at] = leaf_variance[:, at] * (membership.T @ pull.T)
    ratio = np.divide(moved, mean, out=np.zeros_like(mean), where=mean > 0)
    return np.asarray(mean * np.where(ratio > 0, 1 + ratio, 1 / (1 + np.abs(ratio))))
