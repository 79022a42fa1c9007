"""What people call a ticket."""

import unittest

import frappe

from helpdesk.helpdesk.doctype.hd_ticket.api import get_one, new
from helpdesk.helpdesk.doctype.hd_ticket_template.api import get_one as get_template
from helpdesk.notifications import texts
from helpdesk.test_utils import ANNA, ARNE, CLEO, HelpdeskTestCase, acting_as, make_team, make_ticket, requesting
from helpdesk.tests.properties import given, st
from helpdesk.tickets.reference import MOST_DIGITS, find, is_prefix, write


class TestReference(unittest.TestCase):
    def test_a_number_is_written_and_read_with_its_prefix(self):
        self.assertEqual(
            [write(42, "TKT-", 4), write(12345, "TKT-", 4), write(42, None, 4)], ["TKT-0042", "TKT-12345", "#42"]
        )
        for text in ("42", "#42", "TKT-0042", " tkt-42 ", "0042"):
            self.assertEqual(find(text, "TKT-"), "42")
        for text in ("", "x", "TKT-", "4 2", "²", "9" * 40, "1 or 1=1"):
            self.assertIsNone(find(text, "TKT-"))

    @given(
        st.integers(0, 10**MOST_DIGITS - 1),
        st.from_regex(r"[A-Za-z][A-Za-z0-9]{0,9}[-_]?", fullmatch=True),
        st.integers(0, MOST_DIGITS),
    )
    def test_what_is_written_is_found_again(self, number, prefix, digits):
        self.assertTrue(is_prefix(prefix))
        self.assertEqual(find(write(number, prefix, digits), prefix), str(number))
        self.assertEqual(find(write(number, None, digits), None), str(number))


class TestTicketReference(HelpdeskTestCase):
    def test_the_page_and_mails_show_it(self):
        ticket = make_ticket()
        self.assertEqual(get_one(ticket.name)["reference"], f"#{ticket.name}")
        with self.settings(ticket_reference_prefix="TKT-", ticket_reference_digits=9):
            wanted = f"TKT-{int(ticket.name):09}"
            self.assertEqual(get_one(ticket.name)["reference"], wanted)
            with self.settings(acknowledgement_email_content="{{ reference }}"):
                self.assertEqual(texts.render("acknowledgement", ticket), wanted)

    def test_a_prefix_that_is_no_word_is_refused(self):
        for values in ({"ticket_reference_prefix": "№ "}, {"ticket_reference_digits": 99}):
            settings = frappe.get_doc("HD Settings").update(values)
            with self.subTest(**values), self.assertRaises(frappe.ValidationError):
                settings.save()


class TestChannel(HelpdeskTestCase):
    def test_it_follows_from_the_way_a_ticket_came_in(self):
        self.assertEqual(make_ticket().channel, "Internal")
        with requesting("/api/resource/HD Ticket"):
            self.assertEqual(make_ticket().channel, "API")
        with acting_as(ANNA):
            self.assertEqual(new({"subject": "A call", "channel": "Phone"}).channel, "Phone")
            self.assertEqual(new({"subject": "A walk"}).channel, "Internal")
        with acting_as(CLEO):
            self.assertEqual(new({"subject": "Mine", "channel": "Phone"}).channel, "Portal")


class TestTemplates(HelpdeskTestCase):
    def setUp(self) -> None:
        super().setUp()
        make_team("Second Line", ARNE)
        template = {"doctype": "HD Ticket Template", "template_name": "Fire", "subject_template": "Something burns"}
        frappe.get_doc({**template, "preset_team": "Second Line", "preset_agent": ANNA}).insert()

    def test_a_template_gives_subject_team_and_agent(self):
        self.assertEqual(get_template("Fire")["subject_template"], "Something burns")
        with acting_as(CLEO):
            ticket = new({"template": "Fire"})
        self.assertEqual((ticket.subject, ticket.agent_group), ("Something burns", "Second Line"))
        self.assertEqual([agent.name for agent in ticket.get_assigned_agents()], [ANNA])

    def test_what_the_requester_writes_beats_it(self):
        with acting_as(CLEO):
            self.assertEqual(new({"template": "Fire", "subject": "The roof"}).subject, "The roof")


class TestMailboxTexts(HelpdeskTestCase):
    def text(self, mailbox: str | None) -> str:
        return texts.text_of("acknowledgement", mailbox)

    def test_a_mailbox_may_have_a_text_of_its_own(self):
        from helpdesk.conversation.test_replies import make_account

        account = make_account("Sales", "sales@example.com").name
        row = {"email_account": account, "notification": "acknowledgement", "content": "Sales: {{ doc.subject }}"}
        settings = frappe.get_doc("HD Settings")
        settings.append("mailbox_texts", row)
        settings.save()
        self.assertEqual(self.text(account), "Sales: {{ doc.subject }}")
        self.assertEqual(self.text(None), texts.default_text("acknowledgement"))
        self.assertEqual(
            texts.render("acknowledgement", make_ticket(email_account=account)), "Sales: The printer is on fire"
        )

    def test_two_texts_for_the_same_and_broken_ones_are_refused(self):
        row = {"email_account": "Sales", "notification": "acknowledgement", "content": "x"}
        for rows in ([row, row], [{**row, "content": "{% if %}"}]):
            settings = frappe.get_doc("HD Settings")
            settings.flags.ignore_links = True
            settings.set("mailbox_texts", rows)
            with self.subTest(rows=len(rows)), self.assertRaises(frappe.ValidationError):
                settings.save()
