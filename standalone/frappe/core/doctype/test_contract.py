"""The core DocTypes stay what apps know: fields, types, rights and naming are held against `contract.json`.

Whoever changes a core DocType on purpose changes its lines in the contract as well, and sees what apps will notice.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from frappe.model import display_fieldtypes

ROOT = Path(__file__).parents[2]
CONTRACT: dict[str, dict[str, Any]] = json.loads((Path(__file__).parent / "contract.json").read_text())
DOCTYPES: dict[str, dict[str, Any]] = {
    doc["name"]: doc
    for doc in (json.loads(path.read_text()) for path in sorted(ROOT.glob("*/doctype/*/*.json")))
    if doc.get("doctype") == "DocType"
}
RIGHTS = "select read write create delete submit cancel amend report export import share print email"
KINDS = "istable issingle is_virtual is_tree is_submittable has_web_view allow_rename allow_import in_create"
FLAGS = (
    "reqd unique search_index set_only_once read_only hidden no_copy ignore_user_permissions is_virtual "
    "fetch_if_empty allow_on_submit ignore_xss_filter non_negative"
)


def rendered(doc: dict[str, Any]) -> dict[str, Any]:
    """Return what an app can notice of a DocType, in the form of the contract."""
    return {
        "module": doc["module"],
        "naming": doc.get("autoname") or doc.get("naming_rule") or "hash",
        "kind": " ".join(kind for kind in KINDS.split() if doc.get(kind)),
        "title": doc.get("title_field") or "name",
        "sort": f"{doc.get('sort_field')} {doc.get('sort_order')}",
        "tracked": " ".join(key for key in ("track_changes", "track_seen", "track_views") if doc.get(key)),
        "rights": [_permission(row) for row in doc.get("permissions", [])],
        "fields": {
            field["fieldname"]: _field(field) for field in doc["fields"] if field["fieldtype"] not in display_fieldtypes
        },
    }


def _permission(row: dict[str, Any]) -> str:
    whose = f"{row['role']}@{row.get('permlevel') or 0}" + (" (own)" if row.get("if_owner") else "")
    return f"{whose}: {' '.join(right for right in RIGHTS.split() if row.get(right))}"


def _field(field: dict[str, Any]) -> str:
    parts = [field["fieldtype"], *(flag for flag in FLAGS.split() if field.get(flag))]
    if field.get("permlevel"):
        parts.append(f"level={field['permlevel']}")
    if field.get("fetch_from"):
        parts.append(f"from={field['fetch_from']}")
    if field.get("default") is not None:
        parts.append(f"default={field['default']}")
    if field.get("options"):
        parts.append("<" + "|".join(field["options"].split("\n")) + ">")
    return " ".join(parts)


def test_the_contract_names_every_core_doctype_and_no_other() -> None:
    assert sorted(CONTRACT) == sorted(DOCTYPES)


@pytest.mark.parametrize("name", sorted(DOCTYPES))
def test_a_core_doctype_is_what_the_contract_says(name: str) -> None:
    promised, found = CONTRACT.get(name, {}), rendered(DOCTYPES[name])
    changed = {key: (promised.get(key), value) for key, value in found.items() if key != "fields"}
    changed = {key: pair for key, pair in changed.items() if pair[0] != pair[1]}
    fields, promised_fields = found["fields"], promised.get("fields", {})
    changed |= {
        field: (promised_fields.get(field), fields.get(field))
        for field in {*fields, *promised_fields}
        if promised_fields.get(field) != fields.get(field)
    }
    assert not changed, f"{name} has changed: {{what: (promised, found)}} = {changed}"
