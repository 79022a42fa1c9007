"""The page on which people log in, ask for a new password, or make an account."""

from __future__ import annotations

import frappe
from frappe.context import local
from frappe.translate import _
from frappe.types import _dict
from frappe.utils import cint
from frappe.website.routing import is_local_path
from frappe.website.utils import is_signup_disabled

no_cache = 1


def get_context(context: _dict) -> None:
    redirect_to = wanted_path()
    if local.session.user != "Guest":
        local.flags.redirect_location = redirect_to or default_path()
        raise frappe.Redirect(302)
    setting = frappe.get_system_settings
    context.title = _("Log in")
    context.redirect_to = redirect_to
    context.disable_signup = is_signup_disabled()
    context.disable_user_pass_login = cint(setting("disable_user_pass_login"))
    context.login_label = _login_label(
        cint(setting("allow_login_using_mobile_number")), cint(setting("allow_login_using_user_name"))
    )
    context.texts = {
        "busy": _("One moment…"),
        "failed": _("This e-mail or password is not right."),
        "trouble": _("The server could not be reached. Please try again."),
        "sent": _("If there is an account with this address, a link is on its way."),
        "limit": _("Too many attempts. Please wait a while."),
    }


def wanted_path() -> str:
    """Return where to go after logging in; only paths of this site count, so that a link cannot lead elsewhere."""
    target = local.form_dict.get("redirect-to") or local.form_dict.get("redirect_to")
    return target if is_local_path(target) else ""


def default_path() -> str:
    """Return where somebody goes who named no other place."""
    from frappe.apps import get_default_path
    from frappe.website.utils import get_home_page

    path = get_default_path() or get_home_page()
    return "/" + str(path).strip("/")


def _login_label(by_mobile: int, by_name: int) -> str:
    if by_mobile and by_name:
        return _("E-mail, mobile number or user name")
    if by_mobile:
        return _("E-mail or mobile number")
    return _("E-mail or user name") if by_name else _("E-mail")
