"""The notice on upgraded sites that plain members see less than before."""

import frappe

from helpdesk.access import managers_only
from helpdesk.customers import promotion
from helpdesk.realtime import events


@frappe.whitelist(methods=["POST"])
@managers_only
def dismiss_notice() -> None:
    """Take the notice away."""
    promotion.dismiss_notice()
    events.settings_changed()


@frappe.whitelist(methods=["POST"])
@managers_only
def restore_ticket_access() -> None:
    """Make all members managers, in the background, and take the notice away."""
    frappe.enqueue(
        promotion.promote_all_contacts_to_managers,
        queue="long",
        job_id=promotion.JOB,
        deduplicate=True,
        enqueue_after_commit=True,
    )
    promotion.dismiss_notice()
    events.settings_changed()
