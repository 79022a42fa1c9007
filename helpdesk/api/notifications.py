"""How notifications reach people, as they want it."""

import frappe

from helpdesk.access import agents_only, require_manager
from helpdesk.notifications import preferences
from helpdesk.notifications.preferences import EVERYBODY, Preference


@frappe.whitelist()
@agents_only
def get_preferences(for_everybody: bool = False) -> list[Preference]:
    """Return how each kind of notification reaches the caller, or those who have not chosen."""
    return preferences.describe(EVERYBODY if for_everybody else frappe.session.user)


@frappe.whitelist(methods=["POST", "PUT"])
@agents_only
def save_preference(notification_type: str, in_app: bool, email: bool, for_everybody: bool = False) -> list[Preference]:
    """Store how a kind of notification reaches the caller; managers may do so for all who have not chosen."""
    user = _whose(for_everybody)
    preferences.save(user, notification_type, in_app=in_app, email=email)
    return preferences.describe(user)


@frappe.whitelist(methods=["POST", "PUT"])
@agents_only
def reset_preferences(for_everybody: bool = False) -> list[Preference]:
    """Forget what the caller, or a manager for everybody, has chosen."""
    user = _whose(for_everybody)
    preferences.reset(user)
    return preferences.describe(user)


def _whose(for_everybody: bool) -> str:
    if for_everybody:
        require_manager()
    return EVERYBODY if for_everybody else frappe.session.user
