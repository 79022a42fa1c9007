"""Who sees which ticket: the record and the list must agree, whoever asks."""

import frappe
from frappe.desk.form import assign_to

from helpdesk.helpdesk.doctype.hd_ticket import api
from helpdesk.test_utils import (
    ACME,
    ANNA,
    ARNE,
    CARL,
    CLEO,
    MONA,
    XENIA,
    HelpdeskTestCase,
    acting_as,
    contact_of,
    make_team,
    make_ticket,
    make_user,
)

EVERYBODY = (ANNA, ARNE, MONA, CLEO, CARL, XENIA, "Guest")
RESTRICTED = {"restrict_tickets_by_agent_group": 1}


class TestVisibility(HelpdeskTestCase):
    def setUp(self) -> None:
        super().setUp()
        self.first, self.second = make_team("First Line", ANNA), make_team("Second's Line", ARNE)
        self.tickets = {
            "first": make_ticket(agent_group="First Line"),
            "second": make_ticket(agent_group="Second's Line", raised_by=CARL),
            "teamless": make_ticket(raised_by=XENIA),
            "acme": make_ticket(raised_by="nobody@acme.example", customer=ACME),
        }
        frappe.db.set_value("HD Ticket", {"name": ["in", [t.name for t in self.tickets.values()]]}, "_assign", None)

    def seen_by(self, user: str) -> set[str]:
        """Return which tickets `user` sees, after checking that list and record agree."""
        with acting_as(user):
            try:
                listed = set(frappe.get_list("HD Ticket", pluck="name"))
            except frappe.PermissionError:
                listed = set()
            read = {
                key
                for key, ticket in self.tickets.items()
                if frappe.has_permission("HD Ticket", "read", doc=frappe.get_doc("HD Ticket", ticket.name))
            }
        found = {key for key, ticket in self.tickets.items() if ticket.name in listed}
        self.assertEqual(found, read, f"list and record disagree for {user}")
        return found

    def test_j01_without_restriction_agents_see_everything(self):
        for user in (ANNA, ARNE, MONA):
            self.assertEqual(self.seen_by(user), set(self.tickets))

    def test_j02_with_restriction_agents_see_their_teams(self):
        with self.settings(**RESTRICTED):
            self.assertEqual(self.seen_by(ANNA), {"first"})
            self.assertEqual(self.seen_by(ARNE), {"second"})
            self.assertEqual(self.seen_by(MONA), set())

    def test_j03_teamless_tickets_are_open_by_a_switch(self):
        with self.settings(**RESTRICTED, do_not_restrict_tickets_without_an_agent_group=1):
            self.assertEqual(self.seen_by(ANNA), {"first", "teamless", "acme"})

    def test_j04_a_team_may_ignore_restrictions(self):
        self.first.ignore_restrictions = 1
        self.first.save()
        with self.settings(**RESTRICTED):
            self.assertEqual(self.seen_by(ANNA), set(self.tickets))

    def test_j05_a_disabled_team_counts_for_nothing(self):
        self.first.disabled = 1
        self.first.save()
        with self.settings(**RESTRICTED):
            self.assertEqual(self.seen_by(ANNA), set())

    def test_j06_assignees_see_their_tickets(self):
        name = self.tickets["second"].name
        with self.settings(**RESTRICTED):
            frappe.db.set_value("HD Ticket", name, "_assign", frappe.as_json([ANNA]))
            self.assertEqual(self.seen_by(ANNA), {"first", "second"})
            frappe.db.set_value("HD Ticket", name, "_assign", "")
            self.assertEqual(self.seen_by(ANNA), {"first"})

    def test_j06_an_assignment_that_ended_leaves_nothing_behind(self):
        name = self.tickets["second"].name
        with self.settings(**RESTRICTED):
            assign_to.add({"doctype": "HD Ticket", "name": name, "assign_to": [ANNA]})
            self.assertEqual(self.seen_by(ANNA), {"first", "second"})
            assign_to.remove("HD Ticket", name, ANNA)
            self.assertEqual(self.seen_by(ANNA), {"first"})

    def test_j06_a_similar_user_id_is_not_an_assignee(self):
        make_user("an_a@example.com", "Wildcard", "Agent")
        frappe.db.set_value("HD Ticket", self.tickets["second"].name, "_assign", '["anna@example.com"]')
        with self.settings(**RESTRICTED):
            self.assertEqual(self.seen_by("an_a@example.com"), set())

    def test_j07_members_see_their_own(self):
        self.assertEqual(self.seen_by(CLEO), {"first"})
        self.assertEqual(self.seen_by(CARL), {"second"})
        self.assertEqual(self.seen_by(XENIA), {"teamless"})

    def test_j08_j09_managers_see_the_customers_tickets_while_they_are(self):
        customer = frappe.get_doc("HD Customer", ACME)
        row = next(row for row in customer.contacts if row.contact_name == contact_of(CARL))
        row.is_manager = 1
        customer.save()
        self.assertEqual(self.seen_by(CARL), {"second", "acme"} | self.of_acme())
        row.is_manager = 0
        customer.save()
        self.assertEqual(self.seen_by(CARL), {"second"})

    def of_acme(self) -> set[str]:
        return {
            key
            for key, ticket in self.tickets.items()
            if frappe.db.get_value("HD Ticket", ticket.name, "customer") == ACME
        }

    def test_j10_outsiders_get_nothing_at_all(self):
        name = self.tickets["first"].name
        reads = (
            api.get_one,
            api.get_ticket_activities,
            api.get_ticket_assignees,
            api.get_ticket_contact,
            api.get_recent_similar_tickets,
            api.show_outside_hours_banner,
        )
        with acting_as(XENIA):
            for read in reads:
                with self.subTest(read=read.__name__):
                    self.assert_refused(read, name)
                    self.assert_refused(read, 999_999)

    def test_j11_system_managers_see_everything(self):
        make_user("root@example.com", "Root", "System Manager")
        with self.settings(**RESTRICTED):
            self.assertEqual(self.seen_by("root@example.com"), set(self.tickets))

    def test_j12_a_quote_in_a_team_name_breaks_nothing(self):
        with self.settings(**RESTRICTED):
            self.assertEqual(self.seen_by(ARNE), {"second"})

    def test_j13_customers_see_messages_and_nothing_internal(self):
        ticket = make_ticket(description="<p>Help</p>")
        with acting_as(ANNA):
            frappe.get_doc("HD Ticket", ticket.name).new_comment("<p>Do not tell them</p>")
        with acting_as(CLEO):
            found = api.get_one(ticket.name)
        self.assertEqual((found["comments"], found["history"]), ([], []))
        self.assertEqual(len(found["communications"]), 1)
        self.assertNotIn("Do not tell them", frappe.as_json(found))

    def test_j14_guests_see_nothing(self):
        self.assertEqual(self.seen_by("Guest"), set())

    def test_w15_ids_may_be_text_or_number(self):
        name = self.tickets["first"].name
        with acting_as(ANNA):
            self.assertEqual(api.get_one(str(name))["name"], api.get_one(name)["name"])
