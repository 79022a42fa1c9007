"""Dependencies between ticket fields."""

import json
from typing import Any

import frappe
from frappe import _

from helpdesk.access import access_document, require_permission
from helpdesk.forms import dependencies


@frappe.whitelist()
def get_field_dependency(name: str) -> dict[str, Any] | None:
    """Return a dependency as it was saved; null for a blank name."""
    require_permission(dependencies.SCRIPT, "read")
    if not name:
        return None
    script = access_document(dependencies.SCRIPT, name)
    parent, child = dependencies.fields_of(script.name)
    mapping, criteria = dependencies.read(script.script)
    return {
        "name": script.name,
        "parent_field": parent,
        "child_field": child,
        "enabled": script.enabled,
        "parent_child_mapping": mapping,
        "fields_criteria": criteria,
    }


@frappe.whitelist()
def create_update_field_dependency(
    parent_field: str, child_field: str, parent_child_mapping: str, enabled: bool, fields_criteria: str
) -> str:
    """Save a dependency; mapping and criteria are JSON text. Returns the name of the script."""
    require_permission(dependencies.SCRIPT, "create")
    if not (parent_field and child_field and parent_child_mapping):
        frappe.throw(_("Please choose both fields and map their values."))
    mapping, criteria = _parse(parent_child_mapping), _parse(fields_criteria or "{}")
    return dependencies.save(parent_field, child_field, mapping, enabled=enabled, criteria=criteria)


def _parse(text: str) -> Any:
    try:
        return json.loads(text)
    except ValueError as error:
        frappe.throw(_("This is not valid JSON: {0}").format(error))
