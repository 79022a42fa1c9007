"""Answers of agents, and what messages do to their ticket."""

from datetime import timedelta

import frappe

from helpdesk.exceptions import NoOutgoingAccount, TicketIsClosed
from helpdesk.helpdesk.doctype.hd_ticket.api import get_one
from helpdesk.test_utils import (
    ANNA,
    CLEO,
    TUESDAY,
    XENIA,
    HelpdeskTestCase,
    acting_as,
    make_agreement,
    make_message,
    make_status,
    make_ticket,
    outbox,
    set_status,
)
from helpdesk.tickets.test_creation import make_file, messages_of

SUPPORT = "support@example.com"


def make_account(name: str = "Support", email: str = SUPPORT, **values):
    account = frappe.get_doc(
        {"doctype": "Email Account", "email_account_name": name, "email_id": email, "enable_outgoing": 1, **values}
    )
    account.flags.ignore_validate = True
    account.flags.ignore_mandatory = True
    return account.insert(set_name=name)


class TestAgentReplies(HelpdeskTestCase):
    def setUp(self) -> None:
        super().setUp()
        frappe.db.set_value("Email Account", {"name": ["is", "set"]}, {"enable_outgoing": 0, "default_outgoing": 0})
        make_account(default_outgoing=1)

    def reply(self, ticket, text: str = "<p>Try water</p>", **options):
        with acting_as(ANNA), outbox() as mails:
            frappe.get_doc("HD Ticket", ticket.name).reply_via_agent(message=text, **options)
        return mails

    def sent(self, ticket):
        filters = {"reference_name": str(ticket.name), "sent_or_received": "Sent"}
        names = frappe.get_all("Communication", filters=filters, pluck="name", order_by="creation asc")
        return [frappe.get_doc("Communication", name) for name in names]

    def test_h01_a_reply_is_stored_and_stops_the_first_clock_once(self):
        ticket = make_ticket()
        self.reply(ticket)
        ticket.reload()
        first = ticket.first_responded_on
        self.assertTrue(first and ticket.last_agent_response)
        self.assertTrue(self.sent(ticket)[0].subject.startswith("Re: "))
        self.reply(ticket)
        ticket.reload()
        self.assertEqual(ticket.first_responded_on, first)

    def test_h02_only_agents_reply(self):
        ticket = make_ticket()
        for user in (XENIA, CLEO):
            with acting_as(user):
                self.assert_refused(frappe.get_doc("HD Ticket", ticket.name).reply_via_agent, message="no")
        self.assertEqual(self.sent(ticket), [])

    def test_h03_who_gets_the_mail(self):
        ticket = make_ticket()
        mail = self.reply(ticket, cc="boss@acme.example")[0]
        self.assertFalse(mail["recipients"])
        self.assertEqual(mail["cc"], "boss@acme.example")
        self.assertEqual(self.reply(ticket)[0]["recipients"], CLEO)

    def test_h04_administrator_is_no_address(self):
        mail = self.reply(make_ticket(), to="Administrator")[0]
        self.assertEqual(mail["recipients"], frappe.db.get_value("User", "Administrator", "email"))

    def test_h05_the_status_may_follow_a_reply(self):
        ticket = make_ticket()
        with self.settings(auto_update_status=1, update_status_to="Replied"):
            self.reply(ticket)
        ticket.reload()
        self.assertEqual((ticket.status, ticket.agreement_status), ("Replied", "Paused"))

    def test_h06_automated_messages_change_nothing(self):
        ticket = make_ticket()
        before = ticket.as_dict()
        make_message(ticket, "Sent", communication_type="Automated Message")
        ticket.reload()
        self.assertEqual(ticket.as_dict(), before)
        self.assertFalse(ticket.has_agent_replied)

    def test_a_machines_answer_reopens_nothing(self):
        ticket = set_status(make_ticket(description="<p>Smoke</p>"), "Resolved")
        make_message(ticket, "Received", communication_type="Automated Message")
        ticket.reload()
        self.assertEqual(ticket.status, "Resolved")

    def test_a_reply_costs_few_statements(self):
        ticket = make_ticket(description="<p>Smoke</p>")
        self.reply(ticket)
        with acting_as(ANNA), outbox():
            document = frappe.get_doc("HD Ticket", ticket.name)
            with self.assert_statements(25):
                document.reply_via_agent("<p>Soon</p>")

    def test_h07_without_mail_workflow_nothing_leaves(self):
        ticket = make_ticket()
        with self.settings(skip_email_workflow=1):
            self.assertEqual(self.reply(ticket), [])
        self.assertFalse(self.sent(ticket)[0].communication_medium)

    def test_h08_replies_may_stay_in_the_house(self):
        ticket = make_ticket()
        with self.settings(enable_reply_email_via_agent=0):
            self.assertEqual(self.reply(ticket), [])
        self.assertEqual(len(self.sent(ticket)), 1)

    def test_h09_without_an_account_the_agent_is_told(self):
        frappe.db.set_value("Email Account", "Support", "enable_outgoing", 0)
        with self.assertRaises(NoOutgoingAccount):
            self.reply(make_ticket())

    def test_h10_mail_waits_in_the_queue_unless_told_otherwise(self):
        ticket = make_ticket()
        self.assertFalse(self.reply(ticket)[0]["now"])
        with self.settings(instantly_send_email=1):
            self.assertTrue(self.reply(ticket)[0]["now"])

    def test_h11_the_answer_leaves_through_the_account_of_the_question(self):
        make_account("Sales", "sales@example.com")
        ticket = make_ticket()
        make_message(ticket, "Received", email_account="Sales")
        self.assertEqual(self.reply(ticket)[0]["sender"], "sales@example.com")
        frappe.db.set_value("Email Account", "Sales", "enable_outgoing", 0)
        other = make_ticket()
        make_message(other, "Received", email_account="Sales")
        self.assertEqual(self.reply(other)[0]["sender"], SUPPORT)

    def test_h12_an_unknown_account_is_refused(self):
        with self.assertRaises(frappe.ValidationError):
            self.reply(make_ticket(), from_email={"email_id": SUPPORT, "email_account": "Nowhere"})

    def test_agents_do_not_write_as_somebody_else(self):
        self.assert_refused(
            self.reply, make_ticket(), from_email={"email_id": "ceo@example.com", "email_account": "Support"}
        )

    def test_h13_the_answer_belongs_to_the_thread(self):
        ticket = make_ticket()
        question = make_message(ticket, "Received", message_id="abc@mail.example")
        mail = self.reply(ticket)[0]
        self.assertEqual(self.sent(ticket)[0].in_reply_to, question.name)
        self.assertEqual(mail["in_reply_to"], "<abc@mail.example>")

    def test_h14_a_file_hangs_on_message_and_ticket_once(self):
        file, ticket = make_file("manual", owner=ANNA), make_ticket()
        frappe.db.set_value("File", file.name, "owner", ANNA)
        for _time in range(2):
            self.reply(ticket, attachments=[file.name])
        on_ticket = {"attached_to_doctype": "HD Ticket", "attached_to_name": str(ticket.name)}
        self.assertEqual(frappe.db.count("File", on_ticket), 1)
        for message in self.sent(ticket):
            on_message = {"attached_to_doctype": "Communication", "attached_to_name": message.name}
            self.assertEqual(frappe.db.count("File", on_message), 1)
        self.assertIsNone(frappe.db.get_value("File", file.name, "attached_to_name"))

    def test_agents_do_not_send_files_of_others(self):
        file = make_file("payroll")
        frappe.db.set_value("File", file.name, "owner", "Administrator")
        self.assert_refused(self.reply, make_ticket(), attachments=[file.name])

    def test_h15_the_mail_carries_its_pictures_and_no_comments(self):
        mail = self.reply(make_ticket(), '<p>a<!-- secret --><img src="/files/x.png"></p>')[0]
        self.assertNotIn("secret", mail["message"])
        self.assertIn('embed="/files/x.png"', mail["message"])

    def test_h16_portal_tickets_get_a_link(self):
        portal, plain = make_ticket(via_customer_portal=1), make_ticket()
        self.assertIn(f"/helpdesk/my-tickets/{portal.name}", self.reply(portal)[0]["message"])
        self.assertNotIn("/helpdesk/", self.reply(plain)[0]["message"])

    def test_hostile_subjects_do_not_become_markup(self):
        ticket = make_ticket(via_customer_portal=1, subject="<script>alert(1)</script>{{ 7*7 }}")
        with self.settings(reply_via_agent_email_content="{{ doc.subject }} {{ message }}"):
            body = self.reply(ticket)[0]["message"]
        self.assertNotIn("<script>", body)
        self.assertNotIn("49", body)


class TestContactReplies(HelpdeskTestCase):
    def reply(self, ticket, user: str = CLEO):
        with acting_as(user), outbox() as mails:
            frappe.get_doc("HD Ticket", ticket.name).create_communication_via_contact(message="<p>Still on fire</p>")
        ticket.reload()
        return mails

    def test_h17_a_reply_reopens_and_tells_the_agents(self):
        ticket = make_ticket(via_customer_portal=1)
        ticket.assign_agent(ANNA)
        make_message(ticket, "Sent")
        set_status(ticket, "Replied")
        mails = self.reply(ticket)
        self.assertEqual((ticket.status, mails[0]["recipients"], mails[0]["now"]), ("Open", [ANNA], True))
        self.assertTrue(ticket.last_customer_response)

    def test_h18_before_any_answer_the_status_is_that_of_new_tickets(self):
        make_status("New", "Open")
        make_status("Again", "Open")
        with self.settings(default_ticket_status="New", ticket_reopen_status="Again"):
            ticket = make_ticket(via_customer_portal=1)
            self.reply(ticket)
        self.assertEqual(ticket.status, "New")
        lines = frappe.get_all("HD Ticket Activity", filters={"ticket": ticket.name}, pluck="action")
        self.assertEqual(lines, [])

    def test_h19_the_agreement_names_the_status_of_reopened_tickets(self):
        make_status("Again", "Open")
        make_agreement("Gold", "doc.priority == 'High'", ticket_reopen_status="Again")
        ticket = make_ticket(priority="High", via_customer_portal=1)
        make_message(ticket, "Sent")
        self.reply(ticket)
        self.assertEqual(ticket.status, "Again")

    def test_h20_closed_portal_tickets_stay_closed_for_the_portal_and_open_by_mail(self):
        ticket = make_ticket(via_customer_portal=1)
        make_message(ticket, "Sent")
        set_status(ticket, "Closed")
        with self.assertRaises(TicketIsClosed):
            self.reply(ticket)
        self.assertEqual(len([row for row in messages_of(ticket) if row.sent_or_received == "Received"]), 0)
        make_message(ticket, "Received")
        ticket.reload()
        self.assertEqual(ticket.status, "Open")

    def test_where_the_settings_let_them_customers_reopen_for_some_days(self):
        with self.at(TUESDAY):
            ticket = make_ticket(via_customer_portal=1)
            make_message(ticket, "Sent")
            set_status(ticket, "Closed")
        with self.settings(customers_reopen_days=7):
            with self.at(TUESDAY + timedelta(days=8)):
                self.assertFalse(get_one(ticket.name)["may_reply"])
                with self.assertRaises(TicketIsClosed):
                    self.reply(ticket)
            with self.at(TUESDAY + timedelta(days=6)):
                self.assertTrue(get_one(ticket.name)["may_reply"])
                self.reply(ticket)
        ticket.reload()
        self.assertEqual(ticket.status, "Open")

    def test_h21_h22_the_average_response_time(self):
        ticket = make_ticket()
        script = [("Received", 0), ("Sent", 10), ("Received", 60), ("Sent", 90), ("Received", 100), ("Received", 110)]
        for direction, minute in [*script, ("Sent", 130)]:
            with self.at(TUESDAY.replace(hour=10 + minute // 60, minute=minute % 60)):
                make_message(ticket, direction)
        ticket.reload()
        self.assertEqual(ticket.avg_response_time, 1200)

    def test_h23_who_cannot_read_cannot_answer(self):
        ticket = make_ticket()
        with acting_as(XENIA):
            self.assertFalse(frappe.has_permission("HD Ticket", "read", doc=ticket))


class TestMergedTickets(HelpdeskTestCase):
    def test_i09_mail_follows_a_merge(self):
        first, second, third = make_ticket(), make_ticket(), make_ticket()
        for source, target in ((first, second), (second, third)):
            frappe.db.set_value(
                "HD Ticket", source.name, {"is_merged": 1, "merged_with": target.name, "status": "Closed"}
            )
        message = make_message(first, "Received")
        self.assertEqual(frappe.db.get_value("Communication", message.name, "reference_name"), str(third.name))
        self.assertEqual(frappe.db.get_value("HD Ticket", first.name, "status"), "Closed")
        self.assertTrue(frappe.db.get_value("HD Ticket", third.name, "last_customer_response"))

    def test_i10_a_circle_of_merges_loses_nothing(self):
        first, second = make_ticket(), make_ticket()
        for source, target in ((first, second), (second, first)):
            frappe.db.set_value("HD Ticket", source.name, {"is_merged": 1, "merged_with": target.name})
        message = make_message(first, "Received")
        self.assertEqual(frappe.db.get_value("Communication", message.name, "reference_name"), str(first.name))
