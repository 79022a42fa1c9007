"""Lists of any DocType, and the fields to filter, sort and show them by."""

from typing import Any

import frappe
from frappe import _

from helpdesk.access import access_document, access_ticket, agents_only, is_agent, require_permission
from helpdesk.assignment import manual
from helpdesk.lists import data, fields
from helpdesk.lists.fields import Choice, FilterField


@frappe.whitelist()
def get_list_data(
    doctype: str,
    filters: dict | list | str | None = None,
    default_filters: dict | list | str | None = None,
    order_by: str = "modified desc",
    page_length: int = 20,
    columns: list | str | None = None,
    rows: list | str | None = None,
    show_customer_portal_fields: bool = False,
    view: dict | str | None = None,
    is_default: bool = False,
    with_total: bool = True,
) -> dict[str, Any]:
    """Return one page of what the caller may see of a DocType, with columns, fields, groups and the total.

    Filters are an object or a list of triples, and may contain `@me` and `__assigned_on`. Without columns and rows
    the caller's default view counts, else built-in ones; `is_default` is kept for older clients.
    Counting a hundred thousand rows takes longer than showing twenty: with `with_total` off, `total_count` is null
    when there may be more than the page, and `get_list_count` tells it.
    """
    require_known(doctype)
    require_permission(doctype, "read", "select")
    shape = data.parse(view, dict, "view") or {}
    query = data.Query(
        doctype=doctype,
        filters=data.parse_filters(filters),
        default_filters=data.parse_filters(default_filters, "default_filters"),
        order_by=order_by,
        page_length=page_size(page_length),
        columns=data.parse(columns, list, "columns") or [],
        rows=data.parse(rows, list, "rows") or [],
        portal=_is_portal(doctype, show_customer_portal_fields),
        view_type=shape.get("view_type") or "list",
        group_by=shape.get("group_by_field"),
        label_doctype=shape.get("label_doc"),
        label_field=shape.get("label_field"),
        with_total=with_total,
    )
    data.settle(query)
    return data.run(query)


@frappe.whitelist()
def get_list_count(doctype: str, filters: dict | list | str | None = None, at_most: int | None = None) -> int:
    """Return how many documents of a list the caller may see.

    Filters as in `get_list_data`. With `at_most`, counting ends there: enough to know that there are that many.
    """
    require_known(doctype)
    require_permission(doctype, "read", "select")
    most = None if at_most is None else page_size(at_most, "at_most")
    return data.count(doctype, data.parse_filters(filters), most)


@frappe.whitelist()
@agents_only
def get_group_counts(doctype: str, group_by: str, filters: dict | list | str | None = None) -> dict[str, int]:
    """Return how many documents of a list the caller may see in each group: {value of the field: number}.

    Filters as in `get_list_data`. Documents without a value count under "".
    """
    require_known(doctype)
    require_permission(doctype, "read", "select")
    return data.count_groups(doctype, data.parse_filters(filters), group_by)


def page_size(asked: int, label: str = "page_length") -> int:
    """Return how many rows to read; refuse what is no number of rows."""
    if asked < 1:
        frappe.throw(_("{0} must be at least 1.").format(label))
    return min(asked, data.MOST_ROWS)


def _is_portal(doctype: str, asked: bool) -> bool:
    """Tell whether a list shows what customers may know; they get nothing else of tickets, whatever they ask for."""
    return asked or (doctype == "HD Ticket" and not is_agent())


def require_known(doctype: str) -> None:
    """Refuse a DocType that does not exist."""
    if not frappe.db.exists("DocType", doctype, cache=True):
        frappe.throw(_("There is no DocType {0}.").format(frappe.utils.escape_html(doctype)), frappe.DoesNotExistError)


@frappe.whitelist()
def get_filterable_fields(
    doctype: str, show_customer_portal_fields: bool = False, ignore_team_restrictions: bool = False
) -> list[FilterField]:
    """Return the fields a list can be filtered by; on the portal only those that customers may know."""
    require_known(doctype)
    require_permission(doctype, "select", "read")
    portal = _is_portal(doctype, show_customer_portal_fields)
    return fields.filterable(doctype, portal=portal, ignore_team_restrictions=ignore_team_restrictions)


@frappe.whitelist()
def get_quick_filters(doctype: str, show_customer_portal_fields: bool = False) -> list[dict[str, Any]]:
    """Return the filters that stand above a list."""
    require_known(doctype)
    require_permission(doctype, "select", "read")
    return fields.quick_filters(doctype, portal=_is_portal(doctype, show_customer_portal_fields))


@frappe.whitelist()
def sort_options(doctype: str, show_customer_portal_fields: bool = False) -> list[Choice]:
    """Return the fields a list can be sorted by."""
    require_known(doctype)
    require_permission(doctype, "select", "read")
    return fields.sortable(doctype, portal=_is_portal(doctype, show_customer_portal_fields))


@frappe.whitelist()
def remove_assignments(doctype: str, name: str | int, assignees: list[str], ignore_permissions: bool = False) -> None:
    """Cancel the assignments of these users.

    The caller must be allowed to write the document. `ignore_permissions` is part of the signature for older
    clients and means nothing: who calls from outside never gets past the check.
    """
    if doctype == "HD Ticket":
        access_ticket(name, "write")
        require_agent_for_assignment()
    else:
        access_document(doctype, name, "write")
    manual.unassign(doctype, name, assignees)


def require_agent_for_assignment() -> None:
    """Keep customers, who may write their own tickets, from changing who works on them."""
    if not is_agent():
        frappe.throw(_("Only agents may change assignments."), frappe.PermissionError)
