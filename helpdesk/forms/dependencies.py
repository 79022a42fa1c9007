"""Field dependencies: which values of one field may follow from another, kept as generated form scripts.

The script ends with two comment lines of JSON, which are the record that is read back; the code above them is only
what browsers run.
"""

import json
from typing import TYPE_CHECKING, Any

import frappe
from frappe import _
from frappe.custom.doctype.property_setter.property_setter import make_property_setter

if TYPE_CHECKING:
    from helpdesk.helpdesk.doctype.hd_form_script.hd_form_script import HDFormScript

SCRIPT = "HD Form Script"
PREFIX = "Field Dependency-"
CRITERIA_MARK, MAPPING_MARK = "//FieldsCriteria: ", "//JSON: "
ANY = "Any"
PROPERTIES = {"display": "depends_on", "mandatory": "mandatory_depends_on"}

CODE = """function setupForm({{ doc, applyFilters }}) {{
  const mapping = {mapping};
  return {{
    onChange: {{
      {parent}: (value) => applyFilters({child}, mapping[value] || []),
    }},
  }};
}}
"""


def name_of(parent: str, child: str) -> str:
    """Return the name of the script for two fields."""
    return f"{PREFIX}{parent}-{child}"


def is_generated(script: "HDFormScript") -> bool:
    """Tell whether a script was written by this module."""
    return bool(script.is_standard) and (script.name or "").startswith(PREFIX)


def save(parent: str, child: str, mapping: Any, *, enabled: bool, criteria: Any) -> str:
    """Create or update the script for two fields; return its name."""
    for field in (parent, child):
        if not frappe.get_meta("HD Ticket").has_field(field):
            frappe.throw(_("Tickets have no field {0}.").format(frappe.bold(frappe.utils.escape_html(field))))
    name = name_of(parent, child)
    text = write(parent, child, mapping, criteria)
    if frappe.db.exists(SCRIPT, name):
        script = frappe.get_doc(SCRIPT, name)
    else:
        script = frappe.new_doc(SCRIPT)
        script.update({"dt": "HD Ticket", "apply_to": "Form", "is_standard": 1, "apply_on_new_page": 1})
        script.set("__newname", name)
        script.name = name
    script.update({"script": text, "enabled": int(enabled)})
    script.save()
    return name


def write(parent: str, child: str, mapping: Any, criteria: Any) -> str:
    """Return the text of a script."""
    code = CODE.format(mapping=json.dumps(mapping), parent=json.dumps(parent), child=json.dumps(child))
    return f"{code}{CRITERIA_MARK}{json.dumps(criteria)}\n{MAPPING_MARK}{json.dumps(mapping)}"


def read(text: str | None) -> tuple[Any, Any]:
    """Return mapping and criteria of a script."""
    return _marked(text, MAPPING_MARK), _marked(text, CRITERIA_MARK)


def _marked(text: str | None, mark: str) -> Any:
    lines = [line for line in (text or "").splitlines() if line.startswith(mark)]
    return json.loads(lines[-1].removeprefix(mark)) if lines else None


def fields_of(name: str) -> tuple[str, str]:
    """Return parent and child field of a script's name."""
    parent, _dash, child = name.removeprefix(PREFIX).partition("-")
    return parent, child


def apply(script: "HDFormScript") -> None:
    """Put the criteria of an enabled script on the child field, and take those of a disabled one away."""
    if not is_generated(script):
        return
    parent, child = fields_of(script.name)
    criteria = read(script.script)[1] or {}
    for kind, prop in PROPERTIES.items():
        rule = criteria.get(kind) or {}
        _set_property(child, prop, expression(parent, rule) if script.enabled else "")


def clear(script: "HDFormScript") -> None:
    """Take the criteria of a script that goes away off the child field."""
    if is_generated(script):
        child = fields_of(script.name)[1]
        for prop in PROPERTIES.values():
            _set_property(child, prop, "")


def expression(parent: str, rule: dict[str, Any]) -> str:
    """Return when a rule holds, as a form expression; empty for a rule that is off."""
    values = [each.get("value") if isinstance(each, dict) else each for each in rule.get("value") or []]
    if not rule.get("enabled") or not values:
        return ""
    if ANY in values:
        return f"eval:doc.{parent}"
    return f"eval:{json.dumps(values)}.includes(doc.{parent})"


def _set_property(field: str, prop: str, value: str) -> None:
    current = frappe.get_meta("HD Ticket").get_field(field).get(prop) or ""
    if current != value:
        make_property_setter("HD Ticket", field, prop, value, "Data", validate_fields_for_doctype=False)
        frappe.clear_cache(doctype="HD Ticket")
