"""HD Bulk Operation: one thing done to many records, and what became of each."""

from typing import TYPE_CHECKING

from frappe.model.document import Document


class HDBulkOperation(Document):
    """One thing done to many records in the name of its owner, and what became of each.

    `targets` is a JSON list of names in their order, of which the first `done + failed` are dealt with; `failures` a
    JSON list of `{name, error}`.
    """

    if TYPE_CHECKING:
        name: str
        action: str
        status: str
        arguments: str | None
        total: int
        done: int
        failed: int
        targets: str
        failures: str | None
        file: str | None
