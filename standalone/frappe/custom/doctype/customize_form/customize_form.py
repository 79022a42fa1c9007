"""The editor for customising a DocType: it loads the DocType as it is now, and saves what differs as customisations."""

from __future__ import annotations

import json
from typing import Any

import frappe
from frappe.core.doctype.doctype.doctype import validate_fields_for_doctype
from frappe.custom.doctype.custom_field.custom_field import COMPATIBLE_TYPES
from frappe.custom.doctype.property_setter.property_setter import delete_property_setter, make_property_setter
from frappe.model import core_doctypes_list
from frappe.model.definitions import TABLES
from frappe.model.doc_cache import forget_doctype
from frappe.model.document import Document
from frappe.utils import cint, cstr

DOCTYPE_PROPERTIES = {
    "search_fields": "Data",
    "title_field": "Data",
    "image_field": "Data",
    "sort_field": "Data",
    "sort_order": "Data",
    "default_print_format": "Data",
    "allow_copy": "Check",
    "istable": "Check",
    "quick_entry": "Check",
    "editable_grid": "Check",
    "max_attachments": "Int",
    "make_attachments_public": "Check",
    "track_changes": "Check",
    "track_views": "Check",
    "allow_auto_repeat": "Check",
    "allow_import": "Check",
    "show_preview_popup": "Check",
    "default_email_template": "Data",
    "email_append_to": "Check",
    "subject_field": "Data",
    "sender_field": "Data",
    "sender_name_field": "Data",
    "naming_rule": "Data",
    "autoname": "Data",
    "show_title_field_in_link": "Check",
    "translated_doctype": "Check",
    "queue_in_background": "Check",
    "default_view": "Select",
    "force_re_route_to_default_view": "Check",
    "is_calendar_and_gantt": "Check",
}

FIELD_PROPERTIES = {
    "idx": "Int",
    "label": "Data",
    "fieldtype": "Select",
    "options": "Text",
    "permlevel": "Int",
    "width": "Data",
    "print_width": "Data",
    "non_negative": "Check",
    "reqd": "Check",
    "unique": "Check",
    "ignore_user_permissions": "Check",
    "in_list_view": "Check",
    "in_standard_filter": "Check",
    "in_global_search": "Check",
    "in_preview": "Check",
    "bold": "Check",
    "no_copy": "Check",
    "ignore_xss_filter": "Check",
    "hidden": "Check",
    "collapsible": "Check",
    "collapsible_depends_on": "Data",
    "print_hide": "Check",
    "print_hide_if_no_value": "Check",
    "report_hide": "Check",
    "allow_on_submit": "Check",
    "translatable": "Check",
    "mandatory_depends_on": "Data",
    "read_only_depends_on": "Data",
    "depends_on": "Data",
    "description": "Text",
    "default": "Text",
    "precision": "Select",
    "read_only": "Check",
    "length": "Int",
    "columns": "Int",
    "remember_last_selected_value": "Check",
    "allow_bulk_edit": "Check",
    "in_filter": "Check",
    "hide_border": "Check",
    "hide_days": "Check",
    "hide_seconds": "Check",
    "is_virtual": "Check",
    "link_filters": "JSON",
    "placeholder": "Data",
    "sort_options": "Check",
    "show_dashboard": "Check",
    "allow_in_quick_entry": "Check",
    "fetch_from": "Small Text",
    "fetch_if_empty": "Check",
}


class CustomizeForm(Document):
    """A Single that holds one DocType while somebody edits it; nothing of it is stored here."""

    doc_type: str | None

    def on_update(self) -> None:
        frappe.db.sql("delete from `tabSingles` where `doctype` = 'Customize Form'")
        frappe.db.sql("delete from `tabCustomize Form Field` where `parenttype` = 'Customize Form'")

    @frappe.whitelist()
    def fetch_to_customize(self) -> None:
        """Load the DocType named in `doc_type`, with its customisations."""
        self._clear()
        if not self.doc_type:
            return
        meta = frappe.get_meta(self.doc_type, cached=False)
        self._refuse_core(meta)
        for fieldname in DOCTYPE_PROPERTIES:
            self.set(fieldname, meta.get(fieldname))
        for df in meta.fields:
            row = {key: df.get(key) for key in ("fieldname", "is_custom_field", *FIELD_PROPERTIES)}
            self.append("fields", {**row, "is_custom_field": cint(df.get("is_custom_field")), "name": df.name})
        for table in ("links", "actions", "states"):
            for entry in meta.get(table) or ():
                self.append(table, {**entry.as_dict(no_default_fields=True), "name": entry.name})

    def _clear(self) -> None:
        doc_type = self.doc_type
        for df in self.meta.fields:
            if df.fieldname and df.fieldname != "doc_type":
                self.set(df.fieldname, [] if df.fieldtype == "Table" else None)
        self.doc_type = doc_type

    def _refuse_core(self, meta: Any) -> None:
        if meta.name in core_doctypes_list or (meta.issingle and meta.name == "Customize Form"):
            frappe.throw(frappe._("{0} belongs to the framework and cannot be customised").format(meta.name))
        if meta.custom:
            frappe.throw(frappe._("{0} is a custom DocType: change it in the DocType itself").format(meta.name))

    @frappe.whitelist()
    def save_customization(self) -> None:
        """Write what differs from the DocType as Property Setters, Custom Fields and rows; then reload the form."""
        if not self.doc_type:
            return
        frappe.only_for("System Manager")
        meta = frappe.get_meta(self.doc_type, cached=False)
        self._refuse_core(meta)
        self._check_core_fields(meta)
        self._save_doctype_properties(meta)
        self._save_fields(meta)
        self._save_order(meta)
        self._save_rows()
        self._delete_removed(meta)
        forget_doctype(self.doc_type)
        validate_fields_for_doctype(self.doc_type)
        frappe.db.updatedb(self.doc_type)
        if not self.flags.hide_success:
            text = frappe._("{0} has been customised").format(frappe._(self.doc_type))
            frappe.msgprint(text, alert=True)
        self.fetch_to_customize()

    def _check_core_fields(self, meta: Any) -> None:
        """A field of the DocType itself may be hidden, but not left out."""
        present = {row.fieldname for row in self.fields}
        for df in meta.fields:
            if not df.get("is_custom_field") and df.fieldname not in present:
                frappe.throw(frappe._("The standard field {0} cannot be removed; hide it instead").format(df.fieldname))

    def _save_doctype_properties(self, meta: Any) -> None:
        for name, property_type in DOCTYPE_PROPERTIES.items():
            if _differs(self.get(name), meta.get(name), property_type):
                self._set_property(name, self.get(name), property_type)

    def _set_property(self, name: str, value: Any, property_type: str, fieldname: str | None = None) -> None:
        delete_property_setter(str(self.doc_type), name, fieldname)
        if value is None and property_type != "Check":
            value = ""
        make_property_setter(
            str(self.doc_type),
            fieldname,
            name,
            cint(value) if property_type in ("Check", "Int") else value,
            property_type,
            for_doctype=not fieldname,
            validate_fields_for_doctype=False,
            is_system_generated=False,
        )

    def _save_fields(self, meta: Any) -> None:
        for row in self.fields:
            df = meta.get_field(row.fieldname) if row.fieldname else None
            if df is None:
                self._add_custom_field(row)
            elif df.get("is_custom_field"):
                self._update_custom_field(row, df)
            else:
                self._update_standard_field(row, df)

    def _update_standard_field(self, row: Any, df: Any) -> None:
        for name, property_type in FIELD_PROPERTIES.items():
            if name == "idx" or not _differs(row.get(name), df.get(name), property_type):
                continue
            if name == "fieldtype":
                self._check_type(df, row)
            self._set_property(name, row.get(name), property_type, row.fieldname)

    def _check_type(self, df: Any, row: Any) -> None:
        if not any(df.fieldtype in group and row.fieldtype in group for group in COMPATIBLE_TYPES):
            frappe.throw(
                frappe._("{0}: the type cannot change from {1} to {2}").format(row.label, df.fieldtype, row.fieldtype)
            )

    def _add_custom_field(self, row: Any) -> None:
        field = frappe.new_doc("Custom Field")
        field.dt = self.doc_type
        self._copy_to(field, row)
        field.fieldname = row.fieldname
        field.insert_after = self._before(row)
        field.is_system_generated = 0
        field.insert(ignore_permissions=True)
        row.fieldname = field.fieldname

    def _update_custom_field(self, row: Any, df: Any) -> None:
        changed = any(_differs(row.get(k), df.get(k), t) for k, t in FIELD_PROPERTIES.items() if k != "idx")
        if changed:
            field = frappe.get_doc("Custom Field", {"dt": self.doc_type, "fieldname": row.fieldname})
            self._copy_to(field, row)
            field.save(ignore_permissions=True)

    @staticmethod
    def _copy_to(field: Any, row: Any) -> None:
        for name in FIELD_PROPERTIES:
            if name != "idx" and field.meta.has_field(name):
                field.set(name, row.get(name))

    def _before(self, row: Any) -> str | None:
        index = self.fields.index(row)
        return str(self.fields[index - 1].fieldname) if index else None

    def _save_order(self, meta: Any) -> None:
        wanted = [row.fieldname for row in self.fields]
        current = [df.fieldname for df in frappe.get_meta(str(self.doc_type), cached=False).fields]
        if wanted != current:
            self._set_property("field_order", json.dumps(wanted), "Data")

    def _save_rows(self) -> None:
        """Write links, actions and states that were added here; those of the DocType itself stay as they are."""
        for table in ("links", "actions", "states"):
            child = TABLES[table]
            frappe.db.sql(
                f"delete from `tab{child}` where `parent` = %s and `parenttype` = 'Customize Form'", (self.doc_type,)
            )
            for row in self.get(table) or ():
                if row.is_new() or cint(row.custom):
                    self._insert_row(child, table, row)

    def _insert_row(self, child: str, table: str, row: Any) -> None:
        from frappe.model.naming import random_name

        entry = frappe.get_doc({**row.as_dict(no_default_fields=True), "doctype": child, "name": random_name()})
        entry.update(
            {"parent": self.doc_type, "parenttype": "Customize Form", "parentfield": table, "idx": row.idx, "custom": 1}
        )
        entry.db_insert()

    def _delete_removed(self, meta: Any) -> None:
        present = {row.fieldname for row in self.fields}
        for df in meta.fields:
            if df.get("is_custom_field") and df.fieldname not in present:
                frappe.delete_doc("Custom Field", df.name)

    @frappe.whitelist()
    def reset_to_defaults(self) -> None:
        """Remove every Property Setter of the DocType that no app has made."""
        if not self.doc_type:
            return
        frappe.only_for("System Manager")
        reset_customization(str(self.doc_type))
        self.fetch_to_customize()

    def get_existing_property_value(self, property_name: str, fieldname: str | None = None) -> Any:
        """Return what the DocType itself says, without any Property Setter."""
        if fieldname:
            return frappe.db.get_value("DocField", {"parent": self.doc_type, "fieldname": fieldname}, property_name)
        return frappe.db.get_value("DocType", self.doc_type, property_name)


def reset_customization(doctype: str) -> None:
    """Remove the Property Setters of a DocType that people have made; Custom Fields stay."""
    names = frappe.get_all(
        "Property Setter",
        filters={
            "doc_type": doctype,
            "field_name": ("!=", "naming_series"),
            "property": ("!=", "options"),
            "is_system_generated": 0,
        },
        pluck="name",
    )
    for name in names:
        frappe.delete_doc("Property Setter", name, ignore_permissions=True)
    forget_doctype(doctype)


def _differs(new: Any, old: Any, property_type: str) -> bool:
    if property_type in ("Check", "Int"):
        return cint(new) != cint(old)
    return cstr(new) != cstr(old)


def is_standard_or_system_generated_field(df: Any) -> bool:
    """Tell whether a field comes with the DocType or with an app."""
    return not df.get("is_custom_field") or bool(df.get("is_system_generated"))
