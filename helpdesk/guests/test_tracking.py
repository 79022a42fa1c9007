"""A request as its requester follows it without an account."""

from unittest.mock import patch

import frappe

from helpdesk.conversation import comments
from helpdesk.guests import links, tracking
from helpdesk.guests.test_links import GIL, OTHER, GuestTestCase
from helpdesk.helpdesk.doctype.hd_ticket import api
from helpdesk.test_utils import (
    ANNA,
    acting_as,
    make_message,
    make_ticket,
    set_status,
)


class TestFollowing(GuestTestCase):
    def test_comments_and_addresses_of_agents_are_never_shown(self):
        ticket, path = self.link()
        with acting_as(ANNA):
            comments.add(ticket.name, "<p>zorblax</p>")
        make_message(ticket, "Sent", "<p>Hold the button</p>")
        page = self.text(path)
        self.assertIn("Hold the button", page)
        self.assertNotIn("zorblax", page)
        self.assertNotIn(ANNA, page)

    def test_nothing_active_in_a_message_reaches_the_page(self):
        hostile = '<script>x()</script><img src=x onerror=x()><img src="https://evil.example/pixel"><p>fine</p>'
        _ticket, path = self.link(description=hostile, subject="<script>x()</script>")
        page = self.text(path)
        self.assertIn("fine", page)
        for part in ("<script", "onerror", "evil.example"):
            self.assertNotIn(part, page)

    def test_an_answer_joins_the_ticket_and_opens_it_again(self):
        ticket, path = self.link()
        make_message(ticket, "Sent")
        set_status(ticket, "Resolved")
        response = self.ask(path, "POST", action="reply", message="Still <i>broken</i>")
        self.assertEqual(response.status_code, 303)
        ticket.reload()
        self.assertEqual(ticket.status_category, "Open")
        row = frappe.get_last_doc("Communication", {"reference_name": str(ticket.name), "sender": GIL})
        self.assertIn("Still &lt;i&gt;broken", row.content)
        self.assertIn("Still &lt;i&gt;broken", self.text(path))

    def test_a_solved_request_says_when_it_closes_by_itself(self):
        ticket, path = self.link()
        make_message(ticket, "Sent")
        set_status(ticket, "Resolved")
        self.assertNotIn("closes by itself", self.text(path))
        with self.settings(auto_close_tickets=1, auto_close_status="Resolved", auto_close_after_days=7):
            self.assertIn("closes by itself on", self.text(path))

    def test_an_answer_without_a_text_says_so_and_adds_nothing(self):
        ticket, path = self.link()
        frappe.db.commit()
        self.addCleanup(frappe.delete_doc, "HD Ticket", ticket.name)
        response = self.ask(path, "POST", action="reply", message="  ")
        self.assertEqual(response.status_code, 422)
        self.assertIn('role="alert"', response.get_data(as_text=True))

    def test_closing_wants_a_rating_where_the_settings_do(self):
        ticket, path = self.link()
        make_message(ticket, "Sent")
        holder = links.find(path.removeprefix("/t/"))
        with self.settings(is_feedback_mandatory=1), self.assertRaises(frappe.ValidationError):
            tracking.close(holder)
        with self.settings(is_feedback_mandatory=0):
            self.ask(path, "POST", action="close")
        ticket.reload()
        self.assertEqual(ticket.status, "Closed")

    def test_a_rating_counts_once(self):
        ticket, path = self.link()
        make_message(ticket, "Sent")
        set_status(ticket, "Resolved")
        self.assertEqual(self.ask(path, "POST", action="rate", stars="4", feedback="ok").status_code, 303)
        ticket.reload()
        self.assertEqual((ticket.feedback_rating, ticket.status), (0.8, "Closed"))
        holder = links.find(path.removeprefix("/t/"))
        for stars in ("5", "0", "6", "x", None):
            with self.subTest(stars=stars), self.assertRaises(frappe.ValidationError):
                tracking.rate(holder, stars, "")

    def test_files_of_shown_messages_are_readable_and_no_others(self):
        ticket, path = self.link()
        message = make_message(ticket, "Sent")
        shown = self.make_file("shown", "Communication", message.name)
        with acting_as(ANNA):
            comments.add(ticket.name, "<p>x</p>")
        comment = frappe.get_last_doc("HD Ticket Comment")
        hidden = self.make_file("hidden", "HD Ticket Comment", comment.name)
        other = make_message(make_ticket(raised_by=OTHER), "Sent")
        foreign = self.make_file("foreign", "Communication", other.name)
        response = self.ask(f"{path}/files/{shown.name}")
        self.assertEqual((response.status_code, response.get_data()), (200, b"shown"))
        self.assertIn("attachment", response.headers["Content-Disposition"])
        self.assertEqual(response.headers["X-Content-Type-Options"], "nosniff")
        for name in (hidden.name, foreign.name, "nothing", "..%2f..%2fsite_config.json"):
            with self.subTest(name=name):
                self.assertEqual(self.ask(f"{path}/files/{name}").status_code, 404)
        self.assertEqual(self.ask(f"/t/{'x' * 43}/files/{shown.name}").status_code, 404)

    def make_file(self, content: str, doctype: str, name: str):
        fields = {"doctype": "File", "file_name": f"{content}.txt", "content": content, "is_private": 1}
        fields |= {"attached_to_doctype": doctype, "attached_to_name": name}
        return frappe.get_doc(fields).insert(ignore_permissions=True)

    def test_answers_are_limited(self):
        _ticket, path = self.link()
        holder = links.find(path.removeprefix("/t/"))
        with patch.object(tracking, "REPLIES_PER_HOUR", 2):
            tracking.reply(holder, "one", [])
            tracking.reply(holder, "two", [])
            with self.assertRaises(frappe.RateLimitExceededError):
                tracking.reply(holder, "three", [])

    def test_a_secret_link_opens_nothing_else(self):
        ticket, path = self.link()
        self.ask(path)
        with acting_as("Guest"):
            self.assert_refused(api.get_one, ticket.name)
            self.assertFalse(frappe.has_permission("HD Ticket", "read", doc=ticket))
