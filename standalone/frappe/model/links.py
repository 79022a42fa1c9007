"""Links of a document: do their targets exist, and what do other fields copy from them (`fetch_from`).

All links of a document and its rows are looked up together: one statement for those that only have to exist, one per
target DocType from which values are copied.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

import frappe
from frappe.exceptions import CancelledLinkError, LinkValidationError
from frappe.utils import cint, cstr


@dataclass(slots=True)
class Use:
    """One filled Link or Dynamic Link field of a document or row."""

    doc: Any
    df: Any
    target: str
    value: Any

    def label(self) -> str:
        row = f"{frappe._('Row')} {self.doc.idx}: " if self.doc.meta.istable and self.doc.idx else ""
        return f"{row}{frappe._(self.df.label or self.df.fieldname)}: {cstr(self.value)}"


@dataclass(slots=True)
class Wanted:
    """What has to be known of the targets in one DocType."""

    names: dict[str, Any] = field(default_factory=dict)
    columns: dict[str, None] = field(default_factory=dict)


Found = dict[tuple[str, str], dict[str, Any]]


def validate_links(doc: Any) -> None:
    """Check every link of `doc` and its rows, spell it as the target does, and copy fetched values.

    Raises LinkValidationError naming all links without target, CancelledLinkError for links to cancelled documents.
    """
    uses = [use for one in (doc, *doc.get_all_children()) for use in _uses(one)]
    if not uses:
        return
    found = look_up(uses)
    missing = [u for u in uses if (u.target, _key(u.value)) not in found]
    _refuse(missing, LinkValidationError, frappe._("Could not find {0}"))
    for use in uses:
        target = found[(use.target, _key(use.value))]
        _spell_alike(use, target)
        _fetch(use, target)
    if doc.meta.is_submittable:
        cancelled = [use for use in uses if use.df.fieldname != "amended_from" and _is_cancelled(use, found)]
        _refuse(cancelled, CancelledLinkError, frappe._("Cannot link to a cancelled document: {0}"))


def _uses(doc: Any) -> Iterable[Use]:
    meta = doc.meta
    for df in meta.get_link_fields():
        value = doc.__dict__.get(df.fieldname)
        if value and not df.is_virtual:
            if not df.options:
                raise frappe.ValidationError(
                    f"Link field {meta.name}.{df.fieldname} does not say which DocType it links to"
                )
            yield Use(doc, df, df.options, value)
    for df in meta.get_dynamic_link_fields():
        value = doc.__dict__.get(df.fieldname)
        if value and not df.is_virtual:
            target = doc.get(df.options)
            if not target:
                frappe.throw(frappe._("{0} must be set first").format(frappe._(meta.get_label(df.options))))
            yield Use(doc, df, target, value)


def _key(name: Any) -> str:
    return cstr(name).strip().casefold()


# ---------------------------------------------------------------------- looking up


def look_up(uses: Iterable[Use]) -> Found:
    """Return `{(DocType, folded name): row}` of the targets that exist."""
    wanted: dict[str, Wanted] = {}
    for use in uses:
        _check_value(use)
        want = wanted.setdefault(use.target, Wanted())
        want.names[_key(use.value)] = use.value
        want.columns.update(dict.fromkeys(_sources(use)))
    found: Found = {}
    plain: dict[str, Wanted] = {}
    for doctype, want in wanted.items():
        meta = _target_meta(doctype)
        if meta is None:
            continue
        if meta.issingle or meta.is_virtual:
            _look_up_singly(meta, want, found)
        elif doctype == "DocType" and not want.columns:
            _look_up_doctypes(want, found)
        elif want.columns:
            _look_up_values(doctype, want, found)
        else:
            plain[doctype] = want
    _look_up_existence(plain, found)
    return found


def _check_value(use: Use) -> None:
    if isinstance(use.value, dict | list | tuple | set):
        raise LinkValidationError(
            f"{use.df.label or use.df.fieldname} must hold one name, not a {type(use.value).__name__}"
        )


def _target_meta(doctype: Any) -> Any:
    try:
        return frappe.get_meta(doctype)
    except frappe.DoesNotExistError:
        return None


def _sources(use: Use) -> list[str]:
    """Return the columns of the target that other fields copy, as far as the target has them."""
    fetching = use.doc.meta.get_fields_to_fetch(use.df.fieldname)
    if not fetching:
        return []
    meta = _target_meta(use.target)
    columns = set(meta.get_valid_columns()) if meta is not None else set()
    return [source for source in map(source_of, fetching) if source in columns]


def source_of(df: Any) -> str:
    return str(df.fetch_from).split(".", 1)[1].strip()


def _look_up_existence(wanted: dict[str, Wanted], found: Found) -> None:
    if not wanted:
        return
    doctypes = list(wanted)
    query = " union all ".join(
        f"select {index}, `name`, `docstatus` from `tab{doctype}` where `name` in %(names{index})s"
        for index, doctype in enumerate(doctypes)
    )
    values = {f"names{index}": tuple(wanted[doctype].names.values()) for index, doctype in enumerate(doctypes)}
    for index, name, docstatus in frappe.db.sql(query, values):
        found[(doctypes[int(index)], _key(name))] = {"name": name, "docstatus": docstatus}


def _look_up_values(doctype: str, want: Wanted, found: Found) -> None:
    columns = ", ".join(f"`{column}`" for column in dict.fromkeys(("name", "docstatus", *want.columns)))
    names = tuple(want.names.values())
    for row in frappe.db.sql(f"select {columns} from `tab{doctype}` where `name` in %s", (names,), as_dict=True):
        found[(doctype, _key(row["name"]))] = row


def _look_up_doctypes(want: Wanted, found: Found) -> None:
    """DocTypes are known without asking the database."""
    for key, name in want.names.items():
        meta = _target_meta(name)
        if meta is not None:
            found[("DocType", key)] = {"name": meta.name, "docstatus": 0}


def _look_up_singly(meta: Any, want: Wanted, found: Found) -> None:
    """Singles and virtual DocTypes have no table to ask; their controller knows."""
    for key, name in want.names.items():
        if meta.issingle and name != meta.name:
            continue
        try:
            target = frappe.get_doc(meta.name, name)
        except frappe.DoesNotExistError:
            continue
        found[(meta.name, key)] = {**target.get_valid_dict(ignore_virtual=True), "name": target.name or name}


# ---------------------------------------------------------------------- what follows


def _refuse(uses: list[Use], error: type[Exception], text: str) -> None:
    if uses:
        frappe.throw(text.format(", ".join(use.label() for use in uses)), error)


def _is_cancelled(use: Use, found: Found) -> bool:
    if use.df.fieldname == "amended_from":  # an amendment follows the cancelled document it replaces
        return False
    row = found[(use.target, _key(use.value))]
    return cint(row.get("docstatus")) == 2 and bool(frappe.get_meta(use.target).is_submittable)


def _spell_alike(use: Use, target: dict[str, Any]) -> None:
    name = target["name"]
    if isinstance(name, str) and name != use.value:
        use.doc.__dict__[use.df.fieldname] = name


def _fetch(use: Use, target: dict[str, Any]) -> None:
    for df in use.doc.meta.get_fields_to_fetch(use.df.fieldname):
        source = source_of(df)
        if source not in target or not _may_fetch(use.doc, df):
            continue
        use.doc.__dict__[df.fieldname] = _fetched(target[source], df, use.target, source)


def _may_fetch(doc: Any, df: Any) -> bool:
    if df.fetch_if_empty and doc.get(df.fieldname):
        return False
    return not doc.docstatus.is_submitted() or bool(df.allow_on_submit) or doc.is_new()


def _fetched(value: Any, df: Any, doctype: str, source: str) -> Any:
    if value and df.fieldtype in ("Data", "Small Text", "Text"):
        field = frappe.get_meta(doctype).get_field(source)
        if field is not None and field.fieldtype == "Text Editor":
            from frappe.utils import strip_html

            return strip_html(value)
    return value
