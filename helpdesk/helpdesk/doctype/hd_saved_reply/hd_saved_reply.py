"""HD Saved Reply: a text that agents use again and again."""

import re
from typing import TYPE_CHECKING, Any

import frappe
from frappe import _
from frappe.model.document import Document
from frappe.utils.jinja import validate_template

from helpdesk.compat import capture
from helpdesk.replies import visibility

CODE = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")


class HDSavedReply(Document):
    """A text that agents use again and again, with variables of the ticket and the agent."""

    if TYPE_CHECKING:
        name: str
        title: str
        code: str | None
        scope: str
        teams: list[Any]
        message: str

    def validate(self) -> None:
        self.code = (self.code or "").strip().removeprefix("/").lower() or None
        if self.code and not CODE.fullmatch(self.code):
            frappe.throw(_("A code has small letters, digits and dashes only, such as {0}.").format("activation-help"))
        if self.scope == visibility.TEAM and not self.teams:
            frappe.throw(_("Please choose the teams that may use this reply."))
        if self.has_value_changed("message"):
            validate_template(self.message)

    def after_insert(self) -> None:
        capture("saved_reply_created")


def has_permission(doc: Any, ptype: str = "read", user: str | None = None) -> bool:
    """Tell whether `user` may use a reply."""
    return visibility.may_see(doc, user or frappe.session.user)


def permission_query(user: str | None = None) -> str:
    """Return the SQL condition for the replies that `user` may list."""
    return visibility.list_condition(user or frappe.session.user)
