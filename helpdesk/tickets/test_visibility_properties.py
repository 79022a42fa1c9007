"""Whatever a ticket is and whoever asks: a list shows it exactly when its page does."""

from typing import Any

import frappe

from helpdesk.test_utils import (
    ACME,
    ANNA,
    ARNE,
    CARL,
    CLEO,
    MONA,
    XENIA,
    HelpdeskTestCase,
    contact_of,
    make_team,
    make_ticket,
    make_user,
    set_settings,
)
from helpdesk.tests.properties import HealthCheck, given, settings, st
from helpdesk.tickets import visibility

TEAMS = ("First Line", "Second's \\ Line %s", "Idle")
LOOKALIKE = "an_a@example.com"
LONGER = f"h{ANNA}"
PEOPLE = (ANNA, LONGER, ARNE, MONA, CLEO, CARL, XENIA, LOOKALIKE, "Administrator", "Guest", "nobody@elsewhere.example")
TICKETS = 4

people = st.sampled_from(PEOPLE)
rows = st.fixed_dictionaries(
    {
        "owner": people,
        "raised_by": st.one_of(st.none(), people, people.map(str.upper), people.map("Somebody <{}>".format)),
        "contact": st.one_of(st.none(), people),
        "customer": st.sampled_from([None, "", ACME, "Bolt"]),
        "agent_group": st.sampled_from([None, "", *TEAMS]),
        "category": st.sampled_from([None, "", "Billing", "Technical"]),
        "_assign": st.one_of(st.none(), st.just("[]"), st.just("nonsense"), st.lists(people).map(frappe.as_json)),
    }
)
switches = st.fixed_dictionaries(
    {
        "restrict_tickets_by_agent_group": st.sampled_from([0, 1, 1]),
        "do_not_restrict_tickets_without_an_agent_group": st.sampled_from([0, 1]),
    }
)
teams = st.fixed_dictionaries(
    {"disabled": st.sampled_from([0, 0, 1]), "ignore_restrictions": st.sampled_from([0, 0, 1])}
)
scopes = st.tuples(st.sampled_from([0, 1]), st.sampled_from([(), ("Billing",), ("Billing", "Technical")]))
NO_SCOPE = (0, ())


class TestAgreement(HelpdeskTestCase):
    def setUp(self) -> None:
        super().setUp()
        make_user(LOOKALIKE, "Wildcard", "Agent")
        for team, user in zip(TEAMS, (ANNA, ARNE, LOOKALIKE), strict=True):
            make_team(team, user)
        frappe.get_doc({"doctype": "HD Customer", "customer_name": "Bolt"}).insert()
        frappe.db.set_value("HD Customer Member", {"contact_name": contact_of(CARL)}, "is_manager", 1)
        self.tickets = [make_ticket().name for _number in range(TICKETS)]

    def arrange(
        self, values: list[dict[str, Any]], switches: dict[str, int], team: dict[str, int], scope: Any = NO_SCOPE
    ) -> None:
        set_settings(**switches)
        self.give_scope(*scope)
        frappe.db.set_value("HD Team", TEAMS[0], team)
        for name, row in zip(self.tickets, values, strict=True):
            frappe.db.set_value("HD Ticket", name, row, update_modified=False)
        frappe.clear_cache()

    def give_scope(self, own_only: int, categories: tuple[str, ...]) -> None:
        for agent in (ANNA, MONA):
            document = frappe.get_doc("HD Agent", agent)
            document.only_own_and_unassigned = own_only
            document.set("categories", [{"category": category} for category in categories])
            document.save()

    def listed(self, condition: str) -> list[int]:
        sql = f"select name from `tabHD Ticket` where name in %s and {condition}"
        return frappe.db.sql(sql, (self.tickets,), pluck=True)

    @settings(deadline=None, max_examples=60, suppress_health_check=list(HealthCheck))
    @given(st.lists(rows, min_size=TICKETS, max_size=TICKETS), people, switches, teams, scopes)
    def test_list_and_record_agree_for_every_ticket_and_user(self, values, user, switches, team, scope):
        self.arrange(values, switches, team, scope)
        condition = visibility.list_condition(user) or "1 = 1"
        listed = self.listed(condition)
        documents = [frappe.get_doc("HD Ticket", name) for name in self.tickets]
        self.assertEqual(set(listed), {each.name for each in documents if visibility.may_see(each, user)})
        stored = frappe.get_all("HD Ticket", filters={"name": ["in", self.tickets]}, fields=["*"])
        self.assertEqual(set(listed), {row.name for row in stored if visibility.may_see(row, user)})
        unassigned = {row.name for row in stored if user not in (row._assign or "")}
        newest = visibility.newest(user, most=100_000)
        self.assertLessEqual(set(listed) & unassigned, set(self.tickets if newest is None else newest.ids))
        self.assertTrue(newest is None or newest.are_all)
        counted = [row for part in visibility.parts(user, most=100_000) for row in self.listed(part or "1 = 1")]
        self.assertEqual(sorted(set(counted) & unassigned), sorted(set(listed) & unassigned))
        self.assertEqual(len(set(counted)), len(counted))

    @settings(deadline=None, max_examples=30, suppress_health_check=list(HealthCheck))
    @given(st.lists(st.lists(people, max_size=3), min_size=TICKETS, max_size=TICKETS), st.sampled_from([ANNA, ARNE]))
    def test_of_other_teams_an_agent_sees_exactly_what_is_assigned_to_them(self, assigned, user):
        strange = {"owner": XENIA, "raised_by": XENIA, "contact": None, "customer": None, "agent_group": TEAMS[2]}
        values = [{**strange, "_assign": frappe.as_json(users)} for users in assigned]
        self.arrange(values, {"restrict_tickets_by_agent_group": 1}, {"disabled": 0, "ignore_restrictions": 0})
        expected = {name for name, users in zip(self.tickets, assigned, strict=True) if user in users}
        self.assertEqual(set(self.listed(visibility.list_condition(user))), expected)
        documents = [frappe.get_doc("HD Ticket", name) for name in self.tickets]
        self.assertEqual({each.name for each in documents if visibility.may_see(each, user)}, expected)

    @settings(deadline=None, max_examples=40, suppress_health_check=list(HealthCheck))
    @given(st.lists(rows, min_size=TICKETS, max_size=TICKETS), scopes, st.sampled_from([ANNA, MONA]))
    def test_an_agent_with_a_scope_sees_it_and_what_is_theirs_and_a_manager_everything(self, values, scope, user):
        self.arrange(values, {"restrict_tickets_by_agent_group": 0}, {"disabled": 0}, scope)
        own_only, categories = scope
        unscoped = user == MONA or scope == NO_SCOPE
        listed = self.listed(visibility.list_condition(user) or "1 = 1")
        for row in frappe.get_all("HD Ticket", filters={"name": ["in", self.tickets]}, fields=["*"]):
            is_own = any(str(row[field] or "").casefold() == user for field in ("owner", "raised_by", "contact"))
            is_assigned = f'"{user}"' in (row._assign or "")
            is_within = (not categories or row.category in categories) and (
                not own_only or row._assign in (None, "", "[]")
            )
            self.assertEqual(row.name in listed, unscoped or is_own or is_assigned or is_within)
