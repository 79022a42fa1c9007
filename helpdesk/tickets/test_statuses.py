"""The master of ticket statuses."""

import frappe

from helpdesk.test_utils import (
    HelpdeskTestCase,
    make_agreement,
    make_status,
    make_ticket,
    set_settings,
    set_status,
)


def change(name: str, **values):
    status = frappe.get_doc("HD Ticket Status", name)
    status.update(values)
    return status.save()


class TestStatuses(HelpdeskTestCase):
    def assert_kept(self, name: str, **values) -> None:
        with self.assertRaises(frappe.ValidationError):
            change(name, **values)

    def test_c01_c02_a_category_keeps_a_status(self):
        set_settings(default_ticket_status=None, ticket_reopen_status=None)
        self.assert_kept("Open", category="Paused")
        make_status("Waiting for us", "Open")
        self.assertEqual(change("Open", category="Paused").category, "Paused")

    def test_c03_closed_changes_color_and_order_only(self):
        for values in ({"category": "Open"}, {"enabled": 0}, {"color": "Red", "category": "Paused"}):
            self.assert_kept("Closed", **values)
        self.assertEqual(change("Closed", color="Blue").color, "Blue")
        self.assertEqual(change("Closed", order=9).order, 9)

    def test_c03_the_form_locks_what_closed_keeps(self):
        locked = [df.fieldname for df in frappe.get_meta("HD Ticket Status").fields if df.read_only_depends_on]
        self.assertEqual(locked, ["enabled", "label_agent", "different_view", "label_customer", "category"])

    def test_c04_closed_keeps_its_name(self):
        with self.assertRaises(frappe.ValidationError):
            frappe.rename_doc("HD Ticket Status", "Closed", "Done")

    def test_c05_a_category_keeps_an_enabled_status(self):
        self.assert_kept("Replied", enabled=0)
        make_status("On Hold", "Paused")
        self.assertEqual(change("Replied", enabled=0).enabled, 0)

    def test_c06_a_status_in_an_agreement_stays_enabled(self):
        make_status("Again", "Open")
        agreement = make_agreement("Gold", "doc.priority == 'High'", ticket_reopen_status="Again")
        with self.assertRaisesRegex(frappe.ValidationError, "Gold"):
            change("Again", enabled=0)
        agreement.ticket_reopen_status = None
        agreement.save()
        self.assertEqual(change("Again", enabled=0).enabled, 0)

    def test_c07_a_status_in_the_settings_stays_enabled(self):
        make_status("Waiting for us", "Open")
        self.assert_kept("Open", enabled=0)

    def test_c08_another_view_needs_a_label(self):
        with self.assertRaises(frappe.MandatoryError):
            make_status("Secret", "Open", different_view=1)

    def test_c09_any_paused_status_pauses(self):
        make_status("On Hold", "Paused")
        ticket = set_status(make_ticket(), "On Hold")
        self.assertEqual(ticket.agreement_status, "Paused")
        self.assertTrue(ticket.on_hold_since)

    def test_the_last_status_of_a_category_is_not_deleted(self):
        with self.assertRaises(frappe.ValidationError):
            frappe.delete_doc("HD Ticket Status", "Replied")
