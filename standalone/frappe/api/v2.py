"""Version 2 of the REST API: results under `data`, documents with their nulls, bulk operations."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from werkzeug.routing import Rule

from frappe import exceptions
from frappe.api.payload import json_argument, refuse, whole_number
from frappe.api.v1 import payload
from frappe.context import local
from frappe.handler import call_doc_method, execute_cmd, require_doctype, run_doc_method
from frappe.types import _dict

MAX_BULK = 20
"""Larger bulks become a background job."""
MAX_BULK_ITEMS = 5_000

PERMISSION_MAP = {"GET": "read", "HEAD": "read", "POST": "write"}


# -- methods ----------------------------------------------------------------------------------------------------------


def handle_rpc_call(method: str, doctype: str | None = None) -> Any:
    """Call a whitelisted function: dotted, built in, or one of a DocType's controller module."""
    if doctype is not None:
        method = _controller_method(doctype, method)
    local.form_dict.cmd = method
    result = execute_cmd(method)
    if method == "login":
        _describe_login()
    return result


def _controller_method(doctype: str, method: str) -> str:
    from frappe.model.document import get_controller

    require_doctype(doctype)
    if not method.isidentifier():
        refuse("The name of a method is missing.")
    return f"{get_controller(doctype).__module__}.{method}"


def _describe_login() -> None:
    """Put what version 1 answers to a login under `data` as well."""
    keys = ("message", "home_page", "full_name", "redirect_to", "verification", "tmp_id")
    described = {key: local.response.pop(key) for key in keys if key in local.response}
    if described:
        local.response["data"] = described


def run_document_method() -> Any:
    """Call a method of a document that is sent whole as `document`."""
    form = local.form_dict
    document = json_argument(form.get("document"), "document", dict)
    if document is None:
        refuse("Parameter document is missing.")
    form.cmd = "run_doc_method"
    method = form.get("method")
    if not isinstance(method, str):
        refuse("Parameter method is missing.")
    from frappe.whitelist import is_whitelisted

    is_whitelisted(run_doc_method)
    arguments = json_argument(form.get("kwargs"), "kwargs", dict)
    return run_doc_method(method=method, docs=dict(document), args=dict(arguments or {}))


# -- documents --------------------------------------------------------------------------------------------------------


def document_list(doctype: str) -> Any:
    """Return documents the caller may see; `has_next_page` tells whether there are more."""
    import frappe
    from frappe.api.list_query import checked_limit
    from frappe.client import list_query, run_list

    form = local.form_dict
    query = list_query(
        doctype,
        form.get("fields"),
        form.get("filters"),
        form.get("or_filters"),
        form.get("group_by"),
        form.get("order_by"),
        form.get("parent"),
    )
    limit = checked_limit(doctype, form.get("limit"))
    start = whole_number(form.get("start"), "start", default=0)
    adjust = getattr(frappe.get_meta(doctype) and _controller(doctype), "get_list", None)
    if adjust is not None:
        rows = _adjusted_list(doctype, query, adjust, limit + 1, start or 0)
    else:
        rows = run_list({**query, "limit_page_length": limit + 1, "limit_start": start})
    local.response["has_next_page"] = len(rows) > limit
    return rows[:limit]


def _controller(doctype: str) -> Any:
    from frappe.model.document import get_controller

    return get_controller(doctype)


def _adjusted_list(
    doctype: str, query: dict[str, Any], adjust: Callable[[Any], Any], limit: int, start: int
) -> list[Any]:
    """Let the controller's static `get_list(query)` change the query before it runs."""
    import frappe

    built = frappe.qb.get_query(
        doctype,
        fields=query["fields"] or ["name"],
        filters=query["filters"],
        order_by=query.get("order_by"),
        group_by=query["group_by"],
        limit=limit,
        offset=start,
        ignore_permissions=False,
    )
    rows: list[Any] = (adjust(built) or built).run(as_dict=True)
    return rows


def create_doc(doctype: str) -> Any:
    from frappe.client import insert_doc, shown

    require_doctype(doctype)
    return shown(insert_doc({**payload(), "doctype": doctype}))


def read_doc(doctype: str, name: str) -> Any:
    """Return a document with the fields the caller may read, nulls kept, names in links as text."""
    from frappe import get_doc
    from frappe.client import shown

    require_doctype(doctype)
    document = get_doc(doctype, name)
    document.check_permission("read")
    values = shown(document)
    for field in document.meta.get_link_fields():
        if isinstance(values.get(field.fieldname), int):
            values[field.fieldname] = str(values[field.fieldname])
    return values


def update_doc(doctype: str, name: str) -> Any:
    from frappe import get_doc
    from frappe.client import editable_values, save_parent_of, shown

    require_doctype(doctype)
    document = get_doc(doctype, name, for_update=True)
    document.update(editable_values(doctype, payload()))
    return shown(save_parent_of(document) if document.meta.istable else document.save())


def delete_doc(doctype: str, name: str) -> str:
    from frappe import client

    require_doctype(doctype)
    client.delete_doc(doctype, name)
    local.response.http_status_code = 202
    return "ok"


def copy_doc(doctype: str, name: str) -> Any:
    """Return an unsaved copy of a document."""
    import frappe
    from frappe.client import shown

    require_doctype(doctype)
    document = frappe.get_doc(doctype, name)
    document.check_permission("read")
    return shown(frappe.copy_doc(document, ignore_no_copy=False))


def execute_doc_method(doctype: str, name: str, method: str) -> Any:
    """Call a whitelisted method of a document: by GET with read, by POST with write permission."""
    from frappe import get_doc

    require_doctype(doctype)
    document = get_doc(doctype, name)
    document.check_permission(PERMISSION_MAP.get(local.request.method, "write"))
    arguments = {key: value for key, value in local.form_dict.items() if key != "cmd"}
    result = call_doc_method(document, method, arguments, by_keyword=True)
    document.apply_fieldlevel_read_permissions()
    local.response.docs.append(document)
    return result


# -- DocTypes ---------------------------------------------------------------------------------------------------------


def get_meta(doctype: str) -> Any:
    """Return the definition of a DocType, for everybody who is logged in."""
    import frappe

    if local.session.user == "Guest":
        refuse("Log in to read the definition of a DocType.", exceptions.PermissionError)
    require_doctype(doctype)
    return frappe.get_meta(doctype).as_dict()


def count(doctype: str) -> int:
    from frappe.client import count_visible

    require_doctype(doctype)
    return count_visible(doctype, local.form_dict.get("filters"))


def search(doctype: str) -> Any:
    """Return what a link to this DocType may point to."""
    from frappe.desk.search import search_link

    form = local.form_dict
    form.cmd = "frappe.desk.search.search_link"
    if local.session.user == "Guest":
        refuse("Log in to search.", exceptions.PermissionError)
    return search_link(
        doctype,
        str(form.get("txt") or ""),
        filters=json_argument(form.get("filters"), "filters", dict, list),
        page_length=whole_number(form.get("page_length"), "page_length", default=10),
    )


# -- bulk -------------------------------------------------------------------------------------------------------------


def bulk_delete(doctype: str) -> Any:
    """Delete the documents in `names`, each one by itself."""
    require_doctype(doctype)
    names = json_argument(local.form_dict.get("names"), "names", list)
    _check_bulk(names, "names")
    return _in_job_or_now("frappe.api.v2.delete_documents", doctype=doctype, names=names, items=names)


def bulk_update(doctype: str) -> Any:
    """Update the documents in `docs` (each with its name), each one by itself."""
    require_doctype(doctype)
    documents = json_argument(local.form_dict.get("docs"), "docs", list)
    _check_bulk(documents, "docs")
    return _in_job_or_now("frappe.api.v2.update_documents", doctype=doctype, docs=documents, items=documents)


def _check_bulk(items: Any, name: str) -> None:
    if local.session.user == "Guest":
        refuse("Log in to change documents.", exceptions.PermissionError)
    if not items:
        refuse(f"Parameter {name} is missing.")
    if len(items) > MAX_BULK_ITEMS:
        refuse(f"Only {MAX_BULK_ITEMS} documents can be changed in one request.")


def _in_job_or_now(function: str, *, items: list[Any], **arguments: Any) -> Any:
    from frappe.apps import get_attr

    if len(items) <= MAX_BULK:
        return get_attr(function)(**arguments)
    import frappe

    job = frappe.enqueue(function, **arguments)
    local.response.http_status_code = 202
    return {"job_id": getattr(job, "id", None)}


def delete_documents(doctype: str, names: list[Any]) -> _dict:
    """Delete documents as the session user; return `{deleted, failed: [{name, error}], …}`."""
    from frappe import client

    def delete(name: Any) -> Any:
        client.delete_doc(doctype, client._name(name))
        return name

    return _each_by_itself(names, "deleted", delete, lambda name: name)


def update_documents(doctype: str, docs: list[Any]) -> _dict:
    """Update documents as the session user; return `{updated, failed: [{name, error}], …}`."""
    from frappe import client, get_doc

    def update(values: Any) -> Any:
        if not isinstance(values, dict) or values.get("name") in (None, ""):
            refuse("Each of the docs must be an object with a name.")
        document = get_doc(doctype, client._name(values["name"]))
        document.update(client.editable_values(doctype, values))
        document.save()
        return document.name

    return _each_by_itself(docs, "updated", update, lambda doc: doc.get("name") if isinstance(doc, dict) else None)


def _each_by_itself(items: list[Any], key: str, act: Callable[[Any], Any], name_of: Callable[[Any], Any]) -> _dict:
    done: list[Any] = []
    failed: list[dict[str, Any]] = []
    for index, item in enumerate(items):
        savepoint = f"bulk_{index}"
        local.db.savepoint(savepoint)
        try:
            done.append(act(item))
        except exceptions.DATABASE_TROUBLE:
            raise
        except Exception as error:  # whatever is wrong with one document is told of it, and the others go on
            local.db.rollback(save_point=savepoint)
            failed.append({"name": name_of(item), "error": str(error)})
    return _dict(
        {key: done},
        failed=failed,
        total=len(items),
        success_count=len(done),
        failure_count=len(failed),
    )


url_rules = [
    Rule("/method/run_doc_method", methods=["GET", "POST"], endpoint=run_document_method),
    Rule("/method/<method>", endpoint=handle_rpc_call),
    Rule("/method/<doctype>/<method>", endpoint=handle_rpc_call),
    Rule("/document/<doctype>", methods=["GET"], endpoint=document_list),
    Rule("/document/<doctype>", methods=["POST"], endpoint=create_doc),
    Rule("/document/<doctype>/bulk_delete", methods=["POST"], endpoint=bulk_delete),
    Rule("/document/<doctype>/bulk_update", methods=["POST"], endpoint=bulk_update),
    Rule("/document/<doctype>/<path:name>/copy", methods=["GET"], endpoint=copy_doc),
    Rule("/document/<doctype>/<path:name>/method/<method>", methods=["GET", "POST"], endpoint=execute_doc_method),
    Rule("/document/<doctype>/<path:name>", methods=["GET"], endpoint=read_doc),
    Rule("/document/<doctype>/<path:name>", methods=["PATCH", "PUT"], endpoint=update_doc),
    Rule("/document/<doctype>/<path:name>", methods=["DELETE"], endpoint=delete_doc),
    Rule("/doctype/<doctype>/meta", methods=["GET"], endpoint=get_meta),
    Rule("/doctype/<doctype>/count", methods=["GET"], endpoint=count),
    Rule("/doctype/<doctype>/search", methods=["GET"], endpoint=search),
]
