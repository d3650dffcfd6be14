"""Tours come from workers as they would have been found here."""

from __future__ import annotations

import numpy as np

from staffing.executors.serial import Serial
from staffing.solvers.master.pricing import Pricer
from staffing.solvers.tasks import pricing
from staffing.solvers.tasks.crew import Crew
from staffing.solvers.tasks.pricing import WARM_UP, SharedPricer
from tests.solvers.tasks.world import case, parts


class Counted(Serial):
    """Counts the bundles that were given out."""

    def __init__(self) -> None:
        self.bundles = 0

    def map(self, function, items):
        self.bundles += len(items)
        return super().map(function, items)


def worth(seed: int) -> dict[int, np.ndarray]:
    rng = np.random.default_rng(seed)
    return {k: rng.uniform(0, 900, len(group.open)) for k, group in enumerate(parts().groups)}


def test_the_same_tours_in_the_same_order(monkeypatch):
    monkeypatch.setattr(pricing, "WORTH_SHARING_SECONDS", -1.0)
    counted = Counted()
    shared = SharedPricer(Crew(counted, case()), parts().spaces)
    asked = worth(1)
    found = shared(asked, 3)
    assert counted.bundles == 3  # three for each worker, of whom there is one
    assert list(found) == list(asked)
    assert found == Pricer(parts().spaces)(asked, 3)
    few = {4: asked[4], 1: asked[1]}
    assert list(shared(few, 1).items()) == [(4, found[4][:1]), (1, found[1][:1])]


def test_what_is_soon_done_stays_here():
    counted = Counted()
    shared = SharedPricer(Crew(counted, case()), parts().spaces)
    for seed in range(WARM_UP + 2):
        assert shared(worth(seed), 2) == Pricer(parts().spaces)(worth(seed), 2)
    assert counted.bundles == 0


def test_what_takes_long_here_goes_out_after_a_warm_up(monkeypatch):
    monkeypatch.setattr(pricing, "WORTH_SHARING_SECONDS", 1e-9)
    counted = Counted()
    shared = SharedPricer(Crew(counted, case()), parts().spaces)
    shares = []
    for seed in range(WARM_UP + 3):
        before = counted.bundles
        shared(worth(seed), 1)
        shares.append(counted.bundles > before)
    assert shares == [False] * (WARM_UP + 1) + [True] * 2
