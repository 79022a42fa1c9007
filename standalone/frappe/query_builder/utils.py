"""Names older code imports from here."""

from __future__ import annotations

from frappe.query_builder import DocType, get_query_builder
from frappe.query_builder.terms import SubQuery

__all__ = ["DocType", "SubQuery", "get_query_builder"]
