"""Team membership. A disabled team counts for nothing."""

from typing import TYPE_CHECKING, NamedTuple

import frappe
from frappe import _
from frappe.query_builder import DocType

from helpdesk.access import is_manager, refuse
from helpdesk.settings import is_team_restricted

if TYPE_CHECKING:
    from helpdesk.helpdesk.doctype.hd_team.hd_team import HDTeam

DECIDES_VISIBILITY = ("disabled", "ignore_restrictions")


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


def refuse_opening_tickets(team: "HDTeam") -> None:
    """Leave it to managers who is in which team, while teams decide who sees which ticket.

    Otherwise an agent would let themselves into any team, or make one that ignores the restriction.
    """
    if not _is_guarded(team):
        return
    before = team.get_doc_before_save()
    members = {row.user for row in before.users} if before is not None else set()
    changed = [field for field in DECIDES_VISIBILITY if before is None or before.get(field) != team.get(field)]
    if changed or members != {row.user for row in team.users}:
        _refuse()


def refuse_removal(team: "HDTeam") -> None:
    """Leave deleting to managers, too, while teams decide who sees which ticket."""
    if _is_guarded(team):
        _refuse()


def _is_guarded(team: "HDTeam") -> bool:
    own_code = team.flags.ignore_permissions or frappe.flags.in_install
    return is_team_restricted() and not is_manager() and not own_code


def _refuse() -> None:
    refuse(_("Only managers change teams while tickets are restricted by team."))
