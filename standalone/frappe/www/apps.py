"""The page that lists the apps one may open."""

from __future__ import annotations

import frappe
from frappe.context import local
from frappe.translate import _
from frappe.types import _dict

no_cache = 1


def get_context(context: _dict) -> None:
    from frappe.apps import get_apps

    if local.session.user == "Guest":
        local.flags.redirect_location = "/login?redirect-to=%2Fapps"
        raise frappe.Redirect(302)
    context.title = _("Apps")
    context.apps = get_apps()
