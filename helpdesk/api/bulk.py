"""Doing one thing to many tickets, and lists as files. Up to some number at once, more in the background."""

from typing import Any, cast

import frappe
from frappe import _

from helpdesk.access import access_document, agents_only, staff_only
from helpdesk.bulk import exporting, operations, running
from helpdesk.bulk.operations import Outcome
from helpdesk.lists import data


@frappe.whitelist(methods=["POST"])
@agents_only
def start(
    action: str, values: dict | None = None, names: list | None = None, filters: dict | list | None = None
) -> Outcome:
    """Do `action` of `helpdesk.bulk.actions` to the named records, or to all tickets that match `filters`.

    Up to 50 are done at once; of more, the outcome says `Queued`, and `helpdesk:bulk-progress` tells the rest. Rights
    are asked for each ticket; what fails is left as it was and listed.
    """
    chosen = names if names is not None else _matching(filters)
    return operations.outcome(running.start(action, values or {}, list(dict.fromkeys(chosen))))


def _matching(filters: dict | list | None) -> list[Any]:
    if filters is None:
        data.bad(_("Please choose records, or say with filters which ones."))
    return data.names("HD Ticket", data.parse_filters(filters), "name asc")


@frappe.whitelist(methods=["POST"])
@staff_only
def export(
    doctype: str,
    columns: list,
    filters: dict | list | None = None,
    order_by: str = "modified desc",
    delimiter: str = ",",
) -> Outcome:
    """Write all rows of a list that the caller may see into a private CSV file; `file` of the outcome is its address.

    More than 1,000 rows are written in the background, and the outcome says `Queued`.
    """
    found = exporting.start(doctype, data.parse_filters(filters), columns, order_by, delimiter)
    return operations.outcome(found)


@frappe.whitelist()
@staff_only
def get_outcome(operation: str) -> Outcome:
    """Return how far an operation of the caller has come."""
    return operations.outcome(cast(Any, access_document(operations.OPERATION, operation)))
