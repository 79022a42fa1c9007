"""The record of one thing done to many: begun, carried on, and told to whoever asked for it."""

import json
from typing import TYPE_CHECKING, Any, TypedDict, cast

import frappe
from frappe.utils import add_to_date, now_datetime

if TYPE_CHECKING:
    from helpdesk.helpdesk.doctype.hd_bulk_operation.hd_bulk_operation import HDBulkOperation

OPERATION = "HD Bulk Operation"
QUEUED, RUNNING, DONE, FAILED = "Queued", "Running", "Done", "Failed"
PROGRESS = "helpdesk:bulk-progress"
KEPT_DAYS = 30


class Failure(TypedDict):
    """A record that was left as it was, and why."""

    name: str
    error: str


class Outcome(TypedDict):
    """How far an operation has come."""

    operation: str
    action: str
    status: str
    total: int
    done: int
    failed: int
    failures: list[Failure]
    file: str | None


def begin(action: str, arguments: dict[str, Any], targets: list[Any]) -> "HDBulkOperation":
    """Store a new operation of the caller."""
    operation = frappe.get_doc(
        {
            "doctype": OPERATION,
            "action": action,
            "status": QUEUED,
            "arguments": json.dumps(arguments),
            "targets": json.dumps(targets),
            "total": len(targets),
        }
    )
    return cast("HDBulkOperation", operation.insert(ignore_permissions=True))  # its gates stand before it


def carry_on(operation: "HDBulkOperation", **values: Any) -> None:
    """Write how far an operation has come, and tell its owner."""
    operation.db_set(values, update_modified=False)
    shown = {key: value for key, value in outcome(operation).items() if key != "failures"}
    frappe.publish_realtime(PROGRESS, shown, user=operation.owner, after_commit=True)


def failures_of(operation: "HDBulkOperation") -> list[Failure]:
    """Return what failed so far."""
    return cast(list[Failure], json.loads(operation.failures or "[]"))


def outcome(operation: "HDBulkOperation") -> Outcome:
    """Return how far an operation has come."""
    return Outcome(
        operation=operation.name,
        action=operation.action,
        status=operation.status,
        total=operation.total,
        done=operation.done or 0,
        failed=operation.failed or 0,
        failures=failures_of(operation),
        file=operation.file,
    )


def forget_old() -> None:
    """Delete the operations of long ago with their files. Runs daily."""
    old = add_to_date(now_datetime(), days=-KEPT_DAYS)
    for name in frappe.get_all(OPERATION, filters={"creation": ["<", old]}, pluck="name"):
        frappe.delete_doc(OPERATION, name, ignore_permissions=True, delete_permanently=True)
