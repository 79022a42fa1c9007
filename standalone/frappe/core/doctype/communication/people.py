"""The people of a message: who the sender is, and which Contacts it concerns."""

from __future__ import annotations

from typing import Any

import frappe
from frappe import _
from frappe.database.transactions import savepoint
from frappe.email.accounts import own_addresses
from frappe.utils import cint, cstr, parse_addr, split_emails

MAX_ADDRESSES = 50


def sender(given: str, full_name: str) -> tuple[str, str]:
    """Return (address, display name) of a sender given as a user, an address, or a name with an address."""
    if given in ("Administrator", "Guest"):
        row = frappe.get_cached_value("User", given, ["email", "full_name"]) or ("", given)
        return (cstr(row[0]) if given == "Administrator" else given), full_name or cstr(row[1])
    name, address = parse_addr(given)
    if not address or "@" not in address:
        return given, full_name or given
    if full_name:
        return address, full_name
    known = frappe.db.get_value("User", {"email": address}, "full_name") or _name_of_contact(address)
    return address, cstr(known or name or address)


def _name_of_contact(address: str) -> str | None:
    contact = frappe.db.get_value("Contact Email", {"email_id": address, "parenttype": "Contact"}, "parent")
    name: str | None = frappe.db.get_value("Contact", contact, "full_name") if contact else None
    return name


# -- contacts ---------------------------------------------------------------------------------------------------------


def link_contacts(doc: Any) -> None:
    """Link a message to the Contacts of everybody on it, and to what these are linked to.

    Looked at again only when the addresses changed.
    """
    fields = ("sender", "recipients", "cc", "bcc")
    if doc.get_doc_before_save() is not None and not any(doc.has_value_changed(each) for each in fields):
        return
    addresses = addresses_of(doc)
    contacts = contacts_of(addresses)
    new = _make_contact(doc, contacts)
    names = list(dict.fromkeys([*(name for _, name in contacts), *([new] if new else [])]))
    if not names:
        return
    rows = [("Contact", name) for name in names]
    linked = frappe.get_all(
        "Dynamic Link", {"parenttype": "Contact", "parent": ["in", names]}, ["link_doctype", "link_name"], limit=200
    )
    rows += [(row.link_doctype, row.link_name) for row in linked]
    for doctype, name in rows:
        if (doctype, name) != (doc.reference_doctype, cstr(doc.reference_name)):
            doc.append("timeline_links", {"link_doctype": doctype, "link_name": name})
    keep_one_row_each(doc)


def addresses_of(doc: Any) -> list[str]:
    """Return the bare addresses on a message, each once, the sender first, at most fifty."""
    values = [cstr(doc.sender), *(each for name in ("recipients", "cc", "bcc") for each in split_emails(doc.get(name)))]
    bare = (cstr(parse_addr(each)[1]).lower() for each in values)
    return list(dict.fromkeys(each for each in bare if "@" in each))[:MAX_ADDRESSES]


def contacts_of(addresses: list[str]) -> list[tuple[str, str]]:
    """Return (address, name of the Contact) for those that have one."""
    if not addresses:
        return []
    filters = {"parenttype": "Contact", "email_id": ["in", addresses]}
    rows = frappe.get_all("Contact Email", filters, ["email_id", "parent"], limit=500)
    return [(cstr(row.email_id).lower(), row.parent) for row in rows]


def _make_contact(doc: Any, known: list[tuple[str, str]]) -> str | None:
    """Make a Contact of an unknown sender where the account wants that.

    Only of the sender: whoever writes to us could otherwise fill the address book with strangers in Cc.
    """
    address = cstr(parse_addr(doc.sender)[1]).lower() if doc.sender else ""
    if doc.sent_or_received != "Received" or not doc.email_account or address in {each for each, _ in known}:
        return None
    if not cint(frappe.get_cached_value("Email Account", doc.email_account, "create_contact")) or "@" not in address:
        return None
    if address in own_addresses() or cstr(doc.email_status) == "Spam":
        return None
    name: str | None = None
    error: Exception | None = None
    with savepoint(Exception):
        try:
            name = _insert_contact(address, cstr(doc.sender_full_name))
        except Exception as failure:
            error = failure
            raise
    if error is not None:
        frappe.clear_last_message()
        frappe.log_error(_("A contact could not be made for {0}").format(address), str(error))
    return name


def _insert_contact(address: str, full_name: str) -> str:
    first, _, last = (full_name or address.partition("@")[0]).strip().partition(" ")
    contact = frappe.get_doc({"doctype": "Contact", "first_name": first[:140], "last_name": last.strip()[:140] or None})
    contact.add_email(address, is_primary=True)
    contact.flags.ignore_links = True
    contact.insert(ignore_permissions=True)
    return cstr(contact.name)


def keep_one_row_each(doc: Any) -> None:
    """Remove repeated rows from the timeline links."""
    seen: set[tuple[str, str]] = set()
    for row in list(doc.timeline_links):
        key = (cstr(row.link_doctype), cstr(row.link_name))
        if key in seen:
            doc.remove(row)
        seen.add(key)
