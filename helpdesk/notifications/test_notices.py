"""Work goes on where no mail can leave."""

from unittest.mock import patch

import frappe

from helpdesk.conversation.test_comments import mention
from helpdesk.conversation.test_replies import make_account
from helpdesk.exceptions import NoOutgoingAccount
from helpdesk.notifications import notices
from helpdesk.test_utils import ANNA, ARNE, CLEO, HelpdeskTestCase, acting_as, make_ticket, set_status


class TestWithoutAnAccount(HelpdeskTestCase):
    def setUp(self) -> None:
        super().setUp()
        frappe.db.set_value("Email Account", {"enable_outgoing": 1}, "enable_outgoing", 0)
        frappe.cache.delete_value(notices.NOTED_KEY)
        no_server = patch.object(frappe.local, "conf", frappe._dict(frappe.local.conf, mail_server=None, mute_emails=0))
        no_server.start()
        self.addCleanup(no_server.stop)
        self.addCleanup(frappe.cache.delete_value, notices.NOTED_KEY)

    def notes(self) -> int:
        return frappe.db.count("Error Log", {"method": "Notices are not mailed"})

    def test_a_customer_answers_and_agents_work(self):
        settings = {"send_acknowledgement_email": 1, "enable_email_ticket_feedback": 1}
        with self.settings(send_email_feedback_on_status="Resolved", **settings):
            ticket = make_ticket()
            ticket.assign_agent(ANNA)
            with acting_as(CLEO):
                frappe.get_doc("HD Ticket", ticket.name).create_communication_via_contact("<p>Any news?</p>")
            with acting_as(ANNA):
                frappe.get_doc("HD Ticket", ticket.name).new_comment(f"<p>{mention(ARNE)}</p>")
            set_status(ticket, "Resolved")
        self.assertEqual(frappe.db.count("Email Queue", {"reference_name": str(ticket.name)}), 0)
        self.assertTrue(frappe.db.exists("HD Notification", {"user_to": ARNE, "notification_type": "Mention"}))
        self.assertEqual(self.notes(), 1)

    def test_an_agents_own_reply_says_what_is_missing(self):
        ticket = make_ticket()
        with acting_as(ANNA), self.assertRaises(NoOutgoingAccount):
            frappe.get_doc("HD Ticket", ticket.name).reply_via_agent("<p>Soon</p>")

    def test_an_account_that_is_no_default_changes_nothing(self):
        make_account("Sales", "sales@example.com")
        ticket = make_ticket()
        ticket.assign_agent(ANNA)
        frappe.clear_messages()
        with acting_as(CLEO):
            frappe.get_doc("HD Ticket", ticket.name).create_communication_via_contact("<p>Any news?</p>")
        self.assertEqual((self.notes(), frappe.get_message_log()), (1, []))
