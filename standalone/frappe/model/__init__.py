"""Names that the whole model layer shares: which field types exist and what kind of column each of them has.

Only constants and the one helper that is part of the public API live here; importing this module loads nothing else.
"""

from __future__ import annotations

from typing import Any

data_fieldtypes = (
    "Currency",
    "Int",
    "Long Int",
    "Float",
    "Percent",
    "Check",
    "Small Text",
    "Long Text",
    "Code",
    "Text Editor",
    "Markdown Editor",
    "HTML Editor",
    "Date",
    "Datetime",
    "Time",
    "Text",
    "Data",
    "Link",
    "Dynamic Link",
    "Password",
    "Select",
    "Rating",
    "Read Only",
    "Attach",
    "Attach Image",
    "Signature",
    "Color",
    "Barcode",
    "Geolocation",
    "Duration",
    "Icon",
    "Phone",
    "Autocomplete",
    "JSON",
)

table_fields = ("Table", "Table MultiSelect")

display_fieldtypes = (
    "Section Break",
    "Column Break",
    "Tab Break",
    "HTML",
    "Button",
    "Image",
    "Fold",
    "Heading",
)

no_value_fields = display_fieldtypes + table_fields

attachment_fieldtypes = ("Attach", "Attach Image")
numeric_fieldtypes = ("Currency", "Int", "Long Int", "Float", "Percent", "Check")
float_like_fields = ("Float", "Currency", "Percent")
datetime_fields = ("Datetime", "Date", "Time")
data_field_options = ("Email", "Name", "Phone", "URL", "Barcode", "IBAN")

default_fields = ("doctype", "name", "owner", "creation", "modified", "modified_by", "docstatus", "idx")
child_table_fields = ("parent", "parentfield", "parenttype")
optional_fields = ("_user_tags", "_comments", "_assign", "_liked_by", "_seen")

core_doctypes_list = (
    "DefaultValue",
    "DocType",
    "DocField",
    "DocPerm",
    "DocType Action",
    "DocType Link",
    "DocType State",
    "User",
    "Role",
    "Has Role",
    "Page",
    "Module Def",
    "Print Format",
    "Report",
    "Customize Form",
    "Customize Form Field",
    "Property Setter",
    "Custom Field",
    "Custom DocPerm",
    "Client Script",
)

log_types = (
    "Version",
    "Error Log",
    "Scheduled Job Log",
    "Access Log",
    "View Log",
    "Activity Log",
    "Notification Log",
    "Email Queue",
    "DocShare",
    "Document Follow",
    "Data Import Log",
)

std_fields: list[dict[str, Any]] = [
    {"fieldname": "name", "fieldtype": "Link", "label": "ID"},
    {"fieldname": "owner", "fieldtype": "Link", "label": "Created By", "options": "User"},
    {"fieldname": "idx", "fieldtype": "Int", "label": "Index"},
    {"fieldname": "creation", "fieldtype": "Datetime", "label": "Created On"},
    {"fieldname": "modified", "fieldtype": "Datetime", "label": "Last Updated On"},
    {"fieldname": "modified_by", "fieldtype": "Link", "label": "Last Updated By", "options": "User"},
    {"fieldname": "_user_tags", "fieldtype": "Data", "label": "Tags"},
    {"fieldname": "_liked_by", "fieldtype": "Data", "label": "Liked By"},
    {"fieldname": "_comments", "fieldtype": "Text", "label": "Comments"},
    {"fieldname": "_assign", "fieldtype": "Text", "label": "Assigned To"},
    {"fieldname": "_seen", "fieldtype": "Text", "label": "Seen By"},
    {"fieldname": "docstatus", "fieldtype": "Int", "label": "Document Status"},
    {"fieldname": "parent", "fieldtype": "Data", "label": "Parent"},
    {"fieldname": "parenttype", "fieldtype": "Data", "label": "Parent Type"},
    {"fieldname": "parentfield", "fieldtype": "Data", "label": "Parent Field"},
]

DATA_FIELDTYPES = data_fieldtypes
TABLE_FIELDS = table_fields
DISPLAY_FIELDTYPES = display_fieldtypes
NO_VALUE_FIELDS = no_value_fields
NUMERIC_FIELDTYPES = numeric_fieldtypes
FLOAT_LIKE_FIELDS = float_like_fields
DATETIME_FIELDS = datetime_fields
DATA_FIELD_OPTIONS = data_field_options
DEFAULT_FIELDS = default_fields
CHILD_TABLE_FIELDS = child_table_fields
OPTIONAL_FIELDS = optional_fields
CORE_DOCTYPES = core_doctypes_list
LOG_DOCTYPES = log_types
STANDARD_FIELDS = std_fields


def get_permitted_fields(
    doctype: str,
    parenttype: str | None = None,
    user: str | None = None,
    permission_type: str | None = None,
    *,
    ignore_virtual: bool = False,
) -> list[str]:
    """Return the fieldnames of `doctype` that `user` may read (or `permission_type`), standard columns first.

    Core DocTypes have no field level rules: all of their columns come back.
    """
    import frappe

    meta = frappe.get_meta(doctype)
    if doctype in core_doctypes_list:
        return list(meta.get_valid_columns())
    if permission_type is None:
        permission_type = "select" if frappe.only_has_select_perm(doctype, user=user) else "read"

    permitted: list[str] = meta.get_permitted_fieldnames(
        parenttype=parenttype, user=user, permission_type=permission_type, with_virtual_fields=not ignore_virtual
    )
    if permission_type == "select":
        return permitted
    standard = [f for f in default_fields if f != "doctype"]
    if meta.istable:
        standard.extend(child_table_fields)
    else:
        standard.extend(f for f in optional_fields if f != "_seen" or meta.track_seen)
    return list(dict.fromkeys([*standard, *permitted]))


__all__ = [
    "child_table_fields",
    "core_doctypes_list",
    "data_field_options",
    "default_fields",
    "display_fieldtypes",
    "get_permitted_fields",
    "log_types",
    "no_value_fields",
    "numeric_fieldtypes",
    "optional_fields",
    "std_fields",
    "table_fields",
]
