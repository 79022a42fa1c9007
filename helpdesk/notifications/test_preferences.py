"""People hear of what they want to hear of."""

from datetime import timedelta

import frappe

from helpdesk.api.notifications import get_preferences, reset_preferences, save_preference
from helpdesk.helpdesk.doctype.hd_ticket.hd_ticket import warn_of_service_levels
from helpdesk.notifications.kinds import USUAL
from helpdesk.test_utils import (
    ANNA,
    ARNE,
    CLEO,
    MONA,
    TUESDAY,
    HelpdeskTestCase,
    acting_as,
    make_message,
    make_team,
    make_ticket,
    outbox,
    set_status,
)

MORNING = TUESDAY.replace(hour=10)


def heard(user: str, kind: str) -> int:
    return frappe.db.count("HD Notification", {"user_to": user, "notification_type": kind})


def addressees(mails: list[dict]) -> list[str]:
    return sorted(address for mail in mails for address in mail["recipients"])


class TestPreferences(HelpdeskTestCase):
    def choose(self, user: str, kind: str, **how: bool) -> None:
        with acting_as(user):
            save_preference(kind, **how)

    def test_the_page_shows_every_kind_and_whose_choice_it_is(self):
        self.choose(ANNA, "Mention", in_app=False, email=True)
        with acting_as(ANNA):
            lines = {line["notification_type"]: line for line in get_preferences()}
        self.assertEqual(set(lines), set(USUAL))
        self.assertEqual((lines["Mention"]["in_app"], lines["Mention"]["is_own"]), (False, True))
        self.assertIsNone(lines["Assignment"]["email"])
        with acting_as(ANNA):
            self.assertFalse(any(line["is_own"] for line in reset_preferences()))

    def test_ones_own_choice_beats_that_of_the_site_which_managers_make(self):
        with acting_as(MONA):
            save_preference("Assignment", in_app=False, email=False, for_everybody=True)
        self.choose(ARNE, "Assignment", in_app=True, email=False)
        ticket = make_ticket()
        for agent in (ANNA, ARNE):
            ticket.assign_agent(agent)
        self.assertEqual((heard(ANNA, "Assignment"), heard(ARNE, "Assignment")), (0, 1))
        with acting_as(MONA):
            self.assertFalse(any(line["is_own"] for line in reset_preferences(for_everybody=True)))
        with acting_as(ANNA):
            self.assert_refused(save_preference, "Reply", in_app=True, email=True, for_everybody=True)

    def test_an_unknown_kind_is_refused(self):
        with acting_as(ANNA), self.assertRaises(frappe.ValidationError):
            save_preference("Weather", in_app=True, email=True)

    def test_a_second_choice_about_the_same_is_refused(self):
        choice = {"doctype": "HD Notification Preference", "notification_type": "Reply"}
        frappe.get_doc(choice).insert()
        with self.assertRaises(frappe.ValidationError):
            frappe.get_doc(choice).insert()


class TestReplies(HelpdeskTestCase):
    def test_an_answer_on_an_open_ticket_is_told_to_who_works_on_it(self):
        ticket = make_ticket()
        ticket.assign_agent(ANNA)
        with acting_as(CLEO):
            make_message(ticket, "Received")
        self.assertEqual((heard(ANNA, "Reply"), heard(ARNE, "Reply")), (1, 0))

    def test_an_answer_that_reopens_is_told_once(self):
        ticket = make_ticket()
        ticket.assign_agent(ANNA)
        set_status(ticket, "Replied")
        make_message(frappe.get_doc("HD Ticket", ticket.name), "Received")
        self.assertEqual((heard(ANNA, "Reply"), heard(ANNA, "Reaction")), (0, 1))

    def test_who_wants_no_mail_of_answers_gets_none(self):
        with acting_as(ANNA):
            save_preference("Reply", in_app=True, email=False)
        ticket = make_ticket(via_customer_portal=1)
        for agent in (ANNA, ARNE):
            ticket.assign_agent(agent)
        with acting_as(CLEO), outbox() as mails:
            frappe.get_doc("HD Ticket", ticket.name).create_communication_via_contact("<p>Any news?</p>")
        self.assertEqual(addressees(mails), [ARNE])


class TestChanges(HelpdeskTestCase):
    def test_new_tickets_are_told_to_those_who_asked_and_may_see_them(self):
        make_team("Elsewhere", ARNE)
        for agent in (ANNA, ARNE):
            with acting_as(agent):
                save_preference("New Ticket", in_app=True, email=False)
        with self.settings(restrict_tickets_by_agent_group=1), acting_as(CLEO):
            make_ticket(agent_group="Elsewhere")
        self.assertEqual((heard(ANNA, "New Ticket"), heard(ARNE, "New Ticket")), (0, 1))

    def test_priority_and_resolution_are_told_to_those_who_asked(self):
        with acting_as(ANNA):
            save_preference("Priority", in_app=True, email=True)
            save_preference("Resolution", in_app=True, email=False)
        ticket = make_ticket(priority="Low")
        for agent in (ANNA, ARNE):
            ticket.assign_agent(agent)
        with outbox() as mails:
            set_status(ticket, "Resolved", priority="High")
        self.assertEqual((heard(ANNA, "Priority"), heard(ANNA, "Resolution")), (1, 1))
        self.assertEqual((heard(ARNE, "Priority"), heard(ARNE, "Resolution")), (0, 0))
        self.assertEqual(addressees(mails), [ANNA])


class TestServiceLevels(HelpdeskTestCase):
    def setUp(self) -> None:
        super().setUp()
        with self.at(MORNING):
            self.ticket = make_ticket(priority="High")
            self.ticket.assign_agent(ANNA)

    def state(self, minutes: int) -> str:
        with self.at(MORNING + timedelta(minutes=minutes)):
            warn_of_service_levels()
        return frappe.db.get_value("HD Ticket", self.ticket.name, "sla_state")

    def test_a_ticket_turns_amber_and_red_by_itself_and_each_is_told_once(self):
        modified = frappe.db.get_value("HD Ticket", self.ticket.name, "modified")
        self.assertEqual(self.state(44), "On Track")
        with outbox() as mails:
            self.assertEqual([self.state(minutes) for minutes in (45, 50)], ["Warning", "Warning"])
        self.assertEqual((heard(ANNA, "SLA Warning"), heard(MONA, "SLA Warning")), (1, 0))
        self.assertEqual(addressees(mails), [ANNA])
        with outbox() as mails:
            self.assertEqual([self.state(minutes) for minutes in (61, 70)], ["Breached", "Breached"])
        self.assertEqual((heard(ANNA, "SLA Breach"), heard(MONA, "SLA Breach")), (1, 1))
        self.assertEqual(set(addressees(mails)) & {ANNA, ARNE, MONA}, {ANNA, MONA})
        row = frappe.db.get_value("HD Ticket", self.ticket.name, ["agreement_status", "modified"])
        self.assertEqual(tuple(row), ("Failed", modified))

    def test_a_save_that_finds_the_time_over_tells_it_too(self):
        self.ticket.reload()
        with self.at(MORNING + timedelta(minutes=50)):
            self.ticket.save()
        self.assertEqual((self.ticket.sla_state, heard(ANNA, "SLA Warning")), ("Warning", 1))

    def test_a_paused_ticket_does_not_warn(self):
        with self.at(MORNING + timedelta(minutes=10)):
            set_status(self.ticket, "Replied")
        self.assertEqual(self.state(600), "Paused")

    def test_the_share_is_a_setting(self):
        with self.settings(sla_warning_percent=50), self.at(MORNING):
            self.ticket.reload()
            self.assertEqual(self.ticket.save().sla_warning_on, MORNING + timedelta(minutes=30))
