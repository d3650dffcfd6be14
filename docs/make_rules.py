"""Write docs/rules.md, the catalogue of rules, from the rules themselves: `python docs/make_rules.py`."""

from __future__ import annotations

import inspect
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from staffing.domain.objective import Level
from staffing.rules.base import Rule
from staffing.rules.book import RULES, RuleBook

PAGE = Path(__file__).with_name("rules.md")
BOUNDS = {
    "minimum": "at least",
    "exclusiveMinimum": "over",
    "maximum": "at most",
    "exclusiveMaximum": "under",
}
HEAD = """\
# Rules

Made from the code by `docs/make_rules.py`. A rule has this one name everywhere: heading, `kind` in `staffing.toml`,
code in reports, file in `staffing/rules/`.

Without `[[rules]]` in `staffing.toml` the whole book is in force with the numbers below{extra}.
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

| rule | says | levels |
|---|---|---|
"""


def catalogue() -> str:
    """Return the page."""
    twice = [rule for rule in RuleBook.default().rules if rule != type(rule)()]
    extra = "".join(f", and `{rule.kind}` a second time as `{rule.level}`" for rule in twice)
    table = "\n".join(f"| [{r.kind}](#{r.kind}) | {r.says} | {_levels(r)} |" for r in RULES)
    sections = "\n\n".join("\n".join(_section(rule)) for rule in RULES)
    return f"{HEAD.replace('{extra}', extra)}{table}\n\n{sections}\n"


def _section(rule: type[Rule]) -> Iterator[str]:
    yield f"## {rule.kind}\n"
    yield re.sub("``", "`", inspect.cleandoc(rule.__doc__ or "")) + "\n"
    yield f"- levels: {_levels(rule)}"
    yield f"- counted in: {rule.unit}; tier `{rule.tier}`"
    yield f"- source: {rule.source}"
    properties: dict[str, Any] = rule.model_json_schema()["properties"]
    for name, field in properties.items():
        if name != "level" and (name != "weight" or rule.levels != (Level.MUST,)):
            yield f"- `{name}` = {field['default']}{_bounds(field)}"


def _levels(rule: type[Rule]) -> str:
    first = rule.model_fields["level"].default
    others = [level for level in rule.levels if level != first]
    return " or ".join(f"`{level}`" for level in (first, *others))


def _bounds(field: dict[str, Any]) -> str:
    found = [f"{word} {field[key]}" for key, word in BOUNDS.items() if key in field]
    return f" ({', '.join(found)})" if found else ""


if __name__ == "__main__":
    PAGE.write_text(catalogue(), encoding="utf-8")
