"""Saving a form: the whole document comes in, the saved one and its surroundings go out."""

from __future__ import annotations

from typing import Any

from frappe.api.payload import document_argument, refuse
from frappe.client import insert_doc, stored_with
from frappe.context import local
from frappe.desk.form.load import docinfo_of
from frappe.handler import require_doctype
from frappe.translate import _lt
from frappe.whitelist import whitelist

Name = str | int

DONE = {"Save": _lt("Saved"), "Submit": _lt("Submitted"), "Update": _lt("Updated"), "Cancel": _lt("Cancelled")}
ACTIONS = tuple(DONE)


@whitelist(methods=["POST", "PUT"])
def savedocs(doc: str | dict[str, Any], action: str = "Save") -> None:
    """Save, submit, update after submission or cancel a document."""
    if action not in ACTIONS:
        refuse(f"Parameter action must be one of {', '.join(ACTIONS)}.")
    values = document_argument(doc)
    local_name = values.get("name") if values.get("__islocal") else None
    document = stored_with(values)
    if document is None:
        document = insert_doc(values)
        if action == "Submit":
            document.submit()
    else:
        {"Submit": document.submit, "Cancel": document.cancel}.get(action, document.save)()
    send_updated_docs(document, local_name)
    _announce(action)


@whitelist(methods=["POST", "PUT"])
def cancel(
    doctype: str | None = None,
    name: Name | None = None,
    workflow_state_fieldname: str | None = None,
    workflow_state: str | None = None,
) -> None:
    """Cancel a submitted document."""
    document = _stored(doctype, name)
    if workflow_state_fieldname and workflow_state and document.meta.has_field(workflow_state_fieldname):
        document.set(workflow_state_fieldname, workflow_state)
    document.cancel()
    send_updated_docs(document)
    _announce("Cancel")


@whitelist(methods=["POST", "PUT"])
def discard(doctype: str, name: Name) -> None:
    """Give up a draft."""
    document = _stored(doctype, name)
    document.discard()
    send_updated_docs(document)


def _stored(doctype: str | None, name: Name | None) -> Any:
    from frappe import get_doc

    require_doctype(doctype)
    return get_doc(str(doctype), name)


def send_updated_docs(document: Any, local_name: Any = None) -> None:
    """Put a saved document and its surroundings into the response."""
    document.apply_fieldlevel_read_permissions()
    local.response["docinfo"] = docinfo_of(document)
    values = document.as_dict()
    if local_name:
        values["localname"] = local_name
    local.response.docs.append(values)


def _announce(action: str) -> None:
    from frappe.messages import toast

    toast(str(DONE[action]), indicator="red" if action == "Cancel" else "green")
