"""Skill pools, and the minutes that a duty gives."""

from __future__ import annotations

from staffing.domain.people import Site
from staffing.model.pools import Capacity, pools
from tests.queues import deferrable
from tests.rules.world import agent, duty, queue, template, world

E06 = template("E06", "06:00", "14:00")
P08 = template("P08", "08:00", "16:30", break_after_minutes=240, break_minutes=30)


def test_agents_who_can_do_the_same_are_one_pool():
    people = (
        agent("ann", workstreams=("mail",)),
        agent("bob", workstreams=("harms", "mail")),
        agent("cyd", workstreams=("mail", "harms")),
        agent("dan", workstreams=("mail",)),
    )
    problem = world(
        "2026-11-30", 1, [E06], agents=people, queues=(deferrable("mail"), deferrable("harms"))
    )
    found = {pool.pool: (pool.queues, pool.agents) for pool in pools(problem)}
    # Queues stand in the order of the problem, whatever the order of the training.
    assert found == {
        "mail": (("mail",), ("ann", "dan")),
        "mail+harms": (("mail", "harms"), ("bob", "cyd")),
    }


def test_who_can_serve_nothing_is_in_no_pool():
    people = (
        agent("ann", workstreams=("harms",)),
        agent("bob", workstreams=("other",)),
        agent("cyd", workstreams=("harms",), exposure_cleared=True),
    )
    harms = deferrable("harms", needs_clearance=True)
    problem = world("2026-11-30", 1, [E06], agents=people, queues=(harms,))
    assert [pool.agents for pool in pools(problem)] == [("cyd",)]


def test_sites_share_a_pool_unless_the_queue_is_of_a_region():
    people = (agent("ann"), agent("bob", site="there"))
    there = Site(site="there", region="APAC", time_zone="Asia/Singapore", country="SG")
    for region, members in ((None, ("ann", "bob")), ("APAC", ("bob",))):
        problem = world("2026-11-30", 1, [E06], queues=(queue(region=region),))
        problem = problem.changed(agents=people, sites=(*problem.sites, there))
        assert [pool.agents for pool in pools(problem)] == [members]


def test_a_duty_gives_its_minutes_without_break_and_shrinkage():
    problem = world("2026-11-30", 1, [P08], shrinkage_fraction=0.1)
    # 60 × 0.9 an hour; break from 12:00 to 12:30 and end at 16:30 leave 30 × 0.9.
    assert Capacity(problem).of(duty(problem, "2026-11-30 P08")) == tuple(
        (t, 27 if t in (12, 16) else 54) for t in range(8, 17)
    )


def test_only_hours_of_the_horizon_count():
    problem = world("2026-11-30", 1, [template("N22", "22:00", "06:00")])
    capacity = Capacity(problem)
    assert [t for t, _ in capacity.of(duty(problem, "2026-11-30 N22"))] == [22, 23]
    assert [t for t, _ in capacity.of(duty(problem, "2026-11-29 N22"))] == [0, 1, 2, 3, 4, 5]
