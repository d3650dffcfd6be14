"""Real histories: the method that the backtest picks beats seasonal naive."""

from __future__ import annotations

import pytest

from staffing.forecast.calendar import RegionCalendar, SeriesCalendar
from staffing.forecast.judged.backtest import compare
from staffing.forecast.run import METHODS
from tests.forecast.real_histories import AMERICA, VICTORIA, hourly, needs_real_series

pytestmark = needs_real_series


@pytest.mark.parametrize(
    ("folder", "name", "region", "wape_over_naive"),
    [
        ("bank_calls", "bank", AMERICA, 0.95),
        ("uihc_ed", "uihc_ed", AMERICA, 0.8),
        ("openstack_merges", "services", RegionCalendar(region="EMEA"), 0.8),
        ("openstack_merges", "deployment", RegionCalendar(region="EMEA"), 0.8),
        # The last stretch is Christmas, of which the history has but one.
        ("melbourne_pedestrian", "QV_MarketElizabeth_St_West", VICTORIA, 0.95),
        ("melbourne_pedestrian", "Southern_Cross_Station", VICTORIA, 0.8),
    ],
)
def test_the_picked_method_beats_seasonal_naive(folder, name, region, wape_over_naive):
    history = hourly(folder, name).iloc[-105 * 168 :]
    method, scores = compare(history, SeriesCalendar(region=region), METHODS)
    by_name = {score.method: score for score in scores}
    picked, naive = by_name[method.name], by_name["seasonal_naive"]
    assert picked.origins == 4
    assert picked.wape < wape_over_naive * naive.wape
    assert abs(picked.bias) < 0.3
    assert 0.6 < picked.coverage_80 < 0.97
