"""The older address of `run_doc_method`."""

from frappe.handler import run_doc_method as runserverobj

__all__ = ["runserverobj"]
