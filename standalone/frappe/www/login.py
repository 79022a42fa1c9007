"""The page on which people log in (by password or by a link), ask for a new password, or make an account."""

from __future__ import annotations

import frappe
from frappe.auth import DISABLED_LOGIN, INCOMPLETE_LOGIN, INVALID_LOGIN
from frappe.context import local
from frappe.core.doctype.user.login_links import is_offered, lifetime, login_via_key, send_login_link
from frappe.translate import _
from frappe.types import _dict
from frappe.utils import cint
from frappe.website.routing import is_local_path
from frappe.website.utils import is_signup_disabled

__all__ = ["get_context", "login_via_key", "send_login_link"]

no_cache = 1


def get_context(context: _dict) -> None:
    context.no_header = True
    redirect_to = wanted_path()
    if local.session.user != "Guest":
        local.flags.redirect_location = redirect_to or default_path()
        raise frappe.Redirect(302)
    setting = frappe.get_system_settings
    context.title = _("Log in")
    context.metatags = {"referrer": "no-referrer", "robots": "noindex"}
    context.redirect_to = redirect_to
    context.login_with_link = is_offered()
    context.login_key = str(local.form_dict.get("login_key") or "") if context.login_with_link else ""
    context.disable_signup = is_signup_disabled()
    context.disable_user_pass_login = cint(setting("disable_user_pass_login"))
    context.login_label = _login_label(
        cint(setting("allow_login_using_mobile_number")), cint(setting("allow_login_using_user_name"))
    )
    context.signup_form = _signup_form_of_app(context) if not context.disable_signup else None
    context.texts = {
        "busy": _("One moment…"),
        "failed": _("This e-mail or password is not right."),
        "trouble": _("The server could not be reached. Please try again."),
        "sent": _("If there is an account with this address, a link is on its way."),
        "login_link_sent": _(
            "If there is an account with this address, a link is on its way. It works once, within {0} minutes."
        ).format(lifetime()),
        "trouble_mail": _("This site cannot send mails at the moment. Please ask the people who run it."),
        "limit": _("Too many attempts. Please wait a while."),
        # What the server answers is part of its API and stays English there.
        "answers": {
            INVALID_LOGIN: _("Invalid login credentials"),
            INCOMPLETE_LOGIN: _("Incomplete login details"),
            DISABLED_LOGIN: _("User disabled or missing"),
        },
    }


def _signup_form_of_app(context: _dict) -> str | None:
    """Return the form of the app that asks for more than a name and an address; its script signs people up itself.

    Hook `signup_form_template`: a function that returns the path of a template.
    """
    hooks = frappe.get_hooks("signup_form_template")
    return frappe.render_template(frappe.get_attr(hooks[-1])(), context) if hooks else None


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
