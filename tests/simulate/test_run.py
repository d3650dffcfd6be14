from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from staffing.domain.people import Agent
from staffing.domain.roster import Roster
from staffing.domain.work import Backlog, PastService
from staffing.executors.serial import Serial
from staffing.simulate.demand import Demand
from staffing.simulate.habits import Habits
from staffing.simulate.run import simulate
from tests.simulate.test_demand import HOURS, queue
from tests.simulate.test_presence import duty, problem

DAILY = tuple(duty(1440 * day + 480, 1440 * day + 960) for day in range(7))


class InBundles(Serial):
    """Here, but as if two workers shared the replications."""

    workers = 2


def world(**changes):
    agents = tuple(
        Agent(
            agent_id=name,
            name=name,
            email="",
            site="dublin",
            grade="",
            weekly_minutes=2400,
            workstreams=skills,
        )
        for name, skills in (("a", ("mail", "chat")), ("b", ("mail",)), ("c", ()))
    )
    return problem(shrinkage=0.1).changed(
        agents=agents, queues=(queue("mail").changed(**changes), queue("chat"))
    )


def lived(*, replications=20, seed=1, roster=None, executor=None, habits=None, **changes):
    return simulate(
        world(**changes),
        Roster(duties=roster or {"a": DAILY, "b": DAILY}),
        believed={"mail": 0.9},
        replications=replications,
        seed=seed,
        habits=habits,
        executor=executor,
    )


def certain(cases):
    """So many cases in each hour, of 10 minutes each, in every replication."""
    counts = np.zeros((3, 2, HOURS), np.int64)
    counts[:, 0] = cases
    return Demand(counts, np.zeros(2))


def assert_same(one, other):
    assert one.levels.tolist() == other.levels.tolist()
    for name in ("queues", "days", "misses", "backlog", "classes", "people"):
        pd.testing.assert_frame_equal(getattr(one, name), getattr(other, name))


def test_the_same_seed_gives_the_same_weeks_wherever_they_are_lived():
    once = lived()
    assert_same(once, lived(executor=InBundles()))
    assert once.levels.tolist() != lived(seed=2).levels.tolist()


def test_a_replication_does_not_depend_on_how_many_there_are():
    # Without a forecast the counts themselves are drawn together; the same counts give the same weeks.
    counts = Demand(np.random.default_rng(3).poisson(2, (6, 2, HOURS)), np.ones(2))
    roster = Roster(duties={"a": DAILY, "b": DAILY})
    few = Demand(counts.cases[:3], counts.handle_cv)
    assert (
        simulate(world(), roster, demand=counts).levels[:3].tolist()
        == simulate(world(), roster, demand=few).levels.tolist()
    )


def test_tables():
    found = lived()
    assert found.queues["queue"].tolist() == ["mail", "chat"]
    assert found.queues["believed"].isna().tolist() == [False, True]
    assert (found.queues["p10"] <= found.queues["p50"]).all()
    assert len(found.days) == 2 * 7
    assert len(found.misses) == 2 * HOURS
    assert len(found.backlog) == 2 * HOURS * 4
    assert found.classes.groupby(["site", "pool"])["people"].first().tolist() == [1, 1, 1]
    assert found.people["agent_id"].tolist() == ["a", "b", "c"]
    assert found.people["present_minutes"].tolist() == pytest.approx([7 * 432, 7 * 432, 0])
    assert found.classes.loc[found.classes["pool"] == "", "occupancy"].isna().all()


def test_service_is_the_share_on_time_of_what_falls_due():
    # One case an hour, due 4 h after it opened; two people from 8 to 16 are more than enough for what is open then.
    # Late are those of 16:00 to 03:59, but for 20:00 and later on Sunday, which fall due after the week, as do the last
    # 4 of its 168: 4 + 6 · 12 + 4 = 80 of 164. Those who come at 8:00 find 16 cases of 10 minutes.
    found = simulate(world(), Roster(duties={"a": DAILY, "b": DAILY}), demand=certain(1))
    mail = found.queues.set_index("queue").loc["mail"]
    assert mail["mean"] == pytest.approx(1 - 80 / 164, abs=0.015)
    assert mail["p10"] <= mail["mean"] <= mail["p90"]
    assert mail["chance"] == 0
    missed = found.misses[found.misses["queue"] == "mail"].set_index("interval_start")["missed"]
    assert missed.loc["2026-12-02 05:00+00:00"] == 1
    assert missed.loc["2026-12-02 14:00+00:00"] == 0
    assert found.queues["mean"].isna().tolist() == [False, True]  # no chat at all
    assert found.queues["chance"].tolist() == [0, 1]


def test_backlog_ages():
    # At midnight nobody has worked since 16:00: two cases younger than 2 h, two younger than 4 h, four older.
    found = simulate(world(), Roster(duties={"a": DAILY, "b": DAILY}), demand=certain(1))
    at = pd.Timestamp("2026-12-01 23:00", tz="UTC")
    rows = found.backlog[
        (found.backlog["interval_start"] == at) & (found.backlog["queue"] == "mail")
    ]
    assert rows["band"].tolist() == ["first half", "second half", "overdue", "long overdue"]
    counts = rows["mean"].tolist()
    assert counts[:2] == [2, 2]
    assert counts[2] == pytest.approx(4, abs=1)
    assert counts[3] == 0


def test_a_daily_target_is_as_good_as_its_worst_day():
    roster = Roster(duties={"a": DAILY[1:], "b": DAILY[1:]})  # nobody on Monday
    starts = tuple(range(24, HOURS, 24))
    daily = simulate(world(period_starts=starts), roster, demand=certain(1))
    weekly = simulate(world(), roster, demand=certain(1))
    assert daily.queues["mean"][0] == 0
    assert weekly.queues["mean"][0] > 0.4


def test_what_the_period_has_seen_before_counts():
    # 1640 minutes of past work are 164 cases of 10 minutes, none of them late: half of the misses weigh.
    past = PastService(work_minutes=1640, missed_minutes=0)
    roster = Roster(duties={"a": DAILY, "b": DAILY})
    without = simulate(world(), roster, demand=certain(1)).queues["mean"][0]
    found = simulate(world(past=past), roster, demand=certain(1)).queues["mean"][0]
    assert 1 - found == pytest.approx((1 - without) / 2)


def test_backlog_that_is_overdue_counts_for_nothing_and_is_worked():
    old = (Backlog(due=-600, work_minutes=50),)
    found = simulate(world(opening=old), Roster(duties={"a": DAILY}), demand=certain(0))
    assert found.queues["mean"].isna().all()
    assert found.people["worked_minutes"].tolist() == pytest.approx([50, 0, 0])
    assert found.queues["oldest_p90"][0] == pytest.approx(600 + 240 + 480, abs=60)


def test_absence_and_exposure():
    clean = lived()
    absent = lived(habits=Habits(absence_fraction=0.5))
    assert absent.people["present_minutes"].sum() < 0.65 * clean.people["present_minutes"].sum()
    assert (clean.people["exposure_minutes"] == 0).all()
    work = world().queues[0].workstream.changed(needs_clearance=True)
    nobody = lived(workstream=work)
    assert (nobody.people["exposure_minutes"] == 0).all()  # nobody is cleared
    assert nobody.queues["mean"][0] == 0
