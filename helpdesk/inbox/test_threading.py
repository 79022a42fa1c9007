"""Mails become tickets, and find the ticket they belong to."""

import unittest
from email import message_from_bytes
from email.message import EmailMessage
from email.utils import format_datetime, make_msgid
from unittest.mock import Mock, PropertyMock, patch

import frappe
from frappe.email.doctype.email_account.email_account import EmailAccount
from frappe.email.receive import InboundMail
from frappe.utils import now_datetime

from helpdesk.conversation.messages import of_ticket
from helpdesk.conversation.test_replies import make_account
from helpdesk.inbox import admission
from helpdesk.inbox.authentication import Verdict, judge
from helpdesk.inbox.references import MOST, message_ids
from helpdesk.inbox.threading import HelpdeskInboundMail, is_automatic
from helpdesk.test_utils import ANNA, CLEO, XENIA, HelpdeskTestCase, make_message, make_ticket
from helpdesk.tests.properties import given, settings, st

SUPPORT = "support@example.com"


def letter(subject: str = "My printer", sender: str = CLEO, text: str = "It burns.", **headers: str) -> bytes:
    mail = EmailMessage()
    mail["From"], mail["To"], mail["Subject"] = f"Somebody <{sender}>", SUPPORT, subject
    mail["Date"] = format_datetime(now_datetime().astimezone())
    mail["Message-ID"] = headers.pop("message_id", None) or make_msgid(domain="acme.example")
    for name, value in headers.items():
        mail[name.replace("_", "-")] = value
    mail.set_content(text)
    return mail.as_bytes()


class TestReferences(unittest.TestCase):
    def test_the_newest_comes_first(self):
        self.assertEqual(message_ids("<a@x> <b@x>\r\n <c@x>"), ["c@x", "b@x", "a@x"])

    def test_what_is_no_id_is_left_out(self):
        self.assertEqual(message_ids("<a@x> nonsense <> < b@x> <c@x"), ["a@x"])
        self.assertEqual(message_ids(None), [])

    @settings(deadline=None)
    @given(st.text(max_size=3000))
    def test_any_header_can_be_read(self, header):
        found = message_ids(header)
        self.assertLessEqual(len(found), MOST)
        self.assertFalse(any(set(each) & set("<> \r\n") for each in found))


class TestAuthentication(unittest.TestCase):
    def judged(self, *fields: str) -> Verdict:
        return judge(fields, ["mx.example.com"], CLEO)

    def test_only_our_servers_count(self):
        self.assertIs(self.judged(), Verdict.UNKNOWN)
        self.assertIs(self.judged("evil.example; dmarc=pass header.from=acme.example"), Verdict.UNKNOWN)
        self.assertIs(self.judged("MX.example.com 1; dmarc=pass (p=none) header.from=acme.example"), Verdict.PROVEN)

    def test_the_worst_of_several_counts(self):
        good, bad = (f"mx.example.com; dmarc={each} header.from=acme.example" for each in ("pass", "fail"))
        self.assertIs(self.judged(good, bad), Verdict.FORGED)
        self.assertIs(self.judged(bad, good), Verdict.FORGED)

    def test_without_dmarc_a_signature_of_the_same_domain_proves(self):
        self.assertIs(self.judged("mx.example.com; dkim=pass header.d=acme.example"), Verdict.PROVEN)
        self.assertIs(self.judged("mx.example.com; dkim=pass header.d=evil.example"), Verdict.UNKNOWN)
        self.assertIs(self.judged("mx.example.com; spf=fail smtp.mailfrom=x@acme.example"), Verdict.FORGED)
        self.assertIs(
            self.judged("mx.example.com; dkim=pass (header.d=acme.example) header.d=evil.example"), Verdict.UNKNOWN
        )

    @settings(deadline=None)
    @given(st.text(max_size=500))
    def test_any_field_can_be_read_and_none_of_another_server_counts(self, text):
        self.assertIs(self.judged("evil.example;" + text), Verdict.UNKNOWN)
        self.assertIn(self.judged("mx.example.com;" + text), list(Verdict))


class TestInbound(HelpdeskTestCase):
    def setUp(self) -> None:
        super().setUp()
        self.account = make_account(enable_incoming=1, append_to="HD Ticket")

    def pull(self, content: bytes):
        """Return the ticket that a mail ends up on."""
        message = HelpdeskInboundMail(content, self.account, append_to="HD Ticket").process()
        return frappe.get_doc("HD Ticket", message.reference_name)

    def test_i01_a_mail_becomes_a_ticket(self):
        ticket = self.pull(letter("x" * 200))
        self.assertEqual(ticket.subject, "x" * 140)
        self.assertEqual((ticket.raised_by, ticket.email_account), (CLEO, self.account.name))
        self.assertEqual(ticket.via_customer_portal, 0)
        self.assertIn("It burns", ticket.description)
        self.assertTrue(ticket.contact)

    def test_i02_an_answer_joins_its_ticket(self):
        ticket = make_ticket()
        make_message(ticket, "Sent", message_id="ours@example.com", recipients=CLEO)
        self.assertEqual(self.pull(letter("Re: x", In_Reply_To="<ours@example.com>")).name, ticket.name)

    def test_i03_references_are_enough(self):
        ticket, other = make_ticket(), make_ticket()
        make_message(other, "Sent", message_id="old@example.com", recipients=CLEO)
        make_message(ticket, "Sent", message_id="ours@example.com", recipients=CLEO)
        mail = letter("Something else", References="<old@example.com> <ours@example.com>")
        self.assertEqual(self.pull(mail).name, ticket.name)

    def test_i04_the_number_in_the_subject_is_enough(self):
        ticket = make_ticket()
        self.assertEqual(self.pull(letter(f"Again (#{ticket.name})")).name, ticket.name)

    def answer(self, ticket, **values):
        """Return the id of an answer of ours."""
        make_message(ticket, "Sent", message_id="ours@example.com", **{"recipients": CLEO, **values})
        return "<ours@example.com>"

    def test_hostile_1_strangers_join_by_no_number_and_by_no_id(self):
        ticket = make_ticket()
        ours = self.answer(ticket)
        for mail in (
            letter(f"Let me in #{ticket.name}", XENIA),
            letter("Re: x", XENIA, In_Reply_To=ours),
            letter("Re: x", XENIA, References=ours),
            letter(f"Re: {ticket.subject}", XENIA),
            letter("Re: x", XENIA, In_Reply_To=ours, Reply_To=CLEO),
            letter("Re: x", XENIA, In_Reply_To=ours, X_Original_From=CLEO),
        ):
            with self.subTest(mail=mail):
                self.assertNotEqual(self.pull(mail).name, ticket.name)
        self.assertEqual(frappe.db.count("Communication", of_ticket(ticket.name)), 1)

    def test_hostile_1_two_people_in_from_are_nobody(self):
        self.assertEqual(admission.sender_of(message_from_bytes(b"From: a@x.example, b@x.example\n\n")), "")
        self.assertEqual(admission.sender_of(message_from_bytes(b"From: a@x.example\nFrom: b@x.example\n\n")), "")
        self.assertEqual(
            admission.sender_of(message_from_bytes(b"From: =?utf-8?q?Cl=C3=A9o?= <A@x.Example>\n\n")), "a@x.example"
        )

    def test_hostile_2_what_our_server_calls_forged_does_not_join(self):
        ticket = make_ticket()
        ours, subject = self.answer(ticket), "Re: x"
        verdict = "mx.example.com; dmarc=fail header.from=acme.example"
        with patch.dict(frappe.local.conf, {"trusted_authserv_ids": ["mx.example.com"]}):
            forged = self.pull(letter(subject, In_Reply_To=ours, Authentication_Results=verdict))
            other = letter(subject, In_Reply_To=ours, Authentication_Results=verdict.replace("mx.", "evil."))
            honest = self.pull(other)
        self.assertNotEqual(forged.name, ticket.name)
        self.assertEqual(honest.name, ticket.name)

    def test_hostile_3_a_colleagues_address_counts_when_our_server_vouches_for_it(self):
        ticket = make_ticket()
        proof = "mx.example.com; dmarc=pass header.from=example.com"
        with patch.dict(frappe.local.conf, {"trusted_authserv_ids": "mx.example.com"}):
            claimed = self.pull(letter(f"x #{ticket.name}", ANNA))
            proven = self.pull(letter(f"x #{ticket.name}", ANNA, Authentication_Results=proof))
        self.assertNotEqual(claimed.name, ticket.name)
        self.assertEqual(proven.name, ticket.name)

    def test_hostile_4_a_copy_of_a_mail_from_outside_lets_nobody_in(self):
        ticket = self.pull(letter(message_id="<first@acme.example>", Cc=XENIA))
        self.assertNotEqual(self.pull(letter(f"x #{ticket.name}", XENIA)).name, ticket.name)

    def test_whom_we_wrote_to_may_answer(self):
        ticket = make_ticket()
        ours = self.answer(ticket, cc=f"Xenia <{XENIA}>")
        self.assertEqual(self.pull(letter("Re: x", XENIA, In_Reply_To=ours)).name, ticket.name)

    def test_the_rule_is_the_apps_own_and_asks_nothing_of_the_framework(self):
        """On a bench the framework lets everybody in; here it is made to."""
        ticket = make_ticket()
        mail = HelpdeskInboundMail(letter("Hello", XENIA), self.account, append_to="HD Ticket")
        with patch.object(InboundMail, "reference_document", lambda mail: ticket):
            self.assertIsNone(mail.reference_document())

    def test_i05_what_machines_wrote_is_left_out(self):
        mail = HelpdeskInboundMail(letter(X_Auto_Generated="hd-acknowledgement"), self.account)
        self.assertTrue(is_automatic(mail))
        self.assertFalse(is_automatic(HelpdeskInboundMail(letter(), self.account)))

    def test_i06_a_mail_that_cannot_be_looked_into_is_logged_and_left_to_the_framework(self):
        broken = Mock(spec=InboundMail)
        type(broken).mail = PropertyMock(side_effect=UnicodeError("nonsense"))
        with (
            patch.object(EmailAccount, "get_inbound_mails", lambda account: [broken]),
            self.assertLogs(frappe.logger("helpdesk"), "WARNING") as logs,
        ):
            self.assertEqual(self.account.get_inbound_mails(), [broken])
        self.assertIn(self.account.name, logs.output[0])
        self.assertIn("UnicodeError", logs.output[0])

    def test_i06_one_bad_mail_does_not_stop_the_others(self):
        broken = letter("Broken", message_id="<bad@acme.example>")
        mails = [letter("Before"), broken, letter("After")]
        adopted = [HelpdeskInboundMail(each, self.account, append_to="HD Ticket") for each in mails]
        process, errors = HelpdeskInboundMail.process, frappe.db.count("Error Log")

        def fail_on_broken(mail):
            if mail.subject == "Broken":
                raise frappe.ValidationError("This mail is broken")
            return process(mail)

        with (
            patch.object(EmailAccount, "get_inbound_mails", lambda account: adopted),
            patch.object(HelpdeskInboundMail, "process", fail_on_broken),
            self.assertRaisesRegex(Exception, "This mail is broken"),
        ):
            self.account.receive()
        self.addCleanup(self.remove_received)
        found = {name: frappe.db.count("HD Ticket", {"subject": name}) for name in ("Before", "Broken", "After")}
        self.assertEqual(found, {"Before": 1, "Broken": 0, "After": 1})
        self.assertEqual(frappe.db.count("Error Log"), errors + 1)

    def remove_received(self) -> None:
        """Each mail is committed on its own; a rollback does not take it back."""
        frappe.set_user("Administrator")
        for subject in ("Before", "After"):
            for name in frappe.get_all("HD Ticket", filters={"subject": subject}, pluck="name"):
                frappe.delete_doc("HD Ticket", name, force=True)
        frappe.delete_doc("Email Account", self.account.name, force=True)
        frappe.db.commit()

    def test_i07_the_same_mail_twice_is_one_message(self):
        mail = letter(message_id="<once@acme.example>")
        tickets = {self.pull(mail).name for _time in range(2)}
        self.assertEqual(len(tickets), 1)
        filters = {"reference_doctype": "HD Ticket", "reference_name": str(tickets.pop())}
        self.assertEqual(frappe.db.count("Communication", filters), 1)

    def test_h20_a_mail_reopens_a_closed_ticket(self):
        ticket = self.pull(letter(message_id="<first@acme.example>"))
        make_message(ticket, "Sent", message_id="ours@example.com", recipients=CLEO)
        ticket.reload()
        ticket.status = "Closed"
        ticket.save()
        self.pull(letter("Re: My printer", In_Reply_To="<ours@example.com>"))
        ticket.reload()
        self.assertEqual(ticket.status, "Open")
