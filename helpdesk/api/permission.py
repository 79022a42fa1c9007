"""Who sees the app on the apps screen."""

import frappe

from helpdesk.access import ADMINISTRATOR, APP_ROLES, has_role


def has_app_permission() -> bool:
    """Tell whether the caller has any business in the help desk."""
    return frappe.session.user == ADMINISTRATOR or has_role(None, APP_ROLES)
