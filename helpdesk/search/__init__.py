"""Finding tickets and articles. The functions here are called by path."""

import frappe

from helpdesk.access import refuse
from helpdesk.knowledge_base import finding

__all__ = ["build_index", "build_index_if_not_exists", "build_index_in_background"]


@frappe.whitelist()
def build_index() -> None:
    """Build the index of articles anew. For System Managers."""
    if "System Manager" not in frappe.get_roles():
        refuse(frappe._("Only System Managers may do this."))
    finding.build()


def build_index_in_background() -> None:
    """Let a job build the index of articles."""
    frappe.enqueue(finding.build, queue="long", job_id="helpdesk_article_index", deduplicate=True)


def build_index_if_not_exists() -> None:
    """Build the index of articles if there is none."""
    if frappe.cache.get_value(finding.INDEX_KEY) is None:
        finding.build()
