"""Which agreement holds for a ticket, and what makes one sound."""

import frappe
from frappe.utils import add_days, nowdate

from helpdesk.exceptions import PriorityNotInSLA
from helpdesk.test_utils import HelpdeskTestCase, make_agreement, make_ticket

HIGH = "doc.priority == 'High'"


class TestChoosing(HelpdeskTestCase):
    def test_d01_a_condition_chooses(self):
        make_agreement("Gold", HIGH)
        self.assertEqual(make_ticket(priority="High").sla, "Gold")
        self.assertEqual(make_ticket(priority="Medium").sla, "Default")

    def test_d02_without_a_row_for_the_priority_it_does_not_take_part(self):
        agreement = make_agreement("Gold", HIGH)
        agreement.set("priorities", [row for row in agreement.priorities if row.priority != "High"])
        agreement.save()
        self.assertEqual(make_ticket(priority="High").sla, "Default")

    def test_d03_a_blank_condition_is_never_chosen(self):
        make_agreement("Blank", None)
        self.assertEqual(make_ticket().sla, "Default")

    def test_d04_there_is_one_default(self):
        make_agreement("New Default", None, default_sla=1)
        self.assertEqual(frappe.db.get_value("HD Service Level Agreement", "Default", "default_sla"), 0)
        self.assertEqual(make_ticket().sla, "New Default")

    def test_d05_dates_are_kept_to_the_end_of_their_last_day(self):
        make_agreement("Later", HIGH, start_date=add_days(nowdate(), 1))
        make_agreement("Over", HIGH, end_date=add_days(nowdate(), -1))
        self.assertEqual(make_ticket(priority="High").sla, "Default")
        make_agreement("Today", HIGH, start_date=nowdate(), end_date=nowdate())
        self.assertEqual(make_ticket(priority="High").sla, "Today")

    def test_d06_a_disabled_agreement_is_skipped(self):
        make_agreement("Off", HIGH, enabled=0)
        self.assertEqual(make_ticket(priority="High").sla, "Default")

    def test_several_fit_and_the_first_by_name_wins(self):
        make_agreement("B", HIGH)
        make_agreement("A", HIGH)
        self.assertEqual(make_ticket(priority="High").sla, "A")

    def test_d12_a_new_priority_may_bring_another_agreement(self):
        make_agreement("Gold", HIGH)
        ticket = make_ticket(priority="Medium")
        before = ticket.response_by
        ticket.priority = "High"
        ticket.save()
        self.assertEqual(ticket.sla, "Gold")
        self.assertNotEqual(ticket.response_by, before)
        actions = frappe.get_all("HD Ticket Activity", filters={"ticket": ticket.name}, pluck="action")
        self.assertIn("set SLA to Gold", actions)

    def test_d13_a_priority_without_a_promise_is_named(self):
        frappe.get_doc({"doctype": "HD Ticket Priority", "name": "Critical", "level": "Urgent"}).insert()
        with self.assertRaisesRegex(PriorityNotInSLA, "Critical"):
            make_ticket(priority="Critical")


class TestDefinition(HelpdeskTestCase):
    def assert_refused_change(self, **values) -> None:
        agreement = frappe.get_doc("HD Service Level Agreement", "Default")
        agreement.update(values)
        with self.assertRaises(frappe.ValidationError):
            agreement.save()

    def test_d07_the_only_default_stays(self):
        self.assert_refused_change(default_sla=0)
        self.assert_refused_change(enabled=0)
        with self.assertRaises(frappe.ValidationError):
            frappe.delete_doc("HD Service Level Agreement", "Default", force=True)

    def test_d08_one_priority_is_the_default(self):
        for flags in ([1, 1, 0, 0], [0, 0, 0, 0]):
            agreement = frappe.get_doc("HD Service Level Agreement", "Default")
            for row, flag in zip(agreement.priorities, flags, strict=True):
                row.default_priority = flag
            with self.subTest(flags=flags), self.assertRaises(frappe.ValidationError):
                agreement.save()

    def test_d09_an_answer_never_takes_longer_than_the_solution(self):
        agreement = frappe.get_doc("HD Service Level Agreement", "Default")
        agreement.priorities[0].response_time = agreement.priorities[0].resolution_time + 1
        with self.assertRaises(frappe.ValidationError):
            agreement.save()
        agreement.reload()
        agreement.priorities[0].response_time = agreement.priorities[0].resolution_time + 1
        agreement.apply_sla_for_resolution = 0
        self.assertEqual(agreement.save().apply_sla_for_resolution, 0)

    def test_d10_working_hours_are_sound(self):
        for change in ({"workday": "Monday"}, {"start_time": "18:00:00"}):
            agreement = frappe.get_doc("HD Service Level Agreement", "Default")
            agreement.support_and_resolution[1].update(change)
            with self.subTest(change=change), self.assertRaises(frappe.ValidationError):
                agreement.save()

    def test_d11_a_broken_condition_is_refused(self):
        for condition in ("doc.priority ==", "unknown + 1", "doc.subject.upper("):
            with self.subTest(condition=condition), self.assertRaises(frappe.ValidationError):
                make_agreement("Broken", condition)
        with self.assertRaises(frappe.ValidationError):
            make_agreement("Broken", HIGH, condition_json="[")

    def test_d14_a_priority_without_a_promise_is_reminded_of(self):
        frappe.get_doc({"doctype": "HD Ticket Priority", "name": "Critical", "level": "Urgent"}).insert()
        frappe.get_doc({"doctype": "HD Ticket Priority", "name": "Never", "level": "Low", "disabled": 1}).insert()
        frappe.clear_messages()
        frappe.get_doc("HD Service Level Agreement", "Default").save()
        texts = " ".join(str(message) for message in frappe.get_message_log())
        self.assertIn("Critical", texts)
        self.assertNotIn("Never", texts)


class TestHolidayLists(HelpdeskTestCase):
    def stock(self):
        return frappe.get_doc("HD Service Holiday List", "Default")

    def test_e12_open_tickets_follow_a_changed_list(self):
        open_ticket, resolved = make_ticket(priority="Low"), make_ticket(priority="Low")
        resolved.status = "Resolved"
        resolved.save()
        holidays = self.stock()
        holidays.to_date = add_days(nowdate(), 400)
        for day in range(1, 6):
            holidays.append("holidays", {"holiday_date": add_days(nowdate(), day), "description": "Off"})
        before = {
            ticket.name: frappe.get_doc("HD Ticket", ticket.name).resolution_by for ticket in (open_ticket, resolved)
        }
        holidays.save()
        after = {name: frappe.db.get_value("HD Ticket", name, "resolution_by") for name in before}
        self.assertGreater(after[open_ticket.name], before[open_ticket.name])
        self.assertEqual(after[resolved.name], before[resolved.name])

    def test_e13_days_outside_the_range_are_refused(self):
        holidays = self.stock()
        holidays.append("holidays", {"holiday_date": add_days(holidays.to_date, 1), "description": "Late"})
        with self.assertRaises(frappe.ValidationError):
            holidays.save()
        backwards = self.stock()
        backwards.to_date = add_days(backwards.from_date, -1)
        with self.assertRaises(frappe.ValidationError):
            backwards.save()

    def test_e14_weekly_days_off_are_added_once(self):
        holidays = self.stock()
        holidays.weekly_off = "Sunday"
        for _time in range(2):
            holidays.get_weekly_off_dates()
        holidays.save()
        days = [row.holiday_date for row in holidays.holidays]
        self.assertEqual(len(days), len(set(days)))
        self.assertGreaterEqual(len(days), 52)
        self.assertEqual(holidays.total_holidays, len(days))
