"""What every test gets: repeatable randomness, and a home of its own, so that nothing outside the clone is touched."""

from __future__ import annotations

import os

import pytest
from hypothesis import settings

settings.register_profile("house", derandomize=True, deadline=None, database=None)
settings.load_profile("house")

# Of a terminal, or of the process that shares out the tests: tables would keep that width for good.
os.environ.pop("COLUMNS", None)


@pytest.fixture(scope="session", autouse=True)
def _own_home(tmp_path_factory: pytest.TempPathFactory):
    """Kernels, DuckDB and caches write under the home directory: give them one that is thrown away."""
    home = str(tmp_path_factory.mktemp("home"))
    with pytest.MonkeyPatch.context() as patch:
        for name in [
            name for name in os.environ if name.startswith(("IPYTHON", "JUPYTER", "XDG_"))
        ]:
            patch.delenv(name)
        patch.setenv("HOME", home)
        patch.setenv("USERPROFILE", home)
        yield
