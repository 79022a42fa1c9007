"""Ratings, and closing with them."""

import frappe

from helpdesk.exceptions import FeedbackRequired, TicketIsClosed
from helpdesk.test_utils import (
    ANNA,
    CLEO,
    HelpdeskTestCase,
    acting_as,
    make_message,
    make_ticket,
    outbox,
    set_status,
)


def option(stars: int) -> str:
    rows = frappe.get_all("HD Ticket Feedback Option", fields=["name", "rating"], order_by="name")
    return next(row.name for row in rows if round(row.rating * 5) == stars)


class TestClosing(HelpdeskTestCase):
    def close(self, ticket, user: str = CLEO, **values):
        with acting_as(user):
            return set_status(frappe.get_doc("HD Ticket", ticket.name), "Closed", **values)

    def answered(self, **values):
        ticket = make_ticket(via_customer_portal=1, **values)
        make_message(ticket, "Sent")
        return ticket

    def test_p01_an_answered_ticket_is_rated_when_it_is_closed(self):
        ticket = self.answered()
        with self.assertRaises(FeedbackRequired):
            self.close(ticket)
        closed = self.close(ticket, feedback=option(4))
        self.assertEqual((closed.status, round(closed.feedback_rating, 1)), ("Closed", 0.8))

    def test_p02_without_an_answer_nothing_is_rated(self):
        self.assertEqual(self.close(make_ticket(via_customer_portal=1)).status, "Closed")

    def test_p03_agents_close_without_a_rating(self):
        self.assertEqual(self.close(self.answered(), ANNA).status, "Closed")

    def test_p04_a_rated_ticket_is_done_for_its_requester(self):
        ticket = self.answered()
        self.close(ticket, feedback=option(5))
        with acting_as(CLEO), self.assertRaises(TicketIsClosed):
            set_status(frappe.get_doc("HD Ticket", ticket.name), "Open")
        with acting_as(ANNA):
            self.assertEqual(set_status(frappe.get_doc("HD Ticket", ticket.name), "Open").status, "Open")

    def test_requesters_do_not_touch_what_the_desk_decides(self):
        for field, value in (("priority", "Urgent"), ("agent_group", "Billing"), ("resolution_by", "2099-01-01")):
            with acting_as(CLEO):
                ticket = frappe.get_doc("HD Ticket", make_ticket().name)
                ticket.set(field, value)
                with self.subTest(field=field):
                    self.assert_refused(ticket.save)


class TestMailFeedback(HelpdeskTestCase):
    def resolve(self, status: str = "Resolved", **values):
        switches = {"enable_email_ticket_feedback": 1, "send_email_feedback_on_status": "Resolved"}
        ticket = make_ticket(**values)
        with self.settings(**switches), outbox() as mails:
            set_status(ticket, status)
        return ticket, mails

    def test_p05_mail_requesters_are_asked_once_it_is_resolved(self):
        ticket, mails = self.resolve()
        self.assertEqual(mails[0]["recipients"], [CLEO])
        self.assertIn(ticket.key, mails[0]["message"])
        self.assertEqual(mails[0]["email_headers"], {"X-Auto-Generated": "hd-email-feedback"})
        self.assertEqual(self.resolve(via_customer_portal=1)[1], [])
        self.assertEqual(self.resolve("Replied")[1], [])

    def test_p06_open_tickets_are_not_rated(self):
        settings = frappe.get_doc("HD Settings")
        settings.update({"enable_email_ticket_feedback": 1, "send_email_feedback_on_status": "Open"})
        with self.assertRaises(frappe.ValidationError):
            settings.save()

    def test_p07_the_key_rates_and_closes_once(self):
        ticket = make_ticket()

        def rate(key):
            fields = {"doctype": "HD Email Feedback", "key": key, "feedback_rating": 0.6, "feedback_extra": "ok"}
            return frappe.get_doc(fields).insert(ignore_permissions=True)

        with acting_as("Guest"):
            self.assertEqual(str(rate(ticket.key).ticket), str(ticket.name))
            for key in (ticket.key, "unknown", None, "", " ", f"{ticket.key} "):
                with self.subTest(key=key), self.assertRaises(frappe.ValidationError):
                    rate(key)
        ticket.reload()
        self.assertEqual(
            (ticket.status, round(ticket.feedback_rating, 1), ticket.feedback_extra), ("Closed", 0.6, "ok")
        )

    def test_p08_answers_have_whole_stars_and_do_not_run_out(self):
        with self.assertRaises(frappe.ValidationError):
            frappe.get_doc({"doctype": "HD Ticket Feedback Option", "label": "Half", "rating": 0.5}).insert()
        rows = frappe.get_all("HD Ticket Feedback Option", fields=["name", "rating"])
        first, second = [row.name for row in rows if round(row.rating * 5) == 1]
        frappe.get_doc("HD Ticket Feedback Option", first).update({"disabled": 1}).save()
        with self.assertRaises(frappe.ValidationError):
            frappe.get_doc("HD Ticket Feedback Option", second).update({"disabled": 1}).save()
