"""Pictures of a simulation hold its numbers."""

from __future__ import annotations

import numpy as np
import pytest

from staffing.report import figures_lived
from tests.report.lived import lived_by_hand


@pytest.fixture
def lived(build):
    return lived_by_hand(build)


def trace(figure, name):
    (found,) = [t for t in figure.data if t.name == name]
    return found


def test_service_lies_between_its_quantiles(lived):
    figure = figures_lived.service_figure(lived.queues)
    risky = trace(figure, "lived, at risk")
    assert list(risky.y) == ["Legal"]
    assert list(risky.x) == [0.9]
    assert list(risky.error_x.array) == [0.06]
    assert list(risky.error_x.arrayminus) == [0.05]
    assert list(trace(figure, "lived").y) == ["Urgent"]
    assert sorted(trace(figure, "target").x) == [0.9, 0.98]
    # the least of all is .85
    assert figure.layout.xaxis.range == pytest.approx((0.83, 1.01))


def test_a_queue_without_cases_is_left_out(lived):
    nothing = lived.queues.assign(mean=np.nan, p10=np.nan, p90=np.nan)
    assert len(trace(figures_lived.service_figure(nothing), "target").x) == 0


def test_open_cases_are_stacked_by_age(lived):
    rows = lived.backlog[lived.backlog["queue"] == "legal"]
    figure = figures_lived.ages_figure(rows)
    assert [t.y[0] for t in figure.data] == [4, 3, 2, 1]
    assert {t.stackgroup for t in figure.data} == {"age"}


def test_the_chance_of_a_miss_by_queue_and_hour(lived):
    (heat,) = figures_lived.risk_figure(lived.misses).data
    assert list(heat.y) == ["Urgent", "Legal"]
    assert np.asarray(heat.z).shape == (2, 168)
    assert list(np.asarray(heat.z)[1, 19:23]) == [0, 0.5, 0.5, 0.5]


def test_names_are_escaped(lived):
    odd = lived.misses.assign(queue="<b>x</b>")
    (heat,) = figures_lived.risk_figure(odd.drop_duplicates("interval_start")).data
    assert list(heat.y) == ["&lt;b&gt;x&lt;/b&gt;"]
