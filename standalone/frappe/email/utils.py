"""Small things about mail servers."""

from __future__ import annotations

from typing import Any

from frappe.utils import cint


def get_port(doc: Any) -> int:
    """Return the port of the incoming server of an account or domain."""
    if cint(doc.incoming_port):
        return cint(doc.incoming_port)
    if cint(doc.use_imap):
        return 993 if cint(doc.use_ssl) else 143
    return 995 if cint(doc.use_ssl) else 110
