"""Small things about documents that several core DocTypes share."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any, TypeVar

import frappe
from frappe.utils import cstr

T = TypeVar("T")


def get_parent_doc(doc: Any) -> Any:
    """Return the document that a Communication or Comment is about, None if there is none (any more)."""
    known = doc.flags.parent_document
    if known is not None:
        return known
    if not (doc.get("reference_doctype") and doc.get("reference_name")):
        return None
    try:
        return frappe.get_doc(doc.reference_doctype, doc.reference_name)
    except frappe.DoesNotExistError:
        frappe.clear_last_message()
        return None


def find(list_of_dict: Iterable[T], match_function: Callable[[T], Any]) -> T | None:
    """Return the first entry that `match_function` accepts, None if there is none."""
    return next((entry for entry in list_of_dict if match_function(entry)), None)


def find_all(list_of_dict: Iterable[T], match_function: Callable[[T], Any]) -> list[T]:
    """Return the entries that `match_function` accepts."""
    return [entry for entry in list_of_dict if match_function(entry)]


def ljust_list(values: list[Any], length: int, fill_word: Any = None) -> list[Any]:
    """Return a list filled up to a length."""
    return [*values, *([fill_word] * max(length - len(values), 0))]


def set_timeline_doc(doc: Any) -> None:
    """Set the timeline document of `doc` from the timeline field of what it is about."""
    parent = get_parent_doc(doc)
    if parent is None:
        return
    field = parent.meta.timeline_field
    if field and parent.get(field):
        doc.timeline_doctype = parent.meta.get_field(field).options
        doc.timeline_name = cstr(parent.get(field))


def html2text(html: str, strip_links: bool = False, wrap: bool = True) -> str:
    """Return the readable text of HTML."""
    from frappe.email.mime.plain import html_to_text

    return html_to_text(html)
