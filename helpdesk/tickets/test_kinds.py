"""Types, categories and labels: how many tickets each has, and making one of two."""

import json
from unittest.mock import patch

import frappe
from frappe.desk.doctype.tag.tag import add_tag

from helpdesk.api.settings.kinds import get_usage, merge
from helpdesk.exceptions import KindIsAskedFor
from helpdesk.test_utils import ANNA, MONA, HelpdeskTestCase, acting_as, make_ticket, set_settings
from helpdesk.tickets import kinds
from helpdesk.tickets.test_categories import lines, make_category

CATEGORY, TYPE, LABEL = "HD Ticket Category", "HD Ticket Type", "HD Ticket Label"


def make_label(label: str) -> None:
    frappe.get_doc({"doctype": LABEL, "label": label}).insert()


def tags_of(ticket) -> list[str]:
    return frappe.db.get_value("HD Ticket", ticket.name, "_user_tags").split(",")[1:]


class TestFields(HelpdeskTestCase):
    def setUp(self) -> None:
        super().setUp()
        for name in ("Zorblax", "Quux"):
            make_category(name)
        self.tickets = [make_ticket(category="Zorblax") for _number in range(3)]
        frappe.set_user(MONA)

    def test_tickets_are_counted(self):
        self.assertEqual(get_usage(CATEGORY)["Zorblax"], 3)
        self.assertNotIn("Quux", get_usage(CATEGORY))

    def test_the_tickets_move_with_a_line_in_their_history_and_the_record_goes(self):
        modified = frappe.db.get_value("HD Ticket", self.tickets[0].name, "modified")
        with patch.object(kinds, "BATCH", 2):
            self.assertEqual(merge(CATEGORY, "Zorblax", "Quux"), 3)
        self.assertEqual(get_usage(CATEGORY)["Quux"], 3)
        self.assertFalse(frappe.db.exists(CATEGORY, "Zorblax"))
        for ticket in self.tickets:
            self.assertEqual(lines(ticket)[-1], "set category to Quux")
        self.assertEqual(frappe.db.get_value("HD Ticket", self.tickets[0].name, "modified"), modified)

    def test_the_number_of_statements_does_not_grow_with_the_tickets(self):
        with patch("frappe.rename_doc"), self.assert_statements(9):
            kinds.move(CATEGORY, "Zorblax", "Quux")

    def test_many_move_in_the_background(self):
        with patch.object(kinds, "AT_ONCE", 2), patch("frappe.enqueue") as enqueue:
            self.assertEqual(merge(CATEGORY, "Zorblax", "Quux"), 3)
        (job,), options = enqueue.call_args
        self.assertEqual(get_usage(CATEGORY)["Zorblax"], 3)
        wanted = {name: options[name] for name in ("doctype", "source", "target")}
        frappe.get_attr(job)(**wanted)
        self.assertEqual(get_usage(CATEGORY)["Quux"], 3)

    def test_types_merge_too_and_the_settings_follow(self):
        set_settings(default_ticket_type="Bug")
        ticket = make_ticket(ticket_type="Bug")
        merge(TYPE, "Bug", "Incident")
        self.assertEqual(frappe.db.get_value("HD Ticket", ticket.name, "ticket_type"), "Incident")
        self.assertEqual(frappe.db.get_single_value("HD Settings", "default_ticket_type"), "Incident")
        with self.assertRaisesRegex(frappe.ValidationError, "part of the help desk"):
            merge(TYPE, "Unspecified", "Incident")

    def test_one_that_rules_ask_for_stays(self):
        condition = [["status", "==", "Open"], "and", [["category", "in", "Quux,Zorblax"]]]
        rule = frappe.get_doc("Assignment Rule", {"document_type": "HD Ticket"})
        rule.db_set("assign_condition_json", json.dumps(condition))
        with self.assertRaisesRegex(KindIsAskedFor, rule.name):
            merge(CATEGORY, "Zorblax", "Quux")
        rule.db_set("assign_condition_json", json.dumps([["ticket_type", "==", "Zorblax"]]))
        merge(CATEGORY, "Zorblax", "Quux")

    def test_nothing_merges_with_itself_with_what_is_not_there_or_by_something_else(self):
        for source, target in (("Zorblax", "Zorblax"), ("Zorblax", "Missing"), ("Missing", "Quux")):
            with self.subTest(source=source, target=target), self.assertRaises(frappe.ValidationError):
                merge(CATEGORY, source, target)
        for call in (lambda: get_usage("User"), lambda: merge("HD Team", "Billing", "Product Experts")):
            self.assertRaises(frappe.ValidationError, call)
        with acting_as(ANNA):
            self.assert_refused(merge, CATEGORY, "Zorblax", "Quux")
            self.assert_refused(get_usage, CATEGORY)

    def test_one_with_tickets_is_not_deleted(self):
        self.assertRaises(frappe.LinkExistsError, frappe.delete_doc, CATEGORY, "Zorblax")
        frappe.delete_doc(CATEGORY, "Quux")


class TestLabels(HelpdeskTestCase):
    def setUp(self) -> None:
        super().setUp()
        for label in ("Vip", "Important"):
            make_label(label)
        self.one, self.both, self.neither = (make_ticket() for _number in range(3))
        for ticket, tag in ((self.one, "later"), (self.one, "Vip"), (self.both, "Vip"), (self.both, "Important")):
            add_tag(tag, "HD Ticket", ticket.name)
        frappe.set_user(MONA)

    def test_tickets_get_the_other_tag_once(self):
        self.assertEqual(get_usage(LABEL)["Vip"], 2)
        with patch.object(kinds, "BATCH", 1):
            self.assertEqual(merge(LABEL, "Vip", "Important"), 2)
        self.assertEqual((tags_of(self.one), tags_of(self.both)), (["later", "Important"], ["Important"]))
        used = get_usage(LABEL)
        self.assertEqual((used["Important"], used["later"], used.get("Vip")), (2, 1, None))
        self.assertFalse(frappe.db.exists(LABEL, "Vip"))

    def test_a_label_goes_where_no_ticket_had_a_tag_before(self):
        make_label("Fresh")
        merge(LABEL, "Vip", "Fresh")
        self.assertEqual(tags_of(self.one), ["later", "Fresh"])
