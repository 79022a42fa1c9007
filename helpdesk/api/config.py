"""What everybody may know about this help desk."""

from typing import Any

import frappe

from helpdesk.settings import get_settings

SWITCHES = (
    "prefer_knowledge_base",
    "setup_complete",
    "skip_email_workflow",
    "is_feedback_mandatory",
    "restrict_tickets_by_agent_group",
    "assign_within_team",
    "disable_saved_replies_global_scope",
    "enable_comment_reactions",
    "show_customer_portal_permission_notice",
    "require_resolution_details",
    "use_categories",
    "forbid_customer_attachments",
    "max_attachment_mb",
    "attachment_types",
    "require_category",
)
DEFAULT_FAVICON = "/assets/helpdesk/desk/favicon.svg"


@frappe.whitelist(allow_guest=True)
def get_config() -> dict[str, Any]:
    """Return branding and switches of the user interface; nothing here is a secret."""
    settings = get_settings()
    website = frappe.get_cached_doc("Website Settings", "Website Settings")
    return {
        "brand_name": settings.brand_name,
        "brand_logo": settings.brand_logo,
        "favicon": settings.favicon or website.favicon or DEFAULT_FAVICON,
        "ticket_reference_prefix": settings.ticket_reference_prefix or "",
        "ticket_reference_digits": settings.ticket_reference_digits,
        **{switch: settings.get(switch) for switch in SWITCHES},
    }
