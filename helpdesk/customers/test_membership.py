"""Contacts, customers, and what belonging to one allows."""

import frappe

from helpdesk.api.contact import delete_contact, search_contacts
from helpdesk.api.customer import create_customer, delete_customer
from helpdesk.customers import domains
from helpdesk.customers.membership import contact_of_user, customers_of_contact
from helpdesk.exceptions import CustomerIsAmbiguous, CustomerNotAllowed, ForeignContact
from helpdesk.helpdesk.doctype.hd_ticket import api
from helpdesk.test_utils import (
    ACME,
    ANNA,
    CARL,
    CLEO,
    MONA,
    XENIA,
    HelpdeskTestCase,
    acting_as,
    contact_of,
    make_contact,
    make_ticket,
)


def make_customer(name: str, *contacts: str, **values):
    rows = [{"contact_name": contact} for contact in contacts]
    return frappe.get_doc({"doctype": "HD Customer", "customer_name": name, "contacts": rows, **values}).insert()


def roles(user: str) -> set[str]:
    return {row.role for row in frappe.get_doc("User", user).roles}


class TestTicketPeople(HelpdeskTestCase):
    def test_k01_the_contact_is_found_by_the_address(self):
        self.assertEqual(make_ticket().contact, contact_of(CLEO))
        self.assertEqual(make_ticket(raised_by=f"Cleo Customer <{CLEO}>").contact, contact_of(CLEO))

    def test_k02_one_customer_is_set(self):
        self.assertEqual(make_ticket().customer, ACME)

    def test_k03_several_customers_must_be_told_apart(self):
        make_customer("Bolt", contact_of(CLEO))
        make_customer("Third")
        with acting_as(CLEO):
            with self.assertRaises(CustomerIsAmbiguous):
                api.new({"subject": "Which?"})
            self.assertEqual(api.new({"subject": "This", "customer": "Bolt"}).customer, "Bolt")
            with self.assertRaises(CustomerNotAllowed):
                api.new({"subject": "That", "customer": "Third"})

    def test_k04_agents_may_choose_anything(self):
        make_customer("Bolt", contact_of(CLEO))
        make_customer("Third")
        with acting_as(ANNA):
            self.assertIsNone(make_ticket().customer)
            self.assertEqual(make_ticket(customer="Third").customer, "Third")

    def test_k05_switched_off_nothing_is_set_or_checked(self):
        make_customer("Third")
        with self.settings(auto_set_customer_from_contact=0):
            self.assertIsNone(make_ticket().customer)
            with acting_as(CLEO):
                self.assertEqual(api.new({"subject": "x", "customer": "Third"}).customer, "Third")

    def test_k06_customers_use_their_own_contact(self):
        with acting_as(CLEO):
            with self.assertRaises(ForeignContact):
                api.new({"subject": "x", "contact": contact_of(CARL)})
            ticket = api.new({"subject": "x", "contact": contact_of(CLEO)})
            ticket.subject = "y"
            self.assertEqual(ticket.save().subject, "y")

    def test_k07_a_contact_of_another_user_is_not_own(self):
        frappe.db.set_value("Contact", contact_of(CLEO), "user", CARL)
        self.assertNotEqual(contact_of_user(CLEO), contact_of(CLEO))


class TestMembers(HelpdeskTestCase):
    def test_a_customer_may_have_several_domains(self):
        acme = make_customer("Acme Group", domain="@Acme.example; acme.test, acme.test")
        self.assertEqual(acme.domain, "acme.example, acme.test")
        self.assertEqual(domains.customer_of("acme.test"), "Acme Group")
        self.assertIsNone(domains.customer_of("cme.test"))

    def test_k08_new_contacts_join_the_customer_of_their_domain(self):
        make_customer("Bolt", domain="bolt.example")
        contact = make_contact("nut@bolt.example", "Nut")
        self.assertEqual(customers_of_contact(contact), ["Bolt"])

    def test_k09_the_list_is_sound(self):
        with self.assertRaises(frappe.ValidationError):
            make_customer("Twice", contact_of(CLEO), contact_of(CLEO))
        with self.assertRaises(frappe.ValidationError):
            make_customer("Stranger", contact_of(CLEO), primary_contact=contact_of(CARL))

    def test_k10_the_primary_contact_manages(self):
        customer = make_customer("Bolt", contact_of(CLEO), primary_contact=contact_of(CLEO))
        self.assertEqual(customer.contacts[0].is_manager, 1)
        self.assertLessEqual({"HD Customer", "HD Customer Manager"}, roles(CLEO))

    def test_k11_a_manager_of_two_stays_one(self):
        customers = [make_customer(name, contact_of(XENIA)) for name in ("One", "Two")]
        for customer in customers:
            customer.contacts[0].is_manager = 1
            customer.save()
        for customer, stays in zip(customers, (True, False), strict=True):
            customer.contacts[0].is_manager = 0
            customer.save()
            self.assertEqual("HD Customer Manager" in roles(XENIA), stays)

    def test_k12_saving_creates_no_users(self):
        users = frappe.db.count("User")
        make_customer("Bolt", make_contact("nobody@bolt.example", "Nobody"))
        self.assertEqual(frappe.db.count("User"), users)

    def test_k14_agents_do_not_add_contacts(self):
        customer = frappe.get_doc("HD Customer", ACME)
        with acting_as(ANNA):
            self.assert_refused(customer.add_contacts, contact_of(XENIA))
        with acting_as(MONA):
            for entries, role in (([], "HD Customer"), ([contact_of(XENIA)], "Agent")):
                with self.assertRaises(frappe.ValidationError):
                    customer.add_contacts(entries, role)
            self.assertEqual(customer.add_contacts([contact_of(XENIA)])["added"], [contact_of(XENIA)])

    def test_k16_a_deleted_customer_leaves_its_tickets(self):
        ticket = make_ticket()
        with acting_as(MONA):
            delete_customer(ACME)
        self.assertIsNone(frappe.db.get_value("HD Ticket", ticket.name, "customer"))

    def test_k16_or_takes_them_along(self):
        ticket = make_ticket()
        delete_customer(ACME, delete_tickets=True)
        self.assertFalse(frappe.db.exists("HD Ticket", ticket.name))

    def test_k17_a_deleted_contact_is_gone_everywhere(self):
        contact = make_contact("gone@bolt.example", "Gone")
        customer = make_customer("Bolt", contact, primary_contact=contact)
        ticket = make_ticket(raised_by="gone@bolt.example")
        self.assertEqual(ticket.contact, contact)
        with acting_as(MONA):
            delete_contact(contact)
        customer.reload()
        self.assertEqual((customer.contacts, customer.primary_contact), ([], None))
        self.assertIsNone(frappe.db.get_value("HD Ticket", ticket.name, "contact"))

    def test_k18_members_read_managers_write_outsiders_nothing(self):
        def rights(user: str) -> tuple[bool, bool, bool]:
            customer = frappe.get_doc("HD Customer", ACME)
            with acting_as(user):
                can = tuple(frappe.has_permission("HD Customer", right, doc=customer) for right in ("read", "write"))
                return (*can, ACME in frappe.get_list("HD Customer", pluck="name"))

        self.assertEqual(rights(CLEO), (True, False, True))
        self.assertEqual(rights(XENIA), (False, False, False))
        customer = frappe.get_doc("HD Customer", ACME)
        customer.contacts[0].is_manager = 1
        customer.save()
        self.assertEqual(rights(CLEO), (True, True, True))

    def test_a_customer_is_created_with_its_primary_contact(self):
        with acting_as(MONA):
            made = create_customer({"customer_name": "Bolt"}, {"email": XENIA})
        customer = frappe.get_doc("HD Customer", made["name"])
        self.assertEqual((customer.primary_contact, customer.contacts[0].is_manager), (contact_of(XENIA), 1))

    def test_contacts_are_found_by_part_of_their_address(self):
        with acting_as(ANNA):
            self.assertEqual([row["email_id"] for row in search_contacts("leo@acm")], [CLEO])
        with acting_as(XENIA):
            self.assertEqual(search_contacts("leo@acm"), [])
