"""Trees as the desk shows them, branch by branch."""

from __future__ import annotations

from typing import Any

import frappe
from frappe import _
from frappe.client import list_query, run_list
from frappe.handler import require_doctype
from frappe.types import _dict
from frappe.utils import sbool
from frappe.utils.nestedset import parent_field_of
from frappe.whitelist import is_whitelisted

MOST_NODES = 5_000


@frappe.whitelist()
def get_children(doctype: str, parent: str = "", include_disabled: bool | str = False, **filters: Any) -> list[_dict]:
    """Return `[{value, expandable, title}]` of the nodes right below one, or of the roots, as far as one may read them."""
    meta = frappe.get_meta(require_doctype(doctype))
    conditions: list[list[Any]] = [[parent_field_of(doctype), "=", parent or ""]]
    if not parent:
        conditions = [[parent_field_of(doctype), "is", "not set"]]
    if meta.has_field("disabled") and not sbool(str(include_disabled)):
        conditions.append(["disabled", "=", 0])
    title = meta.get_title_field()
    fields = ["name as value", *(["is_group as expandable"] if meta.has_field("is_group") else [])]
    fields += [f"{title} as title"] if title != "name" else []
    query = list_query(doctype, fields, conditions, None, None, "name asc", None)
    rows: list[_dict] = run_list({**query, "limit_page_length": MOST_NODES}, as_dict=True)
    return rows


@frappe.whitelist()
def get_all_nodes(doctype: str, label: str, parent: str, tree_method: str, **filters: Any) -> list[dict[str, Any]]:
    """Return `[{parent, data}]` for a node and every group below it; `tree_method` is a whitelisted `get_children`."""
    method = frappe.get_attr(tree_method)
    is_whitelisted(method)
    filters.pop("cmd", None)
    waiting, found, seen = [parent], [], {parent}
    while waiting:
        node = waiting.pop(0)
        rows = frappe.call(method, doctype=doctype, parent=node, **filters)
        found.append({"parent": label if node == parent else node, "data": rows})
        for row in rows:
            if row.get("expandable") and row["value"] not in seen:
                seen.add(row["value"])
                waiting.append(row["value"])
        if len(seen) > MOST_NODES:
            frappe.throw(_("This tree has too many branches to open all of them."))
    return found


@frappe.whitelist(methods=["POST"])
def add_node() -> None:
    """Insert a node from the form parameters `doctype`, `parent`, `is_root` and its fields."""
    doc = frappe.get_doc(make_tree_args(**frappe.form_dict))
    doc.insert()


def make_tree_args(**kwarg: Any) -> _dict:
    """Return the values of a new node: what the desk calls `parent` becomes the DocType's own link."""
    values = _dict(kwarg)
    values.pop("cmd", None)
    doctype = require_doctype(values.get("doctype"))
    parent, is_root = values.pop("parent", None), sbool(str(values.pop("is_root", "") or 0))
    parent_field = parent_field_of(doctype)
    if is_root:
        values[parent_field] = None
    elif parent and parent != doctype:
        values[parent_field] = parent
    return values


__all__ = ["add_node", "get_all_nodes", "get_children", "make_tree_args"]
