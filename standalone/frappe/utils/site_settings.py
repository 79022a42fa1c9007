"""Values of the site's Singles, cached, and readable before a site has any settings at all."""

from __future__ import annotations

from typing import Any

from frappe.context import is_active, local
from frappe.exceptions import DoesNotExistError

FALLBACK_TIME_ZONE = "Asia/Kolkata"
"""What applies while System Settings has no `time_zone`; new sites get one at creation, so imported ones see this."""


def get_system_settings(key: str) -> Any:
    """Return a value of System Settings from the cache; None while the site has no such Single."""
    return _single_value("System Settings", key)


def get_website_settings(key: str) -> Any:
    """Return a value of Website Settings from the cache; None while the site has no such Single."""
    return _single_value("Website Settings", key)


def get_domain_data(module: str) -> Any:
    """Return what the installed apps' `domains` hook says about a business domain; an empty dict for an unknown one."""
    import frappe

    paths = frappe.get_hooks("domains", {}).get(module)
    return frappe.get_attr(f"{paths[0]}.data") if paths else frappe._dict()


def get_active_domains() -> list[str]:
    """Return the business domains that are switched on; there are none here, as every DocType serves everybody."""
    return [""]


def is_setup_complete() -> bool:
    """Tell whether the set-up of the site was finished."""
    return bool(system_setting("setup_complete"))


def system_setting(key: str) -> Any:
    """Return a value of System Settings; None outside of a site, without a database, and without settings."""
    if not is_active() or not local.db:
        return None
    return get_system_settings(key)


def currency_symbol(currency: str) -> tuple[str, bool]:
    """Return how a currency is written, and whether it stands behind the amount; its code where nothing is known.

    The default `hide_currency_symbol` = Yes leaves it out.
    """
    if not is_active() or not local.db:
        return currency, False
    if local.db.get_default("hide_currency_symbol") == "Yes":
        return "", False
    record = local.db.get_value("Currency", currency, ["symbol", "symbol_on_right"], cache=True) or (None, 0)
    return record[0] or currency, bool(record[1])


def user_language() -> str:
    """Return the language of the request, `en` outside of one."""
    return (local.lang or "en") if is_active() else "en"


def _single_value(doctype: str, key: str) -> Any:
    if local.flags.in_install_db:
        return None
    document = _cached_single(doctype)
    return document.get(key) if document else None


def _cached_single(doctype: str) -> Any:
    import frappe

    collected = len(local.message_log)
    try:
        return frappe.get_cached_doc(doctype, doctype)
    except DoesNotExistError:  # the DocType comes with a later step of the installation
        del local.message_log[collected:]
        return None
