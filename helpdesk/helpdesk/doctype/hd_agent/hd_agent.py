"""HD Agent: a user who answers tickets; the record is named after the user."""

from typing import TYPE_CHECKING

import frappe
from frappe.model.document import Document

from helpdesk import roster
from helpdesk.agents import availability, profile, scopes
from helpdesk.assignment import skills

if TYPE_CHECKING:
    from datetime import datetime


class HDAgent(Document):
    """A user who answers tickets; the record is named after the user."""

    if TYPE_CHECKING:
        name: str
        user: str
        agent_name: str | None
        user_image: str | None
        is_active: int
        availability: str | None
        availability_changed_on: datetime | None
        skills: str | None
        only_own_and_unassigned: int

    def autoname(self) -> None:
        self.name = self.user

    def before_insert(self) -> None:
        profile.refuse_self_made(self)
        profile.prepare(self)

    def before_save(self) -> None:
        self.skills = skills.tidied(self.skills)
        profile.follow_changes(self)
        availability.stamp(self)

    def before_validate(self) -> None:
        if not self.is_new() and not (self.agent_name or "").strip():
            self.agent_name = frappe.db.get_value("User", self.user, "full_name")

    def validate(self) -> None:
        scopes.refuse_widening(self)

    def on_update(self) -> None:
        scopes.changed()

    def before_rename(self, old: str, new: str, merge: bool = False) -> None:
        scopes.refuse_losing(self)

    def on_trash(self) -> None:
        scopes.refuse_losing(self)

    def after_insert(self) -> None:
        roster.changed()
        profile.grant_role(self)

    def after_rename(self, old: str, new: str, merge: bool = False) -> None:
        roster.changed()
        scopes.changed()

    def after_delete(self) -> None:
        roster.changed()
        scopes.changed()


@frappe.whitelist()
def update_agent_role(user: str, new_role: str) -> None:
    """Make a user Manager or Agent. The gate for managers is in `change_role`."""
    profile.change_role(user, new_role)
