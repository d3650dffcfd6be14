"""People of a sample: seats filled with invented persons, and what their week looks like.

Rows are tuples in the order of the columns of their file.
"""

from __future__ import annotations

import datetime as dt
import unicodedata
from collections import Counter
from dataclasses import dataclass, replace

import numpy as np

from staffing.ingest.samples.names import FIRST, LANGUAGES, LAST
from staffing.ingest.samples.organisation import Organisation, Role

AGENT_COLUMNS = (
    "agent_id",
    "name",
    "email",
    "site",
    "grade",
    "weekly_hours",
    "workstreams",
    "languages",
    "start_date",
    "end_date",
    "exposure_cleared",
    "on_call",
)
FEW = 20
"""Organisations with fewer people have no joiner and no leaver."""


@dataclass(frozen=True)
class Person:
    """Somebody of a sample; fields as in agents.csv."""

    agent_id: str
    name: str
    email: str
    site: str
    role: Role
    weekly_hours: int
    languages: tuple[str, ...]
    start_date: dt.date
    end_date: dt.date | None = None

    def row(self) -> tuple[str, ...]:
        """Return the row of agents.csv."""
        return (
            self.agent_id,
            self.name,
            self.email,
            self.site,
            self.role.grade,
            str(self.weekly_hours),
            "|".join(self.role.workstreams),
            "|".join(self.languages),
            self.start_date.isoformat(),
            self.end_date.isoformat() if self.end_date else "",
            "yes" if self.role.exposure_cleared else "no",
            "yes" if self.role.on_call else "no",
        )


def hire(
    organisation: Organisation, people: int, monday: dt.date, rng: np.random.Generator
) -> tuple[Person, ...]:
    """Return the people of an organisation, sites and seats in proportion to its own size.

    In one of more than a few, the last of the first site joins on the Wednesday and the last of the last site leaves
    on the Thursday of the planned week.
    """
    staffed: list[Person] = []
    mailboxes: Counter[str] = Counter()
    for site, heads in _heads(organisation, people).items():
        seats = organisation.seats[site]
        named = _names(site, heads, rng)
        for k in range(heads):
            role, hours = seats[k * len(seats) // heads]
            weeks_employed = int(rng.integers(30, 500))
            staffed.append(
                Person(
                    agent_id=f"{len(staffed) + 1:04d}",
                    name=named[k],
                    email=_address(named[k], mailboxes),
                    site=site,
                    role=organisation.roles[role],
                    weekly_hours=hours,
                    languages=_languages(site, rng),
                    start_date=monday - dt.timedelta(weeks=weeks_employed),
                )
            )
    if people < FEW:
        return tuple(staffed)
    last_of_first = max(k for k, person in enumerate(staffed) if person.site == staffed[0].site)
    joins, leaves = monday + dt.timedelta(days=2), monday + dt.timedelta(days=3)
    staffed[last_of_first] = replace(staffed[last_of_first], start_date=joins)
    staffed[-1] = replace(staffed[-1], end_date=leaves)
    return tuple(staffed)


def _heads(organisation: Organisation, people: int) -> dict[str, int]:
    """Share people out to sites by largest remainder, at least one each."""
    base = {site: len(seats) for site, seats in organisation.seats.items()}
    exact = {site: people * size / organisation.people for site, size in base.items()}
    heads = {site: max(1, int(share)) for site, share in exact.items()}
    by_remainder = sorted(exact, key=lambda site: exact[site] - int(exact[site]), reverse=True)
    for site in by_remainder[: max(0, people - sum(heads.values()))]:
        heads[site] += 1
    return heads


def _names(site: str, count: int, rng: np.random.Generator) -> list[str]:
    """Draw names without repeats as long as there are enough; then they get a middle initial."""
    first, last = FIRST[site], LAST[site]
    pairs = rng.permutation(len(first) * len(last))
    names = []
    for k, pair in enumerate(np.resize(pairs, count).tolist()):
        initial = "" if k < len(pairs) else f" {'ABCDEFGHJK'[k // len(pairs) % 10]}."
        names.append(f"{first[pair % len(first)]}{initial} {last[pair // len(first)]}")
    return names


def _address(name: str, taken: Counter[str]) -> str:
    """Return an address at example.org, made unique by a number."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    box = ".".join("".join(c for c in part if c.isalnum()) for part in plain.split())
    taken[box] += 1
    number = str(taken[box]) if taken[box] > 1 else ""
    return f"{box}{number}@example.org"


def _languages(site: str, rng: np.random.Generator) -> tuple[str, ...]:
    """Everybody speaks English, two of three another language."""
    if rng.random() < 1 / 3:
        return ("en",)
    return ("en", str(rng.choice(LANGUAGES[site])))
