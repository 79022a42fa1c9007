"""Dynamic Link fields: which DocTypes have them. Kept under the name apps import."""

from __future__ import annotations

from typing import Any

from frappe.model.link_graph import dynamic_link_fields
from frappe.types import _dict


def get_dynamic_link_map(for_delete: bool = False) -> dict[str, list[_dict]]:
    """Return `{DocType: its Dynamic Link fields}` as `{parent, fieldname, options, issingle}`."""
    found: dict[str, list[_dict]] = {}
    for field in get_dynamic_links():
        found.setdefault(field.parent, []).append(field)
    return found


def get_dynamic_links() -> list[Any]:
    return [
        _dict(parent=f.doctype, fieldname=f.fieldname, options=f.selector, issingle=int(f.issingle))
        for f in dynamic_link_fields()
    ]
