"""Merging and splitting."""

import frappe

from helpdesk.conversation.test_replies import make_account
from helpdesk.helpdesk.doctype.hd_ticket.api import merge_ticket, split_ticket
from helpdesk.test_utils import (
    ANNA,
    ARNE,
    CLEO,
    TUESDAY,
    HelpdeskTestCase,
    acting_as,
    make_message,
    make_team,
    make_ticket,
    outbox,
)
from helpdesk.tickets.test_creation import make_file


class MergingTestCase(HelpdeskTestCase):
    def setUp(self) -> None:
        super().setUp()
        make_account(default_outgoing=1)


class TestMerging(MergingTestCase):
    def setUp(self) -> None:
        super().setUp()
        with self.at(TUESDAY):
            self.source, self.target = make_ticket(description="<p>First</p>"), make_ticket(subject="The other")
            make_message(self.source, "Sent", "<p>Second</p>")
            with acting_as(ARNE):
                frappe.get_doc("HD Ticket", self.source.name).new_comment("<p>Note</p>")
            for name in ("one", "two"):
                make_file(name, attached_to_doctype="HD Ticket", attached_to_name=str(self.source.name))

    def merge(self, **settings):
        self.target.reload()
        before = self.target.as_dict()
        with self.settings(**settings), acting_as(ANNA), outbox() as mails:
            merge_ticket(self.source.name, str(self.target.name))
        self.source.reload()
        self.target.reload()
        return before, mails

    def on_target(self, doctype: str, field: str, fields: list[str]):
        return frappe.get_all(doctype, filters={field: str(self.target.name)}, fields=fields, order_by="creation asc")

    def test_m01_everything_is_copied_with_its_time_and_author(self):
        self.merge()
        messages = self.on_target("Communication", "reference_name", ["content", "creation"])
        self.assertCountEqual([row.content for row in messages], ["<p>First</p>", "<p>Second</p>"])
        self.assertEqual({row.creation.date() for row in messages}, {TUESDAY.date()})
        comments = self.on_target("HD Ticket Comment", "reference_ticket", ["content", "owner", "commented_by"])
        self.assertEqual(len(comments), 2)
        note = next(row for row in comments if row.content == "<p>Note</p>")
        self.assertEqual((note.owner, note.commented_by), (ARNE, ARNE))
        files = frappe.db.count("File", {"attached_to_doctype": "HD Ticket", "attached_to_name": str(self.target.name)})
        self.assertEqual(files, 2)

    def test_m02_the_source_is_closed_and_the_requester_told(self):
        _before, mails = self.merge()
        self.assertEqual((self.source.status, self.source.is_merged), ("Closed", 1))
        self.assertEqual(str(self.source.merged_with), str(self.target.name))
        self.assertIn(f"#{self.target.name}", mails[0]["message"])

    def test_m03_impossible_merges_are_refused(self):
        with acting_as(ANNA):
            for pair in (
                (self.source.name, self.source.name),
                (self.source.name, 999_999),
                (999_999, self.source.name),
            ):
                with self.subTest(pair=pair), self.assertRaises(frappe.ValidationError):
                    merge_ticket(*pair)

    def test_what_goes_into_a_merged_ticket_goes_where_that_went(self):
        last = make_ticket(subject="The last")
        with acting_as(ANNA):
            merge_ticket(self.target.name, last.name)
            merge_ticket(self.source.name, self.target.name)
            self.source.reload()
            self.assertEqual(str(self.source.merged_with), str(last.name))
            with self.assertRaisesRegex(frappe.ValidationError, "into itself"):
                merge_ticket(last.name, self.target.name)
        texts = frappe.get_all("Communication", filters={"reference_name": str(last.name)}, pluck="content")
        self.assertIn("<p>Second</p>", texts)

    def test_a_merged_ticket_that_leads_nowhere_is_refused(self):
        frappe.db.set_value("HD Ticket", self.target.name, {"is_merged": 1, "merged_with": None})
        with acting_as(ANNA), self.assertRaisesRegex(frappe.ValidationError, "cannot be found"):
            merge_ticket(self.source.name, self.target.name)

    def test_merging_needs_the_right_to_where_it_ends(self):
        last = make_ticket(subject="The last")
        values = {"is_merged": 1, "merged_with": last.name}
        frappe.db.set_value("HD Ticket", self.target.name, values)
        make_team("Closed shop", ARNE)
        frappe.db.set_value("HD Ticket", last.name, "agent_group", "Closed shop")
        with self.settings(restrict_tickets_by_agent_group=1), acting_as(ANNA):
            for name in (self.source.name, self.target.name):
                frappe.db.set_value("HD Ticket", name, "owner", ANNA)
            self.assert_refused(merge_ticket, self.source.name, self.target.name)

    def test_m04_copies_are_silent(self):
        told = frappe.db.count("HD Notification")
        before, _mails = self.merge()
        for field in ("status", "last_customer_response", "last_agent_response", "first_responded_on"):
            self.assertEqual(self.target.get(field), before[field], field)
        self.assertEqual(frappe.db.count("HD Notification"), told)

    def test_m05_customers_neither_merge_nor_split(self):
        with acting_as(CLEO):
            self.assert_refused(merge_ticket, self.source.name, self.target.name)
            self.assert_refused(split_ticket, "x", "y")

    def test_m08_the_source_ends_closed_whatever_replies_do(self):
        self.merge(auto_update_status=1, update_status_to="Replied")
        self.assertEqual(self.source.status, "Closed")


class TestSplitting(MergingTestCase):
    def test_m06_m07_what_came_later_moves(self):
        ticket = make_ticket()
        messages = []
        for minute in range(4):
            with self.at(TUESDAY.replace(minute=minute)):
                messages.append(make_message(ticket, "Received", f"<p>m{minute + 1}</p>"))
        with self.at(TUESDAY.replace(minute=10)), acting_as(ARNE):
            frappe.get_doc("HD Ticket", ticket.name).new_comment("<p>Later</p>")
        with self.at(TUESDAY.replace(minute=20)), acting_as(ANNA), outbox() as mails:
            name = split_ticket("Another thing", messages[2].name)
        new = frappe.get_doc("HD Ticket", name)
        old = frappe.get_doc("HD Ticket", ticket.name)

        def texts(of) -> list[str]:
            filters = {"reference_name": str(of.name), "sent_or_received": "Received"}
            return frappe.get_all("Communication", filters=filters, pluck="content", order_by="creation asc")

        self.assertEqual(texts(old), ["<p>m1</p>", "<p>m2</p>"])
        self.assertEqual(texts(new), ["<p>m3</p>", "<p>m4</p>"])
        self.assertEqual(frappe.db.count("HD Ticket Comment", {"reference_ticket": new.name}), 1)
        self.assertEqual((new.subject, str(new.ticket_split_from)), ("Another thing", str(old.name)))
        self.assertEqual((new.status, new.agreement_status), ("Open", "First Response Due"))
        self.assertNotEqual(new.key, old.key)
        self.assertEqual(new.service_level_agreement_creation, TUESDAY.replace(minute=20))
        self.assertIsNone(new.first_response_time or None)
        lines = frappe.get_all("HD Ticket Activity", filters={"ticket": new.name}, pluck="action")
        self.assertIn(f"split the ticket from #{old.name}", lines)
        self.assertIn(f"#{new.name}", mails[0]["message"])
