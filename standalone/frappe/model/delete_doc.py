"""Deleting documents: the checks before, everything that goes with them, and the record that stays."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import frappe
from frappe.exceptions import DoesNotExistError, LinkExistsError
from frappe.model import storage
from frappe.model.doc_cache import clear_document_cache, forget_doctype
from frappe.model.link_graph import Reference, dynamic_link_fields, find_references, link_fields_to, single_references
from frappe.model.naming import revert_series_of
from frappe.utils import cstr

DELETED_ALONG: dict[str, tuple[str, str]] = {
    "ToDo": ("reference_type", "reference_name"),
    "Email Unsubscribe": ("reference_doctype", "reference_name"),
    "DocShare": ("share_doctype", "share_name"),
    "Version": ("ref_doctype", "docname"),
    "Comment": ("reference_doctype", "reference_name"),
    "View Log": ("reference_doctype", "reference_name"),
    "Document Follow": ("ref_doctype", "ref_docname"),
    "Notification Log": ("document_type", "document_name"),
}
"""Records that make no sense without their document: DocType → the fields that point at it."""

UNLINKED: dict[str, tuple[tuple[str, str], ...]] = {
    "Communication": (("reference_doctype", "reference_name"),),
    "Communication Link": (("link_doctype", "link_name"),),
    "Activity Log": (("reference_doctype", "reference_name"), ("timeline_doctype", "timeline_name")),
}
"""Records that stay, without their reference."""


def delete_doc(
    doctype: str | None = None,
    name: Any = None,
    force: bool | int = False,
    ignore_doctypes: Iterable[str] | None = None,
    for_reload: bool = False,
    ignore_permissions: bool = False,
    flags: Mapping[str, Any] | None = None,
    ignore_on_trash: bool = False,
    ignore_missing: bool = True,
    delete_permanently: bool = False,
) -> bool | None:
    """Delete a document (or several, `name` may be a list) with everything that hangs on it.

    Returns False when there is no such document; with `ignore_missing=False` DoesNotExistError is raised instead.
    Raises PermissionError, and LinkExistsError while other documents link to it (not with `force`).
    """
    if not doctype or name in (None, "", []):
        raise frappe.ValidationError("delete_doc needs a DocType and a name")
    result: bool | None = None
    for one in name if isinstance(name, list | tuple | set) else [name]:
        deletion = _Deletion(doctype, one, bool(force), set(ignore_doctypes or ()), for_reload, delete_permanently)
        deletion.flags = frappe._dict(flags or {})
        deletion.ignore_permissions = ignore_permissions
        deletion.ignore_on_trash = ignore_on_trash
        result = deletion.run(ignore_missing)
    return result


def delete_doc_if_exists(doctype: str, name: Any, force: bool | int = 0) -> None:
    """Delete a document if there is one of that name."""
    if frappe.db.exists(doctype, name):
        delete_doc(doctype, name, force=force)


class _Deletion:
    """One document on its way out."""

    flags: frappe._dict
    ignore_permissions = False
    ignore_on_trash = False

    def __init__(
        self, doctype: str, name: Any, force: bool, ignored: set[str], for_reload: bool, permanently: bool
    ) -> None:
        self.doctype = doctype
        self.name = name
        self.force = force
        self.ignored = ignored
        self.for_reload = for_reload
        self.permanently = permanently

    def run(self, ignore_missing: bool) -> bool | None:
        meta = frappe.get_meta(self.doctype)
        if meta.is_virtual:
            self._delete_virtual()
            return None
        if meta.issingle and not self.for_reload:
            frappe.throw(frappe._("{0} holds settings and cannot be deleted").format(frappe._(self.doctype)))
        doc = self._load()
        if doc is None:
            if ignore_missing:
                return False
            frappe.throw(frappe._("{0} {1} not found").format(frappe._(self.doctype), self.name), DoesNotExistError)
        self.name = doc.name
        if self.for_reload:
            self._forget_quietly(doc)
        else:
            self._delete(doc)
        return None

    def _delete_virtual(self) -> None:
        """Documents without a table are deleted by their controller."""
        from frappe.model.document import Document

        doc = frappe.get_doc(self.doctype, self.name)
        if type(doc).delete is Document.delete:
            raise NotImplementedError(f"The controller of the virtual DocType {self.doctype} has no method delete")
        doc.flags.ignore_permissions = self.ignore_permissions or doc.flags.ignore_permissions
        check_permission_and_not_submitted(doc)
        doc.delete()

    def _load(self) -> Any:
        said_before = len(frappe.local.message_log)
        try:
            return frappe.get_doc(self.doctype, self.name, for_update=True)
        except DoesNotExistError:
            del frappe.local.message_log[said_before:]
            return None

    def _forget_quietly(self, doc: Any) -> None:
        """Make room for the same document from a file: no events, no checks, no traces."""
        if self.doctype == "DocType":
            from frappe.modules.doctype_import import _delete_description

            _delete_description(self.name)
            forget_doctype(self.name)
            return
        self._remove_rows(doc)

    def _delete(self, doc: Any) -> None:
        doc.flags.update(self.flags)
        doc.flags.ignore_permissions = self.ignore_permissions or doc.flags.ignore_permissions
        doc.flags.for_reload = self.for_reload
        self._check(doc)
        self._delete_passwords(doc)
        if not self.ignore_on_trash:
            doc.run_method("on_trash")
            doc.flags.in_delete = True
            doc.run_method("on_change")
        if not self.force and self.doctype != "DocType":
            check_if_doc_is_linked(doc, ignore_doctypes=self.ignored)
            check_if_doc_is_dynamically_linked(doc, ignore_doctypes=self.ignored)
        revert_series_of(doc)
        self._remove_rows(doc)
        doc.run_method("after_delete")
        self._leave_traces(doc)

    def _check(self, doc: Any) -> None:
        check_permission_and_not_submitted(doc)

    def _delete_passwords(self, doc: Any) -> None:
        fields = doc.meta.get_password_fields()
        tables = any(frappe.get_meta(df.options).get_password_fields() for df in doc.meta.get_table_fields())
        if fields or tables or self.doctype == "User":
            from frappe.utils.password import delete_all_passwords_for

            delete_all_passwords_for(self.doctype, cstr(self.name))

    def _remove_rows(self, doc: Any) -> None:
        meta = doc.meta
        if self.doctype == "DocType":
            delete_doctype_records(self.name)
        if meta.issingle:
            frappe.db.sql("delete from `tabSingles` where `doctype` = %s", (self.doctype,))
        else:
            storage.delete_rows(self.doctype, [self.name])
        storage.delete_children(meta, self.name)
        clear_document_cache(self.doctype, self.name)

    def _leave_traces(self, doc: Any) -> None:
        flags = frappe.local.flags
        installing = flags.in_install or flags.in_uninstall
        if not doc.meta.istable:
            delete_attached_files(doc, self.permanently)
        if not installing and not doc.meta.istable:
            frappe.enqueue(
                "frappe.model.delete_doc.delete_dynamic_links",
                doctype=self.doctype,
                name=self.name,
                now=bool(flags.in_test),
                enqueue_after_commit=True,
            )
        if doc.meta.get_global_search_fields():
            from frappe.utils.global_search import delete_for_document

            delete_for_document(doc)
        self._delete_tags(doc)
        if not self.permanently and not installing:
            add_to_deleted_document(doc)
        if not installing:
            doc.notify_update()
            _note_deletion(doc)

    def _delete_tags(self, doc: Any) -> None:
        if doc.get("_user_tags"):
            frappe.db.sql(
                "delete from `tabTag Link` where `document_type` = %s and `document_name` = %s",
                (self.doctype, cstr(self.name)),
            )


def check_permission_and_not_submitted(doc: Any) -> None:
    """Raise unless the document may be deleted: by this user, and in its state."""
    if not doc.flags.ignore_permissions and not doc.has_permission("delete"):
        doc.raise_no_permission_to("delete")
    if doc.docstatus.is_submitted() and not frappe.local.flags.in_uninstall:
        frappe.throw(
            frappe._("{0} {1} is submitted: cancel it before you delete it").format(frappe._(doc.doctype), doc.name)
        )


# ---------------------------------------------------------------------- links


def check_if_doc_is_linked(doc: Any, method: str = "Delete", ignore_doctypes: Iterable[str] = ()) -> None:
    """Raise LinkExistsError while a Link field of another document holds this one."""
    fields = [f for f in link_fields_to(doc.doctype) if f.doctype not in _ignored(doc, method, ignore_doctypes)]
    cancelling = method == "Cancel"
    for reference in find_references(fields, doc.doctype, doc.name, only_submitted=cancelling):
        if not (cancelling and reference.parenttype in _ignored(doc, method, ignore_doctypes)):
            _refuse(doc, reference)
    if not cancelling:
        for field in single_references(fields, doc.doctype, doc.name):
            _refuse(doc, Reference(field, field.doctype, None, None, 0))


def check_if_doc_is_dynamically_linked(doc: Any, method: str = "Delete", ignore_doctypes: Iterable[str] = ()) -> None:
    """Raise LinkExistsError while a Dynamic Link field of another document holds this one."""
    ignored = _ignored(doc, method, ignore_doctypes)
    fields = [f for f in dynamic_link_fields() if f.doctype not in ignored]
    cancelling = method == "Cancel"
    references = find_references(fields, doc.doctype, doc.name, only_submitted=cancelling, with_cancelled=False)
    for reference in references:
        if reference.top()[0] not in ignored:
            _refuse(doc, reference)
    if not cancelling:
        for field in single_references(fields, doc.doctype, doc.name):
            _refuse(doc, Reference(field, field.doctype, None, None, 0))


def _ignored(doc: Any, method: str, more: Iterable[str]) -> set[str]:
    ignored = {*frappe.get_hooks("ignore_links_on_delete"), *more}
    if method == "Cancel":
        ignored.update(getattr(doc, "ignore_linked_doctypes", None) or ())
    return ignored


def _refuse(doc: Any, reference: Reference) -> None:
    doctype, name = reference.top()
    text = frappe._("{0} {1} cannot be deleted or cancelled because {2} {3} is linked with it").format(
        frappe._(doc.doctype), frappe.bold(doc.name), frappe._(doctype), frappe.bold(name)
    )
    frappe.throw(text, LinkExistsError, title=frappe._("In use"))


def raise_link_exists_exception(doc: Any, reference_doctype: str, reference_docname: Any, row: str = "") -> None:
    """Raise LinkExistsError that names the document which is in the way; for controllers with checks of their own."""
    text = frappe._("{0} {1} cannot be deleted or cancelled because {2} {3} is linked with it").format(
        frappe._(doc.doctype), frappe.bold(doc.name), frappe._(reference_doctype), frappe.bold(reference_docname)
    )
    frappe.throw(f"{text} {row}".strip(), LinkExistsError, title=frappe._("In use"))


# ---------------------------------------------------------------------- what goes along


def delete_attached_files(doc: Any, permanently: bool = False) -> None:
    """Delete the files that are attached to a document."""
    if doc.doctype == "File" or frappe.local.flags.in_install:
        return
    rows = frappe.db.sql(
        "select `name` from `tabFile` where `attached_to_doctype` = %s and `attached_to_name` = %s",
        (doc.doctype, cstr(doc.name)),
    )
    for (name,) in rows:
        delete_doc("File", name, ignore_permissions=True, force=True, delete_permanently=permanently)


def delete_dynamic_links(doctype: str, name: Any) -> None:
    """Delete or unlink the records that pointed at a document which is gone. Runs in the background."""
    for record, (type_field, name_field) in DELETED_ALONG.items():
        _delete_references(record, doctype, name, type_field, name_field)
    for record, pairs in UNLINKED.items():
        for type_field, name_field in pairs:
            clear_references(record, doctype, name, type_field, name_field)


def _delete_references(
    record: str, reference_doctype: str, reference_name: Any, type_field: str, name_field: str
) -> None:
    condition, values = f"`{type_field}` = %s and `{name_field}` = %s", (reference_doctype, cstr(reference_name))
    if record == "Comment":
        condition += " and `comment_type` != 'Deleted'"
    if not frappe.db.sql(f"select 1 from `tab{record}` where {condition} limit 1", values):
        return
    frappe.db.sql(f"delete from `tab{record}` where {condition}", values)
    clear_document_cache(record)


def clear_references(
    doctype: str,
    reference_doctype: str,
    reference_name: Any,
    reference_doctype_field: str = "reference_doctype",
    reference_name_field: str = "reference_name",
) -> None:
    """Empty the reference to a document in all records of `doctype`."""
    condition = f"`{reference_doctype_field}` = %s and `{reference_name_field}` = %s"
    frappe.db.sql(
        f"update `tab{doctype}` set `{reference_doctype_field}` = null, `{reference_name_field}` = null"
        f" where {condition}",
        (reference_doctype, cstr(reference_name)),
    )


def delete_references(
    doctype: str,
    reference_doctype: str,
    reference_name: Any,
    reference_doctype_field: str = "reference_doctype",
    reference_name_field: str = "reference_name",
) -> None:
    """Delete all records of `doctype` that refer to a document."""
    _delete_references(doctype, reference_doctype, reference_name, reference_doctype_field, reference_name_field)


def add_to_deleted_document(doc: Any) -> None:
    """Keep what was in a deleted document, so that it can be restored."""
    if doc.doctype in ("Deleted Document", "Version", "Error Log") or doc.meta.istable:
        return
    record = frappe.get_doc(
        {
            "doctype": "Deleted Document",
            "deleted_doctype": doc.doctype,
            "deleted_name": cstr(doc.name),
            "data": doc.as_json(),
            "owner": frappe.session.user,
        }
    )
    record.db_insert()


def _note_deletion(doc: Any) -> None:
    """Leave a comment that tells the document was deleted, and by whom."""
    if doc.meta.istable or frappe.local.flags.in_import or getattr(doc, "no_feed_on_delete", False):
        return
    if doc.doctype == "Comment":
        return
    from frappe.utils.user import get_user_fullname

    comment = frappe.get_doc(
        {
            "doctype": "Comment",
            "comment_type": "Deleted",
            "reference_doctype": doc.doctype,
            "reference_name": cstr(doc.name),
            "subject": f"{frappe._(doc.doctype)} {doc.name}",
            "comment_email": frappe.session.user,
            "comment_by": get_user_fullname(frappe.session.user),
        }
    )
    comment.flags.ignore_links = True
    comment.insert(ignore_permissions=True)


def delete_doctype_records(name: str) -> None:
    """Delete what describes a DocType beside its own rows: customisations, scripts, reports. Its table stays."""
    targets = {
        "Custom Field": "dt",
        "Property Setter": "doc_type",
        "Custom DocPerm": "parent",
        "Client Script": "dt",
        "Report": "ref_doctype",
    }
    for record, column in targets.items():
        if frappe.db.table_exists(record):
            frappe.db.sql(f"delete from `tab{record}` where `{column}` = %s", (name,))
    forget_doctype(name)


__all__ = ["delete_doc", "delete_doc_if_exists"]
