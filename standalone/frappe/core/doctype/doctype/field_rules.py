"""Which fields a DocType may have, and which settings of a field fit together."""

from __future__ import annotations

import keyword
import re
from collections.abc import Callable
from functools import cached_property
from typing import Any

import frappe
from frappe.exceptions import ValidationError
from frappe.model import data_field_options, display_fieldtypes, no_value_fields, table_fields
from frappe.model.document import Document
from frappe.utils import cint, cstr
from frappe.utils.nestedset import NestedSet

RESTRICTED = (
    "name",
    "parent",
    "creation",
    "owner",
    "modified",
    "modified_by",
    "parentfield",
    "parenttype",
    "file_list",
    "flags",
    "docstatus",
)
NAME_LENGTH = 61
FIELDNAME_LENGTH = 64
MAX_LENGTH = 1000

UNIQUE_TYPES = (
    "Data",
    "Link",
    "Read Only",
    "Int",
    "Select",
    "Dynamic Link",
    "Date",
    "Datetime",
    "Time",
    "Float",
    "Phone",
)
_TEXT_TYPES = ("Text", "Long Text", "Small Text", "Code", "Text Editor", "HTML Editor", "Markdown Editor", "JSON")
_DEFAULT_SHORTCUTS = (":",)


class InvalidFieldNameError(ValidationError):
    """A fieldname that cannot be a column or attribute."""


class UniqueFieldnameError(ValidationError):
    """Two fields of the same name."""


class IllegalMandatoryError(ValidationError):
    """A field that nobody can fill although it is required."""


class DoctypeLinkError(ValidationError):
    """A Link or Table field without the DocType it needs."""


class WrongOptionsDoctypeLinkError(ValidationError):
    """A Link or Table field whose DocType does not exist or is of the wrong kind."""


class HiddenAndMandatoryWithoutDefaultError(ValidationError):
    """A required field that is hidden and has no default."""


class NonUniqueError(ValidationError):
    """A field that cannot be unique."""


class CannotIndexedError(ValidationError):
    """A field of a type that cannot be indexed."""


class CannotCreateStandardDoctypeError(ValidationError):
    """A standard DocType where only custom ones may be made."""


def check_name(doc: Any, name: str | None = None) -> None:
    """Refuse names that could be no table, class or folder."""
    name = cstr(name or doc.name)
    if len(name) > NAME_LENGTH:
        frappe.throw(frappe._("The name of a DocType may have {0} characters").format(NAME_LENGTH), frappe.NameError)
    if name != name.strip() or not re.fullmatch(r"[^\W\d_][\w \-]*", name):
        frappe.throw(
            frappe._("The name of a DocType starts with a letter and has letters, digits, blanks, - and _ only"),
            frappe.NameError,
        )


def name_fields(doc: Any) -> None:
    """Give fields without a name one, made from their label or type; breaks and the like are numbered."""
    taken = {df.fieldname for df in doc.fields if df.fieldname}
    for index, df in enumerate(doc.fields):
        if df.fieldname:
            df.fieldname = df.fieldname.strip()
            continue
        base = _fieldname_from(df)
        fieldname, number = base, index
        while fieldname in taken or not fieldname:
            fieldname, number = f"{base}_{number}", number + 1
        df.fieldname = fieldname
        taken.add(fieldname)


def _fieldname_from(df: Any) -> str:
    label = re.sub(r"\W+", "_", cstr(df.label).strip().lower()).strip("_")
    if df.fieldtype in display_fieldtypes and not label:
        return str(frappe.scrub(df.fieldtype))
    if not label:
        frappe.throw(frappe._("A field of type {0} has neither a label nor a name").format(df.fieldtype))
    return f"{label}1" if label in RESTRICTED else label


def check(meta: Any) -> None:
    """Raise when the fields of a DocType contradict themselves, each other or the DocType's own settings."""
    seen: dict[str, Any] = {}
    for df in meta.get("fields") or ():
        _check_unique_name(df, seen)
        for rule in _RULES:
            rule(meta, df)
    _check_own_settings(meta)


def _fail(df: Any, text: str, error: type[Exception] = ValidationError) -> None:
    label = frappe.bold(frappe._(df.label) if df.label else df.fieldname)
    frappe.throw(f"{label}: {text}", error)


def _check_unique_name(df: Any, seen: dict[str, Any]) -> None:
    key = cstr(df.fieldname).lower()
    if key in seen:
        _fail(df, frappe._("the fieldname {0} occurs more than once").format(df.fieldname), UniqueFieldnameError)
    if key:
        seen[key] = df


def _check_fieldname(meta: Any, df: Any) -> None:
    fieldname = cstr(df.fieldname)
    if len(fieldname) > FIELDNAME_LENGTH:
        _fail(df, frappe._("a fieldname may have {0} characters").format(FIELDNAME_LENGTH), InvalidFieldNameError)
    if fieldname in RESTRICTED and not _is_family(meta):
        _fail(df, frappe._("the fieldname {0} is taken by the framework").format(fieldname), InvalidFieldNameError)
    if fieldname and not re.fullmatch(r"[A-Za-z_]\w*", fieldname, re.ASCII):
        _fail(df, frappe._("{0} is no fieldname: use letters, digits and _").format(fieldname), InvalidFieldNameError)
    if keyword.iskeyword(fieldname) and not _is_family(meta):
        _fail(df, frappe._("{0} is a word of Python and no fieldname").format(fieldname), InvalidFieldNameError)
    flags = frappe.local.flags
    if meta.custom and not (flags.in_import or flags.in_install or flags.in_migrate):
        refuse_member_names(df, NestedSet if meta.is_tree else Document)


def refuse_member_names(df: Any, controller: type[Document]) -> None:
    """Refuse a field that would hide a method of its documents, or lie behind a property that is not its value."""
    if df.fieldtype in no_value_fields or df.is_virtual:
        return
    member = getattr(controller, cstr(df.fieldname), None)
    if callable(member) or isinstance(member, property | cached_property):
        text = frappe._("{0} is the name of something else in documents of this kind")
        _fail(df, text.format(df.fieldname), InvalidFieldNameError)


def _is_family(meta: Any) -> bool:
    from frappe.model.definitions import FAMILY

    return meta.name in FAMILY or meta.name in ("Custom DocPerm", "DocShare")


def _check_link(meta: Any, df: Any) -> None:
    if df.fieldtype not in ("Link", *table_fields) or df.is_virtual:
        return
    options = cstr(df.options).strip()
    if not options:
        _fail(df, frappe._("a {0} field needs a DocType in its options").format(df.fieldtype), DoctypeLinkError)
    if options in ("[Select]", meta.name) or frappe.local.flags.in_import or frappe.local.flags.in_install:
        return
    rows = frappe.db.sql("select `name`, `istable` from `tabDocType` where `name` = %s", (options,))
    if not rows:
        _fail(df, frappe._("there is no DocType {0}").format(options), WrongOptionsDoctypeLinkError)
    name, istable = rows[0]
    if df.fieldtype in table_fields and not istable:
        _fail(df, frappe._("{0} is no child table").format(options), WrongOptionsDoctypeLinkError)
    df.options = name


def _check_dynamic_link(meta: Any, df: Any) -> None:
    if df.fieldtype != "Dynamic Link":
        return
    selector = next((other for other in meta.fields if other.fieldname == df.options), None)
    if selector is None or selector.fieldtype not in ("Link", "Select", "Data", "Read Only"):
        _fail(df, frappe._("its options must name the field that holds the DocType"), DoctypeLinkError)


def _check_mandatory(_meta: Any, df: Any) -> None:
    if not df.reqd:
        return
    if df.fieldtype in display_fieldtypes:
        _fail(df, frappe._("a {0} cannot be required").format(df.fieldtype), IllegalMandatoryError)
    if df.hidden and not df.default and not frappe.local.flags.in_migrate and not df.get("is_custom_field"):
        _fail(
            df,
            frappe._("a required field that is hidden needs a default"),
            HiddenAndMandatoryWithoutDefaultError,
        )


def _check_unique(_meta: Any, df: Any) -> None:
    if df.unique and df.fieldtype not in UNIQUE_TYPES:
        _fail(df, frappe._("a {0} field cannot be unique").format(df.fieldtype), NonUniqueError)
    if df.search_index and df.fieldtype in _TEXT_TYPES:
        _fail(df, frappe._("a {0} field cannot be indexed").format(df.fieldtype), CannotIndexedError)


def _check_default(_meta: Any, df: Any) -> None:
    if df.fieldtype == "Check":
        if cstr(df.default) not in ("", "0", "1"):
            _fail(df, frappe._("the default of a Check field is 0 or 1"))
        df.default = cstr(df.default) or "0"
    if df.fieldtype == "Select" and df.default and df.options and not cstr(df.default).startswith(_DEFAULT_SHORTCUTS):
        options = [option.strip() for option in cstr(df.options).split("\n")]
        if df.default not in options:
            _fail(df, frappe._("the default {0} is not among the options").format(df.default))


def _check_length(_meta: Any, df: Any) -> None:
    length = cint(df.length)
    if length and df.fieldtype not in ("Int",) and not 1 <= length <= MAX_LENGTH:
        _fail(df, frappe._("the length must lie between 1 and {0}").format(MAX_LENGTH))
    precision = df.precision
    if precision not in (None, "") and not 0 <= cint(precision) <= 9:
        _fail(df, frappe._("the precision must lie between 0 and 9"))


def _check_data_options(_meta: Any, df: Any) -> None:
    if df.is_virtual:  # its options are the expression that computes it
        return
    if df.fieldtype == "Data" and df.options and df.options not in data_field_options and "{" not in df.options:
        _fail(
            df,
            frappe._("{0} is no option of a Data field; there are {1}").format(
                df.options, ", ".join(data_field_options)
            ),
        )


def _check_virtual(_meta: Any, df: Any) -> None:
    if df.is_virtual and df.fieldtype in display_fieldtypes:
        _fail(df, frappe._("a {0} cannot be virtual").format(df.fieldtype))


_RULES: tuple[Callable[[Any, Any], None], ...] = (
    _check_fieldname,
    _check_link,
    _check_dynamic_link,
    _check_mandatory,
    _check_unique,
    _check_default,
    _check_length,
    _check_data_options,
    _check_virtual,
)


def _check_own_settings(meta: Any) -> None:
    """Fields that the DocType names for a purpose must exist."""
    known = {df.fieldname: df for df in meta.fields}
    for setting in (
        "title_field",
        "image_field",
        "timeline_field",
        "subject_field",
        "sender_field",
        "is_published_field",
    ):
        fieldname = meta.get(setting)
        if fieldname and fieldname not in known and fieldname != "name":
            frappe.throw(
                frappe._("{0} names a field that does not exist: {1}").format(setting, fieldname), InvalidFieldNameError
            )
    image = known.get(meta.get("image_field"))
    if image is not None and image.fieldtype != "Attach Image":
        frappe.throw(frappe._("The image field must be of type Attach Image"))
    for fieldname in cstr(meta.get("search_fields")).split(","):
        df = known.get(fieldname.strip())
        if df is not None and df.fieldtype in no_value_fields:
            frappe.throw(frappe._("{0} cannot be searched").format(fieldname.strip()))
    _check_autoname(meta, known)


def _check_autoname(meta: Any, known: dict[str, Any]) -> None:
    autoname = cstr(meta.get("autoname"))
    if autoname.lower().startswith("field:"):
        fieldname = autoname[len("field:") :].strip()
        if fieldname not in known and fieldname != "name":
            frappe.throw(frappe._("The field that gives the name does not exist: {0}").format(fieldname))
    if autoname.lower().startswith("naming_series:") and "naming_series" not in known:
        frappe.throw(frappe._("Naming by series needs a field naming_series"))
