"""The part of `frappe.db` that reads and writes the values of Singles, and defaults.

All values of a Single are read with one statement. They are kept for the connection, and in the site's cache together
with a generation number: whoever changes a Single raises the number when the change is committed, so that nobody can
put values back that were read before.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from frappe.database.introspection import Introspection
from frappe.database.values import as_text, parse_datetime, parse_time
from frappe.exceptions import ValidationError
from frappe.types import _dict

GENERATION = "singles_generation"
CACHED = "singles"
NUMERIC = ("Check", "Int", "Long Int")
DECIMAL = ("Float", "Currency", "Percent", "Duration", "Rating")


class Singles(Introspection):
    """`tabSingles`: one row per field, every value as text."""

    def get_single_value(self, doctype: str, fieldname: str, cache: bool = True) -> Any:
        """Return the value of a Single's field as its fieldtype says; None when it was never saved.

        Raises ValidationError when the Single has no such field.
        """
        import frappe

        field = frappe.get_meta(doctype).get_field(fieldname)
        value = self.single_values(doctype, cache).get(fieldname)
        if field is not None:
            return cast_single_value(field.fieldtype, value)
        if fieldname in ("modified", "creation"):
            return cast_single_value("Datetime", value)
        if fieldname in self.DEFAULT_COLUMNS:
            return value
        raise ValidationError(
            frappe._("{0} has no field {1}").format(frappe.bold(frappe._(doctype)), frappe.bold(fieldname))
        )

    def single_values(self, doctype: str, cache: bool = True) -> Mapping[str, str | None]:
        """Return `{field: text}` of a Single; {} when it was never saved. Read-only."""
        known = self._single_values
        if cache and doctype in known:
            return known[doctype]  # type: ignore[no-any-return]
        values = self._shared_single_values(doctype) if cache else None
        if values is None:
            values = self._read_single_values(doctype)
        known[doctype] = values
        return values

    def _shared_single_values(self, doctype: str) -> dict[str, str | None] | None:
        """Return the values from the site's cache, filling it; None while this transaction has changed Singles."""
        from frappe.cache import shared_cache

        if self._changed_singles:
            return None
        generation = shared_cache.get_value(GENERATION) or 0
        stored = shared_cache.hget(CACHED, doctype)
        if stored is not None and stored[0] == generation:
            return stored[1]  # type: ignore[no-any-return]
        values = self._read_single_values(doctype)
        shared_cache.hset(CACHED, doctype, (generation, values))
        return values

    def _read_single_values(self, doctype: str) -> dict[str, str | None]:
        query = "select `field`, `value` from `tabSingles` where `doctype` = %s"
        return {row[0]: row[1] for row in self.execute(query, (doctype,)).rows}

    def _note_changed_singles(self) -> None:
        self._changed_singles = True
        self._single_values.clear()

    def _publish_singles(self) -> None:
        """After the end of a transaction that changed Singles: make everybody read them again."""
        if self._changed_singles:
            from frappe.cache import cache

            cache.set_value(GENERATION, (cache.get_value(GENERATION) or 0) + 1)
            self._changed_singles = False
            self._single_values.clear()

    def get_singles_dict(
        self, doctype: str, debug: bool = False, *, for_update: bool = False, cast: bool = False
    ) -> _dict:
        """Return the stored values of a Single, as text or (`cast`) as their fieldtypes say."""
        import frappe

        lock = " for update" if for_update else ""
        query = f"select `field`, `value` from `tabSingles` where `doctype` = %s{lock}"
        values = _dict(self.sql(query, (doctype,), debug=debug))
        if not cast:
            return values
        meta = frappe.get_meta(doctype)
        fields = {name: meta.get_field(name) for name in values}
        return _dict(
            {
                name: cast_single_value(fields[name].fieldtype, value) if fields[name] else value
                for name, value in values.items()
            }
        )

    def set_single_value(
        self,
        doctype: str,
        fieldname: str | Mapping[str, Any],
        value: Any = None,
        *,
        modified: Any = None,
        modified_by: str | None = None,
        update_modified: bool = True,
        debug: bool = False,
    ) -> None:
        """Write fields of a Single, without hooks and permissions."""
        import frappe

        changes = dict(fieldname) if isinstance(fieldname, Mapping) else {fieldname: value}
        if update_modified:
            changes["modified"] = modified or frappe.utils.now()
            changes["modified_by"] = modified_by or frappe.session.user
        self.sql(
            "delete from `tabSingles` where `doctype` = %s and `field` in %s", (doctype, tuple(changes)), debug=debug
        )
        rows = [(doctype, field, single_text(content)) for field, content in changes.items()]
        self.execute_many("insert into `tabSingles` (`doctype`, `field`, `value`) values (%s, %s, %s)", rows)
        self._forget_document(doctype, doctype)

    def _forget_document(self, doctype: str, name: Any) -> None:
        import frappe

        if name is None:
            frappe.cache.delete_keys(f"document_cache::{doctype}::")
        else:
            frappe.clear_document_cache(doctype, name)

    # -- defaults -----------------------------------------------------------------------------------------------------

    def get_system_setting(self, key: str) -> Any:
        import frappe

        return frappe.get_system_settings(key)

    def set_default(self, key: str, val: Any, parent: str = "__default", parenttype: str | None = None) -> None:
        """Replace a default value of a user or, without `parent`, of the site."""
        from frappe import defaults

        defaults.set_default(key, val, parent, parenttype)

    def add_default(self, key: str, val: Any, parent: str = "__default", parenttype: str | None = None) -> None:
        from frappe import defaults

        defaults.add_default(key, val, parent, parenttype)

    def get_defaults(self, key: str | None = None, parent: str = "__default") -> Any:
        """Return all defaults of `parent`, or the value of one key (the one under its scrubbed name if need be)."""
        import frappe
        from frappe import defaults

        found = defaults.get_defaults_for(parent)
        if not key:
            return found
        return found.get(key, found.get(frappe.scrub(key)))

    def get_default(self, key: str, parent: str = "__default") -> Any:
        """Return one default; the first when there are several."""
        value = self.get_defaults(key, parent)
        return value[0] if isinstance(value, list) and value else value

    def set_global(self, key: str, val: Any, user: str = "__global") -> None:
        self.set_default(key, val, user)

    def get_global(self, key: str, user: str = "__global") -> Any:
        return self.get_default(key, user)


def single_text(value: Any) -> str | None:
    """Return the text `tabSingles` holds for a value."""
    if value is None:
        return None
    if isinstance(value, bool):
        return str(int(value))
    return as_text(value)


def cast_single_value(fieldtype: str, value: Any) -> Any:
    """Read the text of a Single's field; numbers are never None."""
    if fieldtype in NUMERIC:
        return _int(value)
    if fieldtype in DECIMAL:
        return _float(value)
    if value is None or value == "":
        return value if fieldtype not in ("Date", "Datetime", "Time") else None
    return _moment(fieldtype, value)


def _int(value: Any) -> int:
    from frappe.utils import cint

    return cint(value)


def _float(value: Any) -> float:
    from frappe.utils import flt

    return flt(value)


def _moment(fieldtype: str, value: Any) -> Any:
    if fieldtype == "Time":
        duration = parse_time(value)
        return value if duration is None else duration
    if fieldtype not in ("Date", "Datetime"):
        return value
    moment = parse_datetime(value)
    if moment is None:
        return value
    return moment if fieldtype == "Datetime" else moment.date()
