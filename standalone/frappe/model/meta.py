"""What a DocType is made of, worked out once and then read millions of times.

`get_meta` is the door; the Meta object behind it is shared by all threads and read-only. Where the description comes
from is `frappe.model.definitions`, the order of fields `frappe.model.field_order`.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import frappe
from frappe.context import current_state
from frappe.core.doctype.docfield.docfield import DocField
from frappe.core.doctype.docperm.docperm import DocPerm
from frappe.core.doctype.doctype_action.doctype_action import DocTypeAction
from frappe.core.doctype.doctype_link.doctype_link import DocTypeLink
from frappe.core.doctype.doctype_state.doctype_state import DocTypeState
from frappe.model import (
    child_table_fields,
    data_fieldtypes,
    default_fields,
    definitions,
    no_value_fields,
    optional_fields,
    std_fields,
    table_fields,
)
from frappe.model.base_document import BaseDocument
from frappe.model.docstatus import DocStatus
from frappe.model.document import Document
from frappe.model.field_order import arrange
from frappe.model.values import Caster, caster_for
from frappe.types import _dict
from frappe.utils import cint, cstr

ROW_CLASSES: dict[str, type[BaseDocument]] = {
    "fields": DocField,
    "permissions": DocPerm,
    "actions": DocTypeAction,
    "links": DocTypeLink,
    "states": DocTypeState,
}

STANDARD_LABELS = {field["fieldname"]: field["label"] for field in std_fields}
STANDARD_FIELDS = {field["fieldname"]: _dict(field) for field in std_fields}

_STANDARD_FIELDTYPES = {"docstatus": "Int", "idx": "Int", "creation": "Datetime", "modified": "Datetime"}

CACHE_KEY = "meta"


@dataclass(frozen=True, slots=True)
class Column:
    """One value field of a DocType, reduced to what reading and writing it needs."""

    name: str
    fieldtype: str
    label: str
    caster: Caster | None = None
    is_virtual: bool = False
    not_nullable: bool = False
    default: Any = None
    options: str | None = None


def get_meta(doctype: Any, cached: bool = True) -> Meta:
    """Return the Meta of a DocType; of an unsaved DocType document when one is given.

    Raises DoesNotExistError when the site has no such DocType.
    """
    if isinstance(doctype, Document):
        return Meta(definitions.from_file(doctype.as_dict()))
    if not cached:
        return _build(doctype)
    mirror = current_state().cache
    key = f"meta::{doctype}"
    meta: Meta | None = mirror.get(key)
    if meta is None:
        meta = frappe.cache.hget(CACHE_KEY, doctype)
        if meta is None:
            meta = _build(doctype)
            if meta.name != doctype:  # asked for in another spelling; only the true name is kept
                return meta
            frappe.cache.hset(CACHE_KEY, doctype, meta)
        mirror[key] = meta
    return meta


def _build(doctype: str) -> Meta:
    if not isinstance(doctype, str) or not doctype:
        raise frappe.DoesNotExistError(f"A DocType is named by a text, not by {doctype!r}")
    definition = definitions.load(doctype)
    if definition is None:
        raise frappe.DoesNotExistError(frappe._("DocType {0} not found").format(doctype))
    return Meta(definition)


class Meta(Document):
    """A DocType with its customisations applied. All lists and maps are worked out here and never changed later."""

    _metaclass = True
    stays_in_process = True  # each process compiles its own; the cache tells when it is stale

    fields: list[Any]
    permissions: list[Any]

    def __init__(self, definition: dict[str, Any]) -> None:
        values = self.__dict__
        values.update(dict.fromkeys((*default_fields, *definitions.columns_of("DocType"))))
        values.update({k: v for k, v in definition.items() if k not in definitions.CUSTOMISATIONS})
        values.update(doctype="DocType", flags=_dict(), sort_field=definition.get("sort_field") or "creation")
        values["sort_order"] = (definition.get("sort_order") or "DESC").upper()
        for table, child in definitions.TABLES.items():
            values[table] = [_make_row(table, child, row) for row in definition.get(table) or ()]
        self._apply_customisations(definition)
        self._compile()

    # ------------------------------------------------------------------ building

    def _apply_customisations(self, definition: dict[str, Any]) -> None:
        custom = [_make_row("fields", "DocField", _as_docfield(row)) for row in definition["custom_fields"]]
        for field in custom:
            field.__dict__["is_custom_field"] = 1
        standard: list[Any] = self.fields
        self.fields = [*standard, *custom]
        order = self._apply_property_setters(definition["property_setters"])
        self.fields = arrange(standard, custom, order)
        if definition["custom_permissions"]:
            self.permissions = [_make_row("permissions", "DocPerm", row) for row in definition["custom_permissions"]]

    def _apply_property_setters(self, setters: Iterable[dict[str, Any]]) -> list[str] | None:
        """Apply each setter to its field, row or to the DocType; return the `field_order` one of them gave."""
        order: list[str] | None = None
        for setter in setters:
            if setter["property"] == "field_order":
                order = json.loads(setter["value"] or "[]")
                continue
            value = cast_property(setter.get("property_type"), setter["value"])
            for target in self._targets_of(setter):
                target.__dict__[setter["property"]] = value
        return order

    def _targets_of(self, setter: dict[str, Any]) -> list[Any]:
        kind = setter["doctype_or_field"]
        if kind == "DocType":
            return [self]
        if kind == "DocField":
            return [f for f in self.fields if f.fieldname == setter["field_name"]][:1]
        tables = {child: table for table, child in definitions.TABLES.items()}
        rows = self.__dict__.get(tables.get(kind, ""), ())
        return [row for row in rows if row.name == setter.get("row_name")][:1]

    def _compile(self) -> None:
        for index, field in enumerate(self.fields, 1):
            field.__dict__["idx"] = index
        self._fields: dict[str, DocField] = {}
        for field in self.fields:
            if field.fieldname:
                self._fields.setdefault(field.fieldname, field)
        self.table_doctypes: dict[str, str] = {
            f.fieldname: f.options for f in self.fields if f.fieldtype in table_fields and f.options
        }
        standard = [name for name in default_fields if name != "doctype"]
        if self.istable:
            standard.extend(child_table_fields)
        self.columns_and_virtual: tuple[Column, ...] = (
            *map(_standard_column, standard),
            *map(_column, self._value_fields()),
        )
        self.columns: tuple[Column, ...] = tuple(c for c in self.columns_and_virtual if not c.is_virtual)
        self.fetch_fields: dict[str, list[DocField]] = {}
        for field in self.fields:
            if field.fetch_from and not field.is_virtual and "." in field.fetch_from:
                self.fetch_fields.setdefault(field.fetch_from.split(".", 1)[0].strip(), []).append(field)

    def _value_fields(self) -> list[DocField]:
        reserved = {*default_fields, *(child_table_fields if self.istable else ())}
        return [f for f in self._fields.values() if f.fieldtype in data_fieldtypes and f.fieldname not in reserved]

    def __getstate__(self) -> dict[str, Any]:
        return dict(self.__dict__)

    def __setstate__(self, state: dict[str, Any]) -> None:
        self.__dict__.update(state)

    # ------------------------------------------------------------------ single fields

    def get_field(self, fieldname: str) -> DocField | None:
        """Return the field (custom ones included), None for standard columns and unknown names."""
        return self._fields.get(fieldname)

    def has_field(self, fieldname: str) -> bool:
        return fieldname in self._fields

    def get_label(self, fieldname: str) -> str:
        field = self._fields.get(fieldname)
        if field is not None and field.label:
            return str(field.label)
        return str(STANDARD_LABELS.get(fieldname, "No Label"))

    def get_options(self, fieldname: str) -> str | None:
        field = self._fields.get(fieldname)
        if field is None:
            raise AttributeError(f"{self.name} has no field {fieldname!r}")
        options: str | None = field.options
        return options

    def get_link_doctype(self, fieldname: str) -> str | None:
        """Return the DocType a Link or Table field points at; for a Dynamic Link the field that names it."""
        field = self._fields.get(fieldname)
        if field is None or field.fieldtype not in ("Link", "Dynamic Link", *table_fields):
            return None
        target: str | None = field.options
        return target

    # ------------------------------------------------------------------ lists of fields

    def _of_type(self, *fieldtypes: str) -> list[DocField]:
        return [f for f in self.fields if f.fieldtype in fieldtypes]

    @cached_property
    def _table_fields(self) -> list[DocField]:
        return [f for f in self._of_type(*table_fields) if f.fieldname in self.table_doctypes]

    @cached_property
    def _link_fields(self) -> list[DocField]:
        return [f for f in self._of_type("Link") if f.options != "[Select]"]

    @cached_property
    def _dynamic_link_fields(self) -> list[DocField]:
        return self._of_type("Dynamic Link")

    @cached_property
    def _select_fields(self) -> list[DocField]:
        return [f for f in self._of_type("Select") if f.options not in ("[Select]", "Loading...")]

    @cached_property
    def _set_only_once_fields(self) -> list[DocField]:
        return [f for f in self.fields if f.set_only_once]

    @cached_property
    def _high_permlevel_fields(self) -> list[DocField]:
        return [f for f in self.fields if cint(f.permlevel) > 0]

    def get_table_fields(self, include_computed: bool = False) -> list[DocField]:
        if include_computed:
            return self._table_fields
        return [f for f in self._table_fields if not f.is_virtual]

    def get_link_fields(self) -> list[DocField]:
        return self._link_fields

    def get_dynamic_link_fields(self) -> list[DocField]:
        return self._dynamic_link_fields

    def get_select_fields(self) -> list[DocField]:
        return self._select_fields

    def get_image_fields(self) -> list[DocField]:
        return self._of_type("Attach Image")

    def get_data_fields(self) -> list[DocField]:
        return self._of_type("Data")

    def get_phone_fields(self) -> list[DocField]:
        return self._of_type("Phone")

    def get_code_fields(self) -> list[DocField]:
        return self._of_type("Code")

    def get_password_fields(self) -> list[DocField]:
        return self._of_type("Password")

    def get_set_only_once_fields(self) -> list[DocField]:
        return self._set_only_once_fields

    def get_high_permlevel_fields(self) -> list[DocField]:
        return self._high_permlevel_fields

    def get_translatable_fields(self) -> list[str]:
        return [f.fieldname for f in self.fields if f.translatable]

    def is_translatable(self, fieldname: str) -> bool:
        field = self._fields.get(fieldname)
        return bool(field is not None and field.translatable)

    def get_global_search_fields(self) -> list[DocField]:
        return [f for f in self.fields if f.in_global_search and f.fieldtype not in no_value_fields]

    def get_custom_fields(self) -> list[DocField]:
        return [f for f in self.fields if f.get("is_custom_field")]

    def get_fields_to_fetch(self, link_fieldname: str | None = None) -> list[DocField]:
        """Return the fields that copy a value from a linked document (of one Link field when given)."""
        if link_fieldname is None:
            return [f for fields in self.fetch_fields.values() for f in fields]
        return self.fetch_fields.get(link_fieldname, [])

    # ------------------------------------------------------------------ lists of names

    @cached_property
    def _valid_columns(self) -> tuple[str, ...]:
        return tuple(column.name for column in self.columns)

    def get_valid_columns(self) -> list[str]:
        """Return the names of the columns in the database: without `_assign` and its like, without virtual fields."""
        return list(self._valid_columns)

    def get_valid_fields(self) -> list[str]:
        return [column.name for column in self.columns_and_virtual]

    def get_fieldnames_with_value(self, with_field_meta: bool = False, with_virtual_fields: bool = False) -> list[Any]:
        fields = [
            f for f in self.fields if f.fieldtype not in no_value_fields and (with_virtual_fields or not f.is_virtual)
        ]
        return fields if with_field_meta else [f.fieldname for f in fields]

    def get_title_field(self) -> str:
        """Return the field people know a document by: `title_field`, else `title`, else `name`."""
        if self.title_field:
            return str(self.title_field)
        return "title" if self.has_field("title") else "name"

    def get_search_fields(self) -> list[str]:
        fields = [f.strip() for f in (self.search_fields or "").split(",") if f.strip()]
        return fields if "name" in fields else [*fields, "name"]

    def get_list_fields(self) -> list[str]:
        listed = [f.fieldname for f in self.fields if f.in_list_view and f.fieldtype in data_fieldtypes]
        if self.title_field and self.title_field not in listed:
            listed.append(self.title_field)
        return ["name", *listed]

    def get_naming_series_options(self) -> list[str]:
        field = self._fields.get("naming_series")
        return [option.strip() for option in (field.options if field else "" or "").split("\n")] if field else []

    # ------------------------------------------------------------------ permissions

    def get_permissions(self, parenttype: str | None = None) -> list[DocPerm]:
        """Return the rules of this DocType; those of `parenttype` for a child table."""
        if self.istable and parenttype:
            return get_meta(parenttype).permissions
        return self.permissions

    def get_permlevel_access(
        self, permission_type: str = "read", parenttype: str | None = None, *, user: str | None = None
    ) -> list[int]:
        """Return the field levels on which `user` has the right `permission_type`."""
        user = user or frappe.session.user
        roles = set(frappe.get_roles(user))
        rules = self.get_permissions(parenttype)
        levels = (cint(r.permlevel) for r in rules if r.role in roles and cint(r.get(permission_type)))
        return list(dict.fromkeys(levels))

    def get_permitted_fieldnames(
        self,
        parenttype: str | None = None,
        *,
        user: str | None = None,
        permission_type: str = "read",
        with_virtual_fields: bool = True,
    ) -> list[str]:
        """Return the value fields `user` may read (or write, select); [] for a child table without its parent."""
        user = user or frappe.session.user
        fieldnames = self.get_fieldnames_with_value(with_field_meta=True, with_virtual_fields=with_virtual_fields)
        if user == "Administrator":
            return [f.fieldname for f in fieldnames]
        if self.istable and not parenttype:
            return []
        if not self.get_permissions(parenttype=parenttype):
            return [f.fieldname for f in fieldnames]
        if permission_type == "select":
            shown = set(self.get_search_fields()) | ({self.title_field} if self.title_field else set())
            return ["name", *(f.fieldname for f in fieldnames if f.fieldname in shown and not cint(f.permlevel))]
        levels = {*self.get_permlevel_access(permission_type, parenttype, user=user)}
        if (
            0 not in levels
            and permission_type in ("read", "select")
            and frappe.share.get_shared(parenttype or self.name, user, rights=["read"], limit=1)
        ):
            levels.add(0)
        return [f.fieldname for f in fieldnames if cint(f.permlevel) in levels]

    # ------------------------------------------------------------------ other

    def is_nested_set(self) -> bool:
        return self.has_field("lft") and self.has_field("rgt")

    def get_workflow(self) -> str | None:
        """Return the name of the active Workflow."""
        from frappe.model.workflow import get_workflow_name

        return get_workflow_name(self.name)

    def get_dashboard_data(self) -> _dict:
        """Return what the controller's `<name>_dashboard.py` says about connected documents."""
        from frappe.modules import load_doctype_module

        data = _dict(transactions=[])
        if not self.custom:
            module = load_doctype_module(self.name, suffix="_dashboard", missing_ok=True)
            if module is not None and hasattr(module, "get_data"):
                data = _dict(module.get_data())
        for method in frappe.get_hooks("override_doctype_dashboards", {}).get(self.name, []):
            data = _dict(frappe.get_attr(method)(data=data))
        return data

    def as_dict(self, no_nulls: bool = False, **_options: Any) -> _dict:  # type: ignore[override]
        """Return the DocType with its rows as plain dicts."""
        doc = _dict(_public_values(self.__dict__, no_nulls))
        for table in definitions.TABLES:
            doc[table] = [_dict(_public_values(row.__dict__, no_nulls)) for row in self.__dict__[table]]
        return doc


_COMPILED = frozenset({"table_doctypes", "columns_and_virtual", "fetch_fields", "flags"})


def _public_values(values: dict[str, Any], no_nulls: bool) -> dict[str, Any]:
    hidden = _COMPILED if isinstance(values.get("columns"), tuple) else {"flags"}
    return {
        key: value
        for key, value in values.items()
        if not key.startswith("_")
        and key not in hidden
        and not isinstance(value, tuple)
        and not (no_nulls and value is None)
    }


def _make_row(table: str, child: str, row: dict[str, Any]) -> Any:
    """Make one row of a definition a document, without looking anything up."""
    cls = ROW_CLASSES[table]
    doc = cls.__new__(cls)
    doc.__dict__.update(dict.fromkeys(definitions.columns_of(child)))
    doc.__dict__.update(name=None, parent=None)
    doc.__dict__.update(row)
    doc.__dict__.update(doctype=child, flags=_dict())
    doc.__dict__["docstatus"] = DocStatus(0)
    return doc


def _as_docfield(row: dict[str, Any]) -> dict[str, Any]:
    """Return a Custom Field's row as that of a DocField."""
    return {**row, "parent": row["dt"], "parenttype": "DocType", "parentfield": "fields"}


def _standard_column(name: str) -> Column:
    fieldtype = _STANDARD_FIELDTYPES.get(name, "Data")
    return Column(name, fieldtype, STANDARD_LABELS.get(name, name), caster_for(fieldtype))


def _column(field: DocField) -> Column:
    return Column(
        name=field.fieldname,
        fieldtype=field.fieldtype,
        label=field.label or field.fieldname,
        caster=caster_for(field.fieldtype, bool(field.unique)),
        is_virtual=bool(field.is_virtual),
        not_nullable=bool(field.not_nullable),
        default=field.default,
        options=field.options,
    )


def cast_property(property_type: str | None, value: Any) -> Any:
    """Return the value of a Property Setter (always a text) as `property_type` wants it."""
    if property_type in ("Check", "Int"):
        return cint(value)
    if property_type in ("Float", "Currency", "Percent"):
        from frappe.utils import flt

        return flt(value)
    return cstr(value) if value is not None else None


# ---------------------------------------------------------------------- functions apps import


def is_single(doctype: str) -> bool:
    """Tell whether a DocType is a Single. Raises DoesNotExistError for an unknown one."""
    return bool(get_meta(doctype).issingle)


def is_table(doctype: str) -> bool:
    """Tell whether a DocType is a child table; False for an unknown one."""
    tables = frappe.cache.get_value("is_table", lambda: frozenset(frappe.db.sql_list(_TABLES_QUERY)))
    return doctype in tables


_TABLES_QUERY = "select `name` from `tabDocType` where `istable` = 1"


def get_parent_dt(dt: str) -> str:
    """Return a DocType that has `dt` as a table, "" when there is none."""
    for source in ("DocField", "Custom Field"):
        column = "parent" if source == "DocField" else "dt"
        found = frappe.db.sql(
            f"select `{column}` from `tab{source}` where `fieldtype` in %s and `options` = %s limit 1",
            (table_fields, dt),
        )
        if found:
            return str(found[0][0])
    return ""


def get_default_df(fieldname: str) -> _dict | None:
    """Return a stand-in field for a standard column, None for other names."""
    if fieldname in ("creation", "modified"):
        return _dict(fieldname=fieldname, fieldtype="Datetime")
    if fieldname in default_fields or fieldname in optional_fields or fieldname in child_table_fields:
        return _dict(STANDARD_FIELDS.get(fieldname) or {"fieldname": fieldname, "fieldtype": "Data"})
    return None


def get_field_currency(df: Any, doc: Any = None) -> str | None:
    """Return the currency of a Currency field: of the document's field that `options` names, else the default one."""
    currency: str | None = None
    options = df.get("options")
    if options and doc is not None:
        if ":" in options:
            doctype, link, source = [*options.split(":"), "", ""][:3]
            currency = frappe.get_cached_value(doctype, doc.get(link), source) if doc.get(link) else None
        else:
            parent = getattr(doc, "parent_doc", None)
            currency = doc.get(options) or (parent.get(options) if parent is not None else None)
    default: str | None = frappe.db.get_default("currency")
    return currency or default


def get_field_precision(df: Any, doc: Any = None, currency: str | None = None) -> int:
    """Return the number of decimals of a field: its own, else that of the number format or the system."""
    precision = df.get("precision")
    if precision not in (None, ""):
        return cint(precision)
    if df.fieldtype == "Currency":
        configured = frappe.db.get_default("currency_precision")
        if configured not in (None, ""):
            return cint(configured)
        from frappe.utils.numbers import get_number_format_info

        return get_number_format_info(frappe.db.get_default("number_format") or "#,###.##")[2]
    return cint(frappe.db.get_default("float_precision")) or 3


def get_precision(doctype: str, fieldname: str, currency: str | None = None, doc: Any = None) -> int:
    """Return the number of decimals of a field."""
    field = get_meta(doctype).get_field(fieldname)
    if field is None:
        raise AttributeError(f"{doctype} has no field {fieldname!r}")
    return get_field_precision(field, doc, currency)


def get_table_columns(doctype: str) -> list[str]:
    return list(frappe.db.get_table_columns(doctype))


def trim_tables(doctype: str | None = None, dry_run: bool = False, quiet: bool = False) -> dict[str, list[str]]:
    """Drop columns that no field describes any more; return `{doctype: columns}`. `dry_run` only says what would go."""
    filters: dict[str, Any] = {"issingle": 0, "is_virtual": 0}
    if doctype:
        filters["name"] = doctype
    trimmed: dict[str, list[str]] = {}
    for name in frappe.get_all("DocType", filters=filters, pluck="name"):
        columns = trim_table(name, dry_run=dry_run)
        if columns:
            trimmed[name] = columns
    return trimmed


def trim_table(doctype: str, dry_run: bool = True) -> list[str]:
    frappe.cache.hdel("table_columns", f"tab{doctype}")
    known = {
        *default_fields,
        *optional_fields,
        *child_table_fields,
        *get_meta(doctype, cached=False).get_valid_columns(),
    }
    surplus = [column for column in frappe.db.get_table_columns(doctype) if column not in known and column[0] != "_"]
    if not dry_run:
        for column in surplus:
            frappe.db.sql_ddl(f"alter table `tab{doctype}` drop column `{column}`")
    return surplus


def clear_meta_cache(doctype: str = "*") -> None:
    """Forget the Meta of one DocType, or of all."""
    if doctype == "*":
        frappe.cache.delete_value(CACHE_KEY)
        current_state().cache = {}
    else:
        frappe.clear_cache(doctype=doctype)


__all__ = [
    "Meta",
    "get_default_df",
    "get_field_currency",
    "get_field_precision",
    "get_meta",
    "get_parent_dt",
    "get_precision",
    "get_table_columns",
    "is_single",
    "is_table",
    "trim_tables",
]
