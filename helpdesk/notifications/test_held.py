"""Mails that wait, and tickets that are muted or followed."""

from datetime import timedelta
from unittest.mock import patch

import frappe

from helpdesk.api.notifications import get_rhythm, is_ticket_muted, mute_ticket, save_preference, save_rhythm
from helpdesk.conversation.test_comments import mention
from helpdesk.conversation.test_replies import make_account
from helpdesk.helpdesk.doctype.hd_notification.hd_notification import send_held_mails
from helpdesk.notifications import alerts, held, kinds
from helpdesk.test_utils import (
    ANNA,
    ARNE,
    CLEO,
    MONA,
    TUESDAY,
    XENIA,
    HelpdeskTestCase,
    acting_as,
    make_message,
    make_team,
    make_ticket,
    outbox,
    set_status,
)

NOON = TUESDAY.replace(hour=12)
EVENING = TUESDAY.replace(hour=23)
NEXT_MORNING = TUESDAY.replace(hour=8) + timedelta(days=1)


def rhythm(user: str = ANNA, **values) -> None:
    with acting_as(user):
        save_rhythm(**values)


def heard(user: str, kind: str) -> int:
    return frappe.db.count("HD Notification", {"user_to": user, "notification_type": kind})


class TestWaiting(HelpdeskTestCase):
    def setUp(self) -> None:
        super().setUp()
        self.enterContext(self.change_settings("System Settings", time_zone="UTC"))
        frappe.db.set_value("User", {"name": ["in", [ANNA, ARNE]]}, "time_zone", None)
        frappe.db.delete("HD Held Notice")
        self.ticket = make_ticket()
        for agent in (ANNA, ARNE):
            self.ticket.assign_agent(agent)

    def portal_answer(self, moment, text: str = "Any news?") -> list[dict]:
        with self.at(moment), acting_as(CLEO), outbox() as mails:
            ticket = frappe.get_doc("HD Ticket", self.ticket.name)
            ticket.create_communication_via_contact(f"<p>{text}</p>")
        return mails

    def tick(self, moment) -> list[dict]:
        with self.at(moment), outbox() as mails:
            send_held_mails()
        return mails

    def test_a_digest_is_one_mail_in_the_morning_and_never_a_second_one(self):
        rhythm(digest="Daily")
        now = self.portal_answer(NOON)
        self.portal_answer(NOON + timedelta(hours=1), "Hello?")
        self.assertEqual([mail["recipients"] for mail in now], [[ARNE]])
        self.assertEqual(heard(ANNA, "Reply") + heard(ANNA, "Reaction"), heard(ARNE, "Reply") + heard(ARNE, "Reaction"))
        self.assertEqual(self.tick(NEXT_MORNING - timedelta(minutes=1)), [])
        [mail] = self.tick(NEXT_MORNING)
        self.assertEqual(mail["recipients"], [ANNA])
        [about] = mail["args"]["tickets"]
        self.assertEqual([line.message for line in about["lines"]], ["Any news?", "Hello?"])
        self.assertEqual(about["subject"], self.ticket.subject)
        self.assertEqual(self.tick(NEXT_MORNING + timedelta(minutes=5)), [])
        self.assertEqual(self.tick(NEXT_MORNING + timedelta(days=1)), [])

    def test_what_could_not_be_sent_stays_and_leaves_once(self):
        rhythm(digest="Daily")
        self.portal_answer(NOON)
        with patch("helpdesk.notifications.notices.send", side_effect=RuntimeError):
            self.assertEqual(self.tick(NEXT_MORNING), [])
        self.assertEqual(frappe.db.count("HD Held Notice", {"user": ANNA}), 1)
        self.assertEqual([len(self.tick(NEXT_MORNING + timedelta(minutes=5))) for _again in range(2)], [1, 0])

    def test_quiet_hours_are_those_of_the_persons_own_clock(self):
        frappe.db.set_value("User", ANNA, "time_zone", "America/New_York")
        frappe.clear_document_cache("User", ANNA)
        rhythm(quiet_from="22:00", quiet_until="07:00")
        with acting_as(ANNA):
            self.assertEqual(get_rhythm()["time_zone"], "America/New_York")
        # 12:00 here is 7:00 there, 11:00 is 6:00.
        self.assertEqual(len(self.portal_answer(NOON)[0]["recipients"]), 2)
        self.assertEqual(self.portal_answer(NOON - timedelta(hours=1))[0]["recipients"], [ARNE])
        self.assertEqual(self.tick(NOON - timedelta(minutes=1)), [])
        self.assertEqual([mail["recipients"] for mail in self.tick(NOON)], [[ANNA]])

    def test_what_is_urgent_waits_for_no_digest_but_for_the_morning(self):
        rhythm(digest="Weekly", quiet_from="22:00", quiet_until="07:00")
        for moment, expected in ((NOON, 1), (EVENING, 0)):
            with self.subTest(moment=moment), self.at(moment), outbox() as mails:
                alerts.tell([ANNA], kinds.SLA_WARNING, self.ticket.name, "It burns")
            self.assertEqual(len(mails), expected)
        [mail] = self.tick(TUESDAY.replace(hour=7) + timedelta(days=1))
        self.assertEqual(mail["subject"], alerts.title_of(kinds.SLA_WARNING, self.ticket.name))

    def test_mentions_and_assignments_wait_too(self):
        rhythm(MONA, digest="Daily")
        frappe.db.delete("Email Queue")
        make_account("Support", "support@example.com", default_outgoing=1)
        with self.at(NOON), acting_as(ANNA):
            self.ticket.new_comment(f"<p>Look, {mention(MONA)}</p>")
            self.ticket.assign_agent(MONA)
        waiting = frappe.get_all("HD Held Notice", filters={"user": MONA}, pluck="notification_type")
        self.assertEqual(sorted(waiting), ["Assignment", "Mention"])
        self.assertFalse(frappe.db.exists("Email Queue Recipient", {"recipient": MONA}))
        with self.at(NEXT_MORNING):
            send_held_mails()
        queued = frappe.get_doc("Email Queue", frappe.get_all("Email Queue", pluck="name")[0])
        self.assertIn(f"/helpdesk/tickets/{self.ticket.name}", queued.message.replace("=\n", ""))

    def test_who_wants_mails_at_once_again_gets_what_waits(self):
        rhythm(digest="Weekly")
        self.portal_answer(NOON)
        with self.at(NOON + timedelta(hours=1)):
            rhythm(digest="")
        self.assertEqual(len(self.tick(NOON + timedelta(hours=2))), 1)

    def test_hours_that_make_no_sense_are_refused(self):
        for values in (
            {"quiet_from": "22:00"},
            {"quiet_from": "22:00", "quiet_until": "22:00"},
            {"digest": "Hourly"},
            {"quiet_from": "nine", "quiet_until": "ten"},
        ):
            with self.subTest(values=values), self.assertRaises(frappe.ValidationError):
                rhythm(**values)

    def test_a_deleted_ticket_is_forgotten(self):
        held.hold_back(ANNA, kinds.REPLY, self.ticket.name, "x", "y")
        rhythm(digest="Daily")
        self.portal_answer(NOON)
        frappe.delete_doc("HD Ticket", self.ticket.name)
        self.assertEqual(frappe.db.count("HD Held Notice"), 0)


class TestMuting(HelpdeskTestCase):
    def test_a_muted_ticket_is_silent_but_for_what_is_said_by_name(self):
        ticket = make_ticket(via_customer_portal=1)
        for agent in (ANNA, ARNE):
            ticket.assign_agent(agent)
        with acting_as(ANNA):
            mute_ticket(ticket.name)
            mute_ticket(ticket.name)
            self.assertTrue(is_ticket_muted(ticket.name))
        with acting_as(CLEO), outbox() as mails:
            frappe.get_doc("HD Ticket", ticket.name).create_communication_via_contact("<p>Any news?</p>")
        self.assertEqual([mail["recipients"] for mail in mails], [[ARNE]])
        self.assertEqual((heard(ANNA, "Reply"), heard(ARNE, "Reply")), (0, 1))
        with acting_as(ARNE):
            ticket.new_comment(f"<p>{mention(ANNA)}</p>")
        self.assertEqual(heard(ANNA, "Mention"), 1)
        with acting_as(ANNA):
            mute_ticket(ticket.name, muted=False)
        with acting_as(CLEO):
            make_message(frappe.get_doc("HD Ticket", ticket.name), "Received")
        self.assertEqual(heard(ANNA, "Reply"), 1)

    def test_only_who_may_read_a_ticket_mutes_it(self):
        ticket = make_ticket()
        with acting_as(XENIA):
            self.assert_refused(mute_ticket, ticket.name)


class TestTeams(HelpdeskTestCase):
    def test_who_follows_their_teams_hears_of_its_tickets(self):
        make_team("Elsewhere", ANNA, ARNE)
        rhythm(follow_teams=True)
        ticket = make_ticket(agent_group="Elsewhere")
        with acting_as(CLEO):
            make_message(ticket, "Received")
        self.assertEqual((heard(ANNA, "Reply"), heard(ARNE, "Reply")), (1, 0))
        with acting_as(CLEO):
            make_message(make_ticket(), "Received")
        self.assertEqual(heard(ANNA, "Reply"), 1)

    def test_who_works_on_it_and_follows_hears_once(self):
        make_team("Elsewhere", ANNA)
        rhythm(follow_teams=True)
        ticket = make_ticket(agent_group="Elsewhere")
        ticket.assign_agent(ANNA)
        set_status(ticket, "Replied")
        make_message(frappe.get_doc("HD Ticket", ticket.name), "Received")
        self.assertEqual(heard(ANNA, "Reaction"), 1)


class TestLocks(HelpdeskTestCase):
    def test_what_managers_have_fixed_holds_for_all(self):
        with acting_as(ANNA):
            save_preference("Priority", in_app=False, email=False)
        with acting_as(MONA):
            save_preference("Priority", in_app=True, email=False, for_everybody=True, locked=True)
        with acting_as(ANNA):
            self.assert_refused(save_preference, "Priority", in_app=False, email=False)
        ticket = make_ticket(priority="Low")
        ticket.assign_agent(ANNA)
        set_status(ticket, ticket.status, priority="High")
        self.assertEqual(heard(ANNA, "Priority"), 1)
        with acting_as(MONA):
            save_preference("Priority", in_app=True, email=False, for_everybody=True)
        set_status(ticket, ticket.status, priority="Low")
        self.assertEqual(heard(ANNA, "Priority"), 1)
