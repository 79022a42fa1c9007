"""Which column a field gets."""

from __future__ import annotations

from typing import Any

from frappe.database.schema.model import Column

VARCHAR_LENGTH = 140
MAX_VARCHAR = 1000

SHORT_TEXT = ("Data", "Link", "Dynamic Link", "Select", "Read Only", "Color", "Icon", "Phone", "Autocomplete")
TEXT = ("Small Text", "Text", "Password", "Attach", "Attach Image")
LONG_TEXT = (
    "Long Text",
    "Code",
    "Text Editor",
    "Markdown Editor",
    "HTML Editor",
    "Signature",
    "Barcode",
    "Geolocation",
)
NUMBER = "decimal(21,9)"

SHORTCUTS = ("__user", "today", "__today", "now", "_login", "_full name")
"""Defaults that stand for a value known only when a document is made; they do not belong into the table."""

_TYPES: dict[str, str] = {
    **dict.fromkeys(SHORT_TEXT, f"varchar({VARCHAR_LENGTH})"),
    **dict.fromkeys(TEXT, "text"),
    **dict.fromkeys(LONG_TEXT, "longtext"),
    "JSON": "json",
    "Int": "int(11)",
    "Long Int": "bigint(20)",
    "Check": "tinyint(4)",
    **dict.fromkeys(("Float", "Currency", "Percent"), NUMBER),
    "Duration": NUMBER,
    "Rating": "decimal(3,2)",
    "Date": "date",
    "Datetime": "datetime(6)",
    "Time": "time(6)",
}
NEVER_NULL = ("Int", "Check", "Float", "Currency", "Percent")
NUMERIC = (*NEVER_NULL, "Long Int", "Duration", "Rating")


def type_map() -> dict[str, tuple[str, str | None]]:
    """Return `{fieldtype: (type, length)}`, as `frappe.db.type_map` shows it."""
    split = {name: tuple(kind.rstrip(")").split("(")) for name, kind in _TYPES.items()}
    return {name: (parts[0], parts[1] if len(parts) > 1 else None) for name, parts in split.items()}


def column_for(field: Any) -> Column | None:
    """Return the column of a DocField, None for fields without one."""
    kind = _TYPES.get(field.fieldtype)
    if kind is None or field.is_virtual:
        return None
    not_null = field.fieldtype in NEVER_NULL or bool(field.not_nullable)
    return Column(field.fieldname, _sized(field, kind), not not_null, _default(field, not_null))


def _sized(field: Any, kind: str) -> str:
    length = int(getattr(field, "length", 0) or 0)
    if field.fieldtype in SHORT_TEXT and length:
        return f"varchar({min(max(length, 1), MAX_VARCHAR)})"
    if field.fieldtype == "Int" and length > 11:
        return "bigint(20)"
    return kind


def _default(field: Any, not_null: bool) -> str | None:
    given = getattr(field, "default", None)
    if field.fieldtype in NUMERIC:
        number = _number(field.fieldtype, given)
        return number if number is not None else "0" if not_null else None
    if field.fieldtype in SHORT_TEXT and given not in (None, "") and not _is_shortcut(str(given)):
        return str(given)[:VARCHAR_LENGTH]
    if not not_null:
        return None
    return {"Date": "0001-01-01", "Datetime": "0001-01-01 00:00:00", "Time": "00:00:00"}.get(field.fieldtype, "")


def _is_shortcut(default: str) -> bool:
    return default.startswith(":") or default.lower() in SHORTCUTS


def _number(fieldtype: str, given: Any) -> str | None:
    """Return a numeric default as text, None when there is none."""
    if given in (None, ""):
        return None
    try:
        value = float(str(given).replace(",", ""))
    except ValueError:
        return None
    if fieldtype in ("Int", "Long Int", "Check"):
        return str(int(value))
    return str(int(value)) if value == int(value) else str(value)
