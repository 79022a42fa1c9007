"""Putting away what has been resolved for long."""

from datetime import timedelta
from unittest.mock import patch

import frappe

from helpdesk.helpdesk.doctype.hd_ticket.hd_ticket import archive_tickets_after_n_days
from helpdesk.test_utils import TUESDAY, HelpdeskTestCase, make_ticket, set_settings, set_status
from helpdesk.tickets import archiving
from helpdesk.tickets.test_categories import lines


class TestAutoArchive(HelpdeskTestCase):
    def setUp(self) -> None:
        super().setUp()
        set_settings(auto_archive_after_days=10)

    def resolved(self, ago: timedelta, status: str = "Resolved"):
        with self.at(TUESDAY - ago):
            return set_status(make_ticket(), status)

    def run_job(self) -> None:
        with self.at(TUESDAY):
            archive_tickets_after_n_days()

    def archived(self, *tickets) -> list[int]:
        return [frappe.db.get_value("HD Ticket", ticket.name, "is_archived") for ticket in tickets]

    def test_what_was_resolved_long_enough_goes_whatever_its_status_is_called(self):
        hour, ten_days = timedelta(hours=1), timedelta(days=10)
        old, closed, young = (
            self.resolved(ten_days + hour),
            self.resolved(ten_days + hour, "Closed"),
            self.resolved(ten_days - hour),
        )
        waiting = self.resolved(ten_days + hour, "Replied")
        with patch.object(archiving, "BATCH", 1):
            self.run_job()
        self.assertEqual(self.archived(old, closed, young, waiting), [1, 1, 0, 0])
        self.run_job()
        self.assertEqual(lines(old).count("automatically archived the ticket"), 1)

    def test_one_that_somebody_restored_stays(self):
        ticket = self.resolved(timedelta(days=20))
        self.run_job()
        with self.at(TUESDAY):
            archiving.restore(frappe.get_doc("HD Ticket", ticket.name))
        self.run_job()
        self.assertEqual(self.archived(ticket), [0])

    def test_nothing_goes_where_the_settings_name_no_days(self):
        ticket = self.resolved(timedelta(days=900))
        set_settings(auto_archive_after_days=0)
        self.run_job()
        self.assertEqual(self.archived(ticket), [0])

    def test_tickets_stay_as_long_as_customers_may_reopen_them(self):
        for days, reason in ((10, "still reopen"), (-1, "one day")):
            settings = frappe.get_doc("HD Settings")
            settings.update({"customers_reopen_days": 14, "auto_archive_after_days": days})
            with self.subTest(days=days), self.assertRaisesRegex(frappe.ValidationError, reason):
                settings.save()
        settings = frappe.get_doc("HD Settings")
        settings.update({"customers_reopen_days": 14, "auto_archive_after_days": 14})
        settings.save()
