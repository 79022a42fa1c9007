"""HD View: a saved list, with its filters, columns and order."""

from typing import TYPE_CHECKING, Any

import frappe
from frappe.model.document import Document

from helpdesk.lists import views


class HDView(Document):
    """A saved list, with its filters, columns and order."""

    if TYPE_CHECKING:
        name: str
        label: str | None
        icon: str | None
        user: str | None
        is_default: int
        is_customer_portal: int
        is_standard: int
        type: str
        dt: str
        route_name: str | None
        pinned: int
        public: int
        filters: str | None
        order_by: str | None
        load_default_columns: int
        columns: str | None
        rows: str | None
        group_by_field: str | None

    def validate(self) -> None:
        views.refuse_foreign_change(self)
        views.demote_standard(self)
        views.keep_one_default(self)
        views.check_filters(self)

    def before_save(self) -> None:
        views.separate_pinned_and_public(self)

    def on_trash(self) -> None:
        views.refuse_losing_standard(self)


def has_permission(doc: Any, ptype: str = "read", user: str | None = None) -> bool:
    """Tell whether `user` may do this with a view."""
    return views.may_see(doc, ptype, user or frappe.session.user)


def permission_query(user: str | None = None) -> str:
    """Return the SQL condition for the views that `user` may list."""
    return views.list_condition(user or frappe.session.user)
