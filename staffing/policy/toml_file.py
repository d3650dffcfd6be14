"""A TOML file with the line of every key, and pydantic's errors as faults with their place."""

from __future__ import annotations

import json
import re
import tomllib
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeVar, get_args

from pydantic import BaseModel, ValidationError

from staffing.domain.errors import Fault, InputError, did_you_mean
from staffing.ingest.source import read_text

M = TypeVar("M", bound=BaseModel)
Key = tuple[str | int, ...]

_TABLE = re.compile(r"\s*(\[\[?)\s*([\w.\-]+)\s*\]\]?\s*(#.*)?$")
_KEY = re.compile(r"\s*([\w\-]+)\s*=")
_PLACE = re.compile(r"\(at line (\d+), column \d+\)")


@dataclass(frozen=True)
class TomlFile:
    """What a TOML file says, and where.

    Parameters
    ----------
    name
        The file as the user knows it.
    values
        Its content.
    lines
        Line of a key or of the header of a table, ``("sites", 0, "region")``.
    """

    name: str
    values: Mapping[str, Any]
    lines: Mapping[Key, int] = field(default_factory=dict)

    def fault(self, key: Key, message: str, value: object = None) -> Fault:
        """Return a fault of a key, with the line of the key or of the nearest table around it."""
        around = [key[:end] for end in range(len(key), 0, -1)]
        row = next((self.lines[part] for part in around if part in self.lines), None)
        shown = None if value is None else _as_written(value)
        return Fault(
            file=self.name, row=row, column=written(key) or None, value=shown, message=message
        )

    def items(self, section: str, faults: list[Fault]) -> list[tuple[int, Mapping[str, Any]]]:
        """Return the tables of an array ``[[section]]`` by position; none when it is absent."""
        content = self.values.get(section, [])
        if not isinstance(content, list):
            message = f"This must be an array of tables. Write [[{section}]] above each."
            faults.append(self.fault((section,), message))
            return []
        found: list[tuple[int, Mapping[str, Any]]] = []
        for position, item in enumerate(content):
            if isinstance(item, dict):
                found.append((position, item))
            else:
                message = f"This must be a table. Write [[{section}]] above its keys."
                faults.append(self.fault((section, position), message, item))
        return found

    def model(
        self, kind: type[M], content: Mapping[str, Any], key: Key, faults: list[Fault]
    ) -> M | None:
        """Return a model of a part of the file, None when faults were found in it.

        Types are strict: ``"60"`` is no number and ``1`` no truth value; a time may be a TOML time or ``"07:00"``.
        """
        try:
            return kind.model_validate_json(json.dumps(content, default=str), strict=True)
        except ValidationError as error:
            faults.extend(self._faults(error, kind, key))
            return None

    def _faults(self, error: ValidationError, kind: type[BaseModel], key: Key) -> Iterable[Fault]:
        """Yield pydantic's errors as faults."""
        absent = {str(e["loc"][-1]) for e in error.errors() if e["type"] == "missing"}
        misspelt: set[str] = set()
        for found in sorted(error.errors(), key=lambda found: found["type"] == "missing"):
            place = key + found["loc"]
            message, value = found["msg"] + ".", found["input"]
            match found["type"]:
                case "missing":
                    if found["loc"][-1] in misspelt:
                        continue
                    message, value = "This key is missing. Add it.", None
                case "extra_forbidden":
                    name = str(found["loc"][-1])
                    hint = did_you_mean(name, absent, else_list=False)
                    hint = hint or did_you_mean(name, _model_at(kind, found["loc"]).model_fields)
                    misspelt.update(other for other in absent if f"mean {other!r}" in hint)
                    message = f"Unknown key.{hint}"
                case "value_error":
                    message = found["msg"].removeprefix("Value error, ").rstrip(".") + "."
                    value = value if not isinstance(value, dict) else None
                case "less_than" | "less_than_equal" if str(place[-1]).endswith("_fraction"):
                    message += " A share is written as 0.95, not as 95."
                case "int_type":
                    message = "Write a whole number, without quotes."
                case "float_type":
                    message = "Write a number, without quotes."
                case "bool_type":
                    message = "Write true or false, without quotes."
                case "time_parsing" | "time_type":
                    message = "This is not a time. Write 00:00 to 23:59, such as 07:00."
            yield self.fault(place, message[0].upper() + message[1:], value)


def read_toml(path: Path) -> TomlFile:
    """Read a TOML file.

    Raises
    ------
    InputError
        With one fault, when the file cannot be read or is not TOML.
    """
    content = read_text(path, path.name)
    try:
        values = tomllib.loads(content)
    except tomllib.TOMLDecodeError as error:
        place = _PLACE.search(str(error))
        reason = _PLACE.sub("", str(error)).strip()
        message = f"This is not valid TOML: {reason}. Is a quote or bracket missing?"
        row = int(place[1]) if place else content.count("\n") + 1
        raise InputError([Fault(file=path.name, row=row, message=message)]) from error
    return TomlFile(path.name, values, _key_lines(content))


def written(key: Key) -> str:
    """Return a key as text, ``workstreams[2].target_fraction``: positions count from 1."""
    text = ""
    for part in key:
        text += f"[{part + 1}]" if isinstance(part, int) else f".{part}" if text else part
    return text


def _key_lines(content: str) -> dict[Key, int]:
    """Return the line of every key and table header; good enough for messages, not a parser."""
    lines: dict[Key, int] = {}
    positions: Counter[str] = Counter()
    table: Key = ()
    for number, line in enumerate(content.splitlines(), start=1):
        if header := _TABLE.match(line):
            name = header[2]
            table = _within(name.split("."), positions)
            lines.setdefault(table, number)
            if header[1] == "[[":
                table = (*table, positions[name])
                positions[name] += 1
            lines.setdefault(table, number)
        elif key := _KEY.match(line):
            lines.setdefault((*table, key[1]), number)
    return lines


def _model_at(kind: type[BaseModel], place: Key) -> type[BaseModel]:
    """Return the model, within a model, whose key stands at a place."""
    for part in place:
        waiting: list[Any] = (
            [kind.model_fields[part].annotation] if part in kind.model_fields else []
        )
        while waiting:
            inner = waiting.pop()
            if isinstance(inner, type) and issubclass(inner, BaseModel):
                kind = inner
            waiting.extend(get_args(inner))
    return kind


def _within(parts: list[str], positions: Mapping[str, int]) -> Key:
    """Return the key of a table; one below an array of tables belongs to the last of them."""
    key: Key = ()
    for end, part in enumerate(parts, start=1):
        key = (*key, part)
        above = positions.get(".".join(parts[:end]), 0)
        if above and end < len(parts):
            key = (*key, above - 1)
    return key


def _as_written(value: object) -> str:
    """Return a value as a TOML user writes it."""
    return str(value).lower() if isinstance(value, bool) else str(value)
