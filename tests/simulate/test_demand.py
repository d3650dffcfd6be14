from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from staffing.domain.tables import QUANTILE_COLUMNS, QUANTILES
from staffing.domain.work import Queue, Workstream
from staffing.forecast.intervals import Spread
from staffing.simulate.demand import demand_of, spread_of
from tests.simulate.test_presence import problem

HOURS = 168


def queue(name, region=None):
    return Queue(
        queue=name if region is None else f"{name}@{region}",
        workstream=Workstream(
            workstream=name,
            kind="deferrable",
            due_minutes=240,
            target_fraction=0.9,
            pooled=region is None,
        ),
        region=region,
        volume=(2.0,) * HOURS,
        aht_minutes=(10.0,) * HOURS,
        arrivals_minutes=(20,) * HOURS,
        required_agents=(0,) * HOURS,
    )


def table(means, dispersion=1.0, relative=0.0):
    """A FORECAST table with a flat series for each (region, workstream)."""
    horizon = problem().horizon
    parts = []
    for (region, workstream), mean in means.items():
        quantiles = Spread(dispersion, relative).quantiles(np.full(HOURS, mean), QUANTILES)
        parts.append(
            pd.DataFrame(quantiles, columns=list(QUANTILE_COLUMNS)).assign(
                region=region,
                workstream=workstream,
                interval_start=horizon.interval_starts(),
                mean=mean,
                statistical_mean=mean,
                aht_minutes=10.0,
                aht_cv=0.5 if region == "EMEA" else 1.5,
            )
        )
    return pd.concat(parts, ignore_index=True)


@pytest.mark.parametrize(
    ("mean", "dispersion", "relative"),
    [(1.5, 1.0, 0.0), (1.5, 2.5, 0.0), (40.0, 1.0, 0.0), (40.0, 2.0, 0.3)],
)
def test_the_spread_of_a_forecast_is_read_from_its_quantiles(mean, dispersion, relative):
    means = np.full(HOURS, mean) * np.linspace(0.8, 1.2, HOURS)
    spread = Spread(dispersion, relative)
    found = spread_of(means, spread.quantiles(means, QUANTILES))
    asked = spread.dispersion * mean + (spread.relative * mean) ** 2
    assert found.dispersion * mean + (found.relative * mean) ** 2 == pytest.approx(asked, rel=0.15)


def test_weeks_are_more_uncertain_than_independent_hours_would_be():
    # 40 cases an hour with variance 80: of 168 independent hours the total would have a deviation of √(168 · 80) = 116;
    # with the week and the days off by 5 % each it is about √(116² + (.05 · 6720)² + 7 · (.05 · 960)²) = 378.
    world = problem().changed(queues=(queue("mail"),))
    found = demand_of(world, table({("EMEA", "mail"): 40.0}, dispersion=2.0), 400, 1)
    totals = found.cases.sum(axis=(1, 2))
    assert totals.mean() == pytest.approx(6720, rel=0.02)
    assert 250 < totals.std() < 450
    assert found.cases[:, 0].var(axis=0).mean() == pytest.approx(80, rel=0.15)


def test_queues_add_up_their_regions():
    world = problem().changed(queues=(queue("mail"), queue("chat", "EMEA"), queue("chat", "APAC")))
    means = {
        ("EMEA", "mail"): 6.0,
        ("APAC", "mail"): 18.0,
        ("EMEA", "chat"): 2.0,
        ("APAC", "chat"): 4.0,
    }
    found = demand_of(world, table(means), 100, 1)
    assert found.cases.mean(axis=(0, 2)) == pytest.approx([24, 2, 4], rel=0.05)
    assert found.handle_cv == pytest.approx([0.25 * 0.5 + 0.75 * 1.5, 0.5, 1.5])


def test_without_a_forecast_cases_are_poisson():
    found = demand_of(problem().changed(queues=(queue("mail"),)), None, 200, 1)
    assert found.cases.mean() == pytest.approx(2, rel=0.05)
    assert found.cases.var() == pytest.approx(2, rel=0.05)
