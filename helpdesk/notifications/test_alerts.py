"""Alerts leave the house as mails that can be read."""

import frappe

from helpdesk.conversation.test_replies import make_account
from helpdesk.notifications import alerts, kinds
from helpdesk.test_utils import ANNA, HelpdeskTestCase, make_ticket

ALERTS = (
    kinds.ESCALATION,
    kinds.SLA_WARNING,
    kinds.SLA_BREACH,
    kinds.NEW_TICKET,
    kinds.PRIORITY,
    kinds.RESOLUTION,
)


class TestMails(HelpdeskTestCase):
    def test_every_kind_becomes_a_mail_with_the_way_to_the_ticket(self):
        """The whole way through the framework: what is only collected on the way may fail to be written."""
        make_account("Support", "support@example.com", default_outgoing=1)
        ticket = make_ticket()
        for kind in ALERTS:
            with self.subTest(kind=kind):
                frappe.db.delete("Email Queue")
                frappe.db.delete("HD Notification Preference")
                frappe.get_doc(
                    {
                        "doctype": "HD Notification Preference",
                        "user": ANNA,
                        "notification_type": kind,
                        "in_app": 1,
                        "email": 1,
                    }
                ).insert()
                alerts.tell([ANNA], kind, ticket.name, "It burns & smokes")
                mails = frappe.get_all("Email Queue", pluck="name")
                self.assertEqual(len(mails), 1)
                queued = frappe.get_doc("Email Queue", mails[0])
                self.assertEqual([row.recipient for row in queued.recipients], [ANNA])
                self.assertIn(f"/helpdesk/tickets/{ticket.name}", queued.message.replace("=\n", ""))
                self.assertIn("burns &amp; smokes", queued.message.replace("=\n", ""))
