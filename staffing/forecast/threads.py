"""One thread: the matrices of a forecast are small, and threads that wait for each other cost more than they bring."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from threadpoolctl import threadpool_limits


@contextmanager
def one_thread() -> Iterator[None]:
    """Keep BLAS and OpenMP to one thread within; measured on two busy cores it takes a third of the time."""
    import sklearn.linear_model  # noqa: F401 - only libraries that are loaded can be limited

    with threadpool_limits(limits=1):
        yield
