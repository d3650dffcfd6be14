"""The rounds of a rehearsal as an ops manager asks for them: what was asked for more, what it brought, what it cost."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from typing import Any

from staffing.domain.build import Build
from staffing.domain.problem import Problem
from staffing.domain.rehearsal import Cut, Rehearsal, Round, Verdict
from staffing.report.words import day, hours, listed, percent, plain, plural


@dataclass(frozen=True)
class CutDay:
    """What was asked for more on a UTC day: in intervals from ``start`` to ``end``, wall-clock times as text."""

    date: dt.date
    start: str
    end: str
    minutes: int

    @property
    def label(self) -> str:
        """``Mon 30 Nov``."""
        return day(self.date)


@dataclass(frozen=True)
class CutRow:
    """What was asked for more of a queue.

    Parameters
    ----------
    counts
        What its minutes are: presence of people, or work.
    backlog_minutes
        The part of ``minutes`` that is open when the week begins.
    missing_minutes
        What the schedule could not give of all that the queue asked for then.
    """

    queue: str
    counts: str
    minutes: int
    days: tuple[CutDay, ...]
    backlog_minutes: int
    missing_minutes: int


@dataclass(frozen=True)
class RoundRow:
    """One schedule against the first one.

    Parameters
    ----------
    more_paid_minutes, more_fraction
        Paid time and price beyond those of the first schedule, the price as a share of it.
    holding, targets
        Targets that hold with the confidence asked for, of how many.
    """

    name: str
    is_taken: bool
    paid_minutes: int
    more_paid_minutes: int
    objective: int
    more_fraction: float
    holding: int
    targets: int
    unavoidable_minutes: int
    cuts: tuple[CutRow, ...]


@dataclass(frozen=True)
class ChanceRow:
    """The chance of a target in each round, and whether it holds in the schedule that was taken."""

    queue: str
    target_fraction: float
    chances: tuple[float, ...]
    holds: bool


@dataclass(frozen=True)
class RehearsalSection:
    """All that the section shows."""

    verdict: str
    replications: int
    confidence: float
    rounds: tuple[RoundRow, ...]
    chances: tuple[ChanceRow, ...]


def rehearsal_section(build: Build) -> RehearsalSection | None:
    """Return the section of a build, None if nobody asked for a rehearsal."""
    found = build.rehearsal
    if found is None:
        return None
    return RehearsalSection(
        verdict=verdict(found),
        replications=found.aim.replications,
        confidence=found.aim.confidence,
        rounds=tuple(_round(build.problem, found, each) for each in found.rounds),
        chances=tuple(_chances(found)),
    )


def rehearsal_record(build: Build) -> dict[str, Any] | None:
    """Return a rehearsal for other programs: as it is kept, with its verdict in words and the days of its cuts."""
    section = rehearsal_section(build)
    if build.rehearsal is None or section is None:
        return None
    record = build.rehearsal.model_dump(mode="json")
    for kept, shown, each in zip(
        record["rounds"], section.rounds, build.rehearsal.rounds, strict=True
    ):
        kept["is_proven"] = each.is_proven
        for cut, row in zip(kept["cuts"], shown.cuts, strict=True):
            cut["days"] = [asdict(part) | {"date": part.date.isoformat()} for part in row.days]
    return record | {"says": section.verdict}


def verdict(found: Rehearsal) -> str:
    """Say how a rehearsal ended."""
    sure = percent(found.aim.confidence, 0)
    again = found.rounds[-1].number
    lived = f"Lived {plural(found.aim.replications, 'time')}"
    if found.verdict is Verdict.HELD:
        after = f" after it was built again {plural(again, 'time')}" if again else ""
        return f"{lived}, the week meets every target in at least {sure} of the weeks{after}."
    chance = {lot.queue: lot.chance for lot in found.chosen.lots}
    named = [f"{plain(queue)} in {percent(chance[queue], 0)}" for queue in found.at_risk]
    reached = f"{lived}, not every target is met in {sure} of the weeks: {listed(named)}."
    return f"{reached} {_why(found, found.rounds[-1])}"


def _why(found: Rehearsal, last: Round) -> str:
    """Say why a rehearsal ended before every target held."""
    if found.verdict is Verdict.INTERRUPTED:
        return "It was interrupted before it came to an end."
    if found.verdict is Verdict.ROUNDS:
        if last.number < found.aim.rounds:
            return "It ended early: there was no time for a further schedule. Build again with a longer time limit."
        used = "1 round is" if last.number == 1 else f"{last.number} rounds are"
        return f"It ended early: {used} used up. Allow more of them, and more time."
    lacking = sum(cut.missing_minutes for cut in last.cuts)
    if not lacking:
        return "The plan itself is short there, before anything goes wrong."
    if last.is_proven:
        return (
            f"Short, proven: of what bad weeks ask for, at least {hours(last.unavoidable_minutes)} h are "
            "missing in every schedule that keeps law, safety and contract."
        )
    return (
        f"Short as far as was searched: the last schedule lacks {hours(lacking)} h of what bad weeks ask for. That "
        "nobody can give them is not proven: a longer time limit may find them."
    )


def _round(problem: Problem, found: Rehearsal, each: Round) -> RoundRow:
    first = found.first
    return RoundRow(
        name=f"Round {each.number}" if each.number else "Before",
        is_taken=each.number == found.taken,
        paid_minutes=each.paid_minutes,
        more_paid_minutes=each.paid_minutes - first.paid_minutes,
        objective=each.objective,
        more_fraction=(each.objective - first.objective) / max(1, first.objective),
        holding=len(each.lots) - len(each.at_risk(found.aim.confidence)),
        targets=len(each.lots),
        unavoidable_minutes=each.unavoidable_minutes,
        cuts=tuple(_cut(problem, cut) for cut in each.cuts),
    )


def _cut(problem: Problem, cut: Cut) -> CutRow:
    is_immediate = {queue.queue: queue.is_immediate for queue in problem.queues}[cut.queue]
    return CutRow(
        queue=cut.queue,
        counts="presence" if is_immediate else "work",
        minutes=cut.minutes,
        days=tuple(_cut_days(problem, cut)),
        backlog_minutes=cut.minutes - sum(cut.amounts),
        missing_minutes=cut.missing_minutes,
    )


def _cut_days(problem: Problem, cut: Cut) -> Iterator[CutDay]:
    """Yield what was asked for by UTC day."""
    horizon = problem.horizon
    width = horizon.interval_minutes
    by_day: dict[dt.date, list[tuple[int, int]]] = {}
    for t, minutes in zip(cut.intervals, cut.amounts, strict=True):
        by_day.setdefault(horizon.at(t * width).date(), []).append((t, minutes))
    for date, parts in by_day.items():
        start, end = horizon.at(parts[0][0] * width), horizon.at((parts[-1][0] + 1) * width)
        yield CutDay(
            date=date,
            start=f"{start:%H:%M}",
            end="24:00" if end.date() != date else f"{end:%H:%M}",
            minutes=sum(minutes for _, minutes in parts),
        )


def _chances(found: Rehearsal) -> Iterator[ChanceRow]:
    at_risk = set(found.at_risk)
    for place, lot in enumerate(found.first.lots):
        yield ChanceRow(
            queue=lot.queue,
            target_fraction=lot.target_fraction,
            chances=tuple(each.lots[place].chance for each in found.rounds),
            holds=lot.queue not in at_risk,
        )
