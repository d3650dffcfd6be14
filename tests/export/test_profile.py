"""Profiles are data, and their cells harmless."""

from __future__ import annotations

import pytest
from pydantic import ValidationError

from staffing.domain.errors import ProblemError
from staffing.export.profile import Column, harmless, profile_names, read_profile

GENERIC = (
    "duty_id agent_id name email site region start_utc end_utc start_local end_local time_zone "
    "utc_offset paid_minutes unpaid_break_minutes workstreams kind version action"
)
NOT_FOR_HR = ("exposure", "clear", "health", "fatigue", "night", "burnout")


def test_generic_has_exactly_the_published_columns():
    assert read_profile("generic").headers == GENERIC.split()


@pytest.mark.parametrize("name", profile_names())
def test_no_profile_speaks_of_exposure_or_health(name):
    text = " ".join(f"{c.header} {c.field}" for c in read_profile(name).columns).lower()
    assert not [word for word in NOT_FOR_HR if word in text]


def test_an_unknown_profile_is_named_with_the_nearest():
    with pytest.raises(ProblemError, match="Did you mean 'generic'"):
        read_profile("generik")


def test_an_unknown_field_is_refused_with_the_nearest():
    with pytest.raises(ValidationError, match="Did you mean 'start_utc'"):
        Column(header="Start", field="start_utcc")


@pytest.mark.parametrize("text", ["", "{}{}", "{0.__class__}", "plain"])
def test_a_format_has_one_plain_place(text):
    with pytest.raises(ValidationError, match="exactly one"):
        Column(header="Start", field="start_utc", format=text)


@pytest.mark.parametrize("start", list("=+-@\t\r\n"))
def test_formulas_are_made_harmless(start):
    assert harmless(f"{start}1+1") == f"'{start}1+1"
    assert harmless(f"1{start}1") == f"1{start}1"
