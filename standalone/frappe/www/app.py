"""`/app`, the address of the framework's own desk: this runtime has none and shows the apps instead."""

from __future__ import annotations

from typing import NoReturn

import frappe
from frappe.context import local
from frappe.types import _dict

no_cache = 1


def get_context(context: _dict) -> NoReturn:
    local.flags.redirect_location = "/apps"
    raise frappe.Redirect(302)
