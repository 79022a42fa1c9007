"""An agent's figures are of that agent's tickets alone, whatever characters are in the address."""

import frappe
from frappe.utils import getdate, now_datetime

from helpdesk.analytics import cards, reports
from helpdesk.analytics.windows import last_days
from helpdesk.test_utils import HelpdeskTestCase, make_agent, make_ticket

WILD, ALIKE = "an_a%@example.com", "anxa-other@example.com"
"""Read as a pattern, the first would be the second, too."""


class TestOwnTickets(HelpdeskTestCase):
    def setUp(self) -> None:
        super().setUp()
        make_agent(ALIKE)
        self.ticket = make_ticket(subject="Of somebody alike")
        self.ticket.assign_agent(ALIKE)
        values = {"feedback_rating": 0.8, "first_responded_on": now_datetime(), "first_response_time": 60}
        frappe.db.set_value("HD Ticket", self.ticket.name, {**values, "last_customer_response": now_datetime()})

    def figures(self, user: str) -> dict[str, object]:
        today = getdate()
        window = last_days(90, today)
        report = {"assigned_to": user, "from_date": today, "to_date": today}
        return {
            "new": cards.agent_tickets(user, "last month", today)["total"],
            "rated": cards.feedback(user, "all_time", "positive_first", None, None)["total_feedbacks"],
            "waiting": cards.pending(user, "pending", now_datetime())["total_pending_tickets"],
            "answered": cards.time_metrics(user, window)["averages"]["first_response"] > 0,
            "reported": len(reports.tickets_for(report, reports.window_of(report))),
        }

    def test_their_own_count(self) -> None:
        expected = {"new": 1, "rated": 1, "waiting": 1, "answered": True, "reported": 1}
        self.assertEqual(self.figures(ALIKE), expected)

    def test_those_of_people_whose_address_looks_alike_do_not(self) -> None:
        self.assertEqual(set(self.figures(WILD).values()), {0})
