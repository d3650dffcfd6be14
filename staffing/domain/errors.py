"""Errors that a user can act on: every one names what, where and a way out."""

from __future__ import annotations

import difflib
from collections.abc import Iterable

from pydantic import BaseModel, ConfigDict


class StaffingError(Exception):
    """Base of every error that this package raises on purpose."""


class Fault(BaseModel):
    """One mistake in the user's input.

    Parameters
    ----------
    file
        Path as the user knows it (relative to the workspace).
    row
        Line number in the file as an editor shows it (the header is line 1); None for the whole file.
    column
        Column or key; None for the whole row.
    value
        The offending value as text; None where nothing was written.
    message
        What is wrong and a way out, one or two sentences.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    file: str
    message: str
    row: int | None = None
    column: str | None = None
    value: str | None = None

    def __str__(self) -> str:
        place = self.file
        if self.row is not None:
            place += f", row {self.row}"
        if self.column is not None:
            place += f", column {self.column}"
        if self.value is not None:
            place += f", value {self.value[:80]!r}"
        return f"{place}: {self.message}"


class InputError(StaffingError):
    """The workspace has faults; all of them are listed together.

    Parameters
    ----------
    faults
        Every fault found, in the order of the files.
    """

    def __init__(self, faults: Iterable[Fault]) -> None:
        self.faults = tuple(faults)
        super().__init__("\n".join(str(fault) for fault in self.faults))

    def __reduce__(self) -> tuple[object, ...]:
        """Travel between processes by the faults: of itself an exception goes by its message."""
        return type(self), (self.faults,), self.__dict__


class ClockError(StaffingError):
    """A stamp, week or time zone that does not exist or fits no grid."""


class ProblemError(StaffingError):
    """A problem or rule book that contradicts itself."""


class AuditError(StaffingError):
    """Solver and audit disagree: a fault of this package, never to be hidden."""


def did_you_mean(value: str, known: Iterable[str], *, else_list: bool = True) -> str:
    """Return ``" Did you mean 'x'?"`` for the closest known name.

    If none is close, return the known names, or nothing where ``else_list`` is False.
    """
    names = sorted(known)
    close = difflib.get_close_matches(value, names, n=1, cutoff=0.6)
    if not close:
        folded = {name.casefold(): name for name in names}
        close = [folded[value.casefold()]] if value.casefold() in folded else []
    if close:
        return f" Did you mean {close[0]!r}?"
    listed = ", ".join(names[:12]) + (", …" if len(names) > 12 else "")
    return f" Known: {listed}." if names and else_list else ""
