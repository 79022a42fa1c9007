"""The records every site has: countries, currencies, languages.

The data files beside this module are derived from the Unicode CLDR (through Babel) and the IANA time zone database.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import frappe
from frappe.utils import now

HERE = Path(__file__).parent
COUNTRY_FIELDS = ("country_name", "code", "date_format", "time_format", "time_zones")


def countries() -> list[dict[str, Any]]:
    """Return every country: country_name, code, date_format, time_format, time_zones (lines), currency (code)."""
    return _read("countries")


def currencies() -> list[dict[str, Any]]:
    """Return every currency in use, with the fields of the DocType."""
    return _read("currencies")


def languages() -> list[dict[str, Any]]:
    """Return the languages people can choose, with the fields of the DocType."""
    return _read("languages")


def insert_all() -> None:
    """Insert what is missing of the three masters; a few statements for all of them."""
    _insert("Country", "country_name", [{field: row[field] for field in COUNTRY_FIELDS} for row in countries()])
    _insert("Currency", "currency_name", currencies())
    _insert("Language", "language_code", languages())


def _insert(doctype: str, key: str, rows: list[dict[str, Any]]) -> None:
    known = set(frappe.get_all(doctype, pluck="name"))
    missing = [row for row in rows if row[key] not in known]
    if not missing:
        return
    stamp, user = now(), "Administrator"
    standard = ("name", "creation", "modified", "owner", "modified_by")
    fields = list(missing[0])
    values = [(row[key], stamp, stamp, user, user, *(row[field] for field in fields)) for row in missing]
    frappe.db.bulk_insert(doctype, [*standard, *fields], values)


def _read(name: str) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = json.loads((HERE / f"{name}.json").read_text(encoding="utf-8"))
    return rows
