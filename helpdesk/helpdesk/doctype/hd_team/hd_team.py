"""HD Team: agents who share a queue; each team has an assignment rule of its own."""

from typing import TYPE_CHECKING, Any

import frappe
from frappe.model.document import Document

from helpdesk.access import access_document, agents_only
from helpdesk.agents import teams
from helpdesk.assignment import team_rules
from helpdesk.compat import capture


class HDTeam(Document):
    """Agents who share a queue; each team has an assignment rule of its own."""

    if TYPE_CHECKING:
        name: str
        team_name: str
        assignment_rule: str | None
        users: list[Any]
        disabled: int
        ignore_restrictions: int

    def validate(self) -> None:
        teams.refuse_opening_tickets(self)

    def after_insert(self) -> None:
        team_rules.create(self)
        if not frappe.flags.in_install:
            capture("team_created")

    def on_update(self) -> None:
        if self.get_doc_before_save() is not None:
            team_rules.synchronise(self)

    def after_rename(self, old: str, new: str, merge: bool = False) -> None:
        team_rules.rename(self, new)

    def on_trash(self) -> None:
        teams.refuse_removal(self)
        team_rules.delete(self)

    @frappe.whitelist()
    @agents_only
    def rename_self(self, new_name: str) -> str:
        """Rename the team; return its new name."""
        return frappe.rename_doc("HD Team", self.name, new_name)


@frappe.whitelist()
@agents_only
def get_team_members(team: str) -> list[str]:
    """Return the user ids in a team."""
    return teams.members_of(access_document("HD Team", team).name)
