"""Trying a mail account."""

from smtplib import SMTPRecipientsRefused
from unittest.mock import MagicMock, patch

import frappe
from frappe.email.doctype.email_account.email_account import EmailAccount

from helpdesk.api.settings import email
from helpdesk.test_utils import ANNA, MONA, HelpdeskTestCase, acting_as


class TestTrialMail(HelpdeskTestCase):
    def setUp(self):
        super().setUp()
        values = {"email_id": "desk@example.com", "email_account_name": "Desk", "enable_outgoing": 1}
        with patch.object(EmailAccount, "validate"), patch.object(EmailAccount, "on_update"):
            account = frappe.get_doc({"doctype": "Email Account", "smtp_server": "mail.example.com", **values})
            self.account = account.insert(ignore_mandatory=True).name
        self.server = MagicMock()
        for name, value in (("check_smtp", None), ("get_smtp_server", self.server)):
            patcher = patch.object(EmailAccount, name, return_value=value)
            patcher.start()
            self.addCleanup(patcher.stop)

    def test_a_manager_gets_a_mail_at_once(self):
        with acting_as(MONA):
            self.assertEqual(email.send_test_mail(self.account), MONA)
        sender, recipients, letter = self.server.session.sendmail.call_args.args
        self.assertEqual((sender, recipients), ("desk@example.com", [MONA]))
        self.assertIn(b"Auto-Submitted: auto-generated", letter)

    def test_what_the_server_says_is_told(self):
        self.server.session.sendmail.side_effect = SMTPRecipientsRefused({MONA: (550, b"no such mailbox")})
        with acting_as(MONA), self.assertRaisesRegex(frappe.ValidationError, "no such mailbox"):
            email.send_test_mail(self.account)

    def test_agents_may_not(self):
        with acting_as(ANNA):
            self.assert_refused(email.send_test_mail, self.account)
        self.server.session.sendmail.assert_not_called()

    def test_an_account_that_does_not_send_is_refused(self):
        frappe.db.set_value("Email Account", self.account, "enable_outgoing", 0)
        with acting_as(MONA), self.assertRaisesRegex(frappe.ValidationError, "does not send"):
            email.send_test_mail(self.account)
