"""Connecting a mail account."""

from typing import Any

import frappe
from frappe import _
from frappe.utils import validate_email_address

from helpdesk.inbox.accounts import ACCOUNT
from helpdesk.inbox.presets import CALLED, CREDENTIALS, CUSTOM_DEFAULTS, CUSTOM_FIELDS, OUTGOING_ONLY, PRESETS

SWITCHES = ("enable_incoming", "enable_outgoing", "default_incoming", "default_outgoing")


def connect(values: dict[str, Any]) -> str:
    """Create an account whose mail becomes tickets; return its name. The caller may create accounts.

    The framework tests the connections when the account is saved; what it cannot reach is refused with the reason.
    """
    service = values.get("service")
    if service not in PRESETS:
        frappe.throw(_("The mail service {0} is not supported.").format(frappe.utils.escape_html(str(service))))
    if service in OUTGOING_ONLY and values.get("enable_incoming"):
        frappe.throw(_("{0} can only send mail.").format(service))
    account = frappe.new_doc(ACCOUNT)
    account.update(_fields(service, values))
    if account.enable_incoming:
        _route_to_tickets(account, service)
    account.insert()
    return account.name


def _fields(service: str, values: dict[str, Any]) -> dict[str, Any]:
    address = validate_email_address(values.get("email_id") or "", throw=True)
    fields: dict[str, Any] = {
        "service": CALLED.get(service, service),
        "email_id": address,
        "email_account_name": values.get("email_account_name") or address,
        "email_sync_option": "ALL",
        "initial_sync_count": "100",
        "create_contact": 1,
        "track_email_status": 1,
        **PRESETS[service],
        **{switch: int(bool(values.get(switch))) for switch in SWITCHES},
        **{field: values[field] for field in CREDENTIALS if values.get(field)},
    }
    if service == "Custom":
        fields.update(CUSTOM_DEFAULTS)
        fields.update({field: values[field] for field in CUSTOM_FIELDS if values.get(field) is not None})
    return fields


def _route_to_tickets(account: Any, service: str) -> None:
    if service == "Frappe Mail":
        account.append_to = "HD Ticket"
    else:
        account.append("imap_folder", {"folder_name": "INBOX", "append_to": "HD Ticket"})
