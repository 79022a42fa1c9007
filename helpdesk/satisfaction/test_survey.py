"""The question how the help was: asked once, reminded once, answered by a click and not by a link."""

from datetime import timedelta

import frappe

from helpdesk.guests.pages import GuestPages
from helpdesk.helpdesk.doctype.hd_ticket.hd_ticket import ask_for_feedback
from helpdesk.satisfaction import survey
from helpdesk.satisfaction.survey import Answer
from helpdesk.satisfaction.test_feedback import option
from helpdesk.test_utils import (
    CLEO,
    TUESDAY,
    HelpdeskTestCase,
    acting_as,
    make_ticket,
    outbox,
    requesting,
    set_settings,
    set_status,
)


class SurveyTestCase(HelpdeskTestCase):
    def setUp(self) -> None:
        super().setUp()
        frappe.db.delete("HD Survey")
        set_settings(
            enable_email_ticket_feedback=1,
            send_email_feedback_on_status="Resolved",
            feedback_delay_hours=24,
            feedback_reminder_days=3,
            feedback_edit_days=7,
        )

    def resolved(self, moment=TUESDAY, ticket=None):
        with self.at(moment):
            return set_status(ticket or make_ticket(), "Resolved")

    def tick(self, moment) -> int:
        with self.at(moment), outbox() as mails:
            ask_for_feedback()
        return len(mails)


class TestAsking(SurveyTestCase):
    def test_the_question_comes_after_the_delay_with_one_reminder_and_never_again(self):
        with outbox() as mails:
            ticket = self.resolved()
        self.assertEqual(mails, [])
        hours = (23, 24, 25, 24 + 71, 24 + 72, 24 + 73, 24 * 30)
        self.assertEqual([self.tick(TUESDAY + timedelta(hours=h)) for h in hours], [0, 1, 0, 0, 1, 0, 0])
        with self.at(TUESDAY + timedelta(days=40)):
            set_status(ticket, "Open")
        self.resolved(TUESDAY + timedelta(days=41), ticket)
        self.assertEqual(self.tick(TUESDAY + timedelta(days=50)), 0)

    def test_without_a_delay_it_comes_at_once(self):
        with self.settings(feedback_delay_hours=0, feedback_reminder_days=0), outbox() as mails:
            ticket = self.resolved()
        self.assertEqual([mail["recipients"] for mail in mails], [[CLEO]])
        self.assertIn(f"/csat/{ticket.key}?r=4", mails[0]["message"])
        self.assertIn(f"/csat/{ticket.key}/stop", mails[0]["message"])
        self.assertEqual(self.tick(TUESDAY + timedelta(days=30)), 0)

    def test_what_was_reopened_or_rated_meanwhile_is_not_asked_about(self):
        reopened, rated = self.resolved(), self.resolved()
        with self.at(TUESDAY + timedelta(hours=1)):
            set_status(reopened, "Open")
            set_status(rated, "Resolved", feedback_rating=0.8)
        self.assertEqual(self.tick(TUESDAY + timedelta(days=2)), 0)
        self.resolved(TUESDAY + timedelta(days=3), reopened)
        self.assertEqual(self.tick(TUESDAY + timedelta(days=5)), 1)

    def test_a_question_that_could_not_be_stored_as_mail_is_asked_later(self):
        self.resolved()
        with self.settings(feedback_email_content="{{ 1 / 0 }}"):
            self.assertEqual(self.tick(TUESDAY + timedelta(days=2)), 0)
        self.assertEqual([self.tick(TUESDAY + timedelta(days=2, minutes=m)) for m in (5, 10)], [1, 0])


class TestAnswering(SurveyTestCase):
    def page(self, path: str, method: str = "GET", moment=TUESDAY, **values):
        with self.at(moment), acting_as("Guest"), requesting(path, method, **values):
            page = GuestPages(path.strip("/"))
            self.assertTrue(page.can_render())
            return page.render()

    def refused(self, ticket, given: Answer) -> None:
        ticket.reload()
        with self.assertRaises(frappe.ValidationError):
            survey.answer(ticket, given)

    def stored(self, ticket) -> tuple:
        ticket.reload()
        return ticket.status, round(ticket.feedback_rating or 0, 1), ticket.feedback, ticket.feedback_extra

    def test_opening_a_link_stores_nothing(self):
        ticket = self.resolved()
        html = self.page(f"/csat/{ticket.key}", r="4").get_data(as_text=True)
        self.assertIn('name="stars" value="4"', html)
        self.assertIn(option(4), html)
        self.assertNotIn(option(1), html)
        self.page(f"/csat/{ticket.key}/stop")
        self.assertEqual(self.stored(ticket), ("Resolved", 0, None, None))
        self.assertFalse(frappe.db.exists("HD Survey", {"opted_out": 1}))

    def test_an_answer_is_stored_shown_and_changed_for_some_days(self):
        ticket = self.resolved()
        path = f"/csat/{ticket.key}"
        given = self.page(path, "POST", stars="4", option=option(4), feedback="Fast <b>help</b>")
        self.assertEqual((given.status_code, given.headers["Location"]), (303, path))
        self.assertEqual(self.stored(ticket), ("Closed", 0.8, option(4), "Fast <b>help</b>"))
        html = self.page(path).get_data(as_text=True)
        self.assertIn("Fast &lt;b&gt;help&lt;/b&gt;", html)
        self.page(path, "POST", TUESDAY + timedelta(days=6), stars="2", option=option(2), feedback="")
        self.assertEqual(self.stored(ticket)[1:3], (0.4, option(2)))
        late = TUESDAY + timedelta(days=8)
        self.assertIn("Thank you for your feedback.", self.page(path, moment=late, r="5").get_data(as_text=True))
        with self.at(late):
            self.refused(ticket, Answer(5))
        self.assertEqual(self.stored(ticket)[1], 0.4)
        self.assertEqual(frappe.db.count("HD Email Feedback", {"key": ticket.key}), 1)

    def test_bad_answers_are_refused(self):
        ticket = self.resolved()
        for given in (Answer(0), Answer(6), Answer(4, option(1)), Answer(4, "no such reason")):
            with self.subTest(given=given), self.at(TUESDAY):
                self.refused(ticket, given)
        self.assertEqual(self.stored(ticket)[1], 0)

    def test_links_that_lead_nowhere_or_are_too_old_say_so(self):
        unknown = "00000000-0000-4000-8000-000000000000"
        self.assertEqual(self.page(f"/csat/{unknown}").status_code, 404)
        self.assertEqual(self.page(f"/csat/{unknown}/stop", "POST").status_code, 404)
        ticket = self.resolved()
        late = TUESDAY + timedelta(days=91)
        self.assertIn("This question is closed", self.page(f"/csat/{ticket.key}", moment=late).get_data(as_text=True))
        with self.at(late):
            self.refused(ticket, Answer(5))

    def test_who_wants_no_more_questions_gets_none(self):
        ticket = self.resolved()
        self.page(f"/csat/{ticket.key}/stop", "POST")
        other = self.resolved()
        self.assertEqual(self.tick(TUESDAY + timedelta(days=2)), 0)
        self.assertFalse(frappe.db.exists("HD Survey", {"ticket": other.name}))
