"""Which account a mail leaves through or came in by, and what it does to the sender's address."""

from __future__ import annotations

from typing import Any, NoReturn

import frappe
from frappe import _
from frappe.messages import throw
from frappe.utils import cint, cstr, parse_addr
from frappe.utils.addresses import format_address

MUTED_ADDRESS = "muted@localhost.invalid"


def are_emails_muted() -> bool:
    """Tell whether this site keeps its mails to itself."""
    return bool(frappe.flags.mute_emails or cint(frappe.conf.mute_emails or 0))


def find_outgoing(match_by_email: str | None = None, match_by_doctype: str | None = None, required: bool = True) -> Any:
    """Return the account a mail leaves through: that of the address, else that of the DocType, else the default.

    Then the server in the site's configuration, then, where mails are muted, one that only looks like an account.
    Raises OutgoingEmailError when there is none (or returns None unless `required`).
    """
    rows = _enabled("enable_outgoing")
    address = cstr(parse_addr(match_by_email)[1]).lower() if match_by_email else ""
    name = (
        next((row.name for row in rows if address and cstr(row.email_id).lower() == address), None)
        or next((row.name for row in _of_doctype(rows, match_by_doctype) if row.enable_incoming), None)
        or next((row.name for row in rows if row.default_outgoing), None)
    )
    if name:
        return frappe.get_cached_doc("Email Account", name)
    configured = account_of_configuration()
    if configured or not required:
        return configured
    return account_that_keeps_silent() if are_emails_muted() else _no_account()


def find_incoming(match_by_email: str | None = None, match_by_doctype: str | None = None) -> Any:
    """Return the account that takes mail for an address, else for a DocType, else the default one, else None."""
    rows = _enabled("enable_incoming")
    address = cstr(parse_addr(match_by_email)[1]).lower() if match_by_email else ""
    name = (
        next((row.name for row in rows if address and cstr(row.email_id).lower() == address), None)
        or next((row.name for row in _of_doctype(rows, match_by_doctype)), None)
        or next((row.name for row in rows if row.default_incoming), None)
    )
    return frappe.get_cached_doc("Email Account", name) if name else None


def _enabled(direction: str) -> list[Any]:
    fields = ["name", "email_id", "append_to", "enable_incoming", "default_incoming", "default_outgoing"]
    return list(frappe.get_all("Email Account", filters={direction: 1}, fields=fields, order_by="creation asc"))


def _of_doctype(rows: list[Any], doctype: str | None) -> list[Any]:
    """Return the accounts whose mails become documents of a DocType, by themselves or by one of their folders."""
    if not (doctype and rows):
        return []
    filters = {"parenttype": "Email Account", "append_to": doctype, "parent": ["in", [row.name for row in rows]]}
    folders = (
        None
        if any(row.append_to == doctype for row in rows)
        else frappe.get_all("IMAP Folder", filters, pluck="parent")
    )
    return [row for row in rows if row.append_to == doctype or row.name in (folders or ())]


def account_of_configuration() -> Any:
    """Return the account that the site's configuration describes (`mail_server` …), None if it describes none."""
    conf = frappe.conf
    if not conf.mail_server:
        return None
    address = cstr(conf.auto_email_id or conf.mail_login)
    account = frappe.get_doc(
        {
            "doctype": "Email Account",
            "email_account_name": conf.email_sender_name or "Frappe",
            "email_id": address,
            "smtp_server": conf.mail_server,
            "smtp_port": cstr(conf.mail_port or ""),
            "use_tls": cint(conf.use_tls or 0),
            "use_ssl_for_outgoing": cint(conf.use_ssl or 0),
            "login_id_is_different": 1,
            "login_id": conf.mail_login,
            "no_smtp_authentication": cint(conf.disable_mail_smtp_authentication or not conf.mail_password),
            "always_use_account_email_id_as_sender": cint(conf.always_use_account_email_id_as_sender or 0),
            "enable_outgoing": 1,
            "validate_ssl_certificate_for_outgoing": 1,
        }
    )
    account.flags.plain_password = conf.mail_password
    return account


def account_that_keeps_silent() -> Any:
    """Return what stands in for an account where mails are written and not sent."""
    values = {
        "doctype": "Email Account",
        "email_account_name": "Muted",
        "email_id": MUTED_ADDRESS,
        "enable_outgoing": 1,
    }
    return frappe.get_doc(values)


def _no_account() -> NoReturn:
    throw(
        _("No outgoing e-mail account is set up. Add one with Enable Outgoing under Email Account."),
        frappe.OutgoingEmailError,
        title=_("No Outgoing E-mail Account"),
    )


# -- addresses --------------------------------------------------------------------------------------------------------


def own_addresses() -> set[str]:
    """Return the addresses of all accounts, in lower case."""
    return {cstr(each).lower() for each in frappe.get_all("Email Account", pluck="email_id") if each}


def sender_of(account: Any, wanted: str | None) -> str:
    """Return what stands in the From field: what the caller wants, with the account's address or name where it must."""
    name, address = parse_addr(wanted) if wanted else (None, None)
    if not address or "@" not in address:
        return format_address(cstr(account.email_account_name), cstr(account.email_id))
    if name == address.partition("@")[0] and "<" not in cstr(wanted):
        name = None
    if cint(account.get("always_use_account_email_id_as_sender")):
        name, address = name or account.email_account_name, account.email_id
    if cint(account.get("always_use_account_name_as_sender_name")):
        name = account.email_account_name
    if not name and address.lower() == cstr(account.email_id).lower():
        name = account.email_account_name
    return format_address(name, cstr(address))


def reply_address(account: Any, wanted: str | None) -> str:
    """Return where answers shall go when From is not the address the caller gave."""
    address = parse_addr(wanted)[1] if wanted else None
    if address and "@" in address and cint(account.get("always_use_account_email_id_as_sender")):
        return address if address.lower() != cstr(account.email_id).lower() else ""
    return ""
