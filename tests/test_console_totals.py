"""The table of totals."""

from __future__ import annotations

import pandas as pd
import pytest

from staffing.console.totals import show_totals

COLUMNS = ["region", "workstream", "cases", "low", "high"]


def test_totals_are_shown_and_series_are_not(capsys: pytest.CaptureFixture[str]) -> None:
    rows = [
        ("*", "*", 1234.4, 1100.0, 1400.0),
        ("*", "[red]legal", 234.0, 200.0, 270.0),
        ("EMEA", "tickets", 1000.0, 900.0, 1100.0),
    ]
    show_totals(pd.DataFrame(rows, columns=COLUMNS))
    shown = capsys.readouterr().out
    assert "everything" in shown
    assert "1,234" in shown
    assert "1,100 and 1,400" in shown
    assert "[red]legal" in shown
    assert "EMEA" not in shown


def test_a_single_series_has_no_table(capsys: pytest.CaptureFixture[str]) -> None:
    show_totals(pd.DataFrame([("EMEA", "a", 1.0, 0.0, 2.0)], columns=COLUMNS))
    assert capsys.readouterr().out == ""
