"""Write an export: one CSV row per duty, and a side file with totals that the receiver can check."""

from __future__ import annotations

import contextlib
import csv
import hashlib
import io
import os
from collections.abc import Iterable, Mapping
from pathlib import Path

from staffing.domain.base import Frozen
from staffing.domain.errors import Fault, InputError
from staffing.domain.problem import Problem
from staffing.domain.roster import Roster
from staffing.export.profile import Profile
from staffing.export.records import Action, DutyRecord, duty_records


class Totals(Frozen):
    """What the side file says about an export.

    Parameters
    ----------
    file, profile, week, version
        What was written.
    rows
        Duties, the header not counted.
    hours
        Paid hours, to two decimals.
    sha256
        Of the bytes of the file.
    """

    file: str
    profile: str
    week: str
    version: int
    rows: int
    hours: float
    sha256: str


def write_export(
    path: Path,
    problem: Problem,
    roster: Roster,
    profile: Profile,
    *,
    version: int = 1,
    action: Action = "add",
    bom: bool = False,
    crlf: bool = False,
    overwrite: bool = False,
) -> Totals:
    """Write a roster in the format of a profile, and its totals beside it as ``<name>.totals.json``.

    Parameters
    ----------
    path
        CSV file; its folder must exist.
    version, action
        Version of the published week and what happened to the duties: ``add`` in a first version.
    bom, crlf
        Start with a byte order mark (for Excel); end lines with CR LF.
    overwrite
        Replace files of the same name.

    Raises
    ------
    InputError
        If a file of that name exists and ``overwrite`` is False, or the place cannot be written to.
    """
    records = duty_records(problem, roster, version=version, action=action)
    content = csv_bytes(records, profile, bom=bom, crlf=crlf)
    totals = Totals(
        file=path.name,
        profile=profile.profile,
        week=problem.week,
        version=version,
        rows=len(records),
        hours=round(sum(record.paid_minutes for record in records) / 60, 2),
        sha256=hashlib.sha256(content).hexdigest(),
    )
    side = path.with_name(path.name + ".totals.json")
    side_content = (totals.model_dump_json(indent=2) + "\n").encode()
    write_aside({path: content, side: side_content}, overwrite=overwrite)
    return totals


def csv_bytes(
    records: Iterable[DutyRecord], profile: Profile, *, bom: bool = False, crlf: bool = False
) -> bytes:
    """Return a header and one row per record as UTF-8 bytes."""
    text = io.StringIO(newline="")
    rows = csv.writer(text, delimiter=profile.delimiter, lineterminator="\r\n" if crlf else "\n")
    rows.writerow(profile.headers)
    rows.writerows(profile.cells(record) for record in records)
    return text.getvalue().encode("utf-8-sig" if bom else "utf-8")


def write_aside(contents: Mapping[Path, bytes], *, overwrite: bool) -> None:
    """Write files beside their places and rename them: a reader sees the old or the new, never half of one.

    Raises
    ------
    InputError
        If one exists and may not be overwritten, or cannot be written.
    """
    if not overwrite:
        taken = [path for path in contents if path.exists()]
        if taken:
            message = "exists already. Choose another name, or say that it may be overwritten."
            raise InputError(Fault(file=str(path), message=message) for path in taken)
    aside = {path: path.with_name(f".{path.name}.{os.getpid()}.part") for path in contents}
    wanted = next(iter(contents))
    try:
        for wanted, content in contents.items():
            aside[wanted].write_bytes(content)
        for wanted, written in aside.items():
            written.replace(wanted)
    except OSError as error:
        reason = error.strerror or "unknown reason"
        message = f"cannot be written ({reason}). Choose a folder that exists and is writable."
        raise InputError([Fault(file=str(wanted), message=message)]) from error
    finally:
        for written in aside.values():
            with contextlib.suppress(OSError):
                written.unlink()
