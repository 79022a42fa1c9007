"""Contacts: finding, creating and changing them."""

from typing import Any

import frappe
from frappe import _
from frappe.utils import validate_email_address, validate_phone_number_with_country_code

from helpdesk.compat import has_doctype
from helpdesk.customers import invitations, members
from helpdesk.customers.membership import customers_of_contact
from helpdesk.customers.roles import MEMBER

CONTACT = "Contact"
MOST = 10


def search(text: str, filters: list[Any]) -> list[Any]:
    """Return up to 10 contacts with an address whose name, address or id contains the text."""
    pattern = f"%{text.strip()}%"
    return frappe.get_list(
        CONTACT,
        filters=[*filters, ["email_id", "is", "set"]],
        or_filters=[[field, "like", pattern] for field in ("full_name", "email_id", "name")],
        fields=["full_name", "email_id", "name"],
        order_by="email_id asc, full_name asc, name asc",
        limit=MOST,
    )


def check_phone(number: str | None) -> str | None:
    """Return a number that carries its country code; refuse others."""
    if number:
        validate_phone_number_with_country_code(number, "phone")
    return number


def create(values: dict[str, Any]) -> str:
    """Create a contact, as a member of the customer if one is named. The caller may create contacts."""
    contact = frappe.new_doc(CONTACT)
    contact.update({field: values.get(field) for field in ("first_name", "last_name", "image")})
    if values.get("email"):
        email = validate_email_address(values["email"], throw=True)
        contact.append("email_ids", {"email_id": email, "is_primary": 1})
    if values.get("phone"):
        contact.append("phone_nos", {"phone": check_phone(values["phone"]), "is_primary_mobile_no": 1})
    contact.insert()
    if values.get("customer"):
        customer = frappe.get_doc("HD Customer", values["customer"])
        customer.check_permission("write")
        if members.add(customer, contact.name, is_manager=False):
            customer.save()
    return contact.name


def invite(contact: str, customer: str | None) -> None:
    """Invite a contact to the portal."""
    email = frappe.db.get_value(CONTACT, contact, "email_id")
    if not email:
        frappe.throw(_("The contact {0} has no e-mail address.").format(frappe.bold(contact)))
    invitations.invite([email], MEMBER, customer=customer, contacts={email: contact})


def edit(contact: Any, values: dict[str, Any]) -> str:
    """Change a contact; addresses and numbers that are given replace all old ones. The caller may write it."""
    contact.update({field: values[field] for field in ("first_name", "last_name", "image") if field in values})
    if values.get("email_ids") is not None:
        contact.set("email_ids", [_address_row(row) for row in values["email_ids"]])
    if values.get("phone_nos") is not None:
        contact.set("phone_nos", [_phone_row(row) for row in values["phone_nos"]])
    contact.save()
    _follow_user(contact, values)
    return contact.name


def _address_row(row: dict[str, Any]) -> dict[str, Any]:
    email = validate_email_address(row.get("email_id") or "", throw=True)
    return {"email_id": email, "is_primary": int(bool(row.get("is_primary")))}


def _phone_row(row: dict[str, Any]) -> dict[str, Any]:
    return {"phone": check_phone(row.get("phone")), "is_primary_mobile_no": int(bool(row.get("is_primary")))}


def _follow_user(contact: Any, values: dict[str, Any]) -> None:
    if not contact.user:
        return
    changes = {"user_image": contact.image} if "image" in values else {}
    if values.get("timezone"):
        changes["time_zone"] = values["timezone"]
    if changes:
        user = frappe.get_doc("User", contact.user)
        user.update(changes)
        user.save(ignore_permissions=True)  # picture and time zone follow the contact the caller may write


def describe(contact: Any) -> dict[str, Any]:
    """Return customers, last activity, place and invitation of a contact the caller may read."""
    user = (
        frappe.db.get_value("User", contact.user, ["last_active", "time_zone"], as_dict=True) if contact.user else None
    )
    zone = user.time_zone if user else None
    info: dict[str, Any] = {
        "customers": _customers(contact.name),
        "last_seen": user.last_active if user else None,
        "timezone": zone,
        "country": country_of(zone),
    }
    if not contact.user and contact.email_id:
        info["invitation"] = _invitation(contact.email_id)
    return info


def _customers(contact: str) -> list[Any]:
    names = customers_of_contact(contact)
    if not names:
        return []
    return frappe.get_list("HD Customer", filters={"name": ["in", names]}, fields=["name", "image"], order_by="name")


def country_of(zone: str | None) -> str | None:
    """Return the country whose list of time zones contains the zone."""
    if not zone:
        return None
    rows = frappe.get_all("Country", filters={"time_zones": ["like", f"%{zone}%"]}, fields=["name", "time_zones"])
    return next((row.name for row in rows if zone in (row.time_zones or "").split("\n")), None)


def _invitation(email: str) -> Any:
    if not has_doctype(invitations.INVITATION):
        return None
    rows = frappe.get_all(
        invitations.INVITATION,
        filters={"email": email, "status": ["!=", "Accepted"], "app_name": "helpdesk"},
        fields=["name", "status"],
        order_by="creation desc",
        limit=1,
    )
    return rows[0] if rows else None
