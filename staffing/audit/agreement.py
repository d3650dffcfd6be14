"""Solver and audit must agree to the last digit; a disagreement is an error of this package, never to be hidden."""

from __future__ import annotations

from staffing.audit.check import audit
from staffing.domain.errors import AuditError
from staffing.domain.problem import Problem
from staffing.domain.result import Bill, Solution
from staffing.domain.roster import Roster
from staffing.rules.book import RuleBook


def agreed_bill(problem: Problem, book: RuleBook, solution: Solution) -> Bill:
    """Audit a solution of a problem and return its bill; without a roster that of nobody on duty.

    Raises
    ------
    AuditError
        If the audit finds the roster impossible, its objective is not the solver's, or it lies below the bound.
    """
    if solution.roster is None:
        return audit(problem, book, Roster(duties={})).bill
    audited = audit(problem, book, solution.roster, solution.allocation)
    if audited.faults or audited.bill.objective != solution.objective:
        raise AuditError(
            f"The audit disagrees with the solver: objective {audited.bill.objective} against "
            f"{solution.objective}; {'; '.join(audited.faults[:3]) or 'no fault of the roster'}. "
            "Please report this with the workspace's settings."
        )
    if solution.bound is not None and solution.bound > audited.bill.objective:
        raise AuditError(
            f"The bound {solution.bound} is above the objective {audited.bill.objective}: one of them is wrong. "
            "Please report this with the workspace's settings."
        )
    return audited.bill
