"""The catalogue of rules as a page, made from the rules themselves: what ``docs/rules.md`` holds."""

from __future__ import annotations

import inspect
from collections.abc import Iterator
from typing import Any, get_args, get_type_hints

from staffing.domain.objective import Level
from staffing.rules.base import Rule
from staffing.rules.book import RULES, RuleBook

BOUNDS = {
    "minimum": "at least",
    "exclusiveMinimum": "over",
    "maximum": "at most",
    "exclusiveMaximum": "under",
}
HEAD = """\
# Rules

Made from the code by `staffing.rules.catalogue`; `python docs/make_rules.py` writes this page. A rule has this one name
everywhere: heading, `kind` in `staffing.toml`, code in reports, file in `staffing/rules/`.

**This tool gives no legal advice.** The numbers below are editable defaults with their sources. Law, contracts and
agreements differ by country and by team: let somebody who answers for them check the numbers before a schedule is
published.

Without `[[rules]]` in `staffing.toml` these rules are in force with the numbers below{twice}{but}.
With it, the listed rules are in force, and always those that can only be `must`. A kind may stand twice, at two levels.

```toml
[[rules]]
kind = "min_rest"
level = "must"
rest_minutes = 720

[[rules]]
kind = "max_consecutive_days"
level = "should"
days = 5
weight = 60
```

`must` is never bought off. `elastic` is a must about service: what is missing comes back as a shortage, priced before
all else. `should` is priced in its tier. A price is amount × `weight` × price of the tier (`[prices]`).
The level that comes first is the default.

Every rule looks back over the duties published before the week, the carry-in. What the carry-in alone breaks is
inherited: reported, never charged, and not to be made worse. A duty belongs to the local date on which it starts.
Minutes are true minutes: a night in which the clocks go back is an hour longer.

| rule | says | levels | source |
|---|---|---|---|
"""


def catalogue() -> str:
    """Return the page: every rule of the book with what it says, its source, its form, its defaults."""
    again = [rule for rule in RuleBook.default().rules if rule != type(rule)()]
    twice = "".join(f",\nand `{rule.kind}` a second time as `{rule.level}`" for rule in again)
    asked = " and ".join(f"`{rule.kind}`" for rule in RULES if not rule.by_default)
    but = f";\n{asked} only where it is listed" if asked else ""
    table = "\n".join(
        f"| [{rule.kind}](#{rule.kind}) | {rule.says} | {_levels(rule)} | {rule.source} |"
        for rule in RULES
    )
    sections = "\n\n".join("\n".join(_section(rule)) for rule in RULES)
    head = HEAD.replace("{twice}", twice).replace("{but}", but)
    return f"{head}{table}\n\n{sections}\n"


def _section(rule: type[Rule]) -> Iterator[str]:
    yield f"## {rule.kind}\n"
    yield f"*{rule.says[0].upper()}{rule.says[1:]}.*\n"
    yield inspect.cleandoc(rule.__doc__ or "").replace("``", "`") + "\n"
    yield f"- levels: {_levels(rule)}"
    yield f"- counted in: {rule.unit}; tier `{rule.tier}`"
    yield f"- source: {rule.source}"
    yield f"- form: {_form(rule)}"
    properties: dict[str, Any] = rule.model_json_schema()["properties"]
    for name, field in properties.items():
        if name != "level" and (name != "weight" or rule.levels != (Level.MUST,)):
            yield f"- `{name}` = {_default(name, field['default'])}{_bounds(field)}"


def _levels(rule: type[Rule]) -> str:
    first = rule.model_fields["level"].default
    others = [level for level in rule.levels if level != first]
    return " or ".join(f"`{level}`" for level in (first, *others))


def _form(rule: type[Rule]) -> str:
    """Name the forms that the return types of the rule promise."""
    names = [
        form.__name__
        for verb, base in ((rule.forms, Rule.forms), (rule.team_forms, Rule.team_forms))
        if verb is not base
        for returned in get_args(get_type_hints(verb)["return"])
        for form in get_args(returned) or (returned,)
    ]
    return ", ".join(f"`{name}`" for name in names) or "none, it decides what may be chosen at all"


def _default(name: str, value: int) -> str:
    """Write a number with the unit in its name, a plural."""
    if name.endswith("weight"):
        return f"{value}, price of one unit in minutes of the tier"
    words = name.split("_")
    unit = next((word for word in reversed(words) if word.endswith("s")), words[-1])
    return f"{value} {unit}" + (f" = {value / 60:g} h" if unit == "minutes" and value >= 60 else "")


def _bounds(field: dict[str, Any]) -> str:
    found = [f"{word} {field[key]}" for key, word in BOUNDS.items() if key in field]
    return f" ({', '.join(found)})" if found else ""
