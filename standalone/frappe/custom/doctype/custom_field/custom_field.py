"""Fields that a site or an app adds to a DocType which is not its own."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any

import frappe
from frappe.core.doctype.doctype.field_rules import RESTRICTED, refuse_member_names
from frappe.model import display_fieldtypes, no_value_fields
from frappe.model.controllers import get_controller
from frappe.model.doc_cache import forget_doctype
from frappe.model.document import Document
from frappe.utils import cint, cstr

COMPATIBLE_TYPES: tuple[frozenset[str], ...] = (
    frozenset({"Currency", "Float", "Percent"}),
    frozenset({"Small Text", "Data"}),
    frozenset({"Text", "Data", "Select", "Autocomplete"}),
    frozenset({"Text Editor", "Code", "Signature", "HTML Editor", "Markdown Editor", "Long Text"}),
    frozenset({"Text", "Small Text", "Long Text"}),
    frozenset({"Data", "Read Only", "Link", "Dynamic Link", "Select", "Phone", "Color", "Autocomplete"}),
    frozenset({"Table", "Table MultiSelect"}),
    frozenset({"Attach", "Attach Image"}),
    frozenset({"Int", "Check", "Long Int"}),
    frozenset(display_fieldtypes),
)
"""Types between which the type of a field may change, because the column can stay."""


class CustomField(Document):
    """One added field, named `<DocType>-<fieldname>`."""

    fieldname: str | None
    idx: int | None
    insert_after: str | None

    def autoname(self) -> None:
        self.set_fieldname()
        self.name = f"{self.dt}-{self.fieldname}"

    def set_fieldname(self) -> None:
        """Make a fieldname from the label where none is given; it starts with `custom_`."""
        restricted = (*RESTRICTED,)
        if not self.fieldname:
            label = re.sub(r"\W+", "_", cstr(self.label).strip().lower()).strip("_")
            if not label:
                if self.fieldtype not in ("Section Break", "Column Break", "Tab Break"):
                    frappe.throw(frappe._("A custom field needs a label or a fieldname"))
                label = f"{frappe.scrub(self.fieldtype)}_{cint(self.idx)}"
            self.fieldname = label if label.startswith("custom_") else f"custom_{label}"
        self.fieldname = re.sub(r"\W", "", cstr(self.fieldname).lower(), flags=re.ASCII)
        if self.fieldname in restricted:
            self.fieldname = f"{self.fieldname}1"

    def before_insert(self) -> None:
        self.set_fieldname()

    def validate(self) -> None:
        self._check_doctype()
        meta = frappe.get_meta(self.dt, cached=False)
        own = {df.fieldname for df in meta.fields if not (df.get("is_custom_field") and df.name == self.name)}
        if self.is_new() and self.fieldname in own:
            frappe.throw(frappe._("{0} has a field {1} already").format(frappe._(self.dt), frappe.bold(self.fieldname)))
        if self.is_new():
            refuse_member_names(self, _class_of(self.dt))
        self._check_type_change()
        self._set_position(meta)
        if self.fieldtype not in no_value_fields and self.is_virtual and not self.options:
            self.search_index = 0

    def _check_doctype(self) -> None:
        from frappe.model.definitions import FAMILY

        if self.dt in FAMILY:
            frappe.throw(frappe._("No fields can be added to {0}").format(self.dt))
        if not frappe.db.exists("DocType", self.dt):
            frappe.throw(frappe._("There is no DocType {0}").format(self.dt), frappe.DoesNotExistError)

    def _check_type_change(self) -> None:
        before = self.get_doc_before_save()
        if before is None or before.fieldtype == self.fieldtype:
            return
        if not any(before.fieldtype in group and self.fieldtype in group for group in COMPATIBLE_TYPES):
            frappe.throw(frappe._("The type cannot change from {0} to {1}").format(before.fieldtype, self.fieldtype))

    def _set_position(self, meta: Any) -> None:
        names = [df.fieldname for df in meta.fields if df.fieldname != self.fieldname]
        if not self.insert_after or self.insert_after == "append":
            self.insert_after = names[-1] if names else None
        if self.insert_after in names:
            self.idx = names.index(self.insert_after) + 1

    def on_update(self) -> None:
        forget_doctype(self.dt)
        if frappe.local.flags.in_create_custom_fields or frappe.local.flags.in_setup_wizard:
            return
        if not self.flags.ignore_validate and not frappe.local.flags.in_import:
            from frappe.core.doctype.doctype.doctype import validate_fields_for_doctype

            validate_fields_for_doctype(self.dt)
        frappe.db.updatedb(self.dt)

    def on_trash(self) -> None:
        if self.owner == "Administrator" and frappe.session.user != "Administrator":
            frappe.throw(
                frappe._("This field was added by the administrator and can be deleted by the administrator only")
            )
        from frappe.custom.doctype.property_setter.property_setter import delete_property_setter

        delete_property_setter(self.dt, field_name=self.fieldname)

    def after_delete(self) -> None:
        forget_doctype(self.dt)

    def validate_insert_after(self, meta: Any) -> None:
        """Refuse a place that does not exist."""
        if self.insert_after and self.insert_after not in {df.fieldname for df in meta.fields}:
            frappe.throw(frappe._("{0} has no field {1} to insert after").format(self.dt, self.insert_after))


def _class_of(doctype: str) -> type[Document]:
    try:
        return get_controller(doctype)
    except ImportError:  # the code of its app is not here
        return Document


@frappe.whitelist()
def get_fields_label(doctype: str | None = None) -> Any:
    """Return value and label of the fields of a DocType after which one may be inserted."""
    meta = frappe.get_meta(str(doctype))
    if doctype in ("DocType", "DocField") or meta.custom:
        return frappe.msgprint(frappe._("Fields of {0} are changed in the DocType itself").format(doctype))
    return [
        {"value": df.fieldname or "", "label": frappe._(df.label) if df.label else f"({df.fieldtype})"}
        for df in meta.fields
    ]


def create_custom_field_if_values_exist(doctype: str, df: Mapping[str, Any]) -> None:
    """Create a Custom Field where the column holds data already."""
    df = frappe._dict(df)
    if df.fieldname in frappe.db.get_table_columns(doctype) and frappe.db.count(doctype, {df.fieldname: ("is", "set")}):
        create_custom_field(doctype, df)


def create_custom_field(
    doctype: str, df: Mapping[str, Any], ignore_validate: bool = False, is_system_generated: bool = True
) -> Any:
    """Create a Custom Field and its column; None when the DocType has such a field already."""
    values = frappe._dict(df)
    if not values.fieldname and values.label:
        values.fieldname = frappe.scrub(values.label)
    if frappe.db.get_value("Custom Field", {"dt": doctype, "fieldname": values.fieldname}):
        return None
    field = frappe.get_doc(
        {
            "doctype": "Custom Field",
            "dt": doctype,
            "permlevel": 0,
            "fieldtype": "Data",
            "hidden": 0,
            "is_system_generated": int(is_system_generated),
            **values,
        }
    )
    field.flags.ignore_validate = ignore_validate
    return field.insert(ignore_permissions=True)


def create_custom_fields(custom_fields: Mapping[Any, Any], ignore_validate: bool = False, update: bool = True) -> None:
    """Create the fields given as `{DocType or tuple of DocTypes: [field, …]}`, and update those that exist.

    With `update=False` existing ones stay as they are. The table of each DocType is changed once, which commits.
    """
    flags = frappe.local.flags
    before, flags.in_create_custom_fields = flags.in_create_custom_fields, True
    touched: dict[str, None] = {}
    try:
        for doctypes, fields in custom_fields.items():
            rows = [fields] if isinstance(fields, Mapping) else list(fields)
            for doctype in doctypes if isinstance(doctypes, tuple) else (doctypes,):
                touched[doctype] = None
                _create_or_update(doctype, rows, ignore_validate, update)
    finally:
        flags.in_create_custom_fields = before
    for doctype in touched:
        forget_doctype(doctype)
        frappe.db.updatedb(doctype)


def _create_or_update(doctype: str, fields: Iterable[Mapping[str, Any]], ignore_validate: bool, update: bool) -> None:
    existing = {
        row.fieldname: row.name
        for row in frappe.db.sql(
            "select `name`, `fieldname` from `tabCustom Field` where `dt` = %s", (doctype,), as_dict=True
        )
    }
    for df in fields:
        name = existing.get(df.get("fieldname"))
        if not name:
            create_custom_field(doctype, df, ignore_validate=ignore_validate)
        elif update:
            field = frappe.get_doc("Custom Field", name)
            field.flags.ignore_validate = ignore_validate
            field.update(df)
            field.save(ignore_permissions=True)


@frappe.whitelist(methods=["POST"])
def rename_fieldname(custom_field: str, fieldname: str) -> None:
    """Give a Custom Field another fieldname and carry its data over."""
    frappe.only_for("System Manager")
    field = frappe.get_doc("Custom Field", custom_field)
    if field.is_system_generated:
        frappe.throw(frappe._("Fields that an app has added cannot be renamed"))
    new = re.sub(r"\W", "", cstr(fieldname).lower(), flags=re.ASCII)
    if not new or frappe.get_meta(field.dt).has_field(new):
        frappe.throw(frappe._("{0} cannot be the new fieldname").format(fieldname))
    old = field.fieldname
    frappe.db.rename_column(field.dt, old, new)
    frappe.db.sql(
        "update `tabCustom Field` set `fieldname` = %s, `name` = %s where `name` = %s",
        (new, f"{field.dt}-{new}", custom_field),
    )
    frappe.db.sql(
        "update `tabProperty Setter` set `field_name` = %s where `doc_type` = %s and `field_name` = %s",
        (new, field.dt, old),
    )
    forget_doctype(field.dt)


__all__ = ["create_custom_field", "display_fieldtypes"]
