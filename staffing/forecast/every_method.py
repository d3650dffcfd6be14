"""Every method by name: what a backtest may be asked for. A forecast tries `staffing.forecast.run.METHODS`."""

from __future__ import annotations

from staffing.forecast.baselines import BASELINES
from staffing.forecast.boosting import Boosting
from staffing.forecast.daily_profile import DailyProfile
from staffing.forecast.ewma import Ewma
from staffing.forecast.method import Method
from staffing.forecast.mixture import Mixture
from staffing.forecast.poisson_ridge import PoissonRidge

EVERY_METHOD: tuple[Method, ...] = (
    Mixture(),
    PoissonRidge(),
    Boosting(),
    Ewma(),
    DailyProfile(),
    *BASELINES,
)
