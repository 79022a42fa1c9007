"""The life cycle of a document: insert, save, submit, cancel, delete, and the events on the way.

`Document` says in which order things happen; how each of them works is in the module named after it (`links`,
`validation`, `naming`, `children`, `versioning`, `events`, …).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, Self

import frappe
from frappe.exceptions import (
    DocstatusTransitionError,
    DocumentLockedError,
    DoesNotExistError,
    TimestampMismatchError,
    ValidationError,
)
from frappe.model import children, events, links, storage, validation, versioning
from frappe.model.activity import Activity
from frappe.model.base_document import BaseDocument
from frappe.model.controllers import get_controller
from frappe.model.defaults import fill_missing
from frappe.model.doc_cache import (
    can_cache_doc,
    clear_document_cache,
    get_cached_doc,
    get_cached_value,
    get_document_cache_key,
)
from frappe.model.docstatus import DocStatus
from frappe.model.loading import copy_doc, get_doc, get_last_doc, get_single, get_single_value, new_doc
from frappe.model.values import normalise_moment, same_value
from frappe.types import _dict
from frappe.utils import cint, cstr, flt, now


class Document(Activity, BaseDocument):
    """Base class of all controllers."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Load a document (`Document(doctype, name)`), or make one from a dict or from keywords."""
        if args and isinstance(args[0], str):
            self.doctype = args[0]
            self.name = args[1] if len(args) > 1 else args[0]
            self.flags = _dict(for_update=kwargs.get("for_update"))
            self.load_from_db()
            return
        values = args[0] if args else kwargs
        if not isinstance(values, Mapping) or not (values.get("doctype") or hasattr(type(self), "doctype")):
            raise ValueError(f"{type(self).__name__} is made from a DocType and a name, or from a dict with a doctype")
        super().__init__(values)

    # ------------------------------------------------------------------ loading

    def load_from_db(self) -> Self:
        """Read the document and its rows again. Raises DoesNotExistError when it is not there."""
        meta = self.meta
        for_update = bool(self.flags.for_update)
        row = self._read_single() if meta.issingle else self._read_row(for_update)
        self._take(row)
        self.__dict__["_loaded_name"] = self.name
        for fieldname, rows in storage.read_children(meta, self.name, for_update).items():
            self.__dict__[fieldname] = [self._row_from_db(meta.table_doctypes[fieldname], row) for row in rows]
        self._fill_missing()
        self.__setup__()
        return self

    def _read_row(self, for_update: bool) -> Mapping[str, Any]:
        name = self.name
        if isinstance(name, Mapping | list):
            found = frappe.db.get_value(self.doctype, name, "name")
            row = storage.read_row(self.doctype, found, for_update) if found is not None else None
        else:
            row = storage.read_row(self.doctype, name, for_update) if name is not None else None
        if row is None:
            frappe.throw(frappe._("{0} {1} not found").format(frappe._(self.doctype), name), DoesNotExistError)
        return row

    def _read_single(self) -> Mapping[str, Any]:
        row = storage.read_single(self.doctype, bool(self.flags.for_update))
        if row is None:
            row = new_doc(self.doctype, as_dict=True)
            row.pop("__islocal", None)
        row["name"] = self.doctype
        return row

    def _take(self, row: Mapping[str, Any]) -> None:
        values = self.__dict__
        doctype, flags = values["doctype"], values["flags"]
        values.pop("__islocal", None)
        values.update(row)
        values["doctype"], values["flags"] = doctype, flags
        values["docstatus"] = DocStatus(cint(row.get("docstatus")))

    def _row_from_db(self, doctype: str, row: Mapping[str, Any]) -> Any:
        child = get_controller(doctype)({**row, "doctype": doctype})
        child.parent_doc = self
        return child

    def reload(self) -> Self:
        return self.load_from_db()

    def get_latest(self) -> Any:
        """Return the document as the database has it now."""
        if not self.flags.get("_latest"):
            self.flags["_latest"] = get_doc(self.doctype, self.name)
        return self.flags["_latest"]

    # ------------------------------------------------------------------ permissions

    def check_permission(self, permtype: str = "read", permlevel: int | None = None) -> None:
        """Raise PermissionError unless the session user has this right on this document."""
        if not self.has_permission(permtype):
            self.raise_no_permission_to(permtype)

    def has_permission(self, permtype: str = "read", *, debug: bool = False, user: str | None = None) -> bool:
        """Tell whether `user` (the session user) has this right on this document."""
        if self.flags.ignore_permissions:
            return True
        from frappe.permissions import has_permission

        return has_permission(self.doctype, permtype, self, debug=debug, user=user)

    def raise_no_permission_to(self, perm_type: str) -> None:
        """Raise PermissionError that says what was not allowed."""
        frappe.flags.error_message = frappe._("No permission to {0} {1} {2}").format(
            frappe._(perm_type), frappe._(self.doctype), cstr(self.name or "")
        )
        raise frappe.PermissionError(frappe.flags.error_message)

    def apply_fieldlevel_read_permissions(self) -> None:
        """Take away the values of fields on levels that the session user may not read, in rows too."""
        if frappe.session.user == "Administrator":
            return
        levels: list[int] | None = None
        for doc, parenttype in ((self, None), *((row, self.doctype) for row in self.get_all_children())):
            high = doc.meta.get_high_permlevel_fields()
            if not high:
                continue
            if levels is None:
                levels = self.meta.get_permlevel_access("read", parenttype)
            for df in high:
                if cint(df.permlevel) not in levels:
                    doc.delete_key(df.fieldname)

    def get_permlevel_access(self, permission_type: str = "write") -> list[int]:
        return self.meta.get_permlevel_access(permission_type)

    def get_permissions(self) -> list[Any]:
        return self.meta.get_permissions(self.get("parenttype"))

    def validate_higher_perm_levels(self) -> None:
        """Put fields that the user may not write back to what is stored (new documents: to their defaults)."""
        if self.flags.ignore_permissions or frappe.local.flags.in_install or frappe.session.user == "Administrator":
            return
        levels = self.get_permlevel_access("write")
        reference: Any = None
        for doc in (self, *self.get_all_children()):
            locked = [df for df in doc.meta.get_high_permlevel_fields() if cint(df.permlevel) not in levels]
            if locked:
                if reference is None:
                    reference = self._doc_before_save or {}
                self._reset_fields(doc, locked, reference)

    def _reset_fields(self, doc: Any, locked: Iterable[Any], before: Any) -> None:
        exempt = doc.flags.ignore_permlevel_for_fields or ()
        source = before
        if doc is not self:
            rows = before.get(doc.parentfield) or () if before else ()
            source = next((row for row in rows if row.name == doc.name), None)
        if not source:
            source = new_doc(doc.doctype, as_dict=True)
        for df in locked:
            if df.fieldname not in exempt and df.fieldname:
                doc.set(df.fieldname, source.get(df.fieldname))

    # ------------------------------------------------------------------ insert

    def insert(
        self,
        ignore_permissions: bool | None = None,
        ignore_links: bool | None = None,
        ignore_if_duplicate: bool = False,
        ignore_mandatory: bool | None = None,
        set_name: str | None = None,
        set_child_names: bool = True,
    ) -> Self:
        """Insert this document with its rows, running all events, and return it."""
        if self.flags.in_print:
            return self
        self._note_flags(
            ignore_permissions=ignore_permissions, ignore_links=ignore_links, ignore_mandatory=ignore_mandatory
        )
        self.set("__islocal", True)
        try:
            self._prepare_insert(set_name, set_child_names)
            self._check_and_write_new(ignore_if_duplicate)
            self._finish_insert()
        finally:
            self._stop_saving()
        return self

    def _note_flags(self, **values: Any) -> None:
        self.flags.update({key: value for key, value in values.items() if value is not None})
        if not self.flags.in_notification_update:
            self.flags.notifications_executed = []

    def _prepare_insert(self, set_name: str | None, set_child_names: bool) -> None:
        fill_missing(self)
        self.set_user_and_timestamp()
        self.set_docstatus()
        self.check_if_latest()
        self._validate_links()
        self.check_permission("create")
        self.run_method("before_insert")
        self.set_new_name(set_name=set_name, set_child_names=set_child_names)
        self.set_parent_in_children()
        self.validate_higher_perm_levels()
        self.flags.in_insert = True

    def _check_and_write_new(self, ignore_if_duplicate: bool) -> None:
        self.run_before_save_methods()
        self._validate()
        self.validate_workflow()
        self.set_docstatus()
        self.flags.in_insert = False
        if self.meta.issingle:
            self.update_single(self.get_valid_dict(sanitize=False, ignore_virtual=True))
        else:
            self.db_insert(ignore_if_duplicate=ignore_if_duplicate)
            self.__dict__["__islocal"] = True
        children.insert_all(self)

    def _finish_insert(self) -> None:
        self.flags.in_insert = True
        self.run_method("after_insert")
        if self.get("amended_from"):
            self.copy_attachments_from_amended_from()
        self._adopt_attachments()
        self.run_post_save_methods()
        self.flags.in_insert = False
        self.__dict__.pop("__islocal", None)
        self.__dict__.pop("__unsaved", None)
        self._follow()

    def _adopt_attachments(self) -> None:
        """Attach the files that were uploaded before this document had its name (`__temporary_name`)."""
        temporary = self.get("__temporary_name") or self.get("localname")
        if temporary and not frappe.local.flags.in_import:
            frappe.db.sql(
                "update `tabFile` set `attached_to_name` = %s"
                " where `attached_to_doctype` = %s and `attached_to_name` = %s",
                (cstr(self.name), self.doctype, cstr(temporary)),
            )

    def copy_attachments_from_amended_from(self) -> None:
        """Attach the files of the document this one amends to this one too."""
        fields = ["name", "file_name", "file_url", "folder", "is_private"]
        filters = {"attached_to_doctype": self.doctype, "attached_to_name": cstr(self.amended_from)}
        for file in frappe.get_all("File", filters=filters, fields=fields):
            copied = frappe.get_doc(
                {
                    "doctype": "File",
                    **{key: file[key] for key in ("file_name", "file_url", "folder", "is_private")},
                    "attached_to_doctype": self.doctype,
                    "attached_to_name": cstr(self.name),
                }
            )
            copied.insert(ignore_permissions=True, ignore_if_duplicate=True)

    def set_new_name(self, force: bool = False, set_name: str | None = None, set_child_names: bool = True) -> None:
        """Name this document and its rows, unless that was done already."""
        from frappe.model import naming

        if self.flags.name_set and not force:
            return
        if set_name:
            self.__dict__["name"] = naming.validate_name(self.doctype, set_name)
            self.flags.name_set = True
        elif self.get("__newname"):
            self.__dict__["name"] = naming.validate_name(self.doctype, self.get("__newname"))
            self.flags.name_set = True
        else:
            naming.set_new_name(self)
        if set_child_names:
            for row in self.get_all_children():
                naming.set_new_name(row)
            self.flags.name_set = True

    # ------------------------------------------------------------------ save

    def save(self, *args: Any, **kwargs: Any) -> Self:
        """Save this document with its rows, running all events (a new one is inserted), and return it."""
        return self._save(*args, **kwargs)

    def _save(self, ignore_permissions: bool | None = None, ignore_version: bool | None = None) -> Self:
        if self.flags.in_print:
            return self
        self._note_flags(ignore_permissions=ignore_permissions)
        self._decide_on_version(ignore_version)
        if self.is_new() or not self.get("name"):
            return self.insert()
        try:
            self._prepare_save()
            self._check_and_write()
            self.run_post_save_methods()
            self.__dict__.pop("__unsaved", None)
            for row in self.get_all_children():
                row.__dict__.pop("__islocal", None)
        finally:
            self._stop_saving()
        return self

    def _decide_on_version(self, ignore_version: bool | None) -> None:
        if ignore_version is not None:
            self.flags.ignore_version = bool(ignore_version)
        elif frappe.local.flags.in_test:
            self.flags.ignore_version = True

    def _prepare_save(self) -> None:
        self._refuse_other_name()
        self.check_if_locked()
        fill_missing(self)
        self.check_permission("write")
        self.set_user_and_timestamp()
        self.set_docstatus()
        self.check_if_latest()
        self._check_stored_permission()
        self.set_parent_in_children()
        children.name_rows(self)
        self.validate_higher_perm_levels()
        self._validate_links()

    def _refuse_other_name(self) -> None:
        """Saving under another name would write over another document."""
        loaded = self.__dict__.get("_loaded_name")
        if loaded is not None and cstr(loaded) != cstr(self.name):
            frappe.throw(
                frappe._("The name {0} cannot be changed to {1} by saving; rename the document").format(
                    loaded, self.name
                )
            )

    def _check_stored_permission(self) -> None:
        """Who may not write the document as it is stored cannot give themselves the right by changing it."""
        before = self._doc_before_save
        if before is not None and not self.flags.ignore_permissions and not before.has_permission("write"):
            self.raise_no_permission_to("write")

    def _check_and_write(self) -> None:
        self.run_before_save_methods()
        if self._action != "cancel":
            self._validate()
        self.validate_workflow()
        if self._action == "update_after_submit":
            self.validate_update_after_submit()
        self.set_docstatus()
        if self.meta.issingle:
            self.update_single(self.get_valid_dict(sanitize=False, ignore_virtual=True))
        else:
            self.db_update()
        children.save_all(self)

    def update_children(self) -> None:
        """Write the rows of all tables."""
        children.save_all(self)

    def update_single(self, d: Mapping[str, Any]) -> None:
        """Replace the stored values of a Single."""
        storage.write_single(self.doctype, d)
        clear_document_cache(self.doctype, self.doctype)

    def set_user_and_timestamp(self) -> None:
        """Stamp the document and its rows with the session user and the time, and note that it is being saved."""
        values = self.__dict__
        flags = frappe.local.flags
        values["_original_modified"] = values.get("modified")
        values["modified"] = now()
        values["modified_by"] = frappe.session.user
        keep = flags.in_install or flags.in_patch or flags.in_migrate
        if not values.get("creation") or (self.is_new() and not keep):
            values["creation"] = values["modified"]
        if not values.get("owner") or (self.is_new() and not keep):
            values["owner"] = values["modified_by"]
        for row in self.get_all_children():
            row.__dict__.update(modified=values["modified"], modified_by=values["modified_by"])
            for key in ("owner", "creation"):
                if not row.__dict__.get(key):
                    row.__dict__[key] = values[key]
        flags.currently_saving.append((self.doctype, values.get("name")))

    def _stop_saving(self) -> None:
        saving = frappe.local.flags.currently_saving
        for entry in ((self.doctype, self.name), (self.doctype, None)):
            if entry in saving:
                saving.remove(entry)
                return

    def set_docstatus(self) -> None:
        if self.__dict__.get("docstatus") is None:
            self.docstatus = DocStatus.DRAFT
        for row in self.get_all_children():
            row.docstatus = self.docstatus

    def check_if_latest(self) -> None:
        """Load what is stored, and refuse to overwrite what somebody else has saved meanwhile."""
        self._action = "save"
        self.load_doc_before_save(raise_exception=True)
        before = self._doc_before_save
        if before is None:
            self.check_docstatus_transition(DocStatus.DRAFT)
            return
        if not self.meta.is_virtual and not self._is_latest(before):
            self._refuse_stale(before)
        if not self.meta.issingle:
            self.check_docstatus_transition(before.docstatus)

    def _is_latest(self, before: Any) -> bool:
        mine, stored = self.__dict__.get("_original_modified"), before.get("modified")
        if mine in (None, "") or stored in (None, ""):
            return mine in (None, "") and stored in (None, "")
        return cstr(mine) == cstr(stored) or normalise_moment(mine) == normalise_moment(stored)

    def _refuse_stale(self, before: Any) -> None:
        message = frappe._("{0} {1} was changed by {2} after you opened it. Please reload it and try again.")
        frappe.msgprint(
            message.format(frappe._(self.doctype), cstr(self.name), before.modified_by),
            raise_exception=TimestampMismatchError,
        )

    def load_doc_before_save(self, *, raise_exception: bool = False) -> None:
        """Keep the stored state, locked until the transaction ends; None for a new document."""
        self._doc_before_save = None
        if self.is_new():
            return
        try:
            self._doc_before_save = get_doc(self.doctype, self.name, for_update=True)
        except DoesNotExistError:
            if raise_exception:
                raise
            frappe.clear_last_message()

    def check_docstatus_transition(self, to_docstatus: Any) -> None:
        """Find out what this save is (`_action`) from the stored docstatus and the new one; refuse impossible steps.

        The argument is the docstatus that is stored.
        """
        stored, wanted = DocStatus(cint(to_docstatus)), self.docstatus
        step = _TRANSITIONS.get((int(stored), int(wanted)))
        if wanted.is_submitted() and stored.is_draft() and not self.meta.is_submittable:
            raise DocstatusTransitionError(frappe._("{0} cannot be submitted").format(frappe._(self.doctype)))
        if step is None:
            self._refuse_transition(stored, wanted)
            return
        self._action, right = step
        if right:
            self.check_permission(right)

    def _refuse_transition(self, stored: int, wanted: int) -> None:
        if stored == 2:
            raise ValidationError(frappe._("A cancelled document cannot be changed"))
        names = {0: frappe._("Draft"), 1: frappe._("Submitted"), 2: frappe._("Cancelled")}
        if wanted not in names:
            raise ValidationError(frappe._("{0} is not a document status").format(wanted))
        text = frappe._("A document cannot go from {0} to {1}").format(names[stored], names[wanted])
        raise DocstatusTransitionError(text)

    def _validate_links(self) -> None:
        if self.flags.ignore_links or frappe.local.flags.ignore_links or self._action == "cancel":
            return
        links.validate_links(self)

    def _validate(self) -> None:
        validation.validate(self)

    def validate_workflow(self) -> None:
        """Refuse a step of the workflow that the user may not take now."""
        from frappe.model.workflow import validate_workflow

        validate_workflow(self)

    def validate_update_after_submit(self) -> None:
        validation.check_update_after_submit(self)

    def run_before_save_methods(self) -> None:
        """Run the events between the checks and the database that belong to this kind of save."""
        self.reset_seen()
        if self._action in ("save", "submit"):
            self.run_method("before_validate")
        if self.flags.ignore_validate:
            return
        for event in _EVENTS_BEFORE[self._action]:
            self.run_method(event)
        self.set_title_field()

    def run_post_save_methods(self) -> None:
        """Run the events after the write, then tell caches, browsers and the history."""
        for event in _EVENTS_AFTER[self._action]:
            self.run_method(event)
        if self._action == "cancel":
            self.check_no_back_links_exist()
        self.clear_cache()
        if self.flags.notify_update is not False:
            self.notify_update()
        self._update_global_search()
        self.save_version()
        self.run_method("on_change")
        self._stop_saving()

    def set_title_field(self) -> None:
        validation.fill_title(self)

    def save_version(self) -> None:
        versioning.save_version(self)

    def _update_global_search(self) -> None:
        if self.meta.get_global_search_fields() and not frappe.local.flags.in_install:
            from frappe.utils.global_search import update_global_search

            update_global_search(self)

    def check_no_back_links_exist(self) -> None:
        """Refuse to cancel a document that other, submitted documents link to."""
        from frappe.model.delete_doc import check_if_doc_is_dynamically_linked, check_if_doc_is_linked

        if not self.flags.ignore_links:
            check_if_doc_is_linked(self, method="Cancel")
            check_if_doc_is_dynamically_linked(self, method="Cancel")

    # ------------------------------------------------------------------ other verbs

    def submit(self) -> Self:
        self.docstatus = DocStatus.SUBMITTED
        return self.save()

    def _submit(self) -> Self:
        return self.submit()

    def cancel(self) -> Self:
        self.docstatus = DocStatus.CANCELLED
        return self.save()

    def _cancel(self) -> Self:
        return self.cancel()

    def discard(self) -> None:
        """Give a draft up: it becomes cancelled without ever having been submitted."""
        self.check_if_locked()
        self.set_user_and_timestamp()
        try:
            self.check_if_latest()
            if not self.docstatus.is_draft():
                raise ValidationError(frappe._("Only drafts can be discarded"))
            self.check_permission("write")
            self.run_method("before_discard")
            self.db_set("docstatus", DocStatus.CANCELLED)
            for row in self.get_all_children():
                row.db_set("docstatus", DocStatus.CANCELLED)
            self.run_method("on_discard")
        finally:
            self._stop_saving()

    def delete(self, ignore_permissions: bool = False, force: bool = False, *, delete_permanently: bool = False) -> Any:
        return frappe.delete_doc(
            self.doctype,
            self.name,
            ignore_permissions=ignore_permissions,
            flags=self.flags,
            force=force,
            delete_permanently=delete_permanently,
        )

    def rename(self, name: str, merge: bool = False, force: bool = False, validate_rename: bool = True) -> None:
        """Rename this document and read it again under its new name."""
        from frappe.model.rename_doc import rename_doc

        self.name = rename_doc(doc=self, new=name, merge=merge, force=force, validate=validate_rename)
        self.reload()

    def db_set(
        self,
        fieldname: str | Mapping[str, Any],
        value: Any = None,
        update_modified: bool = True,
        notify: bool = False,
        commit: bool = False,
    ) -> None:
        """Write one value, or several, at once: without checks, with the events before_change and on_change."""
        changes: dict[str, Any] = dict(fieldname) if isinstance(fieldname, Mapping) else {fieldname: value}
        for key, new in changes.items():
            self.set(key, new)
        if update_modified and (self.doctype, self.name) not in frappe.local.flags.currently_saving:
            self.__dict__.update(modified=now(), modified_by=frappe.session.user)
        if self._doc_before_save is None:
            self.load_doc_before_save()
        self.run_method("before_change")
        self._write_changes(changes, update_modified)
        self.run_method("on_change")
        if notify:
            self.notify_update()
        if commit:
            frappe.db.commit()

    def _write_changes(self, changes: dict[str, Any], update_modified: bool) -> None:
        if self.name is None:
            return
        stamps = {"modified": self.modified, "modified_by": self.modified_by}
        if self.meta.issingle:
            frappe.db.set_single_value(self.doctype, changes, update_modified=update_modified, **stamps)
        else:
            frappe.db.set_value(
                self.doctype, self.name, changes, update_modified=update_modified, **(stamps if update_modified else {})
            )
        self.clear_cache()

    def update_modified(self) -> None:
        """Stamp the document with the time, here and in the database, without any event."""
        stamp = self.__dict__["modified"] = now()
        if self.meta.issingle:
            frappe.db.set_single_value(self.doctype, "modified", stamp, update_modified=False)
        else:
            frappe.db.set_value(self.doctype, self.name, "modified", stamp, update_modified=False)

    def clear_cache(self) -> None:
        clear_document_cache(self.doctype, self.name)

    def notify_update(self) -> None:
        """Tell browsers, after the commit, that this document and the lists of its DocType have changed."""
        if frappe.local.flags.in_patch or frappe.local.flags.in_install or frappe.local.flags.in_migrate:
            return
        frappe.publish_realtime(
            "doc_update",
            {"modified": cstr(self.modified), "doctype": self.doctype, "name": self.name},
            doctype=self.doctype,
            docname=self.name,
            after_commit=True,
        )
        meta = self.meta
        if meta.read_only or meta.issingle or meta.istable:
            return
        from frappe.realtime import get_doctype_room

        frappe.publish_realtime(
            "list_update",
            {"doctype": self.doctype, "name": self.name, "user": frappe.session.user},
            room=get_doctype_room(self.doctype),
            after_commit=True,
        )

    # ------------------------------------------------------------------ events

    def run_method(self, method: str, *args: Any, **kwargs: Any) -> Any:
        """Run an event: the controller's method, then the handlers apps registered for it."""
        if method.startswith("_") and not hasattr(type(self), method):
            raise AttributeError(f"{self.doctype} has no method {method!r}")
        return events.run(self, method, *args, **kwargs)

    def run_trigger(self, method: str, *args: Any, **kwargs: Any) -> Any:
        return self.run_method(method, *args, **kwargs)

    @staticmethod
    def whitelist(fn: Any) -> Any:
        """Make a method callable over HTTP (older spelling of `@frappe.whitelist()`)."""
        frappe.whitelist()(fn)
        return fn

    def is_whitelisted(self, method_name: str) -> None:
        """Raise PermissionError unless this method may be called over HTTP."""
        method = getattr(self, method_name, None)
        if method is None:
            raise DoesNotExistError(f"{self.doctype} has no method {method_name}")
        frappe.is_whitelisted(getattr(method, "__func__", method))

    # ------------------------------------------------------------------ what has changed

    def get_doc_before_save(self) -> Any:
        """Return the stored state while a save is running and after it, None for a new document."""
        return self._doc_before_save

    def has_value_changed(self, fieldname: str) -> bool:
        """Tell whether the value differs from the stored one; True for everything while a document is inserted."""
        before = self.get_doc_before_save()
        if before is None:
            return True
        old, new = before.get(fieldname), self.get(fieldname)
        if isinstance(old, list) or isinstance(new, list):
            return not validation.same_rows(old, new)
        df = self.meta.get_field(fieldname)
        fieldtype = df.fieldtype if df is not None else "Datetime" if fieldname in ("creation", "modified") else None
        return not same_value(old, new, fieldtype)

    def is_child_table_same(self, fieldname: str) -> bool:
        """Tell whether the rows of a table are those that are stored, in the same order and with the same values."""
        before = self.get_doc_before_save()
        return before is not None and validation.same_rows(before.get(fieldname), self.get(fieldname))

    def get_value_before_save(self, fieldname: str) -> Any:
        before = self.get_doc_before_save()
        return before.get(fieldname) if before is not None else None

    # ------------------------------------------------------------------ locks and background actions

    def get_signature(self) -> str:
        """Return a text that identifies this document in file names."""
        import hashlib

        return hashlib.sha224(f"{self.doctype}:{self.name}".encode(), usedforsecurity=False).hexdigest()

    @property
    def is_locked(self) -> bool:
        from frappe.utils import file_lock

        return bool(file_lock.lock_exists(self.get_signature()))

    def check_if_locked(self) -> None:
        """Refuse a change while a background action works on this document."""
        if self in frappe.local.locked_documents:
            return
        if self.is_locked:
            raise DocumentLockedError(
                frappe._("{0} {1} is being worked on in the background, please try again").format(
                    frappe._(self.doctype), self.name
                )
            )

    def lock(self, timeout: float | None = None) -> None:
        """Lock this document for other processes; waits up to `timeout` seconds, then raises DocumentLockedError."""
        import time

        from frappe.utils import file_lock

        deadline = time.monotonic() + (timeout or 0)
        while not file_lock.create_lock(self.get_signature()):
            if time.monotonic() >= deadline:
                raise DocumentLockedError(frappe._("{0} {1} is locked").format(frappe._(self.doctype), self.name))
            time.sleep(0.1)
        frappe.local.locked_documents.append(self)

    def unlock(self) -> None:
        from frappe.utils import file_lock

        file_lock.delete_lock(self.get_signature())
        if self in frappe.local.locked_documents:
            frappe.local.locked_documents.remove(self)

    def queue_action(self, action: str, **kwargs: Any) -> None:
        """Run a method of this document in the background; the document stays locked until it is done."""
        method = f"_{action}" if hasattr(self, f"_{action}") else action
        self.lock()
        frappe.enqueue(
            "frappe.model.document.execute_action",
            __doctype=self.doctype,
            __name=self.name,
            __action=method,
            enqueue_after_commit=True,
            **kwargs,
        )

    # ------------------------------------------------------------------ helpers for controllers

    def get_title(self) -> str:
        return cstr(self.get(self.meta.get_title_field()) or self.name or "")

    def get_url(self) -> str:
        """Return the path of this document in the desk."""
        from frappe.utils import get_absolute_url

        return get_absolute_url(self.doctype, self.name)

    def set_onload(self, key: str, value: Any) -> None:
        """Send `value` to the form together with the document."""
        self.__dict__.setdefault("__onload", _dict())[key] = value

    def get_onload(self, key: str | None = None) -> Any:
        onload = self.__dict__.get("__onload") or _dict()
        return onload if key is None else onload.get(key)

    def validate_value(
        self, fieldname: str, condition: str, val2: Any, doc: Any = None, raise_exception: Any = None
    ) -> None:
        """Raise unless the field compares to `val2` as `condition` (`=`, `>`, `in`, `^`, …) says."""
        from frappe.utils import compare

        doc = doc or self
        df = doc.meta.get_field(fieldname)
        if not compare(doc.get_value(fieldname), condition, val2, df.fieldtype if df is not None else None):
            label = doc.meta.get_label(fieldname)
            row = frappe._("Row {0}: ").format(doc.idx) if doc.get("parentfield") else ""
            wanted = frappe.utils.comma_or(val2) if isinstance(val2, list | tuple) else val2
            frappe.throw(
                row + frappe._("{0} must be {1} {2}").format(frappe._(label), condition, wanted),
                raise_exception or ValidationError,
            )

    def validate_table_has_rows(self, parentfield: str, raise_exception: Any = None) -> None:
        if not self.get(parentfield):
            label = self.meta.get_label(parentfield)
            frappe.throw(
                frappe._("The table {0} needs at least one row").format(frappe._(label)),
                raise_exception or frappe.EmptyTableError,
            )

    def round_floats_in(
        self, doc: Any, fieldnames: Iterable[str] | None = None, do_not_round_fields: Iterable[str] | None = None
    ) -> None:
        """Round number fields (all Currency, Float and Percent fields of `doc` by default) to their precision."""
        names = fieldnames or [
            df.fieldname for df in doc.meta.fields if df.fieldtype in ("Currency", "Float", "Percent")
        ]
        for fieldname in set(names).difference(do_not_round_fields or ()):
            doc.set(fieldname, flt(doc.get(fieldname), self.precision(fieldname, doc.get("parentfield"))))

    def validate_from_to_dates(self, from_date_field: str, to_date_field: str) -> None:
        """Raise when the first date lies behind the second."""
        start, end = self.get(from_date_field), self.get(to_date_field)
        if start and end and normalise_moment(start) > normalise_moment(end):
            frappe.throw(
                frappe._("{0} cannot be after {1}").format(
                    frappe.bold(frappe._(self.meta.get_label(from_date_field))),
                    frappe.bold(frappe._(self.meta.get_label(to_date_field))),
                ),
                frappe.exceptions.InvalidDates,
            )

    def deferred_insert(self) -> None:
        """Insert this document later, in the background; for records whose loss would not matter."""
        from frappe.deferred_insert import deferred_insert

        deferred_insert(doctype=self.doctype, records=[self.as_dict(convert_dates_to_str=True)])

    def __eq__(self, other: object) -> bool:
        return self is other

    def __hash__(self) -> int:
        return id(self)


Document.discard = frappe.whitelist()(Document.discard)  # type: ignore[method-assign]

_TRANSITIONS: dict[tuple[int, int], tuple[str, str | None]] = {
    (0, 0): ("save", None),
    (0, 1): ("submit", "submit"),
    (1, 1): ("update_after_submit", "submit"),
    (1, 2): ("cancel", "cancel"),
}
"""(stored, wanted) → what the save is, and the right it needs on top of write."""

_EVENTS_BEFORE = {
    "save": ("validate", "before_save"),
    "submit": ("validate", "before_submit"),
    "cancel": ("before_cancel",),
    "update_after_submit": ("before_update_after_submit",),
}

_EVENTS_AFTER = {
    "save": ("on_update",),
    "submit": ("on_update", "on_submit"),
    "cancel": ("on_cancel",),
    "update_after_submit": ("on_update_after_submit",),
}


def execute_action(__doctype: str, __name: Any, __action: str, **kwargs: Any) -> None:
    """Run an action queued by `queue_action`; a failure is told as a comment on the document."""
    doc = get_doc(__doctype, __name)
    doc.unlock()
    try:
        getattr(doc, __action)(**kwargs)
    except Exception as error:  # nobody waits for the job: who reads the document is told
        frappe.db.rollback()
        messages = [message.get("message") for message in frappe.local.message_log if isinstance(message, Mapping)]
        reason = messages[-1] if messages else cstr(error)
        doc.add_comment("Comment", frappe._("The action failed: {0}").format(reason))
        doc.log_error(f"{__action} of {__doctype} {__name} failed")
    doc.notify_update()


def bulk_insert(
    doctype: str, documents: Iterable[Any], ignore_duplicates: bool = False, chunk_size: int = 10_000
) -> None:
    """Insert many named documents with their rows and without any event, `chunk_size` at a time."""
    by_doctype: dict[str, list[Any]] = {doctype: []}
    for doc in documents:
        if not doc.name:
            raise ValueError(f"bulk_insert needs documents with names; one {doctype} has none")
        for one in (doc, *doc.get_all_children()):
            if not one.name:
                from frappe.model.naming import set_new_name

                set_new_name(one)
            one.__dict__.update(parent=doc.name) if one is not doc else None
            storage.stamp(one)
            by_doctype.setdefault(one.doctype, []).append(one)
    for docs in by_doctype.values():
        storage.insert_rows(docs, ignore_duplicates=ignore_duplicates, chunk_size=chunk_size)


__all__ = [
    "BaseDocument",
    "Document",
    "bulk_insert",
    "can_cache_doc",
    "copy_doc",
    "execute_action",
    "get_cached_doc",
    "get_cached_value",
    "get_controller",
    "get_doc",
    "get_document_cache_key",
    "get_last_doc",
    "get_single",
    "get_single_value",
    "new_doc",
]
