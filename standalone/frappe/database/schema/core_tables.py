"""Tables of the DocTypes that describe DocTypes, worked out from their JSON files.

The first DocType can only be stored when these exist. Importing their files later finds nothing left to do.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path
from types import SimpleNamespace
from typing import Any

from frappe.database.schema.desired import table_for
from frappe.database.schema.model import Table

CORE_FILES = (
    "core/doctype/doctype",
    "core/doctype/docfield",
    "core/doctype/docperm",
    "core/doctype/doctype_action",
    "core/doctype/doctype_link",
    "core/doctype/doctype_state",
    "core/doctype/module_def",
    "core/doctype/role",
    "core/doctype/has_role",
    "core/doctype/custom_docperm",
    "core/doctype/defaultvalue",
    "custom/doctype/custom_field",
    "custom/doctype/property_setter",
)

_FIELD_DEFAULTS: dict[str, Any] = {
    "length": 0,
    "unique": 0,
    "search_index": 0,
    "not_nullable": 0,
    "default": None,
    "options": None,
    "is_virtual": 0,
}


def core_tables() -> Iterable[Table]:
    """Yield the table of each core DocType."""
    root = Path(__file__).parents[2]
    for place in CORE_FILES:
        definition = json.loads((root / place / f"{Path(place).name}.json").read_text(encoding="utf-8"))
        yield table_for(definition["name"], meta_of(definition))


def meta_of(definition: dict[str, Any]) -> SimpleNamespace:
    """Return the part of a DocType's definition that its table depends on, as attributes."""
    fields = [SimpleNamespace(**{**_FIELD_DEFAULTS, **field}) for field in definition.get("fields", ())]
    keys = ("istable", "issingle", "is_virtual", "autoname", "track_seen", "sort_field")
    return SimpleNamespace(fields=fields, **{key: definition.get(key) for key in keys})
