"""The field that remembers a customer's twin on ERPNext's side."""

from typing import Any

from frappe.custom.doctype.custom_field.custom_field import create_custom_fields

FIELDS: dict[str, list[dict[str, Any]]] = {
    "Customer": [
        {
            "fieldname": "hd_customer",
            "label": "HD Customer",
            "fieldtype": "Data",
            "insert_after": "customer_name",
            "read_only": 1,
            "hidden": 1,
        }
    ]
}


def create() -> None:
    """Add the field, or bring it up to date."""
    create_custom_fields(FIELDS, ignore_validate=True)
