"""An optional gate in front of the whole API for people who are no system users.

It is shut with `block_endpoints` in the site's configuration; entries of `allowed_custom_endpoints` open it again.
"""

import frappe
from frappe import _

PREFIXES = ("helpdesk.", "telephony.")
ALLOWED = frozenset(
    {
        "frappe.apps.get_apps",
        "frappe.auth.get_logged_user",
        "frappe.client.delete",
        "frappe.client.get",
        "frappe.client.get_count",
        "frappe.client.get_list",
        "frappe.client.get_value",
        "frappe.client.insert",
        "frappe.client.rename_doc",
        "frappe.client.set_value",
        "frappe.core.api.user_invitation.accept_invitation",
        "frappe.core.api.user_invitation.cancel_invitation",
        "frappe.core.api.user_invitation.get_pending_invitations",
        "frappe.core.api.user_invitation.invite_by_email",
        "frappe.core.api.user_invitation.resend_invitation",
        "frappe.core.doctype.communication.email.make",
        "frappe.core.doctype.communication.email.mark_email_as_seen",
        "frappe.core.doctype.user.user.reset_password",
        "frappe.core.doctype.user.user.sign_up",
        "frappe.core.doctype.user.user.test_password_strength",
        "frappe.core.doctype.user.user.update_password",
        "frappe.desk.reportview.export_query",
        "frappe.desk.search.search_link",
        "frappe.email.queue.unsubscribe",
        "frappe.ping",
        "frappe.realtime.can_subscribe_doc",
        "frappe.realtime.can_subscribe_doctype",
        "frappe.realtime.get_user_info",
        "frappe.realtime.has_permission",
        "frappe.website.doctype.web_form.web_form.accept",
        "frappe.website.doctype.web_page_view.web_page_view.make_view_log",
        "frappe.www.login.send_login_link",
        "login",
        "logout",
        "run_doc_method",
        "upload_file",
        "web_logout",
    }
)
OAUTH = "frappe.integrations.oauth2"
LOGINS = "frappe.www.login.login_via_"


def authenticate() -> None:
    """Refuse a request that the site keeps for system users."""
    if not frappe.conf.block_endpoints or not frappe.request or not frappe.request.path.startswith("/api/"):
        return
    if _is_system_user() or is_allowed(method_of(frappe.request.path), custom_endpoints()):
        return
    frappe.throw(_("This endpoint is not available here."), frappe.PermissionError)


def _is_system_user() -> bool:
    return frappe.get_cached_value("User", frappe.session.user, "user_type") == "System User"


def method_of(path: str) -> str:
    """Return the method or resource that an API path names."""
    parts = [part for part in path.removeprefix("/api/").split("/") if part not in ("v1", "v2")]
    return parts[1] if parts[:1] == ["method"] and len(parts) > 1 else "/".join(parts)


def is_allowed(method: str, custom: list[str]) -> bool:
    """Tell whether people who are no system users may call a method."""
    if method in ALLOWED or method.startswith((*PREFIXES, OAUTH, LOGINS)):
        return True
    if any(entry and entry in method for entry in custom):
        return True
    return bool(frappe.db.exists("Server Script", {"api_method": method, "script_type": "API", "disabled": 0}))


def custom_endpoints() -> list[str]:
    """Return what the site's configuration allows beyond our list: a list, or JSON, or one entry."""
    value = frappe.conf.allowed_custom_endpoints or []
    if isinstance(value, str):
        try:
            value = frappe.parse_json(value)
        except ValueError:
            value = [value]
    return [value] if isinstance(value, str) else list(value)
