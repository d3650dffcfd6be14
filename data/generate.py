"""Write the sample workspaces of this folder anew: ``python data/generate.py``."""

from __future__ import annotations

import shutil
from pathlib import Path

from staffing.ingest.samples import SAMPLES, write_sample

HERE = Path(__file__).parent


def main() -> None:
    """Replace each sample by what the package writes now."""
    for name in SAMPLES:
        shutil.rmtree(HERE / name, ignore_errors=True)
        write_sample(HERE / name, name)
        print(f"data/{name}")


if __name__ == "__main__":
    main()
