"""The texts and switches of ticket mail, for the settings page."""

from typing import Any

import frappe
from frappe import _

from helpdesk.access import MANAGER_ROLES, has_role, refuse
from helpdesk.notifications.texts import KINDS, default_text
from helpdesk.settings import get_settings

READERS = MANAGER_ROLES | {"Agent"}
STATUS_FIELD = "send_email_feedback_on_status"


def require_reader() -> None:
    """Let agents and managers look at the settings."""
    if not has_role(None, READERS):
        refuse(_("Only agents may see these settings."))


def _known(notification: str) -> Any:
    if notification not in KINDS:
        frappe.throw(_("There is no mail of the kind {0}.").format(frappe.utils.escape_html(notification)))
    return KINDS[notification]


@frappe.whitelist(methods=["GET"])
def get_data(notification: str) -> dict[str, Any]:
    """Return switch and text of a kind of mail."""
    require_reader()
    kind, settings = _known(notification), get_settings()
    content = (settings.get(kind.content) or "").strip()
    default = default_text(notification)
    data = {"enabled": bool(settings.get(kind.enabled)), "content": content or default, "default_content": default}
    if notification == "share_feedback":
        status = settings.get(STATUS_FIELD) or "Closed"
        data["ticket_status"] = {"label": status, "value": status}
    return data


def _store(notification: str, enabled: bool, content: str, **more: Any) -> dict[str, Any]:
    kind = _known(notification)
    settings = frappe.get_doc("HD Settings")
    settings.update({kind.enabled: int(enabled), kind.content: (content or "").strip() or None, **more})
    settings.save()  # refuses whoever may not write the settings
    return {"enabled": enabled, "content": content}


@frappe.whitelist(methods=["PUT"])
def update_share_feedback(ticket_status: dict, enabled: bool, content: str) -> dict[str, Any]:
    """Store switch, text and trigger of the feedback mail. Needs write permission on the settings."""
    status = ticket_status.get("value")
    stored = _store("share_feedback", enabled, content, **{STATUS_FIELD: status})
    return {**stored, "ticket_status": ticket_status}


@frappe.whitelist(methods=["PUT"])
def update_acknowledgement(enabled: bool, content: str) -> dict[str, Any]:
    """Store switch and text of the acknowledgement. Needs write permission on the settings."""
    return _store("acknowledgement", enabled, content)


@frappe.whitelist(methods=["PUT"])
def update_reply_to_agents(enabled: bool, content: str) -> dict[str, Any]:
    """Store switch and text of the mail to agents. Needs write permission on the settings."""
    return _store("reply_to_agents", enabled, content)


@frappe.whitelist(methods=["PUT"])
def update_reply_via_agent(enabled: bool, content: str) -> dict[str, Any]:
    """Store switch and text of agents' replies. Needs write permission on the settings."""
    return _store("reply_via_agent", enabled, content)
