"""People outside the support team cannot give themselves more to see by way of contacts and customers."""

import frappe

from helpdesk.api.contact import create_contact
from helpdesk.api.customer import delete_customer
from helpdesk.customers.membership import customers_of_user
from helpdesk.test_utils import (
    ACME,
    ANNA,
    CARL,
    CLEO,
    XENIA,
    HelpdeskTestCase,
    acting_as,
    contact_of,
    make_contact,
    make_ticket,
)


class TestContacts(HelpdeskTestCase):
    def contact(self, **values):
        return frappe.get_doc({"doctype": "Contact", "first_name": "Xenia II", **values})

    def test_a_contact_of_ones_own_makes_nobody_a_member(self):
        link = {"link_doctype": "HD Customer", "link_name": ACME}
        with acting_as(XENIA):
            self.assert_refused(self.contact(user=XENIA, links=[link]).insert)
            contact = self.contact(user=XENIA).insert()
            contact.append("links", link)
            self.assert_refused(contact.save)
        self.assertEqual(customers_of_user(XENIA), [])

    def test_the_mail_domain_of_a_contact_one_wrote_oneself_counts_for_nothing(self):
        frappe.db.set_value("HD Customer", ACME, "domain", "acme.example")
        with acting_as(XENIA):
            create_contact({"first_name": "Fake", "email": "fake@acme.example"})
            self.contact(user=XENIA, email_ids=[{"email_id": "too@acme.example", "is_primary": 1}]).insert()
        self.assertEqual(customers_of_user(XENIA), [])
        with acting_as(ANNA):
            self.assertIn(make_contact("new@acme.example", "New"), self.members())

    def members(self) -> set[str]:
        return {row.contact_name for row in frappe.get_doc("HD Customer", ACME).contacts}

    def test_nobody_links_a_contact_to_somebody_else(self):
        with acting_as(XENIA):
            self.assert_refused(self.contact(user=CLEO).insert)


class TestCustomers(HelpdeskTestCase):
    def setUp(self) -> None:
        super().setUp()
        self.customer = frappe.get_doc("HD Customer", ACME)
        for row in self.customer.contacts:
            row.is_manager = int(row.contact_name == contact_of(CARL))
        self.customer.save()

    def change(self, **values) -> None:
        frappe.get_doc("HD Customer", ACME).update(values).save()

    def test_a_manager_keeps_the_record(self):
        with acting_as(CARL):
            self.change(country=None, customer_type="Individual")
        self.assertEqual(frappe.db.get_value("HD Customer", ACME, "customer_type"), "Individual")

    def test_a_manager_claims_no_mail_domain_and_takes_nobody_in(self):
        rows = [{"contact_name": contact_of(email)} for email in (CLEO, CARL, XENIA)]
        with acting_as(CARL):
            self.assert_refused(self.change, domain="elsewhere.example")
            self.assert_refused(self.change, contacts=rows)
            self.assert_refused(frappe.rename_doc, "HD Customer", ACME, "Bolt")
        self.assertEqual(customers_of_user(XENIA), [])

    def test_a_customer_with_tickets_is_deleted_by_the_support_team_only(self):
        ticket = make_ticket()
        self.assertEqual(ticket.customer, ACME)
        with acting_as(CARL):
            self.assert_refused(delete_customer, ACME)
            self.assert_refused(frappe.delete_doc, "HD Customer", ACME)
        self.assertTrue(frappe.db.exists("HD Customer", ACME))

    def test_a_manager_may_delete_a_customer_that_never_asked_for_anything(self):
        frappe.db.set_value("HD Ticket", {"customer": ACME}, "customer", None)
        with acting_as(CARL):
            delete_customer(ACME)
        self.assertFalse(frappe.db.exists("HD Customer", ACME))
