"""The week in words: what a director reads first."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from staffing.domain.build import Build
from staffing.domain.result import QueueService
from staffing.report import rehearsal
from staffing.report.kpis import is_met, shortage_table
from staffing.report.proof import ENDINGS, proof_of_quality, proof_of_shortage, proof_of_tiers
from staffing.report.words import day, hours, listed, percent, plain, planned_volume, plural
from staffing.simulate.result import Simulated

Tone = Literal["good", "warn", "bad"]


@dataclass(frozen=True)
class Headline:
    """The verdict in one word, the week, and a few sentences."""

    verdict: str
    tone: Tone
    title: str
    dates: str
    sentences: tuple[str, ...]


def headline(build: Build, lived: Simulated | None = None) -> Headline:
    """Return the headline of a build, and of its simulation if there is one."""
    dates = build.problem.horizon.dates
    verdict, tone = _verdict(build, lived)
    if build.solution.roster is None:
        sentences = [ENDINGS.get(build.solution.status, "No schedule was found.")]
    else:
        sentences = [
            _service(build),
            *_volume(build),
            _short(build),
            proof_of_shortage(build),
            *_lived_again(build),
            _rules(build),
            proof_of_tiers(build),
            proof_of_quality(build),
        ]
    return Headline(
        verdict=verdict,
        tone=tone,
        title=f"Week {build.problem.week}",
        dates=f"{day(dates[0])} to {day(dates[-1])} {dates[-1].year}",
        sentences=tuple(filter(None, sentences)),
    )


def _verdict(build: Build, lived: Simulated | None) -> tuple[str, Tone]:
    """Return the verdict in a few words, worst first."""
    if build.solution.roster is None:
        return "No schedule", "bad"
    if build.bill.must_violations:
        return "Rules broken", "bad"
    if not all(is_met(service) for service in build.bill.service):
        return "Targets missed", "warn"
    if (lived is not None and lived.at_risk) or (build.rehearsal and build.rehearsal.at_risk):
        return "Targets at risk", "warn"
    if build.shortages:
        return "Targets met, hours short", "warn"
    return "On target", "good"


def _service(build: Build) -> str:
    """Say which service targets are met."""
    service = build.bill.service
    missed = sorted((s for s in service if not is_met(s)), key=_points_missed, reverse=True)
    if not service:
        return "There is no queue with a service target."
    if not missed:
        every = (
            "The service target is"
            if len(service) == 1
            else f"All {len(service)} service targets are"
        )
        return f"{every} expected to be met."
    named = [
        f"{plain(s.queue)} reaches {percent(s.expected_fraction)} of the {percent(s.target_fraction)} asked"
        for s in missed[:3]
    ]
    rest = f", and {plural(len(missed) - 3, 'more queue')} fall short" if len(missed) > 3 else ""
    return f"{len(service) - len(missed)} of {len(service)} service targets are met: {listed(named)}{rest}."


def _volume(build: Build) -> list[str]:
    """Say which volume all that is about, where it is not the mean."""
    quantile = build.problem.plan_quantile
    if quantile is None:
        return []
    return [f"The requirement is sized for the {planned_volume(quantile)} of the volume."]


def _points_missed(service: QueueService) -> float:
    return service.target_fraction - service.expected_fraction


def _short(build: Build) -> str:
    """Say how much is short, and where most of it."""
    if not build.shortages:
        return "Nothing is short."
    largest = shortage_table(build).iloc[0]
    total = sum(shortage.work_minutes for shortage in build.shortages)
    return (
        f"{hours(total)} hours of work are short in {plural(len(build.shortages), 'stretch', 'stretches')}. "
        f"The largest: {largest['message']}"
    )


def _lived_again(build: Build) -> list[str]:
    """Say how sure the targets are, where the week was built again until they hold."""
    return [rehearsal.verdict(build.rehearsal)] if build.rehearsal else []


def _rules(build: Build) -> str:
    """Say whether law, safety and contract are kept."""
    count = len(build.bill.must_violations)
    if count:
        return f"Law, safety or contract is broken {plural(count, 'time')}: see the people below."
    return "Every rule of law, safety and contract is kept."
