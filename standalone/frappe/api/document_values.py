"""Which values of a document the web may set.

A caller sends fields of the DocType; everything else (methods, flags, private attributes, unknown names) is dropped, so
that nothing but data reaches a Document. Values that a column cannot hold are refused by name.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from frappe.utils.refusals import refuse

ALWAYS_KEPT = frozenset({"name", "modified", "idx", "docstatus", "__newname", "__islocal", "__unsaved"})
CHILD_KEPT = frozenset({"parent", "parenttype", "parentfield"})
NEVER_KEPT = frozenset(
    {"doctype", "flags", "owner", "creation", "modified_by", "_user_tags", "_comments", "_liked_by", "_seen"}
)

NUMBERS = frozenset({"Int", "Long Int", "Float", "Currency", "Percent", "Duration", "Rating"})
STRUCTURES = frozenset({"JSON", "Geolocation"})
TIME = re.compile(r"-?\d{1,4}:[0-5]?\d(:[0-5]?\d(\.\d{1,6})?)?")
CHECK_WORDS = frozenset({"0", "1", "true", "false", "yes", "no", "on", "off"})


def writable_values(doctype: str, values: Mapping[str, Any], *, drop: Iterable[str] = ()) -> dict[str, Any]:
    """Return those of `values` that are fields of `doctype`; raises ValidationError for one that cannot be stored."""
    from frappe.model.meta import get_meta

    meta = get_meta(doctype)
    kept: dict[str, Any] = {}
    dropped = NEVER_KEPT.union(drop)
    for key, value in values.items():
        field = meta.get_field(key) if isinstance(key, str) and key not in dropped else None
        if field is None:
            if key not in dropped and (key in ALWAYS_KEPT or (meta.istable and key in CHILD_KEPT)):
                kept[key] = _standard_value(key, value)
        elif field.fieldtype in ("Table", "Table MultiSelect"):
            kept[key] = _rows(field, value)
        else:
            check_field_value(field, value)
            kept[key] = value
    return kept


def _standard_value(key: str, value: Any) -> Any:
    if key in ("idx", "docstatus") and value not in (None, "") and not _is_number(value):
        refuse(f"Field {key} must be a number.")
    if isinstance(value, list | dict):
        refuse(f"Field {key} must be a single value.")
    if key == "docstatus" and value not in (None, "") and str(value) not in ("0", "1", "2"):
        refuse("Field docstatus must be 0, 1 or 2.")
    return value


def _rows(field: Any, value: Any) -> list[dict[str, Any]]:
    if value in (None, ""):
        return []
    if not isinstance(value, list) or not all(isinstance(row, Mapping) for row in value):
        refuse(f"Field {field.fieldname} must be a list of rows, each an object.")
    return [writable_values(field.options, row) for row in value]


def check_field_value(field: Any, value: Any) -> None:
    """Raise ValidationError when a field of this type cannot hold `value`."""
    if value is None or value == "":
        return
    kind = field.fieldtype
    if isinstance(value, dict | list):
        if kind not in STRUCTURES or isinstance(value, list):
            kind_sent = "a list" if isinstance(value, list) else "an object"
            refuse(f"Field {field.fieldname} must be a single value, not {kind_sent}.")
        return
    text = str(value).strip()
    if kind in NUMBERS and not _is_number(value):
        refuse(f"Field {field.fieldname} must be a number, not {_shown(text)}.")
    if kind == "Check" and not (_is_number(value) or text.lower() in CHECK_WORDS):
        refuse(f"Field {field.fieldname} must be 0 or 1, not {_shown(text)}.")
    if kind in ("Date", "Datetime") and text.lower() not in ("today", "now") and not _is_moment(text):
        refuse(f"Field {field.fieldname} must be a date, not {_shown(text)}.")
    if kind == "Time" and not TIME.fullmatch(text) and text.lower() != "now":
        refuse(f"Field {field.fieldname} must be a time, not {_shown(text)}.")


def _shown(text: str) -> str:
    from frappe.utils import escape_html

    return f"“{escape_html(text[:60])}”"


def _is_number(value: Any) -> bool:
    if isinstance(value, int | float):
        return True
    try:
        number = float(str(value).replace(",", ""))
    except ValueError:
        return False
    return number - number == 0


def _is_moment(text: str) -> bool:
    try:
        datetime.fromisoformat(text)
    except ValueError:
        return False
    return True
