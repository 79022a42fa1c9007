"""HD Ticket Category: what a ticket is about, in words that customers may choose, too."""

from typing import TYPE_CHECKING, Any

import frappe
from frappe.model.document import Document

from helpdesk.agents import scopes
from helpdesk.assignment import skills
from helpdesk.tickets import categories


class HDTicketCategory(Document):
    """What a ticket is about; may give tickets their team."""

    if TYPE_CHECKING:
        name: str
        enabled: int
        for_customers: int
        description: str | None
        color: str | None
        order: int
        team: str | None
        skills: str | None

    def before_save(self) -> None:
        self.skills = skills.tidied(self.skills)

    def before_insert(self) -> None:
        categories.put_last(self)

    def after_rename(self, old: str, new: str, merge: bool = False) -> None:
        scopes.changed()


def has_permission(doc: Any, ptype: str = "read", user: str | None = None) -> bool:
    """Tell whether `user` may see the category; roles decide what they may do with it."""
    return categories.may_see(doc, user or frappe.session.user)


def permission_query(user: str | None = None) -> str:
    """Return the SQL condition for the categories that `user` may see."""
    return categories.list_condition(user or frappe.session.user)
