"""What the desk of the help desk asks of this app."""

import re
from typing import Any

import frappe

AGENT = "TP Telephony Agent"


@frappe.whitelist()
def is_call_integration_enabled() -> dict[str, Any]:
    return {
        "twilio_enabled": frappe.db.get_single_value("TP Twilio Settings", "enabled"),
        "exotel_enabled": frappe.db.get_single_value("TP Exotel Settings", "enabled"),
        "default_calling_medium": frappe.db.get_value(AGENT, frappe.session.user, "default_medium"),
    }


@frappe.whitelist()
def get_contact_by_phone_number(phone_number: str) -> dict[str, Any]:
    digits = re.sub(r"\D", "", phone_number)
    for contact in frappe.get_list("Contact", fields=["name", "full_name", "image", "phone", "mobile_no"]):
        if any(digits in re.sub(r"\D", "", contact.get(field) or "") for field in ("phone", "mobile_no")):
            return {**contact, "mobile_no": phone_number}
    return {"mobile_no": phone_number}


@frappe.whitelist()
def set_default_calling_medium(medium: str) -> None:
    agent = create_telephony_agent()
    frappe.db.set_value(AGENT, agent, "default_medium", medium)


@frappe.whitelist()
def create_telephony_agent() -> str:
    user = str(frappe.session.user)
    if not frappe.db.exists(AGENT, user):
        frappe.get_doc({"doctype": AGENT, "user": user}).insert(ignore_permissions=True)  # one's own record
    return user
