"""The rounds in which a schedule was lived and built again."""

from __future__ import annotations

from staffing.console.basics import narrow_table, out
from staffing.domain.rehearsal import Rehearsal, Round, Verdict
from staffing.report.words import plain

ENDINGS = {
    Verdict.HELD: "Every target holds.",
    Verdict.SHORT: "Nobody was found to mend the rest.",
    Verdict.ROUNDS: "Rounds or time ran out.",
    Verdict.INTERRUPTED: "Interrupted.",
}


def show_rehearsal(found: Rehearsal) -> None:
    """Print every round: the chance of each target at risk, what was asked for, what it costs."""
    confidence = found.aim.confidence
    shown = narrow_table(
        f"Lived {found.aim.replications} times, targets to hold by {confidence:.0%}"
    )
    shown.add_column("round")
    for heading in ("paid h", "objective"):
        shown.add_column(heading, justify="right")
    for heading in ("chance of targets at risk", "asked for besides"):
        shown.add_column(heading)
    for record in found.rounds:
        shown.add_row(
            f"{record.number}{' (taken)' if record.number == found.taken else ''}",
            f"{record.paid_minutes / 60:,.1f}",
            f"{record.objective:,}",
            _chances(record, confidence),
            _asked(record),
        )
    out.print(shown)
    at_risk = ", ".join(map(plain, found.at_risk))
    out.print(f"{ENDINGS[found.verdict]} {f'At risk: {at_risk}.' if at_risk else ''}".rstrip())


def _chances(record: Round, confidence: float) -> str:
    at_risk = set(record.at_risk(confidence))
    lots = [lot for lot in record.lots if lot.queue in at_risk]
    return ", ".join(f"{plain(lot.queue)} {lot.chance:.0%}" for lot in lots) or "none"


def _asked(record: Round) -> str:
    words = []
    for cut in record.cuts:
        text = f"{plain(cut.queue)} {cut.minutes / 60:,.1f} h in {len(cut.intervals)} intervals"
        if cut.missing_minutes:
            proven = ", proven" if record.is_proven else ""
            text += f" ({cut.missing_minutes / 60:,.1f} h short{proven})"
        words.append(text)
    return "; ".join(words) or "–"
