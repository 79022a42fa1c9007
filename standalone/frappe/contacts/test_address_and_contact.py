"""A document shows the addresses and contacts that are linked to it."""

from typing import Any

import frappe
from frappe.contacts.address_and_contact import load_address_and_contact


def test_linked_addresses_and_contacts_come_with_the_document(site: Any) -> None:
    role = frappe.get_doc("Role", "System Manager")
    link = [{"link_doctype": "Role", "link_name": role.name}]
    for title, primary in (("Depot", 0), ("Office", 1)):
        address = {"address_title": title, "address_type": "Billing", "address_line1": "Main Street 1", "city": "Lund"}
        country = frappe.db.get_value("Country", {}, "name")
        more = {"country": country, "is_primary_address": primary, "links": link}
        frappe.get_doc({"doctype": "Address", **address, **more}).insert()
    frappe.get_doc({"doctype": "Contact", "first_name": "Cleo", "links": link}).insert()
    frappe.get_doc({"doctype": "Contact", "first_name": "Xenia"}).insert()
    load_address_and_contact(role)
    shown = role.get_onload()
    assert [one["address_title"] for one in shown.addr_list] == ["Office", "Depot"]
    assert shown.addr_list[0]["display"].startswith("Main Street 1<br>")
    assert [one.first_name for one in shown.contact_list] == ["Cleo"]


def test_who_may_not_read_them_gets_none(site: Any) -> None:
    role = frappe.get_doc("Role", "System Manager")
    frappe.set_user("Guest")
    load_address_and_contact(role)
    assert role.get_onload("addr_list") == []
