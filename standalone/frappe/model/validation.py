"""The checks every document passes between its controller's `validate` and the database, in their fixed order.

Each check takes one document (a row counts as one) and raises, or puts right what may be put right.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import frappe
from frappe.exceptions import (
    CannotChangeConstantError,
    CharacterLengthExceededError,
    MandatoryError,
    NonNegativeError,
    ValidationError,
)
from frappe.model import float_like_fields, optional_fields, table_fields
from frappe.model.base_document import is_masked
from frappe.model.values import same_value
from frappe.utils import cint, cstr, flt

VARCHAR_TYPES = frozenset(
    {"Data", "Link", "Dynamic Link", "Select", "Read Only", "Color", "Icon", "Phone", "Autocomplete"}
)
VARCHAR_LENGTH = 140
NAME_LENGTH = 140
INT_LIMIT = 2**31 - 1
BIGINT_LIMIT = 2**63 - 1
INT_DIGITS = 11


def validate(doc: Any) -> None:
    """Run all checks on a document that is about to be inserted or updated."""
    everything = [doc, *doc.get_all_children()]
    check_mandatory(doc, everything)
    for check in _CHECKS:
        for one in everything:
            check(one)
    _after_checks(doc, everything)


def _after_checks(doc: Any, everything: list[Any]) -> None:
    keep_name_field(doc)
    for one in everything:
        extract_inline_images(one)
    for one in everything:
        sanitize(one)
    for one in everything:
        save_passwords(one)
    if doc.is_new():
        for one in everything:
            one.__dict__.update(dict.fromkeys(optional_fields))
    else:
        check_constants(doc)


# ---------------------------------------------------------------------- mandatory


def check_mandatory(doc: Any, everything: list[Any]) -> None:
    """Raise MandatoryError that names every required field without content, and say so once for each."""
    if doc.flags.ignore_mandatory:
        return
    missing = [(fieldname, message) for one in everything for fieldname, message in missing_values(one)]
    if not missing:
        return
    for _fieldname, message in missing:
        frappe.msgprint(message, indicator="red")
    fields = ", ".join(fieldname for fieldname, _message in missing)
    raise MandatoryError(f"[{doc.doctype}, {doc.name}]: {fields}")


def missing_values(doc: Any) -> list[tuple[str, str]]:
    """Return `(fieldname, message)` of the required fields of one document or row that are empty."""
    missing = [
        (df.fieldname, _missing_message(doc, df))
        for df in doc.meta.fields
        if df.reqd and not df.is_virtual and not has_content(doc.get(df.fieldname), df)
    ]
    if doc.meta.istable:
        for fieldname in ("parent", "parenttype"):
            if not doc.get(fieldname):
                missing.append(
                    (fieldname, frappe._("A row of {0} needs a value for {1}").format(doc.doctype, fieldname))
                )
    return missing


def has_content(value: Any, df: Any) -> bool:
    """Tell whether a required field is filled: 0 counts, blanks and empty HTML do not, an image does."""
    if value is None or (isinstance(value, list | tuple) and not value):
        return False
    if df.fieldtype in table_fields or not isinstance(value, str):
        return True
    if df.fieldtype in ("Text Editor", "HTML Editor", "Code") and "<img" in value:
        return True
    from frappe.utils import strip_html

    return bool(strip_html(value).strip() if "<" in value else value.strip())


def _missing_message(doc: Any, df: Any) -> str:
    label = frappe._(df.label or df.fieldname)
    if df.fieldtype in table_fields:
        text = frappe._("The table {0} needs at least one row")
    elif doc.meta.istable:
        text = frappe._("Row {1}: {0} is required")
    else:
        text = frappe._("{0} is required")
    return str(text.format(frappe.bold(label), doc.idx))


# ---------------------------------------------------------------------- contents of single fields


def check_data_options(doc: Any) -> None:
    """Check e-mail addresses, names, phone numbers and URLs in the fields that are declared to hold them."""
    for df in doc.meta.get_data_fields():
        value = doc.get(df.fieldname) if df.options else None
        check = _DATA_CHECKS.get(df.options) if value else None
        if check is not None:
            check(doc, df, cstr(value))
    for df in doc.meta.get_phone_fields():
        value = doc.get(df.fieldname)
        if value:
            from frappe.utils import validate_phone_number_with_country_code

            validate_phone_number_with_country_code(value, df.fieldname)


def _check_emails(doc: Any, df: Any, value: str) -> None:
    from frappe.utils import split_emails, validate_email_address

    # Administrator and Guest are user ids without the form of an address, and stand where users' ids stand.
    if value in frappe.STANDARD_USERS and (doc.doctype == "User" or doc.owner in frappe.STANDARD_USERS):
        return
    for address in split_emails(value):
        validate_email_address(address, throw=True)


def _check_name(_doc: Any, _df: Any, value: str) -> None:
    from frappe.utils import validate_name

    validate_name(value, throw=True)


def _check_phone(_doc: Any, _df: Any, value: str) -> None:
    from frappe.utils import validate_phone_number

    validate_phone_number(value, throw=True)


def _check_url(_doc: Any, _df: Any, value: str) -> None:
    from frappe.utils import validate_url

    validate_url(value, throw=True)


_DATA_CHECKS: dict[Any, Callable[[Any, Any, str], None]] = {
    "Email": _check_emails,
    "Name": _check_name,
    "Phone": _check_phone,
    "URL": _check_url,
}


def check_selects(doc: Any) -> None:
    """Refuse values that are not among the options of their Select field."""
    flags = frappe.local.flags
    if flags.in_import:
        return
    for df in doc.meta.get_select_fields():
        value = doc.get(df.fieldname)
        if df.fieldname == "naming_series" or not value or not df.options:
            continue
        options = [option.strip() for option in df.options.split("\n")]
        if isinstance(value, str):
            value = doc.__dict__[df.fieldname] = value.strip()
        if cstr(value) in options or not any(options) or (flags.in_test and cstr(value).startswith("_T-")):
            continue
        _refuse_option(doc, df, value, options)


def _refuse_option(doc: Any, df: Any, value: Any, options: list[str]) -> None:
    row = frappe._("Row {0}: ").format(doc.idx) if doc.meta.istable and doc.idx else ""
    allowed = frappe.utils.comma_or([frappe._(option) for option in options if option])
    label = frappe._(df.label or df.fieldname)
    frappe.throw(row + frappe._("{0} cannot be {1}; it must be {2}").format(label, f'"{value}"', allowed))


def check_non_negative(doc: Any) -> None:
    for df in doc.meta.fields:
        if df.non_negative and df.fieldtype in ("Int", *float_like_fields) and flt(doc.get(df.fieldname)) < 0:
            row = frappe._("Row {0}: ").format(doc.idx) if doc.meta.istable and doc.idx else ""
            label = frappe._(df.label or df.fieldname)
            frappe.throw(row + frappe._("{0} cannot be negative").format(frappe.bold(label)), NonNegativeError)


def check_lengths(doc: Any) -> None:
    """Refuse texts and whole numbers that the column cannot hold."""
    meta = doc.meta
    if meta.issingle or frappe.local.flags.in_install:
        return
    for column in meta.columns:
        value = doc.__dict__.get(column.name)
        if value is None or value == "":
            continue
        if column.fieldtype in VARCHAR_TYPES:
            limit = NAME_LENGTH if column.name == "name" else _length(meta, column.name) or VARCHAR_LENGTH
            if len(cstr(value)) > limit:
                _refuse_length(doc, column, value, limit)
        elif column.fieldtype in ("Int", "Long Int"):
            wide = column.fieldtype == "Long Int" or _length(meta, column.name) > INT_DIGITS
            if abs(cint(value)) > (BIGINT_LIMIT if wide else INT_LIMIT):
                _refuse_length(doc, column, value, len(str(BIGINT_LIMIT if wide else INT_LIMIT)))


def _length(meta: Any, fieldname: str) -> int:
    field = meta.get_field(fieldname)
    return cint(field.length) if field is not None else 0


def _refuse_length(doc: Any, column: Any, value: Any, limit: int) -> None:
    where = frappe._("Row {0} of {1}").format(doc.idx, doc.parentfield) if doc.meta.istable else cstr(doc.name)
    message = frappe._("{0}: the value of {1} has {2} characters; {3} is the most that can be stored")
    label = frappe._(column.label)
    frappe.throw(
        message.format(f"{frappe._(doc.doctype)} {where}", frappe.bold(label), len(cstr(value)), limit),
        CharacterLengthExceededError,
        title=frappe._("Value too long"),
    )


def clamp_ratings(doc: Any) -> None:
    for df in doc.meta.fields:
        if df.fieldtype == "Rating" and doc.get(df.fieldname) is not None:
            doc.__dict__[df.fieldname] = min(1.0, max(0.0, flt(doc.get(df.fieldname))))


def check_code(doc: Any) -> None:
    """Refuse Python that does not compile in Code fields that hold Python."""
    for df in doc.meta.get_code_fields():
        code = doc.get(df.fieldname)
        if not code or df.options not in ("Python", "PythonExpression"):
            continue
        try:
            compile(code.strip(), df.label or df.fieldname, "eval" if df.options == "PythonExpression" else "exec")
        except SyntaxError as error:
            label = frappe._(df.label or df.fieldname)
            frappe.throw(frappe._("{0} is not valid Python, line {1}: {2}").format(label, error.lineno, error.msg))


def check_plain_values(doc: Any) -> None:
    """Refuse lists and objects where a single value belongs; a dict is fine in a JSON field only."""
    for column in doc.meta.columns:
        value = doc.__dict__.get(column.name)
        if isinstance(value, list | tuple | set) or (isinstance(value, dict) and column.fieldtype != "JSON"):
            label = frappe._(column.label)
            frappe.throw(frappe._("The value of {0} cannot be a {1}").format(label, type(value).__name__))


def check_moments(doc: Any) -> None:
    """Refuse dates and times that nobody can read, before the database stores them as text."""
    for column in doc.meta.columns:
        value = doc.__dict__.get(column.name)
        if column.fieldtype in ("Date", "Datetime", "Time") and isinstance(value, str) and value:
            from frappe.model.values import normalise_moment

            normalise_moment(value, column.fieldtype)


_CHECKS: tuple[Callable[[Any], None], ...] = (
    check_plain_values,
    check_data_options,
    check_selects,
    check_non_negative,
    check_lengths,
    clamp_ratings,
    check_code,
    check_moments,
)


# ---------------------------------------------------------------------- after the checks


def keep_name_field(doc: Any) -> None:
    """A field that gives the name (`autoname = field:x`) always holds the name."""
    autoname = doc.meta.autoname or ""
    if autoname.lower().startswith("field:"):
        fieldname = autoname[len("field:") :]
        if doc.name and doc.get(fieldname) != doc.name:
            doc.set(fieldname, doc.name)


def extract_inline_images(doc: Any) -> None:
    """Turn pictures that were pasted into Text Editor fields into files of the document."""
    for df in doc.meta.fields:
        if df.fieldtype != "Text Editor":
            continue
        value = doc.get(df.fieldname)
        if isinstance(value, str) and "<img" in value and "data:" in value:
            from frappe.core.doctype.file.utils import extract_images_from_doc

            extract_images_from_doc(doc, df.fieldname)


_UNSANITISED_TYPES = ("Attach", "Attach Image", "Barcode", "Code", "Password", "JSON", "Geolocation")


def sanitize(doc: Any) -> None:
    """Clean the HTML in every text of a draft, except where a field is declared to hold something else."""
    if frappe.local.flags.in_install or not doc.docstatus.is_draft():
        return
    for column in doc.meta.columns:
        value = doc.__dict__.get(column.name)
        if not isinstance(value, str) or not ("<" in value or ">" in value):
            continue
        df = doc.meta.get_field(column.name)
        if df is not None and (
            df.ignore_xss_filter
            or df.fieldtype in _UNSANITISED_TYPES
            or (df.fieldtype == "Data" and df.options == "Email")
        ):
            continue
        from frappe.utils.html_utils import sanitize_html

        doc.__dict__[column.name] = sanitize_html(value, linkify=df is not None and df.fieldtype == "Text Editor")


def save_passwords(doc: Any) -> None:
    """Store Password fields encrypted and keep asterisks in the document."""
    skipped = doc.flags.ignore_save_passwords
    if skipped is True:
        return
    for df in doc.meta.get_password_fields():
        if skipped and df.fieldname in skipped:
            continue
        value = doc.get(df.fieldname)
        if value and not is_masked(value):
            from frappe.utils.password import set_encrypted_password

            set_encrypted_password(doc.doctype, doc.name, cstr(value), df.fieldname)
            doc.set(df.fieldname, "*" * len(cstr(value)))
        elif not value and _had_password(doc, df.fieldname):
            from frappe.utils.password import remove_encrypted_password

            remove_encrypted_password(doc.doctype, doc.name, df.fieldname)


def _had_password(doc: Any, fieldname: str) -> bool:
    if doc.is_new():
        return False
    if doc.meta.istable:
        return True
    before = doc.get_doc_before_save()
    return before is None or bool(before.get(fieldname))


# ---------------------------------------------------------------------- what may not change


def check_constants(doc: Any) -> None:
    """Refuse changes of `set_only_once` fields, of the owner and of the time of creation."""
    before = doc.get_doc_before_save()
    if before is None:
        return
    for df in doc.meta.get_set_only_once_fields():
        old, new = before.get(df.fieldname), doc.get(df.fieldname)
        if df.fieldtype in table_fields:
            changed = not same_rows(old, new)
        else:
            changed = old not in (None, "") and not same_value(old, new, df.fieldtype)
        if changed:
            _refuse_change(df.label or df.fieldname)
    for fieldname, fieldtype in (("owner", "Data"), ("creation", "Datetime")):
        old = before.get(fieldname)
        if old and not same_value(old, doc.get(fieldname), fieldtype):
            _refuse_change(doc.meta.get_label(fieldname))


def same_rows(old: Any, new: Any) -> bool:
    if len(old or ()) != len(new or ()):
        return False
    hidden = {"modified", "modified_by", "creation", "owner"}
    return all(
        same_value(a.get(column.name), b.get(column.name), column.fieldtype)
        for a, b in zip(old or (), new or (), strict=True)
        for column in a.meta.columns
        if column.name not in hidden
    )


def _refuse_change(label: str) -> None:
    frappe.throw(
        frappe._("{0} cannot be changed once it is set").format(frappe.bold(frappe._(label))), CannotChangeConstantError
    )


def check_update_after_submit(doc: Any) -> None:
    """Refuse changes of a submitted document in fields that are not allowed to change after submission."""
    if doc.flags.ignore_validate_update_after_submit:
        return
    before = doc.get_doc_before_save()
    if before is None:
        return
    _check_frozen(doc, before)
    for df in doc.meta.get_table_fields():
        old_rows = {row.name: row for row in before.get(df.fieldname) or ()}
        new_rows = doc.get(df.fieldname) or ()
        if not df.allow_on_submit and {row.name for row in new_rows} != set(old_rows):
            _refuse_after_submit(df.label or df.fieldname)
        for row in new_rows:
            if row.name in old_rows:
                _check_frozen(row, old_rows[row.name])


def _check_frozen(doc: Any, before: Any) -> None:
    for df in doc.meta.fields:
        if df.allow_on_submit or df.fieldtype in table_fields or df.is_virtual or not df.fieldname:
            continue
        if df.fieldname in doc.__dict__ and not same_value(
            before.get(df.fieldname), doc.get(df.fieldname), df.fieldtype
        ):
            _refuse_after_submit(df.label or df.fieldname)


def _refuse_after_submit(label: str) -> None:
    frappe.throw(
        frappe._("{0} cannot be changed after submission").format(frappe.bold(frappe._(label))),
        frappe.UpdateAfterSubmitError,
    )


_TITLE_PART = re.compile(r"{\s*(\w+)\s*}")


def fill_title(doc: Any) -> None:
    """Fill the title field from its template, such as `{customer}`: its `default` (new documents) or its `options`."""
    meta = doc.meta
    if meta.get("title_field") and meta.has_field(meta.title_field):
        df = meta.get_field(meta.title_field)
    else:
        df = meta.get_field("title")
    if df is None:
        return
    template = None
    if doc.is_new() and df.default and not doc.get(df.fieldname):
        template = df.default
    elif df.fieldtype in ("Data", "Small Text", "Text", "Read Only") and df.options and "{" in df.options:
        template = df.options
    if template:
        doc.set(df.fieldname, _TITLE_PART.sub(lambda part: cstr(doc.get(part[1])), template))


__all__ = [
    "ValidationError",
    "check_constants",
    "check_update_after_submit",
    "fill_title",
    "missing_values",
    "validate",
]
