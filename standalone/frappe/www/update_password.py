"""The page on which people choose a new password: by a link from a mail, or knowing the old one."""

from __future__ import annotations

import frappe
from frappe.context import local
from frappe.core.doctype.user.passwords import read_reset_key
from frappe.translate import _
from frappe.types import _dict
from frappe.utils import cint
from frappe.www.login import wanted_path

no_cache = 1


def get_context(context: _dict) -> None:
    form = local.form_dict
    context.key = str(form.get("key") or "")
    if not context.key and local.session.user == "Guest":
        local.flags.redirect_location = "/login"
        raise frappe.Redirect(302)
    context.trouble = read_reset_key(context.key)[1] if context.key else ""
    context.redirect_to = wanted_path()
    context.expired = form.get("password_expired") == "true"
    context.title = _("Choose a password") if context.key else _("Change your password")
    context.metatags = {"robots": "noindex", "referrer": "no-referrer"}
    context.logout_all = cint(frappe.get_system_settings("logout_on_password_reset"))
    context.texts = {
        "busy": _("One moment…"),
        "different": _("The two passwords are not the same."),
        "saved": _("Your password was saved."),
        "trouble": _("The server could not be reached. Please try again."),
        "limit": _("Too many attempts. Please wait a while."),
        "failed": _("The password could not be saved."),
        "strong": _("This is a good password."),
        "weak": _("This password is easy to guess."),
    }
