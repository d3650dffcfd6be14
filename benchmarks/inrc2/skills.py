"""From shifts to assignments: who on a shift works with which skill."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
from scipy.optimize import linear_sum_assignment

from benchmarks.inrc2.instance import DAYS, Assignment, Need, Scenario, Week

LEAST, UP_TO_MOST = 1000.0, 1.0
"""What a place filled is worth; the least numbers come first."""


def assigned(
    scenario: Scenario, weeks: Sequence[Week], shifts: Mapping[str, Sequence[str | None]]
) -> dict[str, list[Assignment | None]]:
    """Give every nurse on duty a skill, so that as many places as can be are filled, the least numbers first.

    Parameters
    ----------
    shifts
        Shift of each nurse on each day, None is a day off.
    """
    own = {nurse.nurse: nurse.skills for nurse in scenario.nurses}
    found: dict[str, list[Assignment | None]] = {
        nurse: [None] * len(days) for nurse, days in shifts.items()
    }
    for number, week in enumerate(weeks):
        for day in range(len(DAYS)):
            for shift in scenario.shift_names:
                at = number * len(DAYS) + day
                present = [nurse for nurse, days in shifts.items() if days[at] == shift]
                needs = [need for need in week.needs if (need.day, need.shift) == (day, shift)]
                skills = _matched([own[nurse] for nurse in present], needs)
                for nurse, skill in zip(present, skills, strict=True):
                    found[nurse][at] = (shift, skill)
    return found


def _matched(own: Sequence[Sequence[str]], needs: Sequence[Need]) -> list[str]:
    """Return one of each nurse's skills; a nurse who fills no place works with her first one."""
    places = [
        (need.skill, LEAST if k < need.heads.least else UP_TO_MOST)
        for need in needs
        for k in range(need.heads.most)
    ]
    worth = np.array([[w if skill in has else 0.0 for skill, w in places] for has in own])
    skills = [has[0] for has in own]
    if worth.size:
        for nurse, place in zip(*linear_sum_assignment(worth, maximize=True), strict=True):
            if worth[nurse, place]:
                skills[nurse] = places[place][0]
    return skills
