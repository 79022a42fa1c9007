"""`frappe.client.*`: documents over remote procedure calls. Every function checks the rights of the session user."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from frappe import exceptions
from frappe.api.document_values import writable_values
from frappe.api.list_query import (
    FieldGuard,
    aliases_of,
    checked_fields,
    checked_filters,
    checked_group_by,
    checked_limit,
    checked_order_by,
)
from frappe.api.payload import document_argument, json_argument, refuse, whole_number
from frappe.context import local
from frappe.handler import require_doctype
from frappe.model import child_table_fields, default_fields
from frappe.types import _dict
from frappe.whitelist import whitelist

MAX_BULK = 200

Filters = str | int | dict[str, Any] | list[Any] | None
Name = str | int


# -- reading ----------------------------------------------------------------------------------------------------------


@whitelist()
def get_list(
    doctype: str,
    fields: str | list[Any] | None = None,
    filters: Filters = None,
    group_by: str | None = None,
    order_by: str | None = None,
    limit_start: str | int | None = None,
    limit_page_length: str | int | None = 20,
    parent: str | None = None,
    debug: bool = False,
    as_dict: bool = True,
    or_filters: Filters = None,
    limit: str | int | None = None,
) -> list[Any]:
    """Return rows of the documents the caller may see.

    `parent` is the DocType a child table belongs to. `debug` is accepted and ignored: queries are not for callers.
    """
    if limit_page_length in (None, "") and limit not in (None, ""):
        limit_page_length = limit
    query = list_query(doctype, fields, filters, or_filters, group_by, order_by, parent)
    query["limit_page_length"] = checked_limit(doctype, limit_page_length)
    query["limit_start"] = whole_number(limit_start, "limit_start", default=0)
    return run_list(query, as_dict=bool(as_dict))


def list_query(
    doctype: str,
    fields: Any = None,
    filters: Any = None,
    or_filters: Any = None,
    group_by: Any = None,
    order_by: Any = None,
    parent: str | None = None,
) -> dict[str, Any]:
    """Return the checked arguments for `frappe.get_list`, or raise what is wrong with them."""
    require_doctype(doctype)
    require_readable(doctype, parent)
    guard = FieldGuard(doctype, parent)
    columns = checked_fields(guard, fields)
    aliases = aliases_of(columns)
    query: dict[str, Any] = {
        "doctype": doctype,
        "fields": columns,
        "filters": checked_filters(guard, filters),
        "or_filters": checked_filters(guard, or_filters, "or_filters"),
        "group_by": checked_group_by(guard, group_by, aliases),
    }
    if ordered := checked_order_by(guard, order_by, aliases):
        query["order_by"] = ordered
    if parent:
        query["parent_doctype"] = parent
    return query


def run_list(query: dict[str, Any], as_dict: bool = True) -> list[Any]:
    """Run a checked query; a caller without any right gets the PermissionError of the query engine."""
    import frappe

    arguments = {key: value for key, value in query.items() if value is not None}
    rows: list[Any] = frappe.get_list(**arguments, as_list=not as_dict)
    return rows if as_dict else list(rows)


def require_readable(doctype: str, parent: str | None = None) -> None:
    """Raise PermissionError unless the caller may read some documents of a DocType."""
    import frappe

    require_parent(doctype, parent)
    if not parent and not frappe.has_permission(doctype, "select"):
        frappe.has_permission(doctype, "read", throw=True)


def require_parent(doctype: str, parent: str | None) -> None:
    """Raise PermissionError unless the rows of a child table are asked for through a parent the caller may read."""
    from frappe import has_permission
    from frappe.messages import throw
    from frappe.model.meta import get_meta
    from frappe.translate import _

    if not get_meta(doctype).istable:
        return
    if not parent:
        throw(_("Name the parent DocType to read rows of {0}.").format(doctype), exceptions.PermissionError)
    require_doctype(parent)
    if doctype not in {table.options for table in get_meta(parent).get_table_fields()}:
        throw(_("{0} is no child table of {1}.").format(doctype, parent), exceptions.PermissionError)
    has_permission(parent, "read", throw=True)


@whitelist()
def get_count(doctype: str, filters: Filters = None, debug: bool = False, cache: bool = False) -> int:
    """Return how many documents the caller may see."""
    return count_visible(doctype, filters)


def count_visible(doctype: str, filters: Any = None, or_filters: Any = None, limit: int | None = None) -> int:
    """Return how many documents match and may be seen by the session user, counting up to `limit`."""
    import frappe
    from frappe.model import virtual

    query = list_query(doctype, None, filters, or_filters)
    if frappe.get_meta(doctype).is_virtual:
        return virtual.count_of(doctype, {"filters": query["filters"], "or_filters": query["or_filters"]})
    arguments = {key: value for key, value in query.items() if value is not None}
    if limit:
        return len(frappe.get_list(**arguments, pluck="name", distinct=True, limit_page_length=limit))
    arguments["fields"] = [{"COUNT": "name", "as": "total"}]
    rows = frappe.get_list(**arguments, order_by=None)
    return int(rows[0].total or 0) if rows else 0


@whitelist()
def get(doctype: str, name: Name | None = None, filters: Filters = None, parent: str | None = None) -> dict[str, Any]:
    """Return a document by name or by the first match of `filters`, with the fields the caller may read."""
    document = _find(doctype, name, filters, parent)
    document.check_permission("read")
    document.apply_fieldlevel_read_permissions()
    values: dict[str, Any] = document.as_dict()
    return values


def _find(doctype: str, name: Name | None, filters: Any, parent: str | None) -> Any:
    from frappe import get_doc
    from frappe.model.meta import get_meta

    require_doctype(doctype)
    if get_meta(doctype).istable:
        require_parent(doctype, parent)
    if name not in (None, ""):
        return get_doc(doctype, name)
    conditions = json_argument(filters, "filters", dict, list, str, int)
    if conditions is None:
        return get_doc(doctype, doctype) if get_meta(doctype).issingle else refuse("Give a name or filters.")
    if isinstance(conditions, str | int):
        return get_doc(doctype, conditions)
    names = run_list({**list_query(doctype, ["name"], conditions, parent=parent), "limit_page_length": 1})
    if not names:
        from frappe.messages import throw
        from frappe.translate import _

        throw(_("No {0} matches the filters.").format(doctype), exceptions.DoesNotExistError)
    return get_doc(doctype, names[0].name)


@whitelist()
def get_value(
    doctype: str,
    fieldname: str | list[Any],
    filters: Filters = None,
    as_dict: bool = True,
    debug: bool = False,
    parent: str | None = None,
) -> Any:
    """Return one or several fields of the first document that matches and may be seen; {} when there is none."""
    from frappe.model.meta import get_meta

    require_doctype(doctype)
    fields = json_argument(fieldname, "fieldname", list, str)
    names = [fields] if isinstance(fields, str) else list(fields or [])
    if not names:
        refuse("Parameter fieldname is missing.")
    if get_meta(doctype).issingle:
        value = _single_values(doctype, names)
    else:
        query = list_query(doctype, names, filters, parent=parent)
        rows = run_list({**query, "limit_page_length": 1})
        value = rows[0] if rows else _dict()
    if as_dict:
        return value
    if not value:
        return None
    return list(value.values()) if isinstance(fields, list) else next(iter(value.values()))


def _single_values(doctype: str, names: list[Any]) -> _dict:
    """Return values of a Single, numbers as numbers."""
    from frappe import has_permission

    has_permission(doctype, "read", throw=True)
    guard = FieldGuard(doctype)
    checked_fields(guard, names)
    return _dict({name: local.db.get_single_value(doctype, name) for name in names if guard.meta.has_field(name)})


@whitelist()
def get_single_value(doctype: str, field: str) -> Any:
    """Return one value of a Single."""
    from frappe.model.meta import get_meta

    require_doctype(doctype)
    if not get_meta(doctype).issingle:
        refuse(f"{doctype} is not a Single.")
    return _single_values(doctype, [field]).get(field)


# -- writing ----------------------------------------------------------------------------------------------------------


def insertable_values(doctype: str, values: Mapping[str, Any]) -> dict[str, Any]:
    """Return what a caller may set on a new document. An explicit null takes the field's default."""
    kept = writable_values(doctype, values, drop=("modified",))
    return {key: value for key, value in kept.items() if value is not None}


def editable_values(doctype: str, values: Mapping[str, Any]) -> dict[str, Any]:
    """Return what a caller may change on a stored document; its name is not among it."""
    return writable_values(doctype, values, drop=("name", "__newname", "__islocal", "__unsaved", *child_table_fields))


def insert_doc(values: Mapping[str, Any]) -> Any:
    """Insert a document given as a dict and return it; a child row is appended to its parent, which is saved."""
    from frappe import get_doc, new_doc
    from frappe.model.meta import get_meta

    doctype = require_doctype(values.get("doctype"))
    kept = insertable_values(doctype, values)
    if not get_meta(doctype).istable:
        return new_doc(doctype, **kept).insert()
    parenttype, parent, field = (values.get(key) for key in ("parenttype", "parent", "parentfield"))
    if not (parenttype and parent and isinstance(field, str)):
        refuse(f"A row of {doctype} needs parenttype, parent and parentfield.")
    document = get_doc(require_doctype(parenttype), parent)
    table = document.meta.get_field(field)
    if table is None or table.options != doctype:
        refuse(f"{parenttype} has no table {field!r} of {doctype}.")
    document.append(field, {key: value for key, value in kept.items() if key not in child_table_fields})
    document.save()
    return document


def shown(document: Any) -> dict[str, Any]:
    """Return a document as the caller may see it."""
    document.apply_fieldlevel_read_permissions()
    values: dict[str, Any] = document.as_dict()
    return values


@whitelist(methods=["POST", "PUT"])
def insert(doc: str | dict[str, Any] | None = None) -> dict[str, Any]:
    """Insert a document and return it."""
    return shown(insert_doc(document_argument(doc)))


@whitelist(methods=["POST", "PUT"])
def insert_many(docs: str | list[Any] | None = None) -> list[Any]:
    """Insert up to 200 documents and return their names; all or none."""
    documents = json_argument(docs, "docs", list) or []
    if len(documents) > MAX_BULK:
        refuse(f"Only {MAX_BULK} documents can be inserted in one request.")
    return [insert_doc(document_argument(document, "docs")).name for document in documents]


@whitelist(methods=["POST", "PUT"])
def save(doc: str | dict[str, Any]) -> dict[str, Any]:
    """Save a document given whole; `modified` must be that of the stored one. A new one is inserted."""
    values = document_argument(doc)
    return shown(save_values(values))


def save_values(values: Mapping[str, Any]) -> Any:
    """Save a document given as a dict onto the stored one and return it; insert it when it is new."""
    document = stored_with(values)
    if document is None:
        return insert_doc(values)
    return save_parent_of(document) if document.meta.istable else document.save()


def stored_with(values: Mapping[str, Any]) -> Any:
    """Return the stored document of `values` with them set on it; None for a new one.

    Rights are checked on the stored document first: what is sent may claim another owner or customer.
    """
    from frappe import get_doc

    doctype = require_doctype(values.get("doctype"))
    name = values.get("name")
    if name in (None, "") or values.get("__islocal") or not local.db.exists(doctype, _name(name)):
        return None
    document = get_doc(doctype, _name(name), for_update=True)
    if not document.meta.istable:
        document.check_permission("write")
    return document.update(editable_values(doctype, values))


def _name(value: Any) -> Name:
    if isinstance(value, bool) or not isinstance(value, str | int):
        refuse("The name of a document is text or a number.")
    return value


@whitelist(methods=["POST", "PUT"])
def set_value(doctype: str, name: Name, fieldname: str | dict[str, Any], value: Any = None) -> dict[str, Any]:
    """Set one field (or several, as an object) of a document with a full save, and return the document."""
    from frappe import get_doc

    require_doctype(doctype)
    values = json_argument(fieldname, "fieldname", dict, str)
    if isinstance(values, str):
        values = {values: value}
    if not values:
        refuse("Parameter fieldname is missing.")
    if reserved := sorted({*default_fields, *child_table_fields} & set(values)):
        refuse(f"Standard fields cannot be set: {', '.join(reserved)}.")
    document = get_doc(doctype, name)
    if not document.meta.istable:
        document.check_permission("write")
    document.update(editable_values(doctype, values))
    return shown(save_parent_of(document) if document.meta.istable else document.save())


def set_value_public(doctype: str, docname: Name, fieldname: str | dict[str, Any], value: Any = None) -> dict[str, Any]:
    """Set one field (or several, as a dict) of a document with a full save, and return the document."""
    return set_value(doctype, docname, fieldname, value)


def save_parent_of(row: Any) -> Any:
    """Save the parent of a changed child row and return the row."""
    from frappe import get_doc

    if not row.parent or not row.parenttype:
        refuse(f"The row {row.name} of {row.doctype} has no parent.")
    parent = get_doc(row.parenttype, row.parent)
    for stored in parent.get(row.parentfield) or ():
        if stored.name == row.name:
            stored.update(editable_values(row.doctype, row.as_dict()))
            parent.save()
            return stored
    refuse(f"The row {row.name} is no longer part of {row.parenttype} {row.parent}.")


@whitelist(methods=["POST", "PUT"])
def rename_doc(doctype: str, old_name: Name, new_name: Name, merge: bool = False) -> Any:
    """Rename a document (or merge it into another) and return the new name."""
    from frappe.model.rename_doc import rename_doc as rename

    require_doctype(doctype)
    return rename(doctype, old_name, new_name, merge=bool(merge))


@whitelist(methods=["POST", "PUT"])
def submit(doc: str | dict[str, Any]) -> dict[str, Any]:
    """Submit a document given whole."""
    values = document_argument(doc)
    document = stored_with(values)
    if document is None:
        document = insert_doc(values)
    document.submit()
    return shown(document)


@whitelist(methods=["POST", "PUT"])
def cancel(doctype: str, name: Name) -> dict[str, Any]:
    """Cancel a submitted document."""
    from frappe import get_doc

    require_doctype(doctype)
    document = get_doc(doctype, name)
    document.cancel()
    return shown(document)


@whitelist(methods=["POST", "DELETE"])
def delete(doctype: str, name: Name) -> None:
    """Delete a document; a child row is removed from its parent."""
    require_doctype(doctype)
    delete_doc(doctype, name)


def delete_doc(doctype: str, name: Name) -> None:
    """Delete a document for a web caller; raises DoesNotExistError when there is none."""
    import frappe
    from frappe.model.meta import get_meta

    meta = get_meta(doctype)
    if meta.issingle:
        refuse(f"{doctype} holds settings and cannot be deleted.")
    if not meta.istable:
        frappe.delete_doc(doctype, name, ignore_missing=False)
        return
    row = frappe.get_doc(doctype, name)
    parent = frappe.get_doc(row.parenttype, row.parent)
    found = [stored for stored in parent.get(row.parentfield) or () if stored.name == row.name]
    for stored in found:
        parent.remove(stored)
    parent.save()


@whitelist(methods=["POST", "PUT"])
def bulk_update(docs: str | list[Any]) -> dict[str, Any]:
    """Save several documents, each in its own savepoint; return those that failed: `{failed_docs: [{doc, exc}]}`."""
    from frappe.messages import get_traceback

    failed = []
    for index, item in enumerate((json_argument(docs, "docs", list) or [])[: MAX_BULK * 5]):
        savepoint = f"bulk_update_{index}"
        local.db.savepoint(savepoint)
        try:
            _update_one(item)
        except exceptions.DATABASE_TROUBLE:
            raise
        except Exception:  # whatever is wrong with one document is told of it, and the others go on
            local.db.rollback(save_point=savepoint)
            failed.append({"doc": item, "exc": get_traceback()})
    return {"failed_docs": failed}


def _update_one(item: Any) -> None:
    from frappe import get_doc

    values = document_argument(item, "docs")
    doctype = require_doctype(values.get("doctype"))
    name = values.get("docname") or values.get("name")
    if name in (None, ""):
        refuse("Each of the docs needs doctype and docname.")
    document = get_doc(doctype, _name(name))
    document.update(editable_values(doctype, {k: v for k, v in values.items() if k != "docname"}))
    document.save()


# -- rights and secrets -----------------------------------------------------------------------------------------------


@whitelist()
def has_permission(doctype: str, docname: Name, perm_type: str = "read") -> dict[str, bool]:
    """Tell whether the caller has a right on a document."""
    import frappe

    require_doctype(doctype)
    return {"has_permission": bool(frappe.has_permission(doctype, perm_type.lower(), docname))}


@whitelist()
def get_doc_permissions(doctype: str, docname: Name) -> dict[str, Any]:
    """Return the caller's rights on a document."""
    from frappe import get_doc
    from frappe.permissions import get_doc_permissions as rights_on

    require_doctype(doctype)
    document = get_doc(doctype, docname)
    document.check_permission("read")
    return {"permissions": rights_on(document)}


@whitelist()
def get_password(doctype: str, name: Name, fieldname: str) -> Any:
    """Return the clear text of a Password field; System Managers only."""
    from frappe import get_doc, get_roles
    from frappe.messages import throw
    from frappe.translate import _

    if "System Manager" not in get_roles():  # not only_for, which lets everybody pass in tests
        throw(_("Only System Managers may read passwords."), exceptions.PermissionError)
    require_doctype(doctype)
    document = get_doc(doctype, name)
    document.check_permission("read")
    return document.get_password(fieldname)


@whitelist()
def validate_link(doctype: str, docname: Name, fields: str | list[Any] | None = None) -> dict[str, Any]:
    """Return `{name, …fields}` of a document that a link may point to; {} when there is none.

    Needs read or select permission on the DocType.
    """
    import frappe
    from frappe.messages import throw
    from frappe.translate import _

    require_doctype(doctype)
    if not (frappe.has_permission(doctype, "select") or frappe.has_permission(doctype, "read")):
        throw(_("You may not choose from {0}.").format(doctype), exceptions.PermissionError)
    wanted = json_argument(fields, "fields", list) or []
    query = list_query(doctype, ["name", *wanted], {"name": docname})
    rows = run_list({**query, "limit_page_length": 1})
    return rows[0] if rows else {}


@whitelist()
def is_document_amended(doctype: str, docname: Name) -> Any:
    """Return the name of the document that amends this one, if any."""
    from frappe import get_doc
    from frappe.model.meta import get_meta

    require_doctype(doctype)
    get_doc(doctype, docname).check_permission("read")
    if not get_meta(doctype).has_field("amended_from"):
        return False
    return local.db.exists(doctype, {"amended_from": docname})


@whitelist(allow_guest=True)
def get_time_zone() -> dict[str, str]:
    """Return the time zone of the site."""
    from frappe.utils import get_system_timezone

    return {"time_zone": get_system_timezone()}


@whitelist()
def get_js(items: str | list[str]) -> list[str]:
    """Return the content of scripts and styles, named by the paths of assets (`assets/<app>/…`)."""
    from frappe.utils.paths import get_asset_path

    found: list[str] = []
    for item in json_argument(items, "items", list) or []:
        kind, _, path = str(item).strip("/").partition("/")
        try:
            if kind != "assets" or not path.endswith((".js", ".css", ".html")):
                raise ValueError(item)
            found.append(Path(get_asset_path(path)).read_text(encoding="utf-8"))
        except (ValueError, OSError):
            refuse(f"{item} is no script among the assets.")
    return found


@whitelist(methods=["POST", "PUT"])
def attach_file(
    filename: str | None = None,
    filedata: str | None = None,
    doctype: str | None = None,
    docname: Name | None = None,
    folder: str | None = None,
    decode_base64: bool = False,
    is_private: bool | None = None,
    docfield: str | None = None,
) -> Any:
    """Attach `filedata` as a file to a document (and set its field `docfield`); return the File document."""
    from frappe.core.uploads import Upload, store

    if not (filename and doctype and docname not in (None, "")):
        refuse("An attachment needs filename, doctype and docname.")
    content = _decoded(filedata or "") if decode_base64 else (filedata or "").encode("utf-8", "replace")
    file = store(
        Upload(
            content=content,
            file_name=filename,
            doctype=doctype,
            docname=docname,
            fieldname=docfield,
            folder=folder,
            is_private=bool(is_private),
        )
    )
    if docfield:
        set_value(doctype, docname, docfield, file.file_url)
    return file


def _decoded(text: str) -> bytes:
    import base64
    import binascii

    try:
        return base64.b64decode(text.partition("base64,")[2] or text, validate=False)
    except (binascii.Error, ValueError):
        refuse("Parameter filedata is not valid base64.")


__all__ = [
    "attach_file",
    "bulk_update",
    "cancel",
    "delete",
    "delete_doc",
    "get",
    "get_count",
    "get_doc_permissions",
    "get_js",
    "get_list",
    "get_password",
    "get_single_value",
    "get_time_zone",
    "get_value",
    "has_permission",
    "insert",
    "insert_many",
    "is_document_amended",
    "rename_doc",
    "save",
    "set_value",
    "submit",
    "validate_link",
]
