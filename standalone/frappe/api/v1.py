"""Version 1 of the REST API: remote procedure calls and documents."""

from __future__ import annotations

from typing import Any

from werkzeug.routing import Rule
from werkzeug.wrappers import Response

from frappe.api.payload import document_argument, json_argument, refuse
from frappe.context import local
from frappe.handler import call_doc_method, execute_cmd, require_doctype

LIST_PARAMETERS = (
    "fields", "filters", "or_filters", "group_by", "order_by", "limit_start", "limit_page_length", "limit", "parent",
    "debug", "as_dict",
)  # fmt: skip
ENVELOPE_PARAMETERS = ("cmd", "data", "doctype", "flags", "run_method", "csrf_token")


def handle_rpc_call(method: str, rest: str = "") -> Response | None:
    """Call a whitelisted function; what follows a further slash is ignored."""
    local.form_dict.cmd = method
    result = execute_cmd(method)
    if isinstance(result, Response):
        return result
    if result is not None:
        local.response["message"] = result
    return None


def document_list(doctype: str) -> Any:
    """Return documents the caller may see."""
    from frappe import client

    require_doctype(doctype)
    form = local.form_dict
    options = {key: form[key] for key in LIST_PARAMETERS if key in form}
    limit = options.pop("limit", None)
    options.setdefault("limit_page_length", 20 if limit in (None, "") else limit)
    return client.get_list(doctype, **options)


def create_doc(doctype: str) -> Any:
    """Insert a document and return it."""
    from frappe import new_doc
    from frappe.client import insertable_values

    require_doctype(doctype)
    values = insertable_values(doctype, payload())
    return new_doc(doctype, **values).insert()


def read_doc(doctype: str, name: str) -> Any:
    """Return a document with the fields the caller may read, or the result of its method `run_method`."""
    from frappe import get_doc

    require_doctype(doctype)
    if local.form_dict.run_method:
        return execute_doc_method(doctype, name)
    document = get_doc(doctype, name)
    document.check_permission("read")
    document.apply_fieldlevel_read_permissions()
    return document


def update_doc(doctype: str, name: str) -> Any:
    """Change a document and return it; of a child row, the parent is saved."""
    from frappe import get_doc
    from frappe.client import editable_values, save_parent_of

    require_doctype(doctype)
    document = get_doc(doctype, name, for_update=True)
    document.update(editable_values(doctype, payload()))
    if document.meta.istable:
        return save_parent_of(document)
    document.save()
    document.apply_fieldlevel_read_permissions()
    return document


def delete_doc(doctype: str, name: str) -> str:
    """Delete a document."""
    from frappe import client

    require_doctype(doctype)
    client.delete_doc(doctype, name)
    local.response.http_status_code = 202
    return "ok"


def execute_doc_method(doctype: str, name: str, method: str | None = None) -> Any:
    """Call a whitelisted method of a document: by GET with read, by POST with write permission."""
    from frappe import get_doc

    require_doctype(doctype)
    method = method or local.form_dict.pop("run_method", None)
    if not method:
        refuse("Parameter run_method is missing.")
    document = get_doc(doctype, name)
    document.check_permission("read" if local.request.method in ("GET", "HEAD") else "write")
    arguments = {key: value for key, value in local.form_dict.items() if key not in ("cmd", "doctype", "name")}
    return call_doc_method(document, str(method), arguments, by_keyword=True)


def payload() -> dict[str, Any]:
    """Return the document sent: the JSON body, the parameter `data` as JSON, or plain form fields."""
    form = local.form_dict
    data = form.get("data")
    if isinstance(data, list):
        refuse("A document must be a JSON object, not a list.")
    values = document_argument(data, "data") if _is_document(data) else dict(form)
    return {key: value for key, value in values.items() if key not in ENVELOPE_PARAMETERS and isinstance(key, str)}


def _is_document(data: Any) -> bool:
    """A field of the document itself may be called `data`; only JSON objects stand for the whole document."""
    return isinstance(data, dict) or (isinstance(data, str) and data.lstrip().startswith("{"))


def json_parameter(name: str, *kinds: type) -> Any:
    """Return a parameter of the request that may be JSON text."""
    return json_argument(local.form_dict.get(name), name, *kinds)


url_rules = [
    Rule("/method/<method>", endpoint=handle_rpc_call),
    Rule("/method/<method>/<path:rest>", endpoint=handle_rpc_call),
    Rule("/resource/<doctype>", methods=["GET"], endpoint=document_list),
    Rule("/resource/<doctype>", methods=["POST"], endpoint=create_doc),
    Rule("/resource/<doctype>/<path:name>", methods=["GET"], endpoint=read_doc),
    Rule("/resource/<doctype>/<path:name>", methods=["PUT", "PATCH"], endpoint=update_doc),
    Rule("/resource/<doctype>/<path:name>", methods=["DELETE"], endpoint=delete_doc),
    Rule("/resource/<doctype>/<path:name>", methods=["POST"], endpoint=execute_doc_method),
]
