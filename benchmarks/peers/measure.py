"""One way measured: its roster audited by the package, beside what the way says of itself."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from benchmarks.apart import LostError, apart
from benchmarks.environment import PeersError
from benchmarks.peers import models, others
from benchmarks.peers.answer import Answer
from staffing.audit.check import audit
from staffing.domain.problem import Problem
from staffing.rules.book import RuleBook

Row = dict[str, Any]
OURS = "ours"
HERE: dict[str, Callable[[Problem, RuleBook, float, int], Answer]] = {
    OURS: models.ours,
    "or-tools example, CP-SAT": models.cp_sat,
    "same model, HiGHS": models.highs,
}
"""Ways with the package's own libraries, each in a process of its own."""
ELSEWHERE: dict[str, Callable[[Problem, RuleBook, float, int, Path], Answer]] = {
    "pyworkforce": others.pyworkforce,
    "Timefold": others.timefold,
}
"""Ways in environments of their own."""


def measure(
    problem: Problem,
    book: RuleBook,
    seconds: float,
    *,
    seed: int = 1,
    ways: Sequence[str] = (*HERE, *ELSEWHERE),
    environments: Path | None = None,
) -> list[Row]:
    """Return a row for each way, in the order asked for.

    Parameters
    ----------
    seconds
        Wall clock of each way, one after the other.
    environments
        Where those of the peers are kept; None leaves the peers out.
    """
    rows = []
    for way in ways:
        try:
            answer, memory_mib = _answer(way, problem, book, seconds, seed, environments)
        except (PeersError, LostError) as error:
            rows.append({"way": way, "absent": str(error)})
            continue
        rows.append(row(way, problem, book, answer, memory_mib))
    return compared(rows)


def row(way: str, problem: Problem, book: RuleBook, answer: Answer, memory_mib: float) -> Row:
    """Return what the audit says of an answer."""
    found: Row = {
        "way": way,
        "objective": None,
        "bound": answer.bound,
        "seconds": round(answer.seconds, 2),
        "memory_mib": round(answer.memory_mib or memory_mib),
        "remark": answer.remark,
    }
    if answer.roster is None:
        return found
    audited = audit(problem, book, answer.roster, answer.allocation)
    objective, broken = audited.bill.objective, audited.bill.must_violations
    return found | {
        "objective": objective,
        "must_violations": len(broken),
        "broken": dict(Counter(violation.rule for violation in broken)),
        "faults": list(audited.faults),
        "gap": None if answer.bound is None else max(0.0, 1 - answer.bound / max(1, objective)),
        "missing_minutes": audited.bill.missing_minutes,
        "terms": {term.name: term.cost for term in audited.bill.terms if term.cost},
    }


def compared(rows: list[Row]) -> list[Row]:
    """Return the rows with what each objective is to ours, where there are both."""
    ours = next((found.get("objective") for found in rows if found["way"] == OURS), None)
    return [
        found | {"ratio": found["objective"] / ours} if ours and found.get("objective") else found
        for found in rows
    ]


def _answer(
    way: str,
    problem: Problem,
    book: RuleBook,
    seconds: float,
    seed: int,
    environments: Path | None,
) -> tuple[Answer, float]:
    if way in HERE:
        return apart(HERE[way], problem, book, seconds, seed)
    if environments is None:
        raise PeersError("left out, as asked")
    answer = ELSEWHERE[way](problem, book, seconds, seed, environments)
    return answer, answer.memory_mib or 0.0
