"""How a ticket keeps its clocks."""

from datetime import timedelta
from unittest.mock import patch

import frappe

from helpdesk.api.ticket import get_sla_clock
from helpdesk.helpdesk.doctype.hd_ticket.api import get_one
from helpdesk.helpdesk.doctype.hd_ticket.hd_ticket import update_sla_status_in_ticket
from helpdesk.test_utils import (
    TUESDAY,
    HelpdeskTestCase,
    make_agreement,
    make_message,
    make_status,
    make_ticket,
    set_status,
)
from helpdesk.tickets import service_level

MORNING = TUESDAY.replace(hour=10)


class TestLifecycle(HelpdeskTestCase):
    def after(self, minutes: int, ticket, status: str):
        with self.at(MORNING + timedelta(minutes=minutes)):
            return set_status(ticket, status)

    def ticket(self, priority: str = "High", **values):
        with self.at(MORNING):
            return make_ticket(priority=priority, **values)

    def test_f01_f02_an_unanswered_ticket_fails(self):
        ticket = self.ticket()
        self.assertEqual(ticket.agreement_status, "First Response Due")
        with self.at(MORNING + timedelta(minutes=61)):
            self.assertEqual(ticket.save().agreement_status, "Failed")

    def test_f03_f04_f05_a_pause_is_hold(self):
        ticket = self.ticket()
        promised = ticket.resolution_by
        paused = self.after(20, ticket, "Replied")
        self.assertEqual(paused.agreement_status, "Paused")
        self.assertTrue(paused.on_hold_since and paused.first_responded_on and not paused.resolution_date)
        opened = self.after(60, ticket, "Open")
        self.assertEqual((opened.agreement_status, opened.total_hold_time), ("Resolution Due", 2400))
        self.assertIsNone(opened.on_hold_since)
        self.assertEqual(opened.resolution_by, promised + timedelta(minutes=40))
        with self.at(opened.resolution_by + timedelta(minutes=1)):
            opened.reload()
            self.assertEqual(opened.save().agreement_status, "Failed")

    def test_f06_resolving_at_once_fulfils(self):
        ticket = self.after(30, self.ticket(), "Resolved")
        self.assertEqual(ticket.agreement_status, "Fulfilled")
        self.assertTrue(ticket.first_responded_on)

    def test_f07_the_pause_is_no_part_of_the_resolution_time(self):
        ticket = self.ticket("Medium")
        self.after(60, ticket, "Replied")
        self.after(105, ticket, "Open")
        self.assertEqual(self.after(135, ticket, "Resolved").resolution_time, 5400)

    def test_f08_custom_statuses_count_like_their_category(self):
        make_status("On Hold", "Paused")
        make_status("Done", "Resolved")
        ticket = self.ticket("Medium")
        self.after(60, ticket, "On Hold")
        self.after(105, ticket, "Open")
        self.assertEqual(self.after(135, ticket, "Done").resolution_time, 5400)

    def test_f09_closing_later_changes_nothing(self):
        ticket = self.ticket()
        resolved = self.after(45, ticket, "Resolved")
        stamp = resolved.resolution_date
        closed = self.after(2 * 24 * 60, ticket, "Closed")
        closed.reload()
        self.assertEqual((closed.resolution_time, closed.resolution_date), (2700, stamp))

    def test_f10_another_resolved_status_changes_no_figure(self):
        make_status("Solved by phone", "Resolved")
        ticket = self.ticket()
        first = self.after(45, ticket, "Resolved")
        figures = (first.resolution_date, first.resolution_time, first.total_hold_time or 0, first.resolution_by)
        second = self.after(120, ticket, "Solved by phone")
        found = (second.resolution_date, second.resolution_time, second.total_hold_time or 0, second.resolution_by)
        self.assertEqual(found, figures)

    def test_f11_time_spent_resolved_is_hold(self):
        ticket = self.ticket()
        self.after(60, ticket, "Resolved")
        reopened = self.after(180, ticket, "Open")
        self.assertEqual((reopened.resolution_date, reopened.total_hold_time), (None, 7200))

    def test_f12_a_reply_alone_measures_nothing_yet(self):
        ticket = self.ticket()
        with self.at(MORNING + timedelta(minutes=10)):
            make_message(ticket, "Sent")
        ticket.reload()
        self.assertTrue(ticket.first_responded_on)
        self.assertFalse(ticket.first_response_time)
        self.assertEqual(self.after(40, ticket, "Replied").first_response_time, 600)

    def test_f13_a_late_answer_says_how_late(self):
        ticket = self.after(75, self.ticket(), "Replied")
        self.assertEqual((ticket.first_response_failed_by, ticket.agreement_status), (900, "Failed"))

    def test_f15_a_late_resolution_says_how_late(self):
        ticket = self.after(300, self.ticket(), "Resolved")
        self.assertEqual((ticket.resolution_failed_by, ticket.agreement_status), (3600, "Failed"))

    def test_f16_without_a_promised_resolution_an_answer_is_enough(self):
        make_agreement("Answers only", "doc.priority == 'High'", apply_sla_for_resolution=0)
        ticket = self.ticket()
        with self.at(MORNING + timedelta(minutes=10)):
            make_message(ticket, "Sent")
        ticket.reload()
        self.assertEqual(ticket.agreement_status, "Fulfilled")

    def test_f16_an_empty_resolution_time_promises_nothing(self):
        agreement = make_agreement("Answers only", "doc.priority == 'High'", apply_sla_for_resolution=0)
        for row in agreement.priorities:
            row.resolution_time = None
        agreement.save()
        self.assertIsNone(self.ticket().resolution_by)

    def test_f17_the_hourly_job_writes_the_status_only(self):
        ticket, paused = self.ticket(), self.ticket()
        self.after(10, paused, "Replied")
        before = frappe.db.get_value("HD Ticket", ticket.name, "modified")
        with self.at(MORNING + timedelta(days=1)):
            update_sla_status_in_ticket()
        self.assertEqual(frappe.db.get_value("HD Ticket", ticket.name, "agreement_status"), "Failed")
        self.assertEqual(frappe.db.get_value("HD Ticket", ticket.name, "modified"), before)
        self.assertEqual(frappe.db.get_value("HD Ticket", paused.name, "agreement_status"), "Paused")

    def test_f18_one_bad_ticket_does_not_stop_the_job(self):
        bad, good = self.ticket(), self.ticket()
        failed = {"method": ["like", f"SLA status of ticket {bad.name} %"]}
        refresh = service_level.refresh

        def fail_on_bad(row, now):
            refresh({}[row.name] if row.name == bad.name else row, now)

        with patch.object(service_level, "refresh", fail_on_bad), self.at(MORNING + timedelta(days=1)):
            update_sla_status_in_ticket()
        self.assertEqual(frappe.db.get_value("HD Ticket", good.name, "agreement_status"), "Failed")
        self.assertEqual(frappe.db.count("Error Log", failed), 1)


class TestClock(HelpdeskTestCase):
    def test_the_page_gets_the_time_and_what_is_used_of_it(self):
        with self.at(MORNING):
            ticket = make_ticket(priority="High")
        with self.at(MORNING + timedelta(minutes=30)):
            clock = get_one(ticket.name)["sla_clock"]
            self.assertEqual(get_sla_clock(ticket.name), clock)
        self.assertEqual(clock["server_time"], MORNING + timedelta(minutes=30))
        self.assertEqual((clock["response_used"], clock["resolution_used"]), (0.5, 0.125))
        frappe.db.set_value("HD Ticket", ticket.name, "sla", None)
        self.assertIsNone(get_one(ticket.name)["sla_clock"])


class TestOutsideHours(HelpdeskTestCase):
    def banner(self, ticket, moment):
        from helpdesk.helpdesk.doctype.hd_ticket.api import show_outside_hours_banner

        with self.at(moment):
            return show_outside_hours_banner(ticket.name)

    def setUp(self) -> None:
        super().setUp()
        context = self.settings(enable_outside_hours_banner=1, outside_working_hours_message=None)
        context.__enter__()
        self.addCleanup(context.__exit__, None, None, None)

    def test_g01_within_hours_there_is_no_note(self):
        with self.at(TUESDAY.replace(hour=15)):
            ticket = make_ticket()
        self.assertEqual(ticket.raised_outside_working_hours, 0)
        self.assertEqual(self.banner(ticket, TUESDAY.replace(hour=21)), {"show": False})

    def test_g02_the_note_ends_with_the_next_morning(self):
        early = TUESDAY.replace(hour=7, minute=30) + timedelta(days=1)
        with self.at(early):
            ticket = make_ticket()
        self.assertEqual(ticket.raised_outside_working_hours, 1)
        self.assertTrue(self.banner(ticket, early + timedelta(minutes=15))["show"])
        self.assertFalse(self.banner(ticket, early.replace(hour=11) + timedelta(days=1))["show"])

    def test_g03_on_sunday_there_is_a_note(self):
        with self.at(TUESDAY - timedelta(days=2)):
            ticket = make_ticket()
        self.assertTrue(self.banner(ticket, TUESDAY - timedelta(days=2))["show"])

    def test_g04_a_holiday_is_outside_hours(self):
        holidays = frappe.get_doc("HD Service Holiday List", "Default")
        holidays.from_date, holidays.to_date = "2026-01-01", "2027-01-01"
        holidays.append("holidays", {"holiday_date": TUESDAY.date(), "description": "Off"})
        holidays.save()
        with self.at(TUESDAY.replace(hour=14)):
            self.assertEqual(make_ticket().raised_outside_working_hours, 1)

    def test_g05_an_answer_ends_the_note(self):
        sunday = TUESDAY - timedelta(days=2)
        with self.at(sunday):
            ticket = make_ticket()
            make_message(ticket, "Sent")
        self.assertFalse(self.banner(ticket, sunday)["show"])

    def test_g06_the_text_is_filled_in(self):
        sunday = TUESDAY - timedelta(days=2)
        with self.at(sunday):
            ticket = make_ticket(priority="High")
        self.assertIn("Monday, 02 March", self.banner(ticket, sunday)["msg"])
        with self.settings(outside_working_hours_message="until {{ expected_response }} for {{ ticket.subject }}"):
            self.assertEqual(
                self.banner(ticket, sunday)["msg"], "until 11:00, Monday, 02 March for The printer is on fire"
            )

    def test_g07_the_switch_hides_it(self):
        sunday = TUESDAY - timedelta(days=2)
        with self.at(sunday):
            ticket = make_ticket()
        with self.settings(enable_outside_hours_banner=0):
            self.assertEqual(self.banner(ticket, sunday), {"show": False})
