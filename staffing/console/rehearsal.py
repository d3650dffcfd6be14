"""The rounds in which a schedule was lived and built again."""

from __future__ import annotations

from staffing.console.basics import narrow_table, out
from staffing.report.rehearsal import CutRow, RehearsalSection
from staffing.report.words import hours, percent, plain


def show_rehearsal(section: RehearsalSection) -> None:
    """Print every round: targets that hold, what it costs, chances of the targets, and what was asked for besides."""
    shown = narrow_table(
        f"Lived {section.replications} times, targets to hold by {section.confidence:.0%}"
    )
    shown.add_column("schedule")
    for heading in ("hold", "paid h", "h more", "objective", "price more"):
        shown.add_column(heading, justify="right")
    for row in section.rounds:
        shown.add_row(
            f"{row.name}{' (taken)' if row.is_taken else ''}",
            f"{row.holding} of {row.targets}",
            hours(row.paid_minutes),
            hours(row.more_paid_minutes),
            f"{row.objective:,}",
            percent(row.more_fraction, 1, up=True),
        )
    out.print(shown)
    _show_chances(section)
    for row in section.rounds:
        for cut in row.cuts:
            out.print(f"{row.name}: {_asked(cut)}", markup=False)
        if row.unavoidable_minutes:
            lacking = (
                f"at least {hours(row.unavoidable_minutes)} h of that are missing in every schedule"
            )
            out.print(
                f"{row.name}: proven, {lacking} that keeps law, safety and contract", markup=False
            )


def _show_chances(section: RehearsalSection) -> None:
    shown = narrow_table("Share of the weeks lived that meet the target")
    shown.add_column("queue")
    shown.add_column("asked", justify="right")
    for row in section.rounds:
        shown.add_column(row.name.lower(), justify="right")
    for line in section.chances:
        shown.add_row(
            plain(line.queue),
            percent(line.target_fraction),
            *(
                f"[{'green' if chance >= section.confidence - 1e-9 else 'red'}]{chance:.0%}[/]"
                for chance in line.chances
            ),
        )
    out.print(shown)


def _asked(cut: CutRow) -> str:
    """Say what was asked for more of a queue, when, and what of it could not be given."""
    days = [f"{part.label} {part.start}–{part.end} {hours(part.minutes)}" for part in cut.days]
    if cut.backlog_minutes:
        days.insert(0, f"open at the start {hours(cut.backlog_minutes)}")
    text = f"{plain(cut.queue)} {hours(cut.minutes)} h of {cut.counts} more ({', '.join(days)})"
    return f"{text}; {hours(cut.missing_minutes)} h short" if cut.missing_minutes else text
