"""The rules of saved views."""

from typing import TYPE_CHECKING

import frappe
from frappe import _

from helpdesk.access import MANAGER_ROLES, has_role, refuse
from helpdesk.compat import literal
from helpdesk.lists.tokens import BadFilter, triples

if TYPE_CHECKING:
    from helpdesk.helpdesk.doctype.hd_view.hd_view import HDView


def _may_ship() -> bool:
    flags = frappe.flags
    return bool(frappe.conf.developer_mode or flags.in_install or flags.in_migrate or flags.in_patch)


def demote_standard(view: "HDView") -> None:
    """Keep new views from posing as shipped ones."""
    if view.is_new() and view.is_standard and not _may_ship():
        view.is_standard = 0


def keep_one_default(view: "HDView") -> None:
    """Refuse a second default view of the same user for the same DocType."""
    if not view.is_default:
        return
    filters = {
        "user": view.user,
        "dt": view.dt,
        "is_default": 1,
        "name": ["!=", view.name],
    }
    if frappe.db.exists("HD View", filters):
        frappe.throw(_("{0} already has a default view for {1}.").format(view.user, _(view.dt)))


def separate_pinned_and_public(view: "HDView") -> None:
    """A view is pinned or public, not both; what changed last wins."""
    if not (view.pinned and view.public):
        return
    pinned, public = view.has_value_changed("pinned"), view.has_value_changed("public")
    if pinned:
        view.public = 0
    if public:
        view.pinned = 0


def check_filters(view: "HDView") -> None:
    """Refuse filters, columns and rows that no list could read."""
    for field in ("filters", "columns", "rows"):
        try:
            value = frappe.parse_json(view.get(field)) if view.get(field) else None
            if field == "filters":
                triples(value)
        except (ValueError, BadFilter) as error:
            frappe.throw(_("{0} cannot be read: {1}").format(_(view.meta.get_label(field)), error))


def refuse_foreign_change(view: "HDView") -> None:
    """Let only managers change public views, and nobody give a view to somebody else."""
    before = view.get_doc_before_save()
    if has_role(None, MANAGER_ROLES) or _may_ship():
        return
    view.user = view.user or frappe.session.user
    if view.user != frappe.session.user or (before is not None and before.user != frappe.session.user):
        refuse(_("You may only change your own views."))
    if view.public:
        refuse(_("Only managers may share views with everybody."))


def refuse_losing_standard(view: "HDView") -> None:
    """Refuse to delete a shipped view."""
    if view.is_standard and not _may_ship():
        frappe.throw(_("{0} is part of the help desk and cannot be deleted.").format(frappe.bold(view.label)))


def may_see(view: "HDView", right: str, user: str) -> bool:
    """Tell whether `user` may do this with a view: own ones all, public ones read."""
    if user == "Administrator" or has_role(user, MANAGER_ROLES) or user in (view.user, view.owner):
        return True
    return right == "create" or (bool(view.public) and right in ("read", "select"))


def list_condition(user: str) -> str:
    """Return the same rule as SQL."""
    if user == "Administrator" or has_role(user, MANAGER_ROLES):
        return ""
    me = literal(user)
    return f"(`tabHD View`.`user` = {me} or `tabHD View`.`owner` = {me} or `tabHD View`.`public` = 1)"
