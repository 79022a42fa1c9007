"""Closing what has gone quiet."""

from datetime import datetime, timedelta
from unittest.mock import patch

import frappe
from frappe.utils import now_datetime

from helpdesk.helpdesk.doctype.hd_ticket.hd_ticket import close_tickets_after_n_days
from helpdesk.test_utils import TUESDAY, HelpdeskTestCase, make_message, make_ticket, set_settings, set_status
from helpdesk.tickets import closing


class TestAutoClose(HelpdeskTestCase):
    def setUp(self) -> None:
        super().setUp()
        set_settings(auto_close_tickets=1, auto_close_status="Replied", auto_close_after_days=10)

    def quiet(self, *ages: timedelta):
        ticket = make_ticket()
        for age in ages:
            make_message(ticket, "Sent", communication_date=TUESDAY - age)
        return set_status(ticket, "Replied")

    def quiet_since(self, moment: datetime):
        ticket = make_ticket()
        make_message(ticket, "Sent", communication_date=moment)
        return set_status(ticket, "Replied")

    def run_job(self) -> None:
        with self.at(TUESDAY):
            close_tickets_after_n_days()

    def test_q01_the_latest_message_counts(self):
        hour = timedelta(hours=1)
        ten_days = timedelta(days=10)
        old, young = self.quiet(ten_days + hour), self.quiet(ten_days - hour)
        answered, silent = self.quiet(ten_days + hour, hour), self.quiet()
        self.run_job()
        found = [frappe.db.get_value("HD Ticket", each.name, "status") for each in (old, young, answered, silent)]
        self.assertEqual(found, ["Closed", "Replied", "Replied", "Replied"])
        lines = frappe.get_all("HD Ticket Activity", filters={"ticket": old.name}, pluck="action")
        self.assertIn("automatically closed the ticket after 10 days of inactivity", lines)

    def test_q02_the_boundary_follows_the_clock_of_the_site(self):
        """The database may live in another time zone: only the site's own time counts, never that of the machine."""
        for zone in ("Pacific/Auckland", "America/Los_Angeles"):
            with self.subTest(zone=zone), self.change_settings("System Settings", time_zone=zone):
                with self.at(TUESDAY):
                    now = now_datetime()
                old = self.quiet_since(now - timedelta(days=10, minutes=1))
                young = self.quiet_since(now - timedelta(days=9, hours=23, minutes=59))
                self.run_job()
                found = [frappe.db.get_value("HD Ticket", each.name, "status") for each in (old, young)]
                self.assertEqual(found, ["Closed", "Replied"])

    def test_q03_nobody_is_asked_for_a_rating_and_the_clock_stops(self):
        ticket = self.quiet(timedelta(days=20))
        set_settings(is_feedback_mandatory=1)
        self.run_job()
        ticket.reload()
        self.assertEqual((ticket.status, ticket.status_category), ("Closed", "Resolved"))
        self.assertTrue(ticket.resolution_date)
        self.assertIsNone(ticket.on_hold_since)

    def test_q04_one_bad_ticket_does_not_stop_the_job(self):
        bad, good = self.quiet(timedelta(days=20)), self.quiet(timedelta(days=20))
        errors = frappe.db.count("Error Log")
        close = closing.close_quiet

        def fail_on_bad(name, days):
            close({}[name] if name == bad.name else name, days)

        with patch.object(closing, "close_quiet", fail_on_bad):
            self.run_job()
        self.assertEqual(frappe.db.get_value("HD Ticket", good.name, "status"), "Closed")
        self.assertEqual(frappe.db.count("Error Log"), errors + 1)

    def test_q05_days_are_needed_and_the_switch_counts(self):
        settings = frappe.get_doc("HD Settings")
        settings.auto_close_after_days = 0
        with self.assertRaises(frappe.ValidationError):
            settings.save()
        set_settings(auto_close_tickets=0)
        ticket = self.quiet(timedelta(days=20))
        self.run_job()
        self.assertEqual(frappe.db.get_value("HD Ticket", ticket.name, "status"), "Replied")
