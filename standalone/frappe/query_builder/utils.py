"""Helpers apps import from here."""

from __future__ import annotations

from frappe.query_builder.builder import DocType, get_query_builder

__all__ = ["DocType", "get_query_builder"]
