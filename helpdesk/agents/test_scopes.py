"""Which part of the tickets an agent sees, besides the rule of teams."""

import frappe

from helpdesk.api.doc import get_list_count, get_list_data
from helpdesk.api.settings.kinds import merge
from helpdesk.test_utils import ANNA, ARNE, MONA, XENIA, HelpdeskTestCase, acting_as, make_ticket
from helpdesk.tickets import visibility


def give_scope(agent: str, *categories: str, own_only: int = 0) -> None:
    document = frappe.get_doc("HD Agent", agent)
    document.only_own_and_unassigned = own_only
    document.set("categories", [{"category": category} for category in categories])
    document.save()


def seen(user: str, *tickets) -> list[bool]:
    """Return for each ticket whether the user sees it, having asked the list, its count, and the record."""
    with acting_as(user):
        names = {"name": ["in", [ticket.name for ticket in tickets]]}
        listed = {row.name for row in get_list_data("HD Ticket", filters=names)["data"]}
        assert get_list_count("HD Ticket", names) == len(listed)
        for ticket in tickets:
            stored = frappe.get_doc("HD Ticket", ticket.name)
            assert stored.has_permission("read") == (ticket.name in listed)
            assert visibility.may_see_ticket(ticket.name, user) == (ticket.name in listed)
        return [ticket.name in listed for ticket in tickets]


class TestScopes(HelpdeskTestCase):
    def test_an_agent_sees_the_chosen_categories_and_what_is_assigned_to_them(self):
        tickets = [make_ticket(raised_by=XENIA, category=name) for name in ("Technical", "Billing", "Billing", None)]
        tickets[2].assign_agent(ANNA)
        give_scope(ANNA, "Technical")
        self.assertEqual(seen(ANNA, *tickets), [True, False, True, False])
        self.assertEqual(seen(ARNE, *tickets), [True] * 4)

    def test_an_agent_sees_what_is_theirs_or_nobodys(self):
        tickets = [make_ticket(raised_by=XENIA) for _number in range(3)]
        tickets[1].assign_agent(ANNA)
        tickets[2].assign_agent(ARNE)
        give_scope(ANNA, own_only=1)
        self.assertEqual(seen(ANNA, *tickets), [True, True, False])

    def test_managers_have_no_scope(self):
        ticket = make_ticket(raised_by=XENIA, category="Billing")
        give_scope(MONA, "Technical", own_only=1)
        self.assertEqual(seen(MONA, ticket), [True])

    def test_a_scope_follows_its_category_to_another_name(self):
        ticket = make_ticket(raised_by=XENIA, category="Technical")
        give_scope(ANNA, "Technical")
        frappe.rename_doc("HD Ticket Category", "Technical", "Machines")
        self.assertEqual(seen(ANNA, ticket), [True])
        with acting_as(MONA):
            merge("HD Ticket Category", "Machines", "Billing")
        self.assertEqual(seen(ANNA, ticket), [True])

    def test_only_managers_decide(self):
        give_scope(ANNA, "Technical", own_only=1)
        for user in (ANNA, ARNE):
            with self.subTest(user=user), acting_as(user):
                self.assert_refused(give_scope, ANNA)
                self.assert_refused(give_scope, ANNA, "Technical")
                self.assert_refused(frappe.delete_doc, "HD Agent", ANNA)
                self.assert_refused(frappe.rename_doc, "HD Agent", ANNA, "other@example.com")
                document = frappe.get_doc("HD Agent", ANNA)
                document.agent_name = "Anna Still"
                document.save()
        with acting_as(MONA):
            give_scope(ANNA)
        self.assertEqual(seen(ANNA, make_ticket(raised_by=XENIA)), [True])
