import numpy as np
import pandas as pd

from staffing.console.history import shared
from staffing.forecast.care.history_care import CARE

NIGHT = pd.Timestamp("2026-03-11T06:00Z")


def row(region, workstream, usual, hours=30, kind="hole"):
    end = NIGHT + pd.Timedelta(hours=hours)
    return (region, workstream, kind, NIGHT, end, hours, np.nan, usual, "A hole.")


def test_what_several_series_have_at_once_is_one_row():
    care = pd.DataFrame(
        [row("EMEA", "a", 7.0), row("APAC", "a", 5.0), row("EMEA", "b", 1.0, hours=2)],
        columns=list(CARE),
    )
    found = shared(care)
    assert found["workstream"].tolist() == ["2 series", "b"]
    assert found["region"].tolist() == ["several", "EMEA"]
    assert found["usual"].tolist() == [12.0, 1.0]
    assert found["actual"].isna().all()


def test_nothing_found_is_nothing_shared():
    assert shared(pd.DataFrame(columns=list(CARE))).empty
