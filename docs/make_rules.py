"""Write docs/rules.md, the catalogue of rules: `python docs/make_rules.py`."""

from __future__ import annotations

from pathlib import Path

from staffing.rules.catalogue import catalogue

if __name__ == "__main__":
    Path(__file__).with_name("rules.md").write_text(catalogue(), encoding="utf-8")
