"""The history of a ticket."""

import frappe

from helpdesk.test_utils import ANNA, HelpdeskTestCase, contact_of, make_team, make_ticket
from helpdesk.test_utils import CARL as OTHER


class TestActivity(HelpdeskTestCase):
    def lines(self, ticket) -> list[str]:
        return frappe.get_all("HD Ticket Activity", filters={"ticket": ticket.name}, pluck="action")

    def test_o01_each_change_is_a_line(self):
        make_team("First Line", ANNA)
        ticket = make_ticket()
        values = {
            "status": "Replied",
            "priority": "High",
            "agent_group": "First Line",
            "ticket_type": "Bug",
            "contact": contact_of(OTHER),
        }
        ticket.update(values)
        ticket.save()
        expected = {
            "set status to Replied",
            "set priority to High",
            "set team to First Line",
            "set type to Bug",
            f"set contact to {contact_of(OTHER)}",
        }
        self.assertEqual(set(self.lines(ticket)), expected)

    def test_o02_an_emptied_field_is_cleared(self):
        make_team("First Line", ANNA)
        ticket = make_ticket(agent_group="First Line")
        ticket.agent_group = None
        ticket.save()
        self.assertEqual(self.lines(ticket), ["cleared team"])

    def test_o03_a_new_ticket_has_no_lines(self):
        self.assertEqual(self.lines(make_ticket(priority="High")), [])
