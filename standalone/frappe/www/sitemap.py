"""The pages that search engines may find, for those that ask."""

from __future__ import annotations

from urllib.parse import quote

from frappe.types import _dict
from frappe.utils import get_url, getdate
from frappe.website.page_renderers.document_page import public_documents
from frappe.website.page_renderers.list_page import public_lists
from frappe.website.page_renderers.template_page import public_pages

no_cache = 1
MAX_ENTRIES = 50_000
"""More than that one file may not name."""


def get_context(context: _dict) -> None:
    routes = dict.fromkeys((*public_pages(), *public_lists()))
    entries = [_dict(address=_address(route)) for route in routes]
    for row in public_documents(MAX_ENTRIES):
        entries.append(_dict(address=_address(row.route), changed=getdate(row.modified).isoformat()))
    context.entries = entries[:MAX_ENTRIES]


def _address(route: str) -> str:
    return str(get_url("/" + quote(route.strip("/"))))
