"""Doing one thing to many tickets, and lists as files. Up to some number at once, more in the background."""

from typing import Any, cast

import frappe
from frappe import _
from frappe.utils import cint

from helpdesk.access import access_document, agents_only, staff_only
from helpdesk.bulk import exporting, operations, running
from helpdesk.bulk.exporting import Limits, Wanted
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
    names: list | None = None,
    file_format: str = "CSV",
    orientation: str = "Portrait",
    with_notes: bool | int = False,
) -> Outcome:
    """Write rows of a list that the caller may see into a private file; `file` of the outcome is its address.

    All that match, or of those the named ones. `file_format` is CSV, Excel, PDF or Conversations: a PDF with everything
    said on each ticket, with internal notes only when `with_notes` asks for them. What is long is written in the
    background, and the outcome says `Queued`.
    """
    wanted = Wanted(doctype, columns, file_format, delimiter, orientation, bool(cint(with_notes)))
    return operations.outcome(exporting.start(wanted, data.parse_filters(filters), order_by, names))


@frappe.whitelist()
@staff_only
def get_export_limits() -> Limits:
    """Return how many rows fit into a file of each kind, and whether this site can make PDF."""
    return exporting.limits()


@frappe.whitelist()
@staff_only
def get_outcome(operation: str) -> Outcome:
    """Return how far an operation of the caller has come."""
    return operations.outcome(cast(Any, access_document(operations.OPERATION, operation)))
