"""What was there before is spared while somebody is within, and collected as ever afterwards."""

from __future__ import annotations

import gc

import pytest

from staffing.solvers.garbage import NEW_OBJECTS, spared


def test_old_objects_are_spared_until_the_last_one_is_out():
    before = gc.get_threshold()
    with spared():
        assert gc.get_freeze_count() > 0
        with spared():
            assert gc.get_threshold()[0] == NEW_OBJECTS
        assert gc.get_freeze_count() > 0
        assert gc.get_threshold()[0] == NEW_OBJECTS
    assert gc.get_freeze_count() == 0
    assert gc.get_threshold() == before


def test_an_error_within_changes_nothing():
    before = gc.get_threshold()
    with pytest.raises(ValueError, match="within"), spared():
        raise ValueError("within")
    assert (gc.get_threshold(), gc.get_freeze_count()) == (before, 0)
