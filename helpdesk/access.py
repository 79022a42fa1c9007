"""Who may come in: the notions of agent and manager, and the one gate to each kind of object for web callers.

What one may not see and what does not exist look alike to people outside the support team.
"""

from collections.abc import Callable
from functools import wraps
from typing import TYPE_CHECKING, NoReturn, ParamSpec, TypeVar, cast

import frappe
from frappe import _
from frappe.model.document import Document

from helpdesk.roster import agent_records

if TYPE_CHECKING:
    from helpdesk.helpdesk.doctype.hd_ticket.hd_ticket import HDTicket

ADMINISTRATOR = "Administrator"
AGENT_ROLES = frozenset({"Agent", "Agent Manager"})
MANAGER_ROLES = frozenset({"Administrator", "System Manager", "Agent Manager"})
CUSTOMER_ROLES = frozenset({"HD Customer", "HD Customer Manager"})
APP_ROLES = AGENT_ROLES | CUSTOMER_ROLES | {"System Manager"}

P = ParamSpec("P")
R = TypeVar("R")


def has_role(user: str | None, roles: frozenset[str]) -> bool:
    """Tell whether `user` (default: who is asking) holds one of `roles`."""
    return not roles.isdisjoint(frappe.get_roles(user or frappe.session.user))


def is_admin(user: str | None = None) -> bool:
    """Tell whether team restriction and visibility rules do not apply to `user`."""
    user = user or frappe.session.user
    return user == ADMINISTRATOR or has_role(user, frozenset({"System Manager"}))


def is_agent(user: str | None = None) -> bool:
    """Tell whether `user` works on tickets: by role, or by an HD Agent record."""
    user = user or frappe.session.user
    if user == "Guest":
        return False
    return user == ADMINISTRATOR or has_role(user, AGENT_ROLES) or has_agent_record(user)


def has_agent_record(user: str) -> bool:
    """Tell whether an HD Agent record is named after `user`."""
    return user in agent_records()


def is_manager(user: str | None = None) -> bool:
    """Tell whether `user` administers the help desk."""
    return has_role(user, MANAGER_ROLES)


def refuse(message: str) -> NoReturn:
    """Raise the refusal that every gate shows."""
    frappe.throw(message, frappe.PermissionError, title=_("Not Allowed"))


def require_agent() -> None:
    """Let agents pass, refuse everybody else."""
    if not is_agent():
        refuse(_("Only agents may do this."))


def require_manager() -> None:
    """Let managers pass, refuse everybody else."""
    if not is_manager():
        refuse(_("Only managers of the help desk may do this."))


def agents_only(function: Callable[P, R]) -> Callable[P, R]:
    """Refuse callers who are no agents before the function runs."""

    @wraps(function)
    def guarded(*args: P.args, **kwargs: P.kwargs) -> R:
        require_agent()
        return function(*args, **kwargs)

    return guarded


def staff_only(function: Callable[P, R]) -> Callable[P, R]:
    """Refuse callers who are neither agents nor system managers before the function runs."""

    @wraps(function)
    def guarded(*args: P.args, **kwargs: P.kwargs) -> R:
        if not (is_agent() or is_admin()):
            refuse(_("Only the support team may do this."))
        return function(*args, **kwargs)

    return guarded


def managers_only(function: Callable[P, R]) -> Callable[P, R]:
    """Refuse callers who are no managers before the function runs."""

    @wraps(function)
    def guarded(*args: P.args, **kwargs: P.kwargs) -> R:
        require_manager()
        return function(*args, **kwargs)

    return guarded


def access_document(doctype: str, name: str | int, right: str = "read") -> Document:
    """Return the document if the caller holds `right` on it.

    For people outside the support team a missing document and a forbidden one raise the same PermissionError;
    agents are told with a DoesNotExistError that it is missing.
    """
    try:
        document = frappe.get_doc(doctype, name)
    except frappe.DoesNotExistError:
        if is_agent():
            raise
        frappe.clear_last_message()
        document = None
    if document is None or not frappe.has_permission(doctype, right, doc=document):
        refuse(_("You may not access {0} {1}, or it does not exist.").format(_(doctype), frappe.bold(name)))
    return document


def access_ticket(name: str | int, right: str = "read") -> "HDTicket":
    """Return the ticket if the caller holds `right` on it."""
    return cast("HDTicket", access_document("HD Ticket", name, right))


def visible_ticket(name: str | int) -> int | None:
    """Return the id of the ticket if the caller may read it; None for those who are answered with nothing."""
    found = frappe.db.get_value("HD Ticket", name, "name")
    return found if found and frappe.has_permission("HD Ticket", "read", doc=found) else None


def require_permission(doctype: str, *rights: str) -> None:
    """Refuse callers who hold none of `rights` on the DocType."""
    if not any(frappe.has_permission(doctype, right) for right in rights):
        refuse(_("You may not access {0}.").format(_(doctype)))
