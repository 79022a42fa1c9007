"""The description of a kind of document: what may be in it, and what follows when it is saved."""

from __future__ import annotations

from typing import Any

import frappe
from frappe.core.doctype.doctype import field_rules, permission_rules
from frappe.model import table_fields
from frappe.model.doc_cache import clear_document_cache, forget_doctype
from frappe.model.document import Document


class DocType(Document):
    """A DocType with its fields, permissions, actions, links and states."""

    module: str | None
    sort_field: str | None
    sort_order: str | None

    def before_insert(self) -> None:
        if not self.module:
            self.module = "Core"

    def _validate_links(self) -> None:
        """The module and the roles it names are made first, so that its links to them hold."""
        from frappe.modules.doctype_import import ensure_module, ensure_roles

        if self.has_permission("write"):
            ensure_module(self.module)
            ensure_roles(rule.role for rule in self.permissions if rule.role)
        super()._validate_links()

    def validate(self) -> None:
        self._check_may_be_edited()
        field_rules.check_name(self)
        field_rules.name_fields(self)
        field_rules.check(self)
        self._tidy()
        permission_rules.check_rules(self)

    def _check_may_be_edited(self) -> None:
        """A standard DocType is described by its file: outside developer mode only installs and patches change it."""
        flags = frappe.local.flags
        busy = flags.in_install or flags.in_migrate or flags.in_patch or flags.in_test or flags.in_import
        if self.custom or busy or frappe.local.conf.developer_mode or flags.in_uninstall:
            return
        frappe.throw(frappe._("Standard DocTypes can be changed in developer mode only; make a custom one instead"))

    def _tidy(self) -> None:
        if self.istable:
            self.set("permissions", [])
            self.allow_import = 0
        if (self.autoname or "").lower() == "autoincrement":
            self.allow_rename = 0
        if self.issingle:
            self.is_submittable = 0
        self.sort_field = self.sort_field or "creation"
        self.sort_order = self.sort_order or "DESC"

    def on_update(self) -> None:
        from frappe.modules.doctype_import import sync_schema

        forget_doctype(self.name)
        if not frappe.local.flags.in_import:
            sync_schema(self.name, is_new=bool(self.flags.in_insert))
        self._write_file()
        self._forget_parents()

    def _write_file(self) -> None:
        flags = frappe.local.flags
        if self.custom or not frappe.local.conf.developer_mode or flags.in_import or flags.in_test or flags.in_install:
            return
        from frappe.modules.export_file import write_document_file

        write_document_file(self)

    def _forget_parents(self) -> None:
        """DocTypes that have this one as a table work their rules out of it."""
        for parent in self._parents():
            forget_doctype(parent)

    def _parents(self) -> list[str]:
        if not self.istable:
            return []
        rows = frappe.db.sql(
            "select distinct `parent` from `tabDocField` where `options` = %s and `fieldtype` in %s",
            (self.name, table_fields),
        )
        return [row[0] for row in rows if row[0] != self.name]

    def before_rename(self, old: str, new: str, merge: bool = False) -> None:
        if merge:
            frappe.throw(frappe._("DocTypes cannot be merged"))
        if not self.custom and not frappe.local.conf.developer_mode and not frappe.local.flags.in_patch:
            frappe.throw(frappe._("Only custom DocTypes can be renamed"))
        field_rules.check_name(self, new)

    def after_rename(self, old: str, new: str, merge: bool = False) -> None:
        """Carry tables and everything that names the DocType over to its new name."""
        if self.issingle:
            frappe.db.sql("update `tabSingles` set `doctype` = %s where `doctype` = %s", (new, old))
        elif not self.is_virtual:
            frappe.db.rename_table(old, new)
        for table, column in _NAMING_COLUMNS:
            frappe.db.sql(f"update `tab{table}` set `{column}` = %s where `{column}` = %s", (new, old))
        frappe.db.sql(
            "update `tabDocField` set `options` = %s where `options` = %s"
            " and `fieldtype` in ('Link', 'Table', 'Table MultiSelect')",
            (new, old),
        )
        for child in {df.options for df in self.fields if df.fieldtype in ("Table", "Table MultiSelect")}:
            frappe.db.sql(f"update `tab{child}` set `parenttype` = %s where `parenttype` = %s", (new, old))
        frappe.clear_cache()

    def on_trash(self) -> None:
        self._check_may_be_edited()

    def after_delete(self) -> None:
        clear_document_cache("DocType", self.name)
        forget_doctype(self.name)


_NAMING_COLUMNS = (
    ("Custom Field", "dt"),
    ("Custom Field", "options"),
    ("Property Setter", "doc_type"),
    ("Custom DocPerm", "parent"),
)


def validate_fields(meta: Any) -> None:
    """Raise when the fields of a DocType contradict themselves or each other."""
    field_rules.check(meta)


def validate_fields_for_doctype(doctype: str) -> None:
    """Check the fields of a DocType as they are now, customisations included."""
    forget_doctype(doctype)
    field_rules.check(frappe.get_meta(doctype, cached=False))


def validate_permissions_for_doctype(doctype: str, for_remove: bool = False, alert: bool = False) -> None:
    permission_rules.check_rules(frappe.get_meta(doctype, cached=False), for_remove=for_remove, alert=alert)
    forget_doctype(doctype)


def clear_permissions_cache(doctype: str) -> None:
    forget_doctype(doctype)
