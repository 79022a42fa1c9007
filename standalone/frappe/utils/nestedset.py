"""Trees of documents as nested sets: a node's `lft` and `rgt` enclose those of everything below it.

Trees here are small (departments, categories), so the numbers are worked out anew after each change; only rows whose
numbers differ are written.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import frappe
from frappe.exceptions import ValidationError
from frappe.model.document import Document
from frappe.types import _dict


class NestedSetRecursionError(ValidationError):
    """A node would be below itself."""


class NestedSetMultipleRootsError(ValidationError):
    """A tree that may have one root would get a second one."""


class NestedSetChildExistsError(ValidationError):
    """A node with others below it was to be deleted."""


class NestedSetInvalidMergeError(ValidationError):
    """A group was to be merged with a leaf, or a root with another node."""


class NestedSet(Document):
    """The base class of DocTypes whose documents form a tree by a link to their own kind."""

    nsm_parent_field: str
    nsm_oldparent_field = "old_parent"

    def on_update(self) -> None:
        update_nsm(self)
        self.validate_ledger()

    def on_trash(self, allow_root_deletion: bool = False) -> None:
        if not self.get(parent_field_of(self)) and not allow_root_deletion:
            frappe.throw(frappe._("The root {0} cannot be deleted.").format(frappe.bold(self.name)))
        self.validate_if_child_exists()

    def after_delete(self) -> None:
        rebuild_tree(self.doctype)

    def after_rename(self, olddn: str, newdn: str, merge: bool = False) -> None:
        if merge:
            rebuild_tree(self.doctype)

    def before_rename(self, olddn: str, newdn: str, merge: bool = False) -> None:
        if not merge:
            return
        is_group = frappe.db.get_value(self.doctype, newdn, "is_group")
        if bool(is_group) != bool(self.get("is_group")):
            frappe.throw(
                frappe._("A group can only be merged with a group, and a leaf with a leaf."), NestedSetInvalidMergeError
            )

    def validate_if_child_exists(self) -> None:
        """Raise NestedSetChildExistsError if there is a node below this one."""
        if frappe.db.exists(self.doctype, {parent_field_of(self): self.name}):
            frappe.throw(
                frappe._("{0} cannot be deleted, because others are below it.").format(frappe.bold(self.name)),
                NestedSetChildExistsError,
            )

    def validate_one_root(self) -> None:
        """Raise NestedSetMultipleRootsError if the tree has a second root."""
        if not self.get(parent_field_of(self)) and self.get_root_count() > 1:
            frappe.throw(frappe._("A tree has one root only."), NestedSetMultipleRootsError)

    def get_root_count(self) -> int:
        """Return how many nodes have nothing above them."""
        return int(frappe.db.count(self.doctype, {parent_field_of(self): ["is", "not set"]}))

    def validate_ledger(self, group_identifier: str = "is_group") -> None:
        """Raise ValidationError if a node that is no group has others below it."""
        if not self.meta.has_field(group_identifier) or self.get(group_identifier):
            return
        if frappe.db.exists(self.doctype, {parent_field_of(self): self.name}):
            frappe.throw(frappe._("{0} must be a group, because others are below it.").format(frappe.bold(self.name)))

    def get_ancestors(self) -> list[str]:
        """Return the names of the nodes above this one, the nearest first."""
        return get_ancestors_of(self.doctype, self.name)

    def get_parent(self) -> Any:
        """Return the node above this one, None for a root."""
        parent = self.get(parent_field_of(self))
        return frappe.get_doc(self.doctype, parent) if parent else None

    def get_children(self) -> Iterator[Any]:
        """Yield the nodes right below this one."""
        names = frappe.get_all(self.doctype, {parent_field_of(self): self.name}, pluck="name", order_by="lft asc")
        for name in names:
            yield frappe.get_doc(self.doctype, name)


def parent_field_of(doc: Any) -> str:
    """Return the link field by which a document names the node above it."""
    doctype = doc if isinstance(doc, str) else doc.doctype
    named = getattr(doc, "nsm_parent_field", None) or frappe.get_meta(doctype).nsm_parent_field
    return str(named or f"parent_{frappe.scrub(doctype)}")


def update_nsm(doc: Any) -> None:
    """Bring the tree in line with a node that was saved. Raises NestedSetRecursionError if it is below itself."""
    parent_field = parent_field_of(doc)
    parent = doc.get(parent_field) or ""
    old_parent_field = getattr(doc, "nsm_oldparent_field", "old_parent")
    known = frappe.db.get_value(doc.doctype, doc.name, "lft")
    if known and (doc.get(old_parent_field) or "") == parent:
        return
    rebuild_tree(doc.doctype, parent_field)
    if doc.meta.has_field(old_parent_field):
        doc.db_set(old_parent_field, parent, update_modified=False)
    doc.lft, doc.rgt = frappe.db.get_value(doc.doctype, doc.name, ["lft", "rgt"])


def rebuild_tree(doctype: str, parent_field: str | None = None) -> None:
    """Work out `lft` and `rgt` of every node from the links, siblings by name, and write those that differ."""
    field = parent_field or parent_field_of(doctype)
    rows = frappe.get_all(doctype, fields=["name", f"{field} as above", "lft", "rgt"], order_by="name asc")
    numbers = number_tree([(row.name, row.above) for row in rows])
    for row in rows:
        if (row.lft, row.rgt) != numbers[row.name]:
            lft, rgt = numbers[row.name]
            frappe.db.set_value(doctype, row.name, {"lft": lft, "rgt": rgt}, update_modified=False)


def number_tree(nodes: list[tuple[str, str | None]]) -> dict[str, tuple[int, int]]:
    """Return `{name: (lft, rgt)}` for (name, name above) pairs; a node above that is missing counts as none.

    Raises NestedSetRecursionError if nodes are above each other in a circle.
    """
    names = {name for name, _above in nodes}
    below: dict[str | None, list[str]] = {}
    for name, above in nodes:
        below.setdefault(above if above in names else None, []).append(name)
    numbers: dict[str, tuple[int, int]] = {}
    counter = 0
    stack = [(name, False) for name in reversed(below.get(None, []))]
    started: dict[str, int] = {}
    while stack:
        name, done = stack.pop()
        counter += 1
        if done:
            numbers[name] = (started[name], counter)
            continue
        started[name] = counter
        stack.append((name, True))
        stack += [(child, False) for child in reversed(below.get(name, []))]
    if len(numbers) < len(names):
        circle = ", ".join(sorted(names - numbers.keys()))
        raise NestedSetRecursionError(frappe._("These are above each other in a circle: {0}").format(circle))
    return numbers


def get_descendants_of(
    doctype: str,
    name: str,
    order_by: str = "lft desc",
    limit: int | None = None,
    ignore_permissions: bool = False,
) -> list[str]:
    """Return the names of everything below a node."""
    node = _numbers_of(doctype, name)
    if not node:
        return []
    return list(
        frappe.get_list(
            doctype,
            filters={"lft": [">", node.lft], "rgt": ["<", node.rgt]},
            pluck="name",
            order_by=order_by,
            limit_page_length=limit,
            ignore_permissions=ignore_permissions,
        )
    )


def get_ancestors_of(doctype: str, name: str, order_by: str = "lft desc", limit: int | None = None) -> list[str]:
    """Return the names of the nodes above one, the nearest first."""
    node = _numbers_of(doctype, name)
    if not node:
        return []
    filters = {"lft": ["<", node.lft], "rgt": [">", node.rgt]}
    return list(frappe.get_all(doctype, filters=filters, pluck="name", order_by=order_by, limit_page_length=limit))


def get_root_of(doctype: str) -> str | None:
    """Return the name of the root of a tree, None for an empty one."""
    found: str | None = frappe.db.get_value(doctype, {"lft": 1}, "name")
    return found


def _numbers_of(doctype: str, name: str) -> _dict | None:
    found: _dict | None = frappe.db.get_value(doctype, name, ["lft", "rgt"], as_dict=True)
    return found


__all__ = [
    "NestedSet",
    "NestedSetChildExistsError",
    "NestedSetInvalidMergeError",
    "NestedSetMultipleRootsError",
    "NestedSetRecursionError",
    "get_ancestors_of",
    "get_descendants_of",
    "get_root_of",
    "rebuild_tree",
    "update_nsm",
]
