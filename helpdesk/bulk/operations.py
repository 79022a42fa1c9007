"""The record of one thing done to many: begun, carried on, and told to whoever asked for it."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
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


@contextmanager
def worked_on(name: str) -> Iterator["HDBulkOperation"]:
    """Give a job its operation. When the job breaks off, the operation says so, and the error goes on."""
    operation = frappe.get_doc(OPERATION, name)
    commits = not frappe.flags.in_test
    try:
        yield operation
    except Exception:  # whatever it was, who waits for it is told; the framework logs it
        if commits:
            frappe.db.rollback()
        operation.reload()
        carry_on(operation, status=FAILED)
        if commits:
            frappe.db.commit()
        raise


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
        # The scheduler asks, for nobody; a copy among the deleted documents would keep what is to go.
        frappe.delete_doc(OPERATION, name, ignore_permissions=True, delete_permanently=True)
