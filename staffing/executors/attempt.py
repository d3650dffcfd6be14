"""What came of a task, as it travels back from a worker: a result, or the error of the task itself."""

from __future__ import annotations

import pickle
import traceback
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Generic

from staffing.domain.errors import StaffingError
from staffing.executors.base import R, T


@dataclass(frozen=True)
class Result(Generic[R]):
    """A task that ended well."""

    value: R


@dataclass(frozen=True)
class Failure:
    """A task that raised; the note of the error says where in the worker."""

    error: Exception


Outcome = Result[Any] | Failure


def attempt(function: Callable[[T], R], item: T) -> Result[R] | Failure:
    """Run a task in a worker, and return even its error: the machinery around sees workers fail, never tasks."""
    try:
        return Result(function(item))
    except Exception as error:
        error.add_note(f"In a worker:\n{traceback.format_exc()}")
        return Failure(_portable(error))


def _portable(error: Exception) -> Exception:
    """Return the error, or its words where it cannot be pickled and put together again."""
    try:
        pickle.loads(pickle.dumps(error))
    except Exception:
        return StaffingError("".join(traceback.format_exception_only(error)))
    return error
