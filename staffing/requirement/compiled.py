"""Functions of numbers, compiled by numba; plain Python where numba has no wheels, slower and with the same results.

numba takes a second to import: modules that use this one are imported when they are first needed.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache, wraps
from typing import Any, TypeVar, cast

import numpy as np

F = TypeVar("F", bound=Callable[..., Any])


def compiled(function: F) -> F:
    """Compile a function that others of its kind call; threads run it side by side.

    The code kept on disk is made anew when the function's own file changes: what it calls should stand in that file.
    """
    numba = _numba()
    if numba is None:
        return function
    # Contraction alone: a multiplication and an addition in one step, which halves the time of a recursion.
    return cast(
        "F", _cached(numba.njit, error_model="numpy", fastmath={"contract"}, nogil=True)(function)
    )


def elementwise(signature: str) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """Make a function of numbers one of arrays that broadcast; what is too large for a number is inf, without warning.

    Parameters
    ----------
    signature
        Its types as numba writes them, such as ``float64(float64,int64)``.
    """

    def decorate(function: Callable[..., Any]) -> Callable[..., Any]:
        numba = _numba()
        if numba is None:
            ufunc: Any = np.vectorize(function, otypes=[signature.partition("(")[0]])
        else:
            ufunc = _cached(numba.vectorize, [signature])(function)

        @wraps(function)
        def broadcast(*arrays: Any) -> Any:
            with np.errstate(over="ignore"):
                return ufunc(*arrays)

        return broadcast

    return decorate


@cache
def _numba() -> Any:
    """Return the module, None where it cannot be installed."""
    try:
        import numba
    except ImportError:
        return None
    return numba


def _cached(decorator: Any, *words: Any, **options: Any) -> Callable[[Any], Any]:
    """Return a decorator that keeps its machine code for the next run, if there is a folder to write to."""

    def decorate(function: Any) -> Any:
        try:
            return decorator(*words, cache=True, **options)(function)
        except RuntimeError:  # numba found no such folder
            return decorator(*words, **options)(function)

    return decorate
