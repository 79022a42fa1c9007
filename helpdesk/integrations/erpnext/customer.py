"""Customers here and in ERPNext as twins: what happens to one happens to the other, once.

Each side remembers the other in a field. The functions named after document events serve both DocTypes; they return at
once where the sync is off, and while they are themselves at work.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, NamedTuple

import frappe
from frappe import _

OURS, THEIRS = "HD Customer", "Customer"
MIRRORED = ("customer_type", "image")
CASCADE = "erpnext_hd_cascade_in_progress"


class Side(NamedTuple):
    """One of the two DocTypes: its field for the twin, and the twin's DocType and field."""

    link: str
    twin_doctype: str
    twin_link: str


SIDES = {
    OURS: Side("erpnext_customer", THEIRS, "hd_customer"),
    THEIRS: Side("hd_customer", OURS, "erpnext_customer"),
}


def is_active() -> bool:
    """Tell whether ERPNext is installed and the sync is switched on."""
    if "erpnext" not in frappe.get_installed_apps():
        return False
    return bool(frappe.db.get_single_value("ERPNext HD Settings", "enabled"))


def _is_followed(doc: Any) -> bool:
    return not (doc.flags.ignore_erpnext_sync or frappe.flags.get(CASCADE)) and is_active()


@contextmanager
def _alone() -> Iterator[None]:
    """Let changes within the block cause no further ones."""
    before = frappe.flags.get(CASCADE)
    frappe.flags[CASCADE] = True
    try:
        yield
    finally:
        frappe.flags[CASCADE] = before


def after_insert(doc: Any, event: str | None = None) -> None:
    """Give a new customer its twin: one of the same name that has none, or a new one."""
    side = SIDES[doc.doctype]
    if _is_followed(doc) and not doc.get(side.link):
        with _alone():
            _link(doc, _find_or_create_twin(doc, side), side)


def _find_or_create_twin(doc: Any, side: Side) -> str:
    found = frappe.db.get_value(side.twin_doctype, doc.name, ["name", side.twin_link], as_dict=True)
    if found and found.get(side.twin_link) not in (None, "", doc.name):
        frappe.throw(_("{0} {1} belongs to another customer.").format(_(side.twin_doctype), frappe.bold(doc.name)))
    if found:
        return str(found.name)
    values = {field: doc.get(field) for field in MIRRORED if doc.get(field)}
    twin = frappe.get_doc({"doctype": side.twin_doctype, "customer_name": doc.name, **values})
    return str(twin.insert(ignore_permissions=True).name)  # the sync acts for the site, whoever made the customer


def _link(doc: Any, twin: str, side: Side) -> None:
    doc.db_set(side.link, twin, update_modified=False)
    frappe.db.set_value(side.twin_doctype, twin, side.twin_link, doc.name, update_modified=False)


def on_update(doc: Any, event: str | None = None) -> None:
    """Write a changed image or type to the twin."""
    side = SIDES[doc.doctype]
    twin = doc.get(side.link)
    if doc.get_doc_before_save() is None or not twin or not _is_followed(doc):
        return
    changed = {field: doc.get(field) for field in MIRRORED if doc.has_value_changed(field)}
    if changed:
        frappe.db.set_value(side.twin_doctype, twin, changed)


def on_trash(doc: Any, event: str | None = None) -> None:
    """Delete the twin too."""
    side = SIDES[doc.doctype]
    twin = doc.get(side.link)
    if not twin or not _is_followed(doc) or not frappe.db.exists(side.twin_doctype, twin):
        return
    with _alone():
        frappe.db.set_value(side.twin_doctype, twin, side.twin_link, None, update_modified=False)
        doc.db_set(side.link, None, update_modified=False)
        frappe.delete_doc(side.twin_doctype, twin, ignore_permissions=True)


def before_rename(doc: Any, event: str, old: str, new: str, merge: bool = False) -> None:
    """Refuse a name that a stranger bears on the other side, before anything is renamed."""
    side = SIDES[doc.doctype]
    twin = doc.get(side.link)
    if not twin or not _is_followed(doc):
        return
    survivors_twin = frappe.db.get_value(doc.doctype, new, side.link) if merge else None
    if not survivors_twin and new != twin and frappe.db.exists(side.twin_doctype, new):
        text = _("There is another {0} called {1}. Rename or merge that one first.")
        frappe.throw(text.format(_(side.twin_doctype), frappe.bold(new)))


def after_rename(doc: Any, event: str, old: str, new: str, merge: bool = False) -> None:
    """Rename the twin, or merge it into the survivor's."""
    side = SIDES[doc.doctype]
    if not _is_followed(doc):
        return
    twin = frappe.db.get_value(side.twin_doctype, {side.twin_link: old}, "name")
    if not twin:
        return
    survivors_twin = frappe.db.get_value(doc.doctype, new, side.link) if merge else None
    with _alone():
        target = survivors_twin or new
        if target != twin:
            frappe.rename_doc(side.twin_doctype, twin, target, force=True, merge=bool(survivors_twin), show_alert=False)
        frappe.db.set_value(doc.doctype, new, side.link, target, update_modified=False)
        frappe.db.set_value(side.twin_doctype, target, side.twin_link, new, update_modified=False)
