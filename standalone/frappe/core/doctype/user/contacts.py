"""The Contact that belongs to a User."""

from __future__ import annotations

from typing import Any

import frappe
from frappe import STANDARD_USERS


def create_contact(user: Any, ignore_links: bool = False, ignore_mandatory: bool = False) -> None:
    """Create the Contact with a user's address, or carry the user's name and numbers into the one there is.

    `user` is a User or its name; a user who is gone by now is left out.
    """
    if isinstance(user, str):
        if not frappe.db.exists("User", user):
            return
        user = frappe.get_doc("User", user)
    if user.name in STANDARD_USERS:
        return
    from frappe.contacts.doctype.contact.contact import get_contact_name

    name = get_contact_name(user.email)
    contact = frappe.get_doc("Contact", name) if name else _new_contact(user)
    _copy_person(user, contact)
    _add_numbers(user, contact)
    contact.flags.ignore_links = ignore_links or None
    contact.flags.ignore_mandatory = ignore_mandatory or None
    try:
        contact.save(ignore_permissions=True)
    except frappe.DuplicateEntryError as error:
        # Two people of one name at the same moment; the one who comes later finds the next free name.
        if not frappe.local.job:
            raise
        raise frappe.RetryBackgroundJobError(f"The contact of {user.name} met another one of its name.") from error


def _new_contact(user: Any) -> Any:
    contact = frappe.new_doc("Contact")
    contact.user = user.name
    contact.add_email(user.email, is_primary=True)
    return contact


def _copy_person(user: Any, contact: Any) -> None:
    contact.first_name = user.first_name
    contact.last_name = user.last_name
    contact.gender = user.gender
    if user.user_image:
        contact.image = user.user_image


def _add_numbers(user: Any, contact: Any) -> None:
    known = {row.phone for row in contact.get("phone_nos")}
    if user.phone and user.phone not in known:
        contact.add_phone(user.phone, is_primary_phone=not any(r.is_primary_phone for r in contact.phone_nos))
    if user.mobile_no and user.mobile_no not in known | {user.phone}:
        contact.add_phone(
            user.mobile_no, is_primary_mobile_no=not any(r.is_primary_mobile_no for r in contact.phone_nos)
        )
