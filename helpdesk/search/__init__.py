"""Finding tickets and articles. The functions here are called by path."""

import frappe

from helpdesk.access import refuse
from helpdesk.knowledge_base import finding
from helpdesk.search import indexing

__all__ = ["build_index", "build_index_if_not_exists", "build_index_in_background"]


@frappe.whitelist()
def build_index() -> None:
    """Build the index of articles and the index of everything anew. For System Managers."""
    if "System Manager" not in frappe.get_roles():
        refuse(frappe._("Only System Managers may do this."))
    finding.build()
    build_index_in_background()


def build_index_in_background() -> None:
    """Let a job build the index anew; the old one is used and kept in step meanwhile."""
    indexing.create()
    frappe.enqueue(indexing.rebuild, queue="long", job_id="helpdesk_search_index", deduplicate=True)


def build_index_if_not_exists() -> None:
    """Build what is missing of the indexes."""
    if frappe.cache.get_value(finding.INDEX_KEY) is None:
        finding.build()
    if not indexing.is_built():
        build_index_in_background()
