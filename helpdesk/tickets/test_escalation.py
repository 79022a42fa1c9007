"""Escalating, resolving and archiving a ticket."""

import frappe

from helpdesk.api.doc import get_list_count, get_list_data
from helpdesk.api.ticket import archive, de_escalate, escalate, needs_no_response, resolve, restore
from helpdesk.exceptions import CannotEscalate, ResolutionDetailsRequired, TicketIsArchived
from helpdesk.test_utils import (
    ANNA,
    ARNE,
    CLEO,
    MONA,
    HelpdeskTestCase,
    acting_as,
    make_message,
    make_team,
    make_ticket,
    outbox,
    set_status,
)


def stored(ticket, *fields: str):
    values = frappe.db.get_value("HD Ticket", ticket.name, list(fields))
    return values[0] if len(fields) == 1 and isinstance(values, (list, tuple)) else values


def lines(ticket) -> list[str]:
    return frappe.get_all("HD Ticket Activity", filters={"ticket": ticket.name}, pluck="action")


class TestEscalation(HelpdeskTestCase):
    def escalate(self, ticket, user: str = ANNA, **values) -> None:
        with acting_as(user), self.settings(skip_email_workflow=1):
            escalate(ticket.name, **{"reason": "The floor & stairs are dark", **values})

    def test_the_priority_rises_and_the_reason_stays_where_agents_read_it(self):
        ticket = make_ticket(priority="Low")
        self.escalate(ticket)
        self.assertEqual(
            tuple(stored(ticket, "priority", "escalated_by", "escalation_reason")),
            ("Urgent", ANNA, "The floor & stairs are dark"),
        )
        comments = frappe.get_all("HD Ticket Comment", filters={"reference_ticket": ticket.name}, pluck="content")
        self.assertIn("floor &amp; stairs", comments[0])
        self.assertIn("escalated the ticket", lines(ticket))

    def test_managers_and_who_works_on_it_hear_of_it_but_not_who_did_it(self):
        ticket = make_ticket()
        for agent in (ANNA, ARNE):
            ticket.assign_agent(agent)
        with outbox() as mails, acting_as(ANNA):
            escalate(ticket.name, "It burns")
        told = {"notification_type": "Escalation", "reference_ticket": ticket.name}
        people = set(frappe.get_all("HD Notification", filters=told, pluck="user_to"))
        self.assertLessEqual({MONA, ARNE}, people)
        self.assertNotIn(ANNA, people)
        self.assertIn(MONA, {address for mail in mails for address in mail["recipients"]})

    def test_it_goes_into_other_hands(self):
        make_team("Second Line", ARNE)
        ticket = make_ticket()
        ticket.assign_agent(ANNA)
        self.escalate(ticket, team="Second Line", agent=ARNE, note="<p>We are on it</p>")
        ticket.reload()
        self.assertEqual([agent.name for agent in ticket.get_assigned_agents()], [ARNE])
        self.assertEqual(ticket.agent_group, "Second Line")
        self.assertEqual(ticket.get_last_communication().content, "<p>We are on it</p>")

    def test_without_a_reason_when_resolved_and_at_the_top_it_is_refused(self):
        with self.assertRaises(CannotEscalate):
            self.escalate(make_ticket(), reason="  ")
        with self.assertRaises(CannotEscalate):
            self.escalate(set_status(make_ticket(), "Resolved"))
        urgent = make_ticket(priority="Urgent")
        with self.assertRaises(CannotEscalate):
            self.escalate(urgent)
        self.escalate(urgent, agent=ARNE)
        self.assertTrue(stored(urgent, "escalated_on"))

    def test_managers_take_it_back_with_a_reason(self):
        ticket = make_ticket()
        self.escalate(ticket)
        with acting_as(ANNA):
            self.assert_refused(de_escalate, ticket.name, "Light is back")
        with acting_as(MONA):
            de_escalate(ticket.name, "Light is back", priority="High")
            with self.assertRaises(CannotEscalate):
                de_escalate(ticket.name, "Light is back")
        self.assertEqual(tuple(stored(ticket, "priority", "escalated_on", "escalation_reason")), ("High", None, None))


class TestResolving(HelpdeskTestCase):
    def test_it_says_how_and_keeps_the_rating(self):
        ticket = make_ticket()
        with acting_as(ANNA), self.settings(skip_email_workflow=1):
            resolve(ticket.name, "<p>New fuse</p>", rating=4, notify=True)
        ticket.reload()
        self.assertEqual((ticket.status, ticket.resolution_details), ("Resolved", "<p>New fuse</p>"))
        self.assertEqual(ticket.feedback_rating, 0.8)
        self.assertTrue(ticket.resolution_date)
        self.assertEqual(ticket.get_last_communication().content, "<p>New fuse</p>")

    def test_a_status_that_resolves_nothing_and_six_stars_are_refused(self):
        ticket = make_ticket()
        for wrong in ({"status": "Replied"}, {"rating": 6}):
            with self.subTest(**wrong), acting_as(ANNA), self.assertRaises(frappe.ValidationError):
                resolve(ticket.name, "Done", **wrong)

    def test_where_details_are_required_no_agent_resolves_without_a_word_but_customers_may_close(self):
        with self.settings(require_resolution_details=1, is_feedback_mandatory=0):
            with acting_as(ANNA), self.assertRaises(ResolutionDetailsRequired):
                set_status(make_ticket(), "Resolved")
            with acting_as(ANNA):
                set_status(make_ticket(), "Resolved", resolution_details="A fuse")
            ticket = make_ticket(via_customer_portal=1)
            with acting_as(CLEO):
                self.assertEqual(set_status(ticket, "Closed").status, "Closed")


class TestArchive(HelpdeskTestCase):
    def listed(self, ticket, **filters) -> bool:
        found = get_list_data("HD Ticket", filters={"name": ticket.name, **filters})
        self.assertEqual(found["total_count"], get_list_count("HD Ticket", {"name": ticket.name, **filters}))
        return bool(found["data"])

    def test_an_archived_ticket_leaves_lists_and_counts_and_comes_back(self):
        ticket = make_ticket()
        self.assertTrue(self.listed(ticket))
        archive(ticket.name)
        self.assertFalse(self.listed(ticket))
        self.assertTrue(self.listed(ticket, is_archived=1))
        restore(ticket.name)
        self.assertTrue(self.listed(ticket))
        self.assertEqual(
            sorted(line for line in lines(ticket) if "archive" in line),
            ["archived the ticket", "restored the ticket from the archive"],
        )

    def test_it_is_read_only_until_the_requester_writes(self):
        ticket = make_ticket()
        archive(ticket.name)
        with self.assertRaises(TicketIsArchived):
            set_status(ticket, "Closed")
        make_message(ticket, "Received")
        self.assertEqual(stored(ticket, "is_archived"), 0)


class TestNeedsResponse(HelpdeskTestCase):
    def test_the_customers_word_asks_for_an_answer_and_the_agents_gives_it(self):
        ticket = make_ticket()
        self.assertEqual(ticket.needs_response, 1)
        make_message(ticket, "Sent")
        self.assertEqual(stored(ticket, "needs_response"), 0)
        make_message(frappe.get_doc("HD Ticket", ticket.name), "Received")
        self.assertEqual(stored(ticket, "needs_response"), 1)
        self.assertEqual(set_status(make_ticket(), "Replied").needs_response, 0)
        with acting_as(ANNA):
            needs_no_response(ticket.name)
        self.assertEqual(stored(ticket, "needs_response"), 0)
