"""Doing an operation: few records at once, many in the background."""

import json
from typing import TYPE_CHECKING, Any

import frappe
from frappe import _
from frappe.utils import strip_html

from helpdesk.bulk import actions, operations
from helpdesk.bulk.operations import Failure

if TYPE_CHECKING:
    from helpdesk.helpdesk.doctype.hd_bulk_operation.hd_bulk_operation import HDBulkOperation

AT_ONCE = 50
"""So many records are done while the caller waits."""
MOST = 100_000
CHUNK = 10
"""So many records share a transaction in the background, with the note how far it has come."""
EXPECTED = (frappe.ValidationError, frappe.PermissionError)
HOURS = 60 * 60


def start(action: str, values: dict[str, Any], targets: list[Any]) -> "HDBulkOperation":
    """Do `action` to the records, or let it be done in the background; return the operation."""
    actions.check(action, values)
    if not targets or len(targets) > MOST:
        frappe.throw(_("Please choose between 1 and {0} records.").format(MOST))
    operation = operations.begin(action, values, targets)
    if len(targets) <= AT_ONCE:
        _work_through(operation)
    else:
        frappe.enqueue(
            "helpdesk.bulk.running.run",
            queue="long",
            timeout=6 * HOURS,
            enqueue_after_commit=True,
            operation=operation.name,
        )
    return operation


def run(operation: str) -> None:
    """Do what is left of an operation. After a crash, doing it again goes on where the last transaction ended."""
    with operations.worked_on(operation) as document:
        _work_through(document, commit=not frappe.flags.in_test)


def _work_through(operation: "HDBulkOperation", *, commit: bool = False) -> None:
    values, targets = json.loads(operation.arguments or "{}"), json.loads(operation.targets)
    left = targets[operation.done + operation.failed :]
    for begin in range(0, len(left), CHUNK):
        chunk = left[begin : begin + CHUNK]
        failed = [failure for name in chunk if (failure := _one(operation.action, name, values))]
        operations.carry_on(
            operation,
            status=operations.RUNNING,
            done=operation.done + len(chunk) - len(failed),
            failed=operation.failed + len(failed),
            failures=json.dumps([*operations.failures_of(operation), *failed]),
        )
        if commit:
            frappe.db.commit()
    operations.carry_on(operation, status=operations.DONE)


def _one(action: str, name: str, values: dict[str, Any]) -> Failure | None:
    """Do one record in a savepoint; return why it could not be done, or None."""
    function, _needs = actions.ACTIONS[action]
    frappe.db.savepoint("one_record")
    try:
        function(name, values)
    except EXPECTED as error:
        return _undone(name, strip_html(str(error)) or type(error).__name__)
    except Exception:  # the cause is unknown by nature; it is logged with its traceback
        failure = _undone(name, _("Something went wrong. The error log says what."))
        frappe.log_error(title=f"Bulk action {action} failed on {name}"[:140])
        return failure
    return None


def _undone(name: str, error: str) -> Failure:
    frappe.db.rollback(save_point="one_record")
    frappe.clear_messages()
    return Failure(name=str(name), error=error)
