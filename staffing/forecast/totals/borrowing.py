"""Series with few cases borrow the hours of the total above them, the less the more cases they have of their own."""

from __future__ import annotations

import numpy as np
import pandas as pd

CASES_TO_TRUST = 3000.0
HALF_LIFE_WEEKS = 52.0
SHARE_HALF_LIFE_WEEKS = 26.0
PRIOR_CASES = 10.0


def borrow(
    own: np.ndarray, history: pd.Series, above: np.ndarray, above_history: pd.Series
) -> np.ndarray:
    """Return ``mean[interval]``: the own forecast, shrunk to a share of the forecast above.

    With ``n`` cases of its own (a week counts half as much a year later) a series weighs ``n / (n + 3000)``, measured
    on series of .03 to 1.4 cases an hour. The share is that of the last half year or so, under a gamma prior worth ten
    cases at the share of the whole history. Hours that the series has closed stay closed.

    Parameters
    ----------
    own, above
        ``mean[interval]`` as forecast for the series and for the total that it is part of.
    history, above_history
        Their cases per interval; NaN: unknown.
    """
    both = pd.DataFrame({"own": history, "above": above_history}).loc[history.index]
    both = both[both.notna().all(axis=1)]
    cases = both.sum()
    if cases["own"] == 0:
        return own
    recent = both.mul(_fading(both.index, SHARE_HALF_LIFE_WEEKS), axis=0).sum()
    usual_share = cases["own"] / cases["above"]
    share = (recent["own"] + PRIOR_CASES) / (recent["above"] + PRIOR_CASES / usual_share)
    evidence = (history * _fading(history.index, HALF_LIFE_WEEKS)).sum()
    trust = evidence / (evidence + CASES_TO_TRUST)
    return np.where(own > 0, trust * own + (1 - trust) * share * above, 0.0)


def _fading(index: pd.Index, half_life_weeks: float) -> np.ndarray:
    age_weeks = (index[-1] - index) / pd.Timedelta(weeks=1)
    return np.asarray(0.5 ** (age_weeks / half_life_weeks))
