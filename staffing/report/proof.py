"""What is proven of a schedule, in sentences: how good it is, and what of a shortage nobody can avoid."""

from __future__ import annotations

from staffing.domain.build import Build
from staffing.domain.objective import Tier
from staffing.domain.rehearsal import Rehearsal
from staffing.domain.result import Status
from staffing.report.words import hours, percent

WIDE_GAP = 0.1
AT_THE_PRICES = "At the prices of the settings no better schedule exists."
ENDINGS = {
    Status.OPTIMAL: "No better schedule exists: it is proven optimal.",
    Status.INFEASIBLE: "The rules contradict each other: no schedule keeps them all.",
    Status.NO_TIME: "The time ran out before a schedule was found.",
}
EARLY = "The search ended early and a much better schedule may exist (gap to the proven bound "
LONGER = "Build again with a longer time limit."
BETTER = {
    Tier.SERVICE: "no schedule serves better",
    Tier.BURNOUT: "of those that serve as well none keeps the burnout limits better",
    Tier.FAIRNESS: "of those none is fairer or grants more wishes",
    Tier.COST: "of those none costs less",
}
OPEN = {
    Tier.SERVICE: "service",
    Tier.BURNOUT: "the burnout limits",
    Tier.FAIRNESS: "fairness and wishes",
    Tier.COST: "pay",
}
AVOIDED = "The shortage cannot be avoided:"
NO_BETTER = "no schedule that keeps law, safety and contract serves better, at the priorities of the settings"
NO_SCHEDULE = "no schedule that keeps law, safety and contract is less short"


def proof_of_quality(build: Build) -> str:
    """Say how good the schedule is proven to be; where certainty was bought, that price is told apart from the gap.

    Empty where `proof_of_tiers` says that there is no better one.
    """
    found, solution = build.rehearsal, build.solution
    if build.tiers is not None and build.tiers.open is None:
        return ""
    if build.tiers is not None and solution.status is Status.OPTIMAL:
        return AT_THE_PRICES
    if solution.status in ENDINGS:
        return ENDINGS[solution.status]
    if found is not None and found.price:
        return _with_certainty(build, found)
    gap = solution.gap
    if gap is None:
        return "How far it is from the best possible is not known."
    if gap > WIDE_GAP:
        return f"{EARLY}{percent(gap, up=True)}). {LONGER}"
    return f"It is proven to be within {percent(gap, up=True)} of the best possible schedule."


def _with_certainty(build: Build, found: Rehearsal) -> str:
    first, bound = found.first.objective, build.solution.bound
    paid = found.chosen.paid_minutes - found.first.paid_minutes
    price = f"Certainty has its price: {percent(found.price / max(1, first), up=True)} above the first schedule"
    if paid > 0:
        price += f", {hours(paid)} paid hours more"
    if bound is None:
        return f"{price}."
    gap = max(0, first - bound) / max(1, first)
    if gap > WIDE_GAP:
        return f"{price}. For that one: {EARLY[0].lower()}{EARLY[1:]}{percent(gap, up=True)}). {LONGER}"
    return f"{price}. That one is proven to be within {percent(gap, up=True)} of the best possible."


def proof_of_tiers(build: Build) -> str:
    """Say up to where service, burnout limits, fairness and pay are proven to come one before the other."""
    found = build.tiers
    if found is None:
        return ""
    said = "; ".join(BETTER[line.tier] for line in found.proven)
    said = f"Service comes first, proven: {said}." if said else ""
    first = found.open
    if first is not None and first.tier is not Tier.COST:
        said += f" Not proven for {OPEN[first.tier]}"
        if first.least:
            saved = percent((first.cost - first.least) / first.cost, up=True)
            said += f": at most {saved} of what is charged for it could be saved"
        said += "."
    if found.objective_by_price is not None:
        more = percent(
            (build.bill.objective - found.objective_by_price) / max(1, found.objective_by_price)
        )
        said += f" The prices alone would have sold some of it; not to do so costs {more} more at these prices."
    return said.strip()


def proof_of_shortage(build: Build) -> str:
    """Say how much of a shortage nobody's schedule could avoid, and what of the rest; empty where nothing is short."""
    missing, proven = build.bill.missing_minutes, build.unavoidable
    if proven is None or not missing:
        return ""
    if proven.minutes >= missing:
        return f"{AVOIDED} {NO_SCHEDULE}."
    if build.tiers is not None and build.tiers.lines[0].is_proven:
        return f"{AVOIDED} {NO_BETTER}."
    rest = (
        "a schedule that is less short costs more elsewhere, at the prices of the settings."
        if build.solution.status is Status.OPTIMAL
        else f"the search may only not have found a better schedule. {LONGER}"
    )
    if not proven.minutes:
        return f"It is not proven that the shortage cannot be avoided: {rest}"
    return (
        f"Of the {hours(missing)} hours missing for the targets, {hours(proven.minutes)} cannot be avoided: "
        f"{NO_SCHEDULE}. For the other {hours(missing - proven.minutes)} that is not proven: {rest}"
    )
