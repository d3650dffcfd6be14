"""What a week costs, as constraint streams.

Sums and service are counted as what they are better than an empty week, so that people and hours without any duty need
no rows of their own.
"""

from timefold.solver.score import (
    BiConstraintStream,
    Constraint,
    ConstraintCollectors,
    ConstraintFactory,
    HardSoftScore,
    Joiners,
    TriConstraintStream,
    constraint_provider,
)

from benchmarks.peers.peer_timefold.domain import Cost, Follow, Limit, Share, Slot, Supply


@constraint_provider
def week_rules(factory: ConstraintFactory) -> list[Constraint]:
    """Return every constraint."""
    return [
        _followed(factory)
        .filter(lambda one, other, follow: follow.hard > 0)
        .penalize(HardSoftScore.ONE_HARD, lambda one, other, follow: follow.hard)
        .as_constraint("rest"),
        _followed(factory)
        .filter(lambda one, other, follow: follow.cost > 0)
        .penalize(HardSoftScore.ONE_SOFT, lambda one, other, follow: follow.cost)
        .as_constraint("one day after another"),
        _summed(factory)
        .filter(lambda limit, held: limit.cost == 0)
        .impact(HardSoftScore.ONE_HARD, lambda limit, held: limit.better(held))
        .as_constraint("limits by law"),
        _summed(factory)
        .filter(lambda limit, held: limit.cost > 0)
        .impact(HardSoftScore.ONE_SOFT, lambda limit, held: limit.cost * limit.better(held))
        .as_constraint("contracts and wishes"),
        factory.for_each(Slot)
        .penalize(HardSoftScore.ONE_SOFT, lambda slot: slot.duty.pay)
        .as_constraint("pay"),
        factory.for_each(Slot)
        .join(
            Cost,
            Joiners.equal(lambda slot: slot.person, lambda cost: cost.person),
            Joiners.equal(lambda slot: slot.duty.number, lambda cost: cost.duty),
        )
        .penalize(HardSoftScore.ONE_SOFT, lambda slot, cost: cost.cost)
        .as_constraint("costs of a duty"),
        factory.for_each(Slot)
        .join(
            Supply,
            Joiners.equal(lambda slot: slot.pool, lambda supply: supply.pool),
            Joiners.equal(lambda slot: slot.duty.number, lambda supply: supply.duty),
        )
        .group_by(
            lambda slot, supply: supply.need,
            ConstraintCollectors.sum(lambda slot, supply: supply.minutes),
        )
        .reward(
            HardSoftScore.ONE_SOFT, lambda need, minutes: need.price * min(minutes, need.minutes)
        )
        .as_constraint("service"),
    ]


def _followed(factory: ConstraintFactory) -> TriConstraintStream[Slot, Slot, Follow]:
    """Return two slots of a person, a day apart, with what the duties in them are to each other."""
    return (
        factory.for_each(Slot)
        .join(
            Slot,
            Joiners.equal(lambda slot: slot.person),
            Joiners.equal(lambda slot: slot.day + 1, lambda slot: slot.day),
        )
        .join(
            Follow,
            Joiners.equal(lambda one, other: one.duty.number, lambda follow: follow.first),
            Joiners.equal(lambda one, other: other.duty.number, lambda follow: follow.second),
        )
    )


def _summed(factory: ConstraintFactory) -> BiConstraintStream[Limit, int]:
    """Return every limit with the sum of what counts towards it."""
    return (
        factory.for_each(Slot)
        .join(
            Share,
            Joiners.equal(lambda slot: slot.person, lambda share: share.person),
            Joiners.equal(lambda slot: slot.duty.number, lambda share: share.duty),
        )
        .group_by(
            lambda slot, share: share.limit,
            ConstraintCollectors.sum(lambda slot, share: share.value),
        )
    )
