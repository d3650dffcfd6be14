"""The [[rules]] of the settings to a rule book."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from staffing.domain.errors import Fault, did_you_mean
from staffing.domain.objective import Level
from staffing.policy.toml_file import Key, TomlFile
from staffing.rules.base import Rule
from staffing.rules.book import BY_KIND, RULES, RuleBook

ALWAYS = tuple(rule for rule in RULES if rule.levels == (Level.MUST,))
"""Rules that say what a schedule is: they can be left out of the file, but not out of force."""


def read_book(toml: TomlFile, faults: list[Fault]) -> RuleBook:
    """Return the rules in force.

    Without ``[[rules]]`` the default book stands. With it, the listed rules are in force, and
    those that say what a schedule is (`ALWAYS`).

    Parameters
    ----------
    toml
        The settings.
    faults
        Faults found so far; this function appends to it.
    """
    if "rules" not in toml.values:
        return RuleBook.default()
    found = [
        rule
        for position, content in toml.items("rules", faults)
        if (rule := _rule(toml, content, ("rules", position), faults))
    ]
    _refuse_repeats(toml, faults)
    listed = {rule.kind for rule in found}
    always = [kind() for kind in ALWAYS if kind.kind not in listed]
    return RuleBook(rules=(*always, *found))


def left_out(book: RuleBook) -> tuple[str, ...]:
    """Return the kinds of rules that would be in force by default, and are not."""
    listed = {rule.kind for rule in book.rules}
    return tuple(kind for kind, rule in BY_KIND.items() if rule.by_default and kind not in listed)


def _rule(toml: TomlFile, content: Mapping[str, Any], key: Key, faults: list[Fault]) -> Rule | None:
    """Return one rule, None when it is faulty."""
    kind = content.get("kind")
    if kind is None:
        message = f"The kind is missing. Known: {', '.join(BY_KIND)}."
        faults.append(toml.fault((*key, "kind"), message))
        return None
    rule = BY_KIND.get(str(kind))
    if rule is None:
        message = f"Unknown rule.{did_you_mean(str(kind), BY_KIND)}"
        faults.append(toml.fault((*key, "kind"), message, kind))
        return None
    level = content.get("level", rule.levels[0])
    if level not in rule.levels:
        message = f"{kind} can be {' or '.join(rule.levels)}."
        faults.append(toml.fault((*key, "level"), message, level))
    fields = {name: value for name, value in content.items() if name not in {"kind", "level"}}
    model = toml.model(rule, fields, key, faults)
    if model is None or level not in rule.levels:
        return None
    return model.model_copy(update={"level": Level(level)}) if "level" in content else model


def _refuse_repeats(toml: TomlFile, faults: list[Fault]) -> None:
    """Refuse a kind that stands twice at the same level: nobody knows which number counts."""
    seen: dict[tuple[Any, Any], int] = {}
    for position, content in toml.items("rules", []):
        name = (str(content.get("kind")), str(content.get("level")))
        first = seen.setdefault(name, position)
        if first != position and name[0] in BY_KIND:
            message = f"{name[0]} stands twice at this level. Remove one."
            faults.append(toml.fault(("rules", position, "kind"), message, name[0]))
