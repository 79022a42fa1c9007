"""Contacts: their names, primary addresses, users and links."""

from __future__ import annotations

from typing import Any

import pytest

import frappe
from frappe.contacts.doctype.contact.contact import (
    get_contact_details,
    get_contact_name,
    get_contact_with_phone_number,
    get_contacts_linking_to,
    get_default_contact,
    invite_user,
)
from frappe.testing.people import ANNA, CLEO, make_user

pytestmark = pytest.mark.usefixtures("site")


def make_contact(first_name: str = "Cleo", email: str | None = CLEO, **values: Any) -> Any:
    contact = frappe.new_doc("Contact", first_name=first_name, **values)
    if email:
        contact.add_email(email, is_primary=1)
    return contact.insert()


def test_the_name_is_the_full_name_made_unique() -> None:
    names = [make_contact(last_name="Carter", email=None).name for _ in range(2)]
    assert names == ["Cleo Carter", "Cleo Carter-1"]


def test_a_company_or_an_address_can_stand_for_the_name() -> None:
    assert frappe.new_doc("Contact", company_name="Parcels Ltd").insert().name == "Parcels Ltd"
    nameless = frappe.new_doc("Contact")
    nameless.add_email("info@example.com", is_primary=1)
    assert nameless.insert().name == "info@example.com"
    with pytest.raises(frappe.ValidationError):
        frappe.new_doc("Contact").insert()


def test_the_first_link_is_part_of_the_name() -> None:
    contact = make_contact(links=[{"link_doctype": "Role", "link_name": "Guest"}])
    assert contact.name == "Cleo-Guest"
    assert contact.get_link_for("Role") == "Guest"
    assert contact.has_link("Role", "Guest")
    assert contact.links[0].link_title == "Guest"


def test_a_link_is_kept_once() -> None:
    link = {"link_doctype": "Role", "link_name": "Guest"}
    assert len(make_contact(links=[link, dict(link)]).links) == 1


def test_the_only_address_becomes_the_primary_one() -> None:
    contact = frappe.new_doc("Contact", first_name="Cleo")
    contact.add_email(CLEO)
    contact.insert()
    assert (contact.email_id, contact.email_ids[0].is_primary) == (CLEO, 1)


def test_exactly_one_of_several_addresses_is_the_primary_one() -> None:
    contact = make_contact()
    contact.add_email("second@example.com", is_primary=1)
    with pytest.raises(frappe.ValidationError):
        contact.save()
    contact.reload()
    contact.add_email("second@example.com")
    contact.email_ids[0].is_primary = 0
    with pytest.raises(frappe.ValidationError):
        contact.save()


def test_numbers_are_repeated_in_the_fields_of_their_kind() -> None:
    contact = make_contact()
    contact.add_phone("+49 30 1111111", is_primary_phone=1)
    contact.add_phone("+49 170 2222222", is_primary_mobile_no=1, autosave=True)
    assert (contact.phone, contact.mobile_no) == ("+49 30 1111111", "+49 170 2222222")


def test_an_address_is_added_once() -> None:
    contact = make_contact()
    contact.add_email(CLEO.upper())
    assert len(contact.email_ids) == 1


def test_the_user_with_the_address_is_linked() -> None:
    make_user(CLEO)
    frappe.delete_doc("Contact", frappe.db.get_value("Contact", {"user": CLEO}))
    assert make_contact().user == CLEO


def test_contacts_are_found_by_address_number_and_link() -> None:
    contact = make_contact(links=[{"link_doctype": "Role", "link_name": "Guest"}])
    contact.add_phone("+49301111111", is_primary_phone=1, autosave=True)
    assert get_contact_name(CLEO.upper()) == contact.name
    assert get_contact_name("nobody@example.com") is None
    assert get_contact_with_phone_number("0301111111") == contact.name
    assert get_contact_with_phone_number("") is None
    assert get_default_contact("Role", "Guest") == contact.name
    assert [row.name for row in get_contacts_linking_to("Role", "Guest", ["name"])] == [contact.name]


def test_a_contact_is_invited_as_website_user() -> None:
    contact = make_contact()
    assert frappe.db.get_value("User", invite_user(contact.name), "user_type") == "Website User"


def test_an_address_is_named_by_title_and_type() -> None:
    values = {
        "doctype": "Address",
        "address_title": "Parcels",
        "address_type": "Office",
        "address_line1": "1 <Main> Street",
        "city": "Berlin",
        "country": "Germany",
    }
    address = frappe.get_doc(values).insert()
    assert address.name == "Parcels-Office"
    assert address.get_display().endswith("Berlin<br>Germany")
    assert frappe.get_doc(values).insert().name == "Parcels-Office-1"


def test_a_form_copies_a_contact_that_its_user_may_read() -> None:
    contact = make_contact(last_name="Carter", designation="Clerk")
    contact.add_phone("+49301111111", is_primary_phone=1, autosave=True)
    details = get_contact_details(contact.name)
    assert (details["contact_display"], details["contact_email"]) == ("Cleo Carter", CLEO)
    assert (details["contact_phone"], details["contact_designation"]) == ("+49301111111", "Clerk")
    make_user(ANNA)
    frappe.set_user(ANNA)
    with pytest.raises(frappe.PermissionError):
        get_contact_details(contact.name)
