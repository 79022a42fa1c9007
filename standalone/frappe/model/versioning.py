"""What a save changed, and the Version record that tells about it later."""

from __future__ import annotations

import json
from typing import Any

import frappe
from frappe.model import no_value_fields, table_fields
from frappe.model.values import as_text, same_value
from frappe.types import _dict
from frappe.utils import cstr

_UNFORMATTED_TYPES = frozenset(
    {
        "Text",
        "Small Text",
        "Long Text",
        "Text Editor",
        "Code",
        "HTML Editor",
        "Markdown Editor",
        "JSON",
        "Data",
        "Check",
    }
)


def get_diff(old: Any, new: Any, for_child: bool = False) -> _dict | None:
    """Return what differs between two states of a document, None when nothing does.

    `{"changed": [[field, old, new]], "added": [[table, row]], "removed": [[table, row]],
    "row_changed": [[table, index, row_name, [[field, old, new]]]], "data_import": …, "updater_reference": …}`.
    Values are as people read them.
    """
    out = _dict(
        changed=[],
        added=[],
        removed=[],
        row_changed=[],
        data_import=new.flags.via_data_import,
        updater_reference=new.flags.updater_reference,
    )
    impersonated_by = (frappe.session.data or {}).get("impersonated_by")
    if impersonated_by:
        out.impersonated_by = impersonated_by
    for df in new.meta.fields:
        if df.fieldtype in no_value_fields and df.fieldtype not in table_fields:
            continue
        if df.fieldtype in table_fields:
            _diff_table(df, old.get(df.fieldname) or [], new.get(df.fieldname) or [], out)
        elif not df.is_virtual:
            change = _change(df, old, new, as_stored=for_child)
            if change:
                out.changed.append(change)
    for fieldname in () if for_child else ("name", "docstatus"):
        if old.get(fieldname) != new.get(fieldname):
            out.changed.append([fieldname, _plain(old.get(fieldname)), _plain(new.get(fieldname))])
    return out if any((out.changed, out.added, out.removed, out.row_changed)) else None


def _diff_table(df: Any, old_rows: list[Any], new_rows: list[Any], out: _dict) -> None:
    before = {row.name: row for row in old_rows}
    kept: set[Any] = set()
    for index, row in enumerate(new_rows):
        previous = before.get(row.name)
        if previous is None:
            out.added.append([df.fieldname, row.as_dict(convert_dates_to_str=True)])
            continue
        kept.add(row.name)
        diff = get_diff(previous, row, for_child=True)
        if diff and diff.changed:
            out.row_changed.append([df.fieldname, index, row.name, diff.changed])
    for row in old_rows:
        if row.name not in kept:
            out.removed.append([df.fieldname, row.as_dict(convert_dates_to_str=True)])


def _change(df: Any, old: Any, new: Any, as_stored: bool) -> list[Any] | None:
    before, after = old.get(df.fieldname), new.get(df.fieldname)
    if same_value(before, after, df.fieldtype):
        return None
    return [df.fieldname, _shown(df, before, old), _shown(df, after, new)]


def _shown(df: Any, value: Any, doc: Any) -> Any:
    """Return a value as the history shows it: formatted, a link by the title of its target."""
    if value in (None, "") or df.fieldtype in _UNFORMATTED_TYPES:
        return _plain(value)
    if df.fieldtype in ("Link", "Dynamic Link"):
        return _link_title(df, value, doc)
    if df.fieldtype in ("Date", "Datetime", "Time", "Currency", "Duration", "Float", "Percent"):
        return doc.get_formatted(df.fieldname)
    return _plain(value)


def _link_title(df: Any, value: Any, doc: Any) -> Any:
    target = df.options if df.fieldtype == "Link" else doc.get(df.options)
    if not target:
        return value
    meta = frappe.get_meta(target)
    if not meta.show_title_field_in_link or not meta.title_field:
        return value
    return frappe.db.get_value(target, value, meta.title_field) or value


def _plain(value: Any) -> Any:
    return int(value) if isinstance(value, bool) else as_text(value)


def save_version(doc: Any) -> None:
    """Write the Version of the save that is under way, if the DocType is tracked and something changed."""
    if not _is_tracked(doc):
        return
    if doc.is_new():
        data = _creation_record(doc)
    else:
        before = doc.get_doc_before_save()
        data = get_diff(before, doc) if before is not None else None
    if not data:
        return
    version = frappe.get_doc(
        {
            "doctype": "Version",
            "ref_doctype": doc.doctype,
            "docname": cstr(doc.name),
            "data": frappe.as_json(data, indent=None, separators=(",", ":")),
        }
    )
    version.flags.ignore_links = True
    version.insert(ignore_permissions=True)


def _is_tracked(doc: Any) -> bool:
    flags = frappe.local.flags
    if doc.flags.ignore_version or not doc.meta.track_changes or doc.doctype == "Version":
        return False
    if flags.in_install or flags.in_import:
        return False
    return not (doc.is_new() and flags.in_patch)


def _creation_record(doc: Any) -> dict[str, Any] | None:
    reference = doc.flags.updater_reference
    if not reference:
        return None
    return {"creation": as_text(doc.creation), "updater_reference": reference, "created_by": doc.owner}


def get_version(
    doctype: str | None = None, name: Any = None, limit: int | None = None, head: bool = False, raise_err: bool = True
) -> list[Any]:
    """Return the Versions of a document, newest first; with `head` the DocType's own ones too.

    Raises ValueError for a DocType whose changes are not tracked, unless `raise_err` is off.
    """
    meta = frappe.get_meta(doctype)
    if not meta.track_changes:
        if raise_err:
            raise ValueError(f"Changes of {doctype} are not tracked")
        return []
    rows = frappe.get_all(
        "Version",
        filters={"ref_doctype": doctype, "docname": cstr(name)},
        fields=["name", "owner", "creation", "data"],
        limit=limit,
        order_by="creation desc",
    )
    versions = [_dict(row, data=json.loads(row.data or "{}")) for row in rows]
    return [frappe.get_doc("Version", row.name) for row in rows] if head else versions
