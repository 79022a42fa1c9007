"""Team membership. A disabled team counts for nothing."""

from typing import NamedTuple

import frappe
from frappe.query_builder import DocType


class Team(NamedTuple):
    """One team of a user."""

    name: str
    ignores_restrictions: bool


def teams_of(user: str) -> list[Team]:
    """Return the enabled teams of `user`, by name."""
    team, member = DocType("HD Team"), DocType("HD Team Member")
    rows = (
        frappe.qb.from_(member)
        .join(team)
        .on(team.name == member.parent)
        .select(team.name, team.ignore_restrictions)
        .where((member.user == user) & (member.parenttype == "HD Team") & (team.disabled == 0))
        .orderby(team.name)
        .distinct()
        .run()
    )
    return [Team(name, bool(ignores)) for name, ignores in rows]


def members_of(team: str) -> list[str]:
    """Return the user ids in a team, in the order in which the team lists them."""
    return frappe.get_all(
        "HD Team Member", filters={"parent": team, "parenttype": "HD Team"}, pluck="user", order_by="idx asc"
    )
