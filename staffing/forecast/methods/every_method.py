"""Every method by name: what a backtest may be asked for. A forecast tries `staffing.forecast.run.METHODS`."""

from __future__ import annotations

from staffing.forecast.judged.baselines import BASELINES
from staffing.forecast.method import Method
from staffing.forecast.methods.boosting import Boosting
from staffing.forecast.methods.daily_profile import DailyProfile
from staffing.forecast.methods.ewma import Ewma
from staffing.forecast.methods.mixture import Mixture
from staffing.forecast.methods.poisson_ridge import PoissonRidge

EVERY_METHOD: tuple[Method, ...] = (
    Mixture(),
    PoissonRidge(),
    Boosting(),
    Ewma(),
    DailyProfile(),
    *BASELINES,
)
