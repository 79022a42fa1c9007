"""Tickets that need a skill go to who has it."""

import frappe

from helpdesk.api.assignment_rule import try_rules
from helpdesk.assignment import skills
from helpdesk.assignment.test_assignment import assignees, be
from helpdesk.test_utils import ANNA, ARNE, MONA, HelpdeskTestCase, acting_as, make_team, make_ticket


def knows(agent: str, text: str) -> None:
    document = frappe.get_doc("HD Agent", agent)
    document.skills = text
    document.save()


class TestSkills(HelpdeskTestCase):
    def setUp(self) -> None:
        super().setUp()
        self.team = make_team("First Line", ANNA, ARNE)
        self.team.reload()
        category = frappe.get_doc("HD Ticket Category", "Technical")
        category.skills = "SQL\n sql , Network  cards"
        category.save()
        self.assertEqual(category.skills, "sql, Network cards")

    def arrivals(self, number: int, **values) -> list[list[str]]:
        return [assignees(make_ticket(agent_group="First Line", **values)) for _number in range(number)]

    def test_a_ticket_goes_to_who_has_all_the_skills_by_every_way_to_choose(self):
        knows(ARNE, "network cards, Sql, cooking")
        knows(ANNA, "sql")
        for rule in ("Round Robin", "Load Balancing"):
            frappe.db.set_value("Assignment Rule", self.team.assignment_rule, "rule", rule)
            frappe.clear_document_cache("Assignment Rule", self.team.assignment_rule)
            with self.subTest(rule=rule):
                self.assertEqual(self.arrivals(2, category="Technical"), [[ARNE], [ARNE]])
        frappe.db.set_value("Assignment Rule", self.team.assignment_rule, {"rule": "Round Robin", "last_user": ARNE})
        frappe.clear_document_cache("Assignment Rule", self.team.assignment_rule)
        self.assertEqual(self.arrivals(2, category="Billing"), [[ANNA], [ARNE]])

    def test_without_anybody_who_fits_it_goes_to_whoever_is_there(self):
        self.assertEqual(self.arrivals(2, category="Technical"), [[ANNA], [ARNE]])
        knows(ARNE, "sql, network cards")
        be(ARNE, "Away")
        self.assertEqual(self.arrivals(1, category="Technical"), [[ANNA]])

    def test_managers_try_who_would_get_a_ticket(self):
        knows(ARNE, "sql, network cards")
        ticket = make_ticket(agent_group="First Line", category="Technical")
        before = frappe.db.get_value("Assignment Rule", self.team.assignment_rule, "last_user")
        with acting_as(MONA):
            found = try_rules(ticket.name)
        expected = {"rule": self.team.assignment_rule, "user": ARNE, "has_skills": True}
        self.assertEqual(found, {**expected, "skills": ["sql", "Network cards"]})
        self.assertEqual(frappe.db.get_value("Assignment Rule", self.team.assignment_rule, "last_user"), before)
        knows(ARNE, "")
        with acting_as(MONA):
            self.assertFalse(try_rules(ticket.name)["has_skills"])
            self.assertIsNone(try_rules(make_ticket().name)["user"])

    def test_words_count_once_however_they_are_written(self):
        self.assertEqual(skills.words(" a  b,A B\n,c"), ["A B", "c"])
        self.assertIsNone(skills.tidied(" ,\n"))
