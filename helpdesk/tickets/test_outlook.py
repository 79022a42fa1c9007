"""What requesters are told of the future and the past of their ticket, and tickets that go on where one ended."""

from datetime import timedelta

import frappe

from helpdesk.helpdesk.doctype.hd_ticket.api import get_outlook, new
from helpdesk.helpdesk.doctype.hd_ticket.hd_ticket import close_tickets_after_n_days
from helpdesk.test_utils import (
    ANNA,
    CLEO,
    TUESDAY,
    XENIA,
    HelpdeskTestCase,
    acting_as,
    make_message,
    make_status,
    make_ticket,
    set_settings,
    set_status,
)


class TestOutlook(HelpdeskTestCase):
    def setUp(self) -> None:
        super().setUp()
        set_settings(auto_close_tickets=1, auto_close_status="Resolved", auto_close_after_days=7)

    def of(self, ticket):
        with acting_as(CLEO):
            return get_outlook(ticket.name)

    def resolved(self):
        with self.at(TUESDAY):
            ticket = make_ticket(via_customer_portal=1)
            make_message(ticket, "Sent", communication_date=TUESDAY)
            return set_status(ticket, "Resolved")

    def test_the_day_it_names_is_the_day_on_which_the_ticket_closes(self):
        ticket = self.resolved()
        closes_on = self.of(ticket)["closes_on"]
        self.assertEqual(closes_on, TUESDAY + timedelta(days=7))
        for moment, status in (
            (closes_on - timedelta(minutes=1), "Resolved"),
            (closes_on + timedelta(minutes=1), "Closed"),
        ):
            with self.at(moment):
                close_tickets_after_n_days()
            self.assertEqual(frappe.db.get_value("HD Ticket", ticket.name, "status"), status)

    def test_no_day_is_named_where_nothing_closes_by_itself(self):
        ticket = self.resolved()
        for values in ({"auto_close_tickets": 0}, {"auto_close_status": "Replied"}, {"auto_close_after_days": 0}):
            with self.subTest(values=values), self.settings(**values):
                self.assertIsNone(self.of(ticket)["closes_on"])
        with self.at(TUESDAY):
            self.assertIsNone(self.of(set_status(ticket, "Closed"))["closes_on"])

    def test_a_closed_ticket_says_how_long_an_answer_opens_it(self):
        with self.at(TUESDAY):
            ticket = set_status(self.resolved(), "Closed")
            outlook = self.of(ticket)
            self.assertEqual((outlook["may_reply"], outlook["reopens_until"]), (False, None))
        with self.settings(customers_reopen_days=3):
            for hours, may in ((71, True), (73, False)):
                with self.subTest(hours=hours), self.at(TUESDAY + timedelta(hours=hours)):
                    outlook = self.of(ticket)
                    self.assertEqual(outlook["reopens_until"], TUESDAY + timedelta(days=3))
                    self.assertEqual(outlook["may_reply"], may)

    def test_the_past_is_told_in_the_customers_words_and_without_repeats(self):
        make_status("With Lab", "Paused", different_view=1, label_customer="In progress")
        make_status("With Vendor", "Paused", different_view=1, label_customer="In progress")
        ticket = make_ticket()
        for status in ("With Lab", "With Vendor", "Resolved"):
            set_status(ticket, status, priority="High")
        moments = self.of(ticket)["moments"]
        self.assertEqual([moment["status"] for moment in moments], ["In progress", "Resolved"])
        self.assertNotIn("owner", moments[0])

    def test_others_learn_nothing(self):
        ticket = self.resolved()
        with acting_as(XENIA):
            self.assert_refused(get_outlook, ticket.name)


class TestFollowingUp(HelpdeskTestCase):
    def continued(self, older, user: str = CLEO):
        with acting_as(user):
            return new({"subject": "It burns again", "description": "<p>Really</p>"}, follows=older.name)

    def lines(self, ticket) -> list[str]:
        return frappe.get_all("HD Ticket Activity", filters={"ticket": ticket.name}, pluck="action")

    def test_agents_see_on_both_tickets_that_one_goes_on_where_the_other_ended(self):
        older = set_status(make_ticket(via_customer_portal=1), "Closed")
        ticket = self.continued(older)
        self.assertEqual(str(ticket.follow_up_of), str(older.name))
        self.assertIn(f"continued ticket #{older.name}", self.lines(ticket))
        self.assertIn(f"continued in ticket #{ticket.name}", self.lines(older))
        self.assertEqual(frappe.db.get_value("HD Ticket", older.name, "status"), "Closed")

    def test_nobody_goes_on_where_they_may_not_read(self):
        older = make_ticket()
        before = frappe.db.count("HD Ticket")
        self.assert_refused(self.continued, older, XENIA)
        self.assertEqual(frappe.db.count("HD Ticket"), before)

    def test_customers_cannot_write_the_link_past_that(self):
        older = make_ticket(raised_by=XENIA)
        with acting_as(CLEO):
            ticket = new({"subject": "Mine", "description": "x", "follow_up_of": older.name})
            values = {"doctype": "HD Ticket", "subject": "Mine", "follow_up_of": older.name}
            other = frappe.get_doc(values).insert()
        self.assertEqual((ticket.follow_up_of, other.follow_up_of), (None, None))

    def test_the_older_ticket_can_be_deleted(self):
        older = make_ticket()
        ticket = self.continued(older, ANNA)
        frappe.delete_doc("HD Ticket", older.name)
        self.assertIsNone(frappe.db.get_value("HD Ticket", ticket.name, "follow_up_of"))
