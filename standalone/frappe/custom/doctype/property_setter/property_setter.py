"""A site's own value for one property of a DocType or of one of its fields, on top of what the DocType says."""

from __future__ import annotations

from typing import Any

import frappe
from frappe.model.doc_cache import clear_document_cache, forget_doctype
from frappe.model.document import Document
from frappe.utils import cstr

ESSENTIAL_PROPERTIES = ("fieldtype", "fieldname", "options", "istable", "issingle", "is_virtual", "autoname")
"""What may not be changed of the DocTypes the framework itself works with."""


class PropertySetter(Document):
    """One property, named `<DocType>-<field, row or main>-<property>`."""

    value: str | None

    def autoname(self) -> None:
        self.name = f"{self.doc_type}-{self.field_name or self.row_name or 'main'}-{self.property}"

    def before_naming(self) -> None:
        self._remove_previous()

    def validate(self) -> None:
        self._check_target()
        self.value = cstr(self.value) if self.value is not None else None

    def _check_target(self) -> None:
        from frappe.model.definitions import FAMILY

        if self.doc_type in FAMILY and self.property in ESSENTIAL_PROPERTIES:
            frappe.throw(frappe._("{0} of {1} cannot be changed").format(self.property, self.doc_type))
        of_field = self.doctype_or_field == "DocField" and not frappe.local.flags.in_import
        if of_field and not frappe.get_meta(self.doc_type).has_field(self.field_name):
            frappe.throw(frappe._("{0} has no field {1}").format(self.doc_type, self.field_name))

    def _remove_previous(self) -> None:
        if self.is_new():
            delete_property_setter(self.doc_type, self.property, self.field_name, self.row_name)

    def on_update(self) -> None:
        forget_doctype(self.doc_type)
        if self.flags.validate_fields_for_doctype and not frappe.local.flags.in_patch:
            from frappe.core.doctype.doctype.doctype import validate_fields_for_doctype

            validate_fields_for_doctype(self.doc_type)
        if self.property in ("length", "unique", "search_index", "default", "fieldtype", "not_nullable"):
            frappe.db.updatedb(self.doc_type)

    def after_delete(self) -> None:
        forget_doctype(self.doc_type)


def make_property_setter(
    doctype: str,
    fieldname: str | None,
    property: str,
    value: Any,
    property_type: str | None,
    for_doctype: bool = False,
    validate_fields_for_doctype: bool = True,
    is_system_generated: bool = True,
    module: str | None = None,
) -> Any:
    """Set a property of a field, or of the DocType itself (`for_doctype`); return the Property Setter."""
    setter = frappe.get_doc(
        {
            "doctype": "Property Setter",
            "doctype_or_field": "DocType" if for_doctype else "DocField",
            "doc_type": doctype,
            "field_name": fieldname,
            "property": property,
            "value": value,
            "property_type": property_type,
            "is_system_generated": int(is_system_generated),
            "module": module,
        }
    )
    setter.flags.ignore_permissions = True
    setter.flags.validate_fields_for_doctype = validate_fields_for_doctype
    return setter.insert()


def make_property_setter_from_args(
    args: dict[str, Any],
    ignore_validate: bool = False,
    validate_fields_for_doctype: bool = True,
    is_system_generated: bool = True,
) -> Any:
    """Set a property described by a dict: `doctype`, `fieldname`, `property`, `value`, `property_type`.

    `doctype_or_field` is DocField unless there is no fieldname. Without `property_type` that of the property is taken.
    Without `doctype` the property is set on every DocType that has the field. This is `frappe.make_property_setter`.
    """
    args = frappe._dict(args)
    kind = args.doctype_or_field or ("DocField" if args.fieldname else "DocType")
    property_type = args.property_type or _type_of(kind, args.property)
    doctypes = [args.doctype] if args.doctype else _doctypes_with(args.fieldname)
    setter = None
    for doctype in doctypes:
        setter = frappe.get_doc(
            {
                "doctype": "Property Setter",
                "doctype_or_field": kind,
                "doc_type": doctype,
                "field_name": args.fieldname,
                "row_name": args.row_name,
                "property": args.property,
                "value": args.value,
                "property_type": property_type,
                "is_system_generated": int(is_system_generated),
            }
        )
        setter.flags.ignore_permissions = True
        setter.flags.ignore_validate = ignore_validate
        setter.flags.validate_fields_for_doctype = validate_fields_for_doctype
        setter.insert()
    return setter


def _type_of(kind: str, property: str) -> str:
    field = frappe.get_meta(kind).get_field(property)
    return field.fieldtype if field is not None else "Data"


def _doctypes_with(fieldname: str) -> list[str]:
    rows = frappe.db.sql(
        "select distinct `parent` from `tabDocField` where `fieldname` = %s and `parenttype` = 'DocType'", (fieldname,)
    )
    return [row[0] for row in rows]


def delete_property_setter(
    doc_type: str, property: str | None = None, field_name: str | None = None, row_name: str | None = None
) -> None:
    """Remove the Property Setters of a DocType that match everything given."""
    filters = {"doc_type": doc_type}
    for column, wanted in (("property", property), ("field_name", field_name), ("row_name", row_name)):
        if wanted:
            filters[column] = wanted
    condition = " and ".join(f"`{column}` = %({column})s" for column in filters)
    if property and not field_name and not row_name:
        condition += " and ifnull(`field_name`, '') = '' and ifnull(`row_name`, '') = ''"
    names = frappe.db.sql_list(f"select `name` from `tabProperty Setter` where {condition}", filters)
    if not names:
        return
    frappe.db.sql("delete from `tabProperty Setter` where `name` in %s", (tuple(names),))
    for name in names:
        clear_document_cache("Property Setter", name)
    forget_doctype(doc_type)
