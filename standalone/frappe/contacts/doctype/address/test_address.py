"""Addresses: how they are written, and which one of several is meant."""

from __future__ import annotations

from typing import Any

import pytest

import frappe
from frappe.contacts.doctype.address.address import (
    get_address_display,
    get_condensed_address,
    get_default_address,
    render_address,
)
from frappe.testing.people import ANNA, make_user

pytestmark = pytest.mark.usefixtures("site")

LINK = {"link_doctype": "Role", "link_name": "Guest"}


def make_address(title: str = "Parcels", country: str = "Germany", **values: Any) -> Any:
    street = {"address_type": "Office", "address_line1": "1 & 2 Main Street", "city": "Berlin", "country": country}
    return frappe.get_doc({"doctype": "Address", "address_title": title, **street, **values}).insert()


def make_template(country: str = "Germany", template: str = "{{ city }}, {{ address_line1 }}", **values: Any) -> Any:
    return frappe.get_doc(doctype="Address Template", country=country, template=template, **values).insert()


def test_without_a_template_an_address_is_written_in_lines() -> None:
    assert make_address().get_display() == "1 &amp; 2 Main Street<br>Berlin<br>Germany"
    assert get_address_display(None) == ""


def test_the_template_of_the_country_comes_before_the_default_one() -> None:
    make_template("France", "In {{ city }}", is_default=1)
    address = make_address()
    assert get_address_display(address.name) == "In Berlin"
    make_template()
    assert get_address_display(address.as_dict()) == "Berlin, 1 &amp; 2 Main Street"
    assert render_address(address.name) == get_address_display(address)


def test_one_template_is_the_default_one_and_stays() -> None:
    first, second = make_template("France", is_default=1), make_template(is_default=1)
    assert frappe.db.get_value("Address Template", first.name, "is_default") == 0
    with pytest.raises(frappe.ValidationError):
        second.delete()
    frappe.delete_doc("Address Template", first.name)
    with pytest.raises(frappe.ValidationError):
        make_template("Spain", "{{ city ")


def test_the_preferred_address_of_a_record_is_found() -> None:
    oldest = make_address("One", links=[LINK])
    assert get_default_address("Role", "Guest") == oldest.name
    shipping = make_address("Two", links=[LINK], is_shipping_address=1)
    primary = make_address("Three", links=[LINK], is_primary_address=1)
    assert get_default_address("Role", "Guest") == primary.name
    assert get_default_address("Role", "Guest", sort_key="is_shipping_address") == shipping.name
    frappe.db.set_value("Address", primary.name, "disabled", 1)
    assert get_default_address("Role", "Guest") == oldest.name
    assert get_default_address("Role", "All") is None
    assert get_default_address("Role", None) is None
    with pytest.raises(frappe.ValidationError):
        get_default_address("Role", "Guest", sort_key="name; drop table")


def test_an_address_fits_into_one_line() -> None:
    assert get_condensed_address(make_address()) == "Parcels, 1 & 2 Main Street, Berlin, Germany"


def test_an_address_is_shown_to_those_who_may_read_it() -> None:
    address = make_address()
    make_user(ANNA)
    frappe.set_user(ANNA)
    for show in (get_address_display, render_address):
        with pytest.raises(frappe.PermissionError):
            show(address.name)
