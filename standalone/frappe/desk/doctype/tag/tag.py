"""Controller of the DocType Tag, and tagging.

The tags of a document stand in its column `_user_tags` (`,a,b`), and each of them in a Tag Link, so that the documents
of a tag can be found across DocTypes.
"""

from collections.abc import Iterable
from typing import Any

import frappe
from frappe import _
from frappe.model.document import Document


class Tag(Document):
    """A word that people put on documents."""

    def after_rename(self, old: str, new: str, merge: bool = False) -> None:
        for link in frappe.get_all(
            "Tag Link", filters={"tag": ("in", (old, new))}, fields=["document_type", "document_name"], distinct=True
        ):
            tags = DocTags(link.document_type)
            current = [new if tag == old else tag for tag in tags.list_of(link.document_name)]
            tags.write(link.document_name, current)


class DocTags:
    """The tags of the documents of one DocType."""

    def __init__(self, dt: str):
        self.dt = dt

    def get_tags(self, dn: str | int) -> str:
        """Return the tags as they are stored: `,a,b`, or empty text."""
        return frappe.db.get_value(self.dt, dn, "_user_tags") or ""

    def list_of(self, dn: str | int) -> list[str]:
        """Return the tags as a list."""
        return [tag.strip() for tag in self.get_tags(dn).split(",") if tag.strip()]

    def add(self, dn: str | int, tag: str) -> None:
        """Add a tag; a tag that is there already stays as it is."""
        tag = _clean(tag)
        current = self.list_of(dn)
        if tag.lower() not in (existing.lower() for existing in current):
            self.update(dn, [*current, tag])

    def remove(self, dn: str | int, tag: str) -> None:
        """Remove a tag."""
        self.update(dn, [existing for existing in self.list_of(dn) if existing.lower() != tag.strip().lower()])

    def remove_all(self, dn: str | int) -> None:
        """Remove every tag."""
        self.update(dn, [])

    def update(self, dn: str | int, tl: Iterable[str]) -> None:
        """Make `tl` the tags of a document, in the column and in the links."""
        tags = list(dict.fromkeys(tag for tag in tl if tag))
        self.write(dn, tags)
        _update_links(self.dt, dn, tags)

    def write(self, dn: str | int, tags: list[str]) -> None:
        """Write the column only."""
        text = "," + ",".join(tags) if tags else ""
        frappe.db.set_value(self.dt, dn, "_user_tags", text, update_modified=False)


@frappe.whitelist()
def add_tag(tag: str, dt: str, dn: str | int, color: str | None = None) -> str:
    """Put a tag on a document and return the tag."""
    _check_may_tag(dt, dn)
    DocTags(dt).add(dn, tag)
    return _clean(tag)


@frappe.whitelist()
def add_tags(tags: str | list[str], dt: str, docs: str | list[str | int], color: str | None = None) -> None:
    """Put several tags on several documents; both may be JSON lists."""
    for dn in frappe.parse_json(docs):
        for tag in frappe.parse_json(tags):
            add_tag(tag, dt, dn)


@frappe.whitelist()
def remove_tag(tag: str, dt: str, dn: str | int) -> None:
    """Take a tag off a document."""
    _check_may_tag(dt, dn)
    DocTags(dt).remove(dn, tag)


@frappe.whitelist()
def get_tagged_docs(doctype: str, tag: str) -> list[list[Any]]:
    """Return `[[name]]` of the documents of a DocType that carry a tag and that the session user may list."""
    names = frappe.get_all("Tag Link", filters={"tag": tag, "document_type": doctype}, pluck="document_name")
    visible = frappe.get_list(doctype, filters={"name": ("in", names)}, pluck="name") if names else []
    return [[name] for name in visible]


@frappe.whitelist()
def get_tags(doctype: str, txt: str) -> list[str]:
    """Return the tags in use on a DocType that contain `txt`, in alphabetical order."""
    if not frappe.has_permission(doctype, "select"):
        frappe.has_permission(doctype, "read", throw=True)
    used = frappe.get_all("Tag Link", filters={"document_type": doctype}, pluck="tag", distinct=True)
    return sorted(tag for tag in used if tag and txt.lower() in tag.lower())


def delete_tags_for_document(doc: Any) -> None:
    """Forget the tags of a deleted document."""
    if not frappe.flags.in_migrate:
        frappe.db.delete("Tag Link", {"document_type": doc.doctype, "document_name": doc.name})


def update_tags(doc: Any, tags: str | None) -> None:
    """Bring the links of a document in step with its column `_user_tags`."""
    _update_links(doc.doctype, doc.name, [tag.strip() for tag in (tags or "").split(",") if tag.strip()])


def _check_may_tag(dt: str, dn: str | int) -> None:
    frappe.has_permission(dt, "write", doc=dn, throw=True)


def _clean(tag: str) -> str:
    tag = " ".join(tag.split())
    if not tag or "," in tag:
        frappe.throw(_("A tag needs at least one character and must not contain a comma."))
    return tag


def _update_links(dt: str, dn: str | int, tags: list[str]) -> None:
    existing = frappe.get_all("Tag Link", filters={"document_type": dt, "document_name": dn}, fields=["name", "tag"])
    stale = [row.name for row in existing if row.tag not in tags]
    if stale:
        frappe.db.delete("Tag Link", {"name": ("in", stale)})
    linked = {row.tag for row in existing}
    title = _title(dt, dn) if set(tags) - linked else ""
    for tag in tags:
        if tag not in linked:
            _link(tag, dt, dn, title)


def _link(tag: str, dt: str, dn: str | int, title: str) -> None:
    if not frappe.db.exists("Tag", tag):
        frappe.get_doc({"doctype": "Tag", "name": tag}).insert(ignore_permissions=True)
    link = frappe.get_doc({"doctype": "Tag Link", "tag": tag, "document_type": dt, "document_name": dn, "title": title})
    link.flags.ignore_links = True
    link.insert(ignore_permissions=True)


def _title(dt: str, dn: str | int) -> str:
    field = frappe.get_meta(dt).get_title_field()
    return str(frappe.db.get_value(dt, dn, field) or dn)[:140]
