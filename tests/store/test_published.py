"""What is kept of the accuracy of published forecasts, and how new findings join it."""

import numpy as np
import pandas as pd
import pytest

from staffing.domain.errors import InputError
from staffing.store.published import (
    NAMES,
    NUMBERS,
    accuracy_file,
    merged,
    read_accuracy,
    read_published,
)


def entry(week="2026-W46", built_at="2026-11-07T10:00:00+00:00", wape=0.3, **changes):
    names = {"week": week, "built_at": built_at, "region": "NA", "workstream": "007"}
    row = names | dict.fromkeys(NUMBERS, 1.0) | {"wape": wape} | changes
    return pd.DataFrame([row])[[*NAMES, *NUMBERS]]


def test_there_and_back(tmp_path):
    known = entry(wape=0.333333, bias=np.nan)
    accuracy_file(tmp_path).parent.mkdir()
    known.to_csv(accuracy_file(tmp_path), index=False)
    # A region named NA and a workstream named 007 stay text; an unknown number stays unknown.
    pd.testing.assert_frame_equal(read_accuracy(tmp_path), known, check_dtype=False)


def test_nothing_yet(tmp_path):
    assert read_accuracy(tmp_path).empty
    assert read_published(tmp_path, 60) == ((), ())


@pytest.mark.parametrize("text", ["", "week,built_at\n2026-W46,x\n", "\x00"])
def test_a_damaged_file_is_refused(tmp_path, text):
    accuracy_file(tmp_path).parent.mkdir()
    accuracy_file(tmp_path).write_text(text, encoding="utf-8")
    with pytest.raises(InputError, match=r"accuracy\.csv: cannot be read"):
        read_accuracy(tmp_path)


def test_findings_join_what_is_kept():
    kept = pd.concat([entry("2026-W45"), entry("2026-W46", wape=0.3)])
    # Week 46 anew, since late cases came; week 47 for the first time; week 45 stays, though its folder is gone.
    found = pd.concat([entry("2026-W46", wape=0.2), entry("2026-W47")])
    both = merged(kept, found)
    assert list(zip(both["week"], both["wape"], strict=True)) == [
        ("2026-W45", 0.3),
        ("2026-W46", 0.2),
        ("2026-W47", 0.3),
    ]


def test_a_week_built_twice_has_two_entries_but_a_copied_folder_one():
    kept = entry(built_at="2026-11-07T10:00:00+00:00")
    again = entry(built_at="2026-11-08T10:00:00+00:00", wape=0.25)
    assert merged(kept, again)["wape"].tolist() == [0.3, 0.25]
    copied = entry(built_at="2026-12-24T10:00:00+00:00")
    assert merged(kept, copied)["built_at"].tolist() == ["2026-11-07T10:00:00+00:00"]


def test_a_build_that_cannot_be_read_is_named(tmp_path):
    for name in ("2026-W46", ".2026-W47.1.part", "backtest"):
        (tmp_path / "out" / name).mkdir(parents=True)
        (tmp_path / "out" / name / "build.json").write_text("{}", encoding="utf-8")
    found, (note,) = read_published(tmp_path, 60)
    assert found == ()
    assert "2026-W46: its forecast is left out" in note
