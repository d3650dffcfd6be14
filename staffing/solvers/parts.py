"""What every step of a solve shares, made of an instance once: teams, groups, service, tour spaces."""

from __future__ import annotations

from dataclasses import dataclass

from staffing.solvers.groups import Group, Team, teams_and_groups
from staffing.solvers.instance import Instance
from staffing.solvers.master.restricted import RestrictedMaster
from staffing.solvers.master.service import ServiceModel, service_model
from staffing.solvers.tours.many import Spaces


@dataclass(frozen=True)
class Parts:
    """An instance taken apart.

    Parameters
    ----------
    spaces
        One a group.
    """

    instance: Instance
    teams: tuple[Team, ...]
    groups: tuple[Group, ...]
    service: ServiceModel
    spaces: Spaces

    def master(self) -> RestrictedMaster:
        """Return a new master without columns."""
        return RestrictedMaster(self.service, self.teams, self.groups)


def parts_of(instance: Instance) -> Parts:
    """Take an instance apart; the order of people decides all numbers, so that two processes count alike."""
    teams, groups = teams_and_groups(instance)
    spaces = Spaces(instance.problem, [group.members[0] for group in groups])
    return Parts(instance, teams, groups, service_model(instance, teams), spaces)
