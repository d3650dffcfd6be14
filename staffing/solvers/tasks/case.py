"""A problem with its rule book, packed for the way to a worker."""

from __future__ import annotations

import hashlib
import pickle
import zlib
from dataclasses import dataclass

from staffing.domain.problem import Problem
from staffing.rules.book import RuleBook


@dataclass(frozen=True)
class Case:
    """A problem and its rule book in few bytes: 25 kB for 44 people, so that every task can bring its own.

    Parameters
    ----------
    digest
        Tells cases apart.
    """

    digest: str
    packed: bytes

    @classmethod
    def of(cls, problem: Problem, book: RuleBook) -> Case:
        """Pack a problem and its rule book."""
        packed = zlib.compress(pickle.dumps((problem, book)))
        return cls(hashlib.sha256(packed).hexdigest(), packed)

    def unpacked(self) -> tuple[Problem, RuleBook]:
        """Return problem and rule book."""
        problem, book = pickle.loads(zlib.decompress(self.packed))
        return problem, book
