"""Controller of the DocType Deleted Document: what a document was, so that it can come back."""

import json
from typing import Any

import frappe
from frappe import _
from frappe.model.document import Document


class DeletedDocument(Document):
    """A document that was deleted; `data` is its JSON."""


@frappe.whitelist(methods=["POST"])
def restore(name: str, alert: bool = True) -> str:
    """Insert the deleted document again and return its name, which differs when the old one is taken now."""
    deleted = frappe.get_doc("Deleted Document", name)
    deleted.check_permission("read")
    if deleted.restored:
        frappe.throw(
            _("{0} was restored already.").format(frappe.bold(deleted.deleted_name)), frappe.DocumentAlreadyRestored
        )
    frappe.has_permission(deleted.deleted_doctype, "create", throw=True)
    doc = _insert(deleted)
    doc.add_comment("Edit", _("Restored {0} as {1}").format(deleted.deleted_name, doc.name))
    deleted.db_set({"new_name": doc.name, "restored": 1}, update_modified=False)
    if alert:
        frappe.msgprint(_("The document was restored."), alert=True)
    return str(doc.name)


def _insert(deleted: Any) -> Any:
    values = json.loads(deleted.data)
    values.pop("docstatus", None)
    doc = frappe.get_doc(values)
    if not frappe.db.exists(deleted.deleted_doctype, deleted.deleted_name):
        doc.flags.name_set = True
        doc.name = deleted.deleted_name
    return doc.insert(ignore_links=True)


@frappe.whitelist(methods=["POST"])
def bulk_restore(docnames: str | list[str]) -> dict[str, list[str]]:
    """Restore several documents; returns `{restored, invalid, failed}`, each a list of names."""
    frappe.only_for("System Manager")
    result: dict[str, list[str]] = {"restored": [], "invalid": [], "failed": []}
    for name in frappe.parse_json(docnames):
        frappe.db.savepoint("bulk_restore")
        try:
            restore(name, alert=False)
            result["restored"].append(name)
        except frappe.DocumentAlreadyRestored:
            frappe.clear_last_message()
            result["invalid"].append(name)
        except frappe.ValidationError:
            frappe.db.rollback(save_point="bulk_restore")
            result["failed"].append(name)
    return result
