"""Documents of virtual DocTypes: their controller lists and counts them, because no table does.

A controller may take everything as one dict (`get_list(args)`) or by name (`get_list(filters=None, page_length=20,
**kwargs)`); what the caller did not give is left out, so that the controller's own defaults hold.
"""

from __future__ import annotations

from typing import Any

import frappe
from frappe.model.controllers import get_controller
from frappe.whitelist import call


def rows_of(doctype: str, options: dict[str, Any]) -> Any:
    """Return what the controller lists; `options` are the arguments of `frappe.get_list`."""
    return _ask(doctype, "get_list", options)


def count_of(doctype: str, options: dict[str, Any]) -> int:
    """Return how many documents the controller counts. Raises PermissionError when the user may not list them."""
    require_read(doctype, frappe.session.user)
    return int(_ask(doctype, "get_count", options))


def require_read(doctype: str, user: str | None) -> None:
    """Raise PermissionError unless `user` may read or select documents of this DocType."""
    if not any(frappe.has_permission(doctype, right, user=user) for right in ("read", "select")):
        frappe.has_permission(doctype, "read", user=user, throw=True)


def _ask(doctype: str, method: str, options: dict[str, Any]) -> Any:
    given = {"doctype": doctype, **{key: value for key, value in options.items() if value is not None}}
    return call(getattr(get_controller(doctype), method), args=given, **given)
