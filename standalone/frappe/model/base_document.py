"""A document's values: attributes, child rows, dicts, and the raw rows in the database.

`BaseDocument` knows nothing of permissions, naming or events; that is `frappe.model.document`. Fields are plain
attributes, an unknown attribute raises AttributeError, and values are cast only on their way out.
"""

from __future__ import annotations

import weakref
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any, Self

import frappe
from frappe.model import child_table_fields, default_fields, storage
from frappe.model.controllers import get_controller
from frappe.model.docstatus import DocStatus
from frappe.model.row_filters import filter_rows
from frappe.model.values import as_text, empty_value, refuse_list
from frappe.types import _dict
from frappe.utils import cint, cstr

if TYPE_CHECKING:
    from frappe.model.meta import Column, Meta

RESERVED_KEYS = frozenset(
    {
        "doctype",
        "meta",
        "flags",
        "parent_doc",
        "permitted_fieldnames",
        "_table_fields",
        "_valid_columns",
        "_doc_before_save",
        "_table_fieldnames",
        "dont_update_if_missing",
    }
)

PRIVATE_KEYS = ("_user_tags", "__islocal", "__onload", "_liked_by", "__run_link_triggers", "__unsaved")


class BaseDocument:
    """Values of one document (or child row) as attributes."""

    doctype: str
    name: Any
    flags: _dict
    dont_update_if_missing: tuple[str, ...] = ()
    _doc_before_save: Any = None

    def __init__(self, d: Mapping[str, Any]) -> None:
        if d.get("doctype"):
            self.__dict__["doctype"] = d["doctype"]
        self.flags = _dict()
        self.update(d)
        self._fill_missing()
        self.__setup__()

    if TYPE_CHECKING:

        def __getattr__(self, key: str) -> Any: ...

    def __setup__(self) -> None:
        """Hook for controllers: called once the values are in place."""

    # ------------------------------------------------------------------ identity

    @property
    def meta(self) -> Meta:
        return frappe.get_meta(self.doctype)  # type: ignore[no-any-return]

    @property
    def docstatus(self) -> DocStatus:
        return DocStatus(cint(self.__dict__.get("docstatus")))

    @docstatus.setter
    def docstatus(self, value: Any) -> None:
        self.__dict__["docstatus"] = None if value is None else DocStatus(cint(value))

    @property
    def parent_doc(self) -> Any:
        """The document this row belongs to, as long as somebody else keeps it alive."""
        reference = self.__dict__.get("_parent_ref")
        return reference() if reference is not None else None

    @parent_doc.setter
    def parent_doc(self, value: Any) -> None:
        self.__dict__["_parent_ref"] = weakref.ref(value) if value is not None else None

    def is_new(self) -> bool:
        return bool(self.__dict__.get("__islocal"))

    def __str__(self) -> str:
        return f"{self.__class__.__name__}({self.__dict__.get('name') or 'unsaved'})"

    def __repr__(self) -> str:
        name = f": {self.name}" if self.__dict__.get("name") else ""
        return f"<{self.__class__.__name__}{name}>"

    def __getstate__(self) -> dict[str, Any]:
        """Return what may be stored or sent elsewhere: no weak references, nothing of the running save."""
        state = dict(self.__dict__)
        for key in ("_parent_ref", "_doc_before_save", "_action", "permitted_fieldnames"):
            state.pop(key, None)
        state["flags"] = _dict()
        return state

    def __setstate__(self, state: dict[str, Any]) -> None:
        self.__dict__.update(state)
        for row in self.get_all_children():
            row.parent_doc = self

    # ------------------------------------------------------------------ reading and setting values

    def _fill_missing(self) -> None:
        """Give every column of the DocType an attribute, so that reading it never fails."""
        values = self.__dict__
        meta = self.meta
        for column in meta.columns:
            if column.name not in values:
                values[column.name] = None
        for fieldname in meta.table_doctypes:
            if values.get(fieldname) is None and not self._is_computed(fieldname):
                values[fieldname] = []

    def _is_computed(self, key: str) -> bool:
        """A virtual field that the controller answers with a property has no value of its own."""
        return isinstance(getattr(type(self), key, None), property) and key not in ("docstatus", "parent_doc")

    def update(self, d: Mapping[str, Any] | BaseDocument) -> Self:
        """Set the given values; child rows may be dicts or documents. Returns self."""
        values = d.as_dict() if isinstance(d, BaseDocument) else d
        if "name" in values:
            self.__dict__["name"] = values["name"]
        for key, value in values.items():
            self.set(key, value)
        return self

    def update_if_missing(self, d: Mapping[str, Any] | BaseDocument) -> None:
        """Set only those values that are None here so far."""
        values = d.as_dict() if isinstance(d, BaseDocument) else d
        for key, value in values.items():
            if value is not None and self.get(key) is None and key not in self.dont_update_if_missing:
                self.set(key, value)

    def get(self, key: Any, filters: Any = None, limit: int | None = None, default: Any = None) -> Any:
        """Return a value, or the rows of a table that meet `filters`.

        `key` may be a dict of filters: then all child rows are searched. `filters` that is no dict is the default.
        """
        if isinstance(key, Mapping):
            return filter_rows(self.get_all_children(), key, limit=limit)
        if filters is not None:
            if isinstance(filters, Mapping):
                return filter_rows(self._value(key), filters, limit=limit)
            default = filters
        value = self._value(key)
        if value is None:
            return default
        if limit and isinstance(value, list | tuple) and len(value) > limit:
            return value[:limit]
        return value

    def _value(self, key: str) -> Any:
        if key in self.__dict__ and key != "docstatus":
            return self.__dict__[key]
        if key == "docstatus" or self._is_computed(key) or key in ("meta", "parent_doc"):
            return getattr(self, key)
        return None

    def getone(self, key: Any, filters: Any = None) -> Any:
        """Return the first row that meets `filters`, or None."""
        found = self.get(key, filters, limit=1)
        return found[0] if isinstance(found, list) and found else (None if isinstance(found, list) else found)

    def set(self, key: str, value: Any, as_value: bool = False) -> None:
        """Set a value; the rows of a table field are replaced, dicts among them become child documents."""
        if key in RESERVED_KEYS:
            return
        if not as_value and key in self._table_doctypes():
            self.__dict__[key] = []
            if value:
                self.extend(key, value)
            return
        if key == "docstatus":
            self.docstatus = value
            return
        if self._is_computed(key) and getattr(type(self), key).fset is None:
            return
        if self._is_computed(key):
            setattr(self, key, value)
        else:
            self.__dict__[key] = value

    def delete_key(self, key: str) -> None:
        self.__dict__.pop(key, None)

    # ------------------------------------------------------------------ child rows

    def _table_doctypes(self) -> Mapping[str, str]:
        return self.meta.table_doctypes

    def append(self, key: str, value: Any = None, position: int = -1) -> Any:
        """Add a row (a dict or document) to a table and return the child document."""
        if key not in self._table_doctypes():
            raise AttributeError(f"{self.doctype} has no table field {key!r}")
        rows = self.__dict__.get(key)
        if rows is None:
            rows = self.__dict__[key] = []
        child = self._make_child(key, {} if value is None else value, len(rows))
        if position == -1:
            rows.append(child)
        else:
            rows.insert(position, child)
            _renumber(rows)
        return child

    def extend(self, key: str, value: Iterable[Any]) -> None:
        if isinstance(value, str | bytes | Mapping) or not isinstance(value, Iterable):
            raise frappe.ValidationError(f"{self.doctype}: the rows of {key} must be given as a list")
        for row in value:
            self.append(key, row)

    def remove(self, doc: Any) -> None:
        """Take a child row out of its table and renumber the rows that stay."""
        rows = self.get(doc.parentfield) or []
        if doc in rows:
            rows.remove(doc)
            _renumber(rows)

    def _make_child(self, key: str, value: Any, count: int) -> Any:
        doctype = self._table_doctypes()[key]
        if isinstance(value, BaseDocument):
            child = value
            if not child.__dict__.get("doctype"):
                child.__dict__["doctype"] = doctype
        elif isinstance(value, Mapping):
            child = get_controller(doctype)({**value, "doctype": doctype})
        else:
            raise frappe.ValidationError(
                f"{self.doctype}: a row of {key} must be a dict or a document, not {type(value).__name__}"
            )
        child.__dict__.update(parent=self.__dict__.get("name"), parenttype=self.doctype, parentfield=key)
        child.parent_doc = self
        if child.__dict__.get("docstatus") is None:
            child.docstatus = 0
        if not child.__dict__.get("idx"):
            child.__dict__["idx"] = count + 1
        if not child.__dict__.get("name"):
            child.__dict__["__islocal"] = 1
        return child

    def get_all_children(self, parenttype: str | None = None) -> list[Any]:
        """Return the rows of all tables, or of those that hold DocType `parenttype`."""
        return [
            row
            for fieldname, doctype in self._table_doctypes().items()
            if parenttype is None or doctype == parenttype
            for row in self._value(fieldname) or ()
        ]

    def get_parentfield_of_doctype(self, doctype: str) -> str | None:
        """Return the first table field that holds rows of `doctype`, None without one."""
        return next((fieldname for fieldname, held in self._table_doctypes().items() if held == doctype), None)

    def set_parent_in_children(self) -> None:
        for row in self.get_all_children():
            row.__dict__.update(parent=self.name, parenttype=self.doctype)

    # ------------------------------------------------------------------ dicts

    def get_valid_dict(
        self,
        sanitize: bool = True,
        convert_dates_to_str: bool = False,
        ignore_nulls: bool = False,
        ignore_virtual: bool = False,
    ) -> _dict:
        """Return the document's own columns, cast to what the database holds (no child rows)."""
        out = _dict()
        permitted = self.__dict__.get("permitted_fieldnames") if sanitize else None
        for column in self.meta.columns if ignore_virtual else self.meta.columns_and_virtual:
            if permitted is not None and column.name not in permitted:
                continue
            value = self._column_value(column)
            if convert_dates_to_str:
                value = as_text(value)
            if value is None and ignore_nulls:
                continue
            out[column.name] = value
        return out

    def _column_value(self, column: Column) -> Any:
        value = self._virtual_value(column) if column.is_virtual else self.__dict__.get(column.name)
        if column.caster is not None:
            value = column.caster(value)
        if isinstance(value, list | tuple | set) and not column.is_virtual:
            refuse_list(value, column.label)
        if value is None and column.not_nullable:
            value = column.default if column.default is not None else empty_value(column.fieldtype)
        return value

    def _virtual_value(self, column: Column) -> Any:
        if hasattr(type(self), column.name):
            value = getattr(self, column.name)
            return value() if callable(value) else value
        if column.options:
            from frappe.utils.safe_exec import get_safe_globals

            return frappe.safe_eval(column.options, get_safe_globals(), {"doc": self})
        return self.__dict__.get(column.name)

    def as_dict(
        self,
        no_nulls: bool = False,
        no_default_fields: bool = False,
        convert_dates_to_str: bool = False,
        no_child_table_fields: bool = False,
        no_private_properties: bool = False,
    ) -> _dict:
        """Return the document with its child rows as plain dicts."""
        doc = self.get_valid_dict(convert_dates_to_str=convert_dates_to_str, ignore_nulls=no_nulls)
        doc["doctype"] = self.doctype
        for fieldname in self._table_doctypes():
            doc[fieldname] = [
                row.as_dict(
                    no_nulls=no_nulls,
                    no_default_fields=no_default_fields,
                    convert_dates_to_str=convert_dates_to_str,
                    no_child_table_fields=no_child_table_fields,
                    no_private_properties=no_private_properties,
                )
                for row in self._value(fieldname) or ()
            ]
        if no_default_fields:
            _drop(doc, default_fields)
        if no_child_table_fields:
            _drop(doc, child_table_fields)
        if not no_private_properties:
            doc.update((key, self.__dict__[key]) for key in PRIVATE_KEYS if self.__dict__.get(key) is not None)
        return doc

    def as_json(self) -> str:
        return frappe.as_json(self.as_dict())  # type: ignore[no-any-return]

    # ------------------------------------------------------------------ values with meaning

    def get_value(self, fieldname: str) -> Any:
        """Return the value cast to the type of its field."""
        df = self.meta.get_field(fieldname)
        value = self.get(fieldname)
        if df is None:
            return value
        from frappe.utils import cast

        return cast(df.fieldtype, value) if value is not None else value

    def get_label_from_fieldname(self, fieldname: str) -> str:
        return self.meta.get_label(fieldname)

    def get_formatted(
        self,
        fieldname: str,
        doc: Any = None,
        currency: str | None = None,
        absolute_value: bool = False,
        translated: bool = False,
        format: Any = None,
    ) -> Any:
        """Return the value as people read it: dates, numbers and durations in the user's format."""
        from frappe.model.meta import get_default_df
        from frappe.utils.formatters import format_value

        df = self.meta.get_field(fieldname) or get_default_df(fieldname)
        value = self.get(fieldname)
        if translated:
            value = frappe._(value)
        if absolute_value and isinstance(value, int | float):
            value = abs(value)
        return format_value(value, df=df, doc=doc or self, currency=currency, format=format)

    def precision(self, fieldname: str, parentfield: Any = None) -> int | None:
        """Return the number of decimals of a number field, None for other fields."""
        from frappe.model import numeric_fieldtypes
        from frappe.model.meta import get_field_precision

        meta = self.meta
        if parentfield and not isinstance(parentfield, str):
            parentfield = parentfield.parentfield
        if parentfield:
            meta = frappe.get_meta(meta.table_doctypes[parentfield])
        df = meta.get_field(fieldname)
        if df is None or df.fieldtype not in (*numeric_fieldtypes, "Duration"):
            return None
        return get_field_precision(df, self)

    def get_password(self, fieldname: str = "password", raise_exception: bool = True) -> str | None:
        """Return the decrypted value of a Password field; a new value that was not saved yet as it is."""
        from frappe.utils.password import get_decrypted_password

        value = self.get(fieldname)
        if value and not is_masked(value):
            return cstr(value)
        return get_decrypted_password(self.doctype, self.name, fieldname, raise_exception=raise_exception)

    def is_dummy_password(self, pwd: str) -> bool:
        return is_masked(pwd)

    def get_db_value(self, key: str) -> Any:
        return frappe.db.get_value(self.doctype, self.name, key)

    def db_get(self, fieldname: str, cache: bool = False) -> Any:
        return frappe.db.get_value(self.doctype, self.name, fieldname, cache=cache)

    # ------------------------------------------------------------------ rows in the database

    def db_insert(self, ignore_if_duplicate: bool = False) -> None:
        """Insert this document's row, without children and without any hook."""
        storage.insert_row(self, ignore_if_duplicate=ignore_if_duplicate)
        if self.meta.istable:
            self.__dict__.pop("__islocal", None)

    def db_update(self) -> None:
        """Write this document's row, without children and without any hook; inserts a row that is not there yet."""
        if self.is_new() or not self.name:
            self.db_insert()
        else:
            storage.update_row(self)

    def db_update_all(self) -> None:
        """Write this document and its child rows, without any hook."""
        self.db_update()
        for row in self.get_all_children():
            row.db_update()


def is_masked(value: Any) -> bool:
    """Passwords are shown, and come back from forms, as asterisks."""
    return bool(value) and not cstr(value).strip("*")


def _renumber(rows: Iterable[Any]) -> None:
    for index, row in enumerate(rows):
        row.__dict__["idx"] = index + 1


def _drop(d: dict[str, Any], keys: Iterable[str]) -> None:
    for key in keys:
        d.pop(key, None)


__all__ = ["PRIVATE_KEYS", "RESERVED_KEYS", "BaseDocument", "get_controller", "is_masked"]
