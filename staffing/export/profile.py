"""Profiles: which columns an export has and how they are written, as data in ``profiles/*.toml``."""

from __future__ import annotations

import re
import tomllib
from importlib import resources

from pydantic import Field, field_validator

from staffing.domain.base import Frozen
from staffing.domain.errors import ProblemError, did_you_mean
from staffing.export.records import DutyRecord

_ONE_PLACE = re.compile(r"[^{}]*\{(:[^{}]*)?\}[^{}]*")
_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n")


class Column(Frozen):
    """One column of an export.

    Parameters
    ----------
    header
        As the receiving tool spells it.
    field
        Field of `DutyRecord`.
    format
        Text with one ``{}`` or ``{:…}`` for the value, in Python's format language.
    """

    header: str = Field(min_length=1)
    field: str
    format: str = "{}"

    @field_validator("field")
    @classmethod
    def _known(cls, value: str) -> str:
        if value not in DutyRecord.model_fields:
            hint = did_you_mean(value, DutyRecord.model_fields)
            raise ValueError(f"{value!r} is not a field of a duty.{hint}")
        return value

    @field_validator("format")
    @classmethod
    def _one_place(cls, value: str) -> str:
        if not _ONE_PLACE.fullmatch(value):
            raise ValueError(f"format {value!r} needs exactly one {{}} or {{:…}}")
        return value


class Profile(Frozen):
    """An export format.

    Parameters
    ----------
    profile
        Its name, the name of its file.
    says
        One sentence about it.
    columns
        Columns in order.
    delimiter, list_separator
        Between cells, and between the items of a cell that lists several.
    """

    profile: str
    says: str
    columns: tuple[Column, ...] = Field(min_length=1)
    delimiter: str = Field(default=",", min_length=1, max_length=1)
    list_separator: str = "|"

    @property
    def headers(self) -> list[str]:
        """Headers in order."""
        return [column.header for column in self.columns]

    def cells(self, record: DutyRecord) -> list[str]:
        """Return one record as cells, harmless in a spreadsheet."""
        return [self._cell(column, getattr(record, column.field)) for column in self.columns]

    def _cell(self, column: Column, value: object) -> str:
        if value is None:
            return ""
        if isinstance(value, tuple):
            value = self.list_separator.join(value)
        return harmless(column.format.format(value))


def harmless(text: str) -> str:
    """Return a cell that no spreadsheet takes for a formula: a leading ``= + - @`` or blank control gets a ``'``."""
    return "'" + text if text.startswith(_FORMULA_STARTS) else text


def profile_names() -> tuple[str, ...]:
    """Return the names of the profiles that ship with the package."""
    folder = resources.files("staffing.export") / "profiles"
    return tuple(sorted(f.name.removesuffix(".toml") for f in folder.iterdir()))


def read_profile(name: str) -> Profile:
    """Return a profile of the package by name.

    Raises
    ------
    ProblemError
        If there is no such profile.
    """
    names = profile_names()
    if name not in names:
        raise ProblemError(f"There is no export profile {name!r}.{did_you_mean(name, names)}")
    source = resources.files("staffing.export") / "profiles" / f"{name}.toml"
    return Profile.model_validate(tomllib.loads(source.read_text(encoding="utf-8")))
