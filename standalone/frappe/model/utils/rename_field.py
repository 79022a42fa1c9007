"""For patches: carry the data of a field over to its new name."""

from __future__ import annotations

import json

import frappe
from frappe.model import no_value_fields, table_fields
from frappe.utils.password import rename_password_field


def rename_field(doctype: str, old_fieldname: str, new_fieldname: str, validate: bool = True) -> None:
    """Copy the values of a renamed field into its new column and change what refers to it by name.

    Call it when the DocType has the new field already. Raises ValidationError when it does not (`validate`).
    """
    meta = frappe.get_meta(doctype, cached=False)
    field = meta.get_field(new_fieldname)
    if field is None:
        if validate:
            raise frappe.ValidationError(
                f"{doctype} has no field {new_fieldname!r} to which {old_fieldname!r} could go"
            )
        return
    if meta.issingle:
        _rename_in_single(doctype, old_fieldname, new_fieldname)
    elif field.fieldtype in table_fields:
        frappe.db.sql(
            f"update `tab{field.options}` set `parentfield` = %s where `parentfield` = %s and `parenttype` = %s",
            (new_fieldname, old_fieldname, doctype),
        )
    elif field.fieldtype not in no_value_fields and frappe.db.has_column(doctype, old_fieldname):
        frappe.db.sql(f"update `tab{doctype}` set `{new_fieldname}` = `{old_fieldname}`")
    if field.fieldtype == "Password":
        rename_password_field(doctype, old_fieldname, new_fieldname)
    _rename_in_settings(doctype, old_fieldname, new_fieldname)
    frappe.clear_document_cache(doctype)


def _rename_in_single(doctype: str, old: str, new: str) -> None:
    frappe.db.sql("delete from `tabSingles` where `doctype` = %s and `field` = %s", (doctype, new))
    frappe.db.sql("update `tabSingles` set `field` = %s where `doctype` = %s and `field` = %s", (new, doctype, old))


def _rename_in_settings(doctype: str, old: str, new: str) -> None:
    frappe.db.sql(
        "update `tabProperty Setter` set `field_name` = %s where `doc_type` = %s and `field_name` = %s",
        (new, doctype, old),
    )
    for user, data in frappe.db.sql("select `user`, `data` from `__UserSettings` where `doctype` = %s", (doctype,)):
        changed = (data or "").replace(json.dumps(old), json.dumps(new))
        if changed != data:
            frappe.db.sql(
                "update `__UserSettings` set `data` = %s where `user` = %s and `doctype` = %s", (changed, user, doctype)
            )
