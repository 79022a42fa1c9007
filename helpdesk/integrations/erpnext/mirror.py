"""Rights on a customer count for its twin, too: User Permissions and shares, given and taken on both sides.

The framework calls these for every such record on every site; without the sync, and for records about something else,
they return at once. A mirror is found by what it is about, so nothing is made twice and nothing runs in circles.
"""

from functools import partial
from typing import Any, NamedTuple

import frappe

from helpdesk.batches import for_each
from helpdesk.integrations.erpnext import customer
from helpdesk.integrations.erpnext.customer import OURS, SIDES, THEIRS


class Grant(NamedTuple):
    """A DocType that gives somebody a right on a record: its fields for kind and name of the record, for whom and how
    far it counts, and what else goes over to the mirror.
    """

    doctype: str
    kind: str
    record: str
    identity: tuple[str, ...]
    content: tuple[str, ...]

    @property
    def key(self) -> tuple[str, ...]:
        """The fields that tell one grant from another."""
        return (self.kind, self.record, *self.identity)


PERMISSION = Grant(
    "User Permission",
    "allow",
    "for_value",
    ("user", "applicable_for", "apply_to_all_doctypes"),
    ("is_default", "hide_descendants"),
)
SHARE = Grant(
    "DocShare",
    "share_doctype",
    "share_name",
    ("user", "everyone"),
    ("read", "write", "share", "submit"),
)
GRANTS = {grant.doctype: grant for grant in (PERMISSION, SHARE)}


def _is_followed(doc: Any) -> bool:
    grant = GRANTS[doc.doctype]
    if doc.flags.ignore_erpnext_sync or frappe.flags.get(customer.CASCADE):
        return False
    before = doc.get_doc_before_save()
    kinds = {doc.get(grant.kind), before.get(grant.kind) if before else None}
    return not kinds.isdisjoint(SIDES) and customer.is_active()


def before_validate(doc: Any, event: str | None = None) -> None:
    """Take away the mirror of what a grant was about before, if it now is about something else."""
    before = doc.get_doc_before_save()
    if before is None or not _is_followed(doc):
        return
    grant = GRANTS[doc.doctype]
    if any((before.get(field) or None) != (doc.get(field) or None) for field in grant.key):
        _remove(before, grant)


def after_insert(doc: Any, event: str | None = None) -> None:
    """Give the twin the same right."""
    if _is_followed(doc):
        _write(doc, GRANTS[doc.doctype])


def on_update(doc: Any, event: str | None = None) -> None:
    """Keep the twin's right the same."""
    if doc.get_doc_before_save() is not None and _is_followed(doc):
        _write(doc, GRANTS[doc.doctype])


def on_trash(doc: Any, event: str | None = None) -> None:
    """Take the right on the twin away with this one."""
    if _is_followed(doc):
        _remove(doc, GRANTS[doc.doctype])


def _write(doc: Any, grant: Grant) -> None:
    about = _about_twin(doc, grant)
    if about is None:
        return
    name = _find(about, grant)
    mirror = frappe.get_doc(grant.doctype, name) if name else frappe.get_doc({"doctype": grant.doctype, **about})
    changes = {field: doc.get(field) for field in grant.content if mirror.meta.has_field(field)}
    if name and all((mirror.get(field) or 0) == (value or 0) for field, value in changes.items()):
        return
    mirror.update(changes)
    _act_for_site(mirror)
    mirror.save(ignore_permissions=True)  # whoever may give the right on one side gives it on both


def _remove(doc: Any, grant: Grant) -> None:
    about = _about_twin(doc, grant)
    name = _find(about, grant) if about else None
    if name:
        mirror = frappe.get_doc(grant.doctype, name)
        _act_for_site(mirror)
        mirror.delete(ignore_permissions=True)


def _act_for_site(mirror: Any) -> None:
    mirror.flags.ignore_erpnext_sync = True
    mirror.flags.ignore_share_permission = True


def _about_twin(doc: Any, grant: Grant) -> dict[str, Any] | None:
    """Return the key fields of the mirror; None where the record has no twin."""
    side = SIDES.get(doc.get(grant.kind))
    if side is None:
        return None
    twin = frappe.db.get_value(doc.get(grant.kind), doc.get(grant.record), side.link)
    if not twin or not frappe.db.exists(side.twin_doctype, twin):
        return None
    same = {field: doc.get(field) for field in grant.identity}
    return {**same, grant.kind: side.twin_doctype, grant.record: twin}


def _find(about: dict[str, Any], grant: Grant) -> str | None:
    """Return the grant with these key fields. An empty one is null here and blank there."""
    given = {field: value for field, value in about.items() if value}
    empty = [field for field in about if field not in given]
    rows = frappe.get_all(grant.doctype, filters=given, fields=["name", *empty])
    return next((row.name for row in rows if not any(row[field] for field in empty)), None)


def sync_all() -> None:
    """Mirror every grant on a customer of either side. Can run again and again."""
    for grant in GRANTS.values():
        names = frappe.get_all(grant.doctype, filters={grant.kind: ["in", [OURS, THEIRS]]}, pluck="name")
        for_each(names, partial(_mirror, grant), grant.doctype + " {0} could not be mirrored for ERPNext")


def _mirror(grant: Grant, name: str) -> None:
    _write(frappe.get_doc(grant.doctype, name), grant)
