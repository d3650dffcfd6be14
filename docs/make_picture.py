"""Make the picture of the README from a report: ``python docs/make_picture.py my-team/out/2026-W49/report.html``.

The schedule of the report, the first people of each site, as a browser without a window shows it (Chromium or Chrome).
"""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

PICTURE = Path(__file__).parent / "images" / "schedule.png"
BROWSERS = ("chromium", "chromium-browser", "google-chrome", "chrome")
QUIET = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--no-first-run",
    "--disable-background-networking",
    "--hide-scrollbars",
)
WIDTH = 1400
PEOPLE_A_SITE = 4

CROP = f"""
<style>
  :root {{ color-scheme: light; }}
  body {{ padding: 14px 0 18px; }}
  header.top {{ padding-top: 8px; }}
  header.top .lead, header.top nav, main > section:not(#schedule), footer {{ display: none; }}
  #schedule h2, #schedule .controls, #schedule .hint {{ display: none; }}
  #schedule .tall {{ max-height: none; overflow: hidden; }}
  #schedule tbody tr:nth-child(n + {PEOPLE_A_SITE + 2}) {{ display: none; }}
</style>
<script>
  addEventListener("load", () => {{
    document.documentElement.dataset.height = Math.ceil(document.body.getBoundingClientRect().bottom);
  }});
</script>
</head>"""


def make_picture(report: Path, picture: Path = PICTURE) -> None:
    """Write the picture of a report."""
    browser = next(filter(None, map(shutil.which, BROWSERS)), None)
    if browser is None:
        raise SystemExit(f"None of {', '.join(BROWSERS)} is installed. Install one of them.")
    with tempfile.TemporaryDirectory() as scratch:
        page = Path(scratch) / "page.html"
        page.write_text(report.read_text("utf-8").replace("</head>", CROP, 1), encoding="utf-8")
        call = [browser, *QUIET, f"--user-data-dir={scratch}/profile"]
        dumped = run([*call, f"--window-size={WIDTH},1000", "--dump-dom", page.as_uri()])
        found = re.search(r'<html[^>]* data-height="(\d+)"', dumped)
        if found is None:
            raise SystemExit(f"{browser} did not show {report}.")
        size = f"--window-size={WIDTH},{found[1]}"
        run([*call, size, f"--screenshot={picture.resolve()}", page.as_uri()])


def run(command: list[str]) -> str:
    """Return what a command writes to stdout."""
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout


if __name__ == "__main__":
    make_picture(Path(sys.argv[1]))
