"""What happens when the app comes and goes."""

import frappe
from frappe.custom.doctype.custom_field.custom_field import create_custom_fields
from frappe.custom.doctype.property_setter.property_setter import make_property_setter


def before_install():
    frappe.flags.allotment_before_install = True


def after_install():
    create_custom_fields(
        {
            "User": [
                {
                    "fieldname": "allotment_section",
                    "label": "Allotment",
                    "fieldtype": "Section Break",
                    "insert_after": "language",
                },
                {
                    "fieldname": "gardener",
                    "label": "Gardener",
                    "fieldtype": "Link",
                    "options": "Gardener",
                    "insert_after": "allotment_section",
                },
            ],
            ("ToDo", "Contact"): [{"fieldname": "plot", "label": "Plot", "fieldtype": "Link", "options": "Plot"}],
        },
        update=True,
    )
    make_property_setter("ToDo", "priority", "default", "Low", "Text")
    for season in ("Spring", "Summer"):
        frappe.get_doc(doctype="Season", title=season, kind=season, year=2026).insert(ignore_if_duplicate=True)


def after_migrate():
    frappe.db.set_default("allotment_migrated", "1")


def before_uninstall():
    for fieldname in ("gardener", "allotment_section"):
        frappe.delete_doc("Custom Field", f"User-{fieldname}", ignore_missing=True)
