"""Who gets a ticket: by hand, by rule, and when it changes its team."""

import frappe

from helpdesk.agents import profile
from helpdesk.api.agent import sent_invites, set_my_availability
from helpdesk.api.doc import remove_assignments
from helpdesk.api.ticket import assign_ticket_to_agent
from helpdesk.exceptions import NotAnAgent
from helpdesk.helpdesk.doctype.hd_agent.hd_agent import update_agent_role
from helpdesk.test_utils import (
    ANNA,
    ARNE,
    CLEO,
    MONA,
    XENIA,
    HelpdeskTestCase,
    acting_as,
    make_agent,
    make_team,
    make_ticket,
    make_user,
    outbox,
    published,
    set_status,
)


def assignees(ticket) -> list[str]:
    return frappe.parse_json(frappe.db.get_value("HD Ticket", ticket.name, "_assign") or "[]")


def be(agent: str, availability: str) -> None:
    frappe.db.set_value("HD Agent", agent, "availability", availability)


class TestAgents(HelpdeskTestCase):
    def test_l01_an_agent_is_named_after_the_user_and_has_the_role(self):
        make_user("new@example.com", "New Agent")
        agent = frappe.get_doc({"doctype": "HD Agent", "user": "new@example.com"}).insert()
        self.assertEqual((agent.name, agent.agent_name), ("new@example.com", "New Agent"))
        self.assertIn("Agent", frappe.get_roles("new@example.com"))
        self.assertEqual(agent.availability, "Active")

    def test_l02_the_user_follows_the_agents_name(self):
        agent = frappe.get_doc("HD Agent", ANNA)
        agent.agent_name = "Anna Maria Agent"
        agent.save()
        names = frappe.db.get_value("User", ANNA, ["first_name", "last_name"])
        self.assertEqual(tuple(names), ("Anna", "Maria Agent"))
        agent.agent_name = ""
        self.assertEqual(agent.save().agent_name, "Anna Maria Agent")

    def test_l03_managers_change_roles(self):
        with acting_as(ARNE):
            self.assert_refused(update_agent_role, ARNE, "Manager")
        with acting_as(MONA):
            update_agent_role(ARNE, "Manager")
            self.assertLessEqual({"Agent Manager", "System Manager"}, set(frappe.get_roles(ARNE)))
            update_agent_role(ARNE, "Agent")
        self.assertFalse({"Agent Manager", "System Manager"} & set(frappe.get_roles(ARNE)))

    def test_l19_somebody_can_always_be_there(self):
        for values in ({"enable": 0}, {"category": "Away"}):
            status = frappe.get_doc("HD Agent Status", "Active")
            status.update(values)
            with self.subTest(values=values), self.assertRaises(frappe.ValidationError):
                status.save()
        with self.assertRaises(frappe.ValidationError):
            frappe.delete_doc("HD Agent Status", "Active", force=True)

    def test_l20_agents_say_whether_they_are_there(self):
        frappe.db.set_value("HD Agent Status", "Away", "enable", 0)
        with acting_as(ANNA), published() as events:
            with self.assertRaises(frappe.ValidationError):
                set_my_availability("Away")
            self.assertEqual(set_my_availability("Unavailable"), {"availability": "Unavailable"})
        self.assertIn("agent_availability_updated", [event for event, _message, _room in events])
        self.assertTrue(frappe.db.get_value("HD Agent", ANNA, "availability_changed_on"))


class TestTeamRules(HelpdeskTestCase):
    def rule(self, team):
        return frappe.get_doc("Assignment Rule", frappe.db.get_value("HD Team", team, "assignment_rule"))

    def test_l04_a_team_has_a_rule_with_its_people(self):
        team = make_team("First Line", ANNA, ARNE)
        rule = self.rule(team.name)
        self.assertEqual([row.user for row in rule.users], [ANNA, ARNE])
        self.assertIn("First Line", rule.assign_condition)
        self.assertIn("First Line", rule.unassign_condition)
        team.reload()
        team.set("users", [{"user": ARNE}])
        team.save()
        self.assertEqual([row.user for row in self.rule(team.name).users], [ARNE])

    def test_l05_weights_stay_when_people_change(self):
        if not frappe.get_meta("Assignment Rule").has_field("weighted_users"):
            self.skipTest("needs weights, which version 15 has not")
        team = make_team("First Line", ANNA, ARNE)
        rule = self.rule(team.name)
        rule.rule = "Weighted Distribution"
        rule.set("weighted_users", [{"user": ANNA, "weight": 5}, {"user": ARNE, "weight": 3}])
        rule.save()
        team.reload()
        team.set("users", [{"user": ARNE}, {"user": MONA}])
        team.save()
        rows = [(row.user, row.weight) for row in self.rule(team.name).weighted_users]
        self.assertEqual(rows, [(ARNE, 3), (MONA, 1)])

    def test_l06_the_rule_lives_with_its_team(self):
        team = make_team("First Line", ANNA)
        team.reload()
        team.disabled = 1
        team.save()
        self.assertEqual(self.rule(team.name).disabled, 1)
        team.disabled = 0
        team.save()
        self.assertEqual(self.rule(team.name).disabled, 0)
        name = frappe.rename_doc("HD Team", "First Line", 'The "A" Team')
        rule = self.rule(name)
        self.assertEqual(frappe.safe_eval(rule.assign_condition, None, {"status": "Open", "agent_group": name}), True)
        frappe.delete_doc("HD Team", name)
        self.assertFalse(frappe.db.exists("Assignment Rule", rule.name))

    def test_l07_the_last_rule_for_tickets_stays(self):
        names = frappe.get_all("Assignment Rule", filters={"document_type": "HD Ticket"}, pluck="name")
        with self.assertRaises(frappe.ValidationError):
            for name in names:
                frappe.delete_doc("Assignment Rule", name, force=True)


class TestRules(HelpdeskTestCase):
    def setUp(self) -> None:
        super().setUp()
        self.team = make_team("First Line", ANNA, ARNE)
        self.team.reload()

    def arrivals(self, number: int) -> list[str]:
        return [assignees(make_ticket(agent_group="First Line"))[0] for _time in range(number)]

    def test_l08_round_robin_goes_round(self):
        self.assertEqual(self.arrivals(3), [ANNA, ARNE, ANNA])

    def test_l09_who_is_away_gets_nothing(self):
        be(ANNA, "Away")
        for rule in ("Round Robin", "Load Balancing"):
            frappe.db.set_value("Assignment Rule", self.team.assignment_rule, "rule", rule)
            with self.subTest(rule=rule):
                self.assertEqual(self.arrivals(2), [ARNE, ARNE])

    def test_l10_somebody_always_gets_it(self):
        be(ANNA, "Away")
        be(ARNE, "Unavailable")
        self.assertEqual(self.arrivals(1), [ANNA])
        be(ANNA, "Unavailable")
        self.assertEqual(len(self.arrivals(1)), 1)

    def test_l11_the_category_of_the_availability_counts(self):
        frappe.get_doc({"doctype": "HD Agent Status", "agent_status": "Lunch", "category": "Away"}).insert()
        be(ANNA, "Lunch")
        self.assertEqual(self.arrivals(2), [ARNE, ARNE])

    def test_l12_a_rule_that_follows_a_field_does_not_ask_who_is_there(self):
        be(ANNA, "Unavailable")
        rule = frappe.get_doc("Assignment Rule", self.team.assignment_rule)
        rule.update({"rule": "Based on Field", "field": "raised_by"})
        rule.save()
        ticket = make_ticket(agent_group="First Line", raised_by=ANNA)
        self.assertEqual(assignees(ticket), [ANNA])

    def test_l13_the_rule_keeps_its_people(self):
        be(ANNA, "Away")
        self.arrivals(1)
        rule = frappe.get_doc("Assignment Rule", self.team.assignment_rule)
        self.assertEqual([row.user for row in rule.users], [ANNA, ARNE])

    def test_disabled_users_get_nothing(self):
        frappe.db.set_value("User", ANNA, "enabled", 0)
        self.assertEqual(self.arrivals(2), [ARNE, ARNE])

    def test_load_balancing_gives_to_who_has_least(self):
        frappe.db.set_value("Assignment Rule", self.team.assignment_rule, "rule", "Load Balancing")
        self.assertEqual(sorted(self.arrivals(4)), [ANNA, ANNA, ARNE, ARNE])

    def test_l17_a_new_team_takes_over(self):
        make_team("Second Line", MONA)
        ticket = make_ticket(agent_group="First Line")
        ticket.reload()
        ticket.agent_group = "Second Line"
        ticket.save()
        self.assertEqual(assignees(ticket), [MONA])

    def test_l17_a_team_without_people_leaves_the_assignee(self):
        frappe.get_doc({"doctype": "HD Team", "team_name": "Empty"}).insert(ignore_mandatory=True)
        ticket = make_ticket()
        ticket.assign_agent(ANNA)
        ticket.reload()
        ticket.agent_group = "Empty"
        ticket.save()
        self.assertEqual(assignees(ticket), [ANNA])

    def test_l17_a_paused_ticket_keeps_its_assignee(self):
        make_team("Second Line", MONA)
        ticket = make_ticket()
        ticket.assign_agent(ANNA)
        set_status(ticket, "Replied", agent_group="Second Line")
        self.assertEqual(assignees(ticket), [ANNA])


class TestByHand(HelpdeskTestCase):
    def told(self, user: str) -> int:
        return frappe.db.count("HD Notification", {"user_to": user, "notification_type": "Assignment"})

    def test_l14_l15_assigning_tells_the_agent(self):
        ticket = make_ticket()
        be(ARNE, "Away")
        with acting_as(ANNA):
            frappe.get_doc("HD Ticket", ticket.name).assign_agent(ARNE)
            frappe.get_doc("HD Ticket", ticket.name).assign_agent(ANNA)
        self.assertEqual(sorted(assignees(ticket)), [ANNA, ARNE])
        self.assertEqual((self.told(ARNE), self.told(ANNA)), (1, 0))
        with acting_as(CLEO):
            self.assert_refused(frappe.get_doc("HD Ticket", ticket.name).assign_agent, ANNA)

    def test_l15_who_is_an_agent_by_role_alone_is_assigned_too(self):
        make_user("role@example.com", "Role Alone", "Agent")
        ticket = make_ticket()
        ticket.assign_agent("role@example.com")
        ticket.assign_agent("Administrator")
        self.assertLessEqual({"role@example.com", "Administrator"}, set(assignees(ticket)))
        with self.assertRaises(NotAnAgent):
            ticket.assign_agent(CLEO)

    def test_l16_the_caller_is_the_default(self):
        ticket = make_ticket()
        with acting_as(ANNA):
            self.assertEqual(assign_ticket_to_agent(str(ticket.name)).name, ticket.name)
            self.assertIsNone(assign_ticket_to_agent(""))
            with self.assertRaisesRegex(NotAnAgent, "only be assigned to agents"):
                assign_ticket_to_agent(ticket.name, XENIA)
        self.assertEqual(assignees(ticket), [ANNA])

    def test_several_are_assigned_at_once_or_nobody(self):
        ticket = make_ticket()
        with acting_as(ANNA):
            with self.assertRaises(NotAnAgent):
                assign_ticket_to_agent(ticket.name, [ARNE, XENIA])
            self.assertEqual(assignees(ticket), [])
            assign_ticket_to_agent(ticket.name, [ANNA, ARNE])
        self.assertEqual(sorted(assignees(ticket)), [ANNA, ARNE])
        self.assertEqual((self.told(ARNE), self.told(ANNA)), (1, 0))

    def test_l18_assignments_are_removed_by_who_may_write(self):
        ticket = make_ticket()
        make_agent("third@example.com")
        for agent in (ANNA, ARNE, "third@example.com"):
            ticket.assign_agent(agent)
        for user in (XENIA, CLEO):
            with acting_as(user):
                self.assert_refused(remove_assignments, "HD Ticket", ticket.name, [ANNA], ignore_permissions=True)
        with acting_as(MONA):
            remove_assignments("HD Ticket", ticket.name, [ANNA, "third@example.com"])
        self.assertEqual(assignees(ticket), [ARNE])

    def test_the_history_tells_who_was_put_on_a_ticket_and_taken_off(self):
        ticket = make_ticket()
        with acting_as(ANNA):
            assign_ticket_to_agent(ticket.name, [ANNA, ARNE])
            remove_assignments("HD Ticket", ticket.name, [ANNA])
        lines = frappe.get_all("HD Ticket Activity", {"ticket": ticket.name, "owner": ANNA}, pluck="action")
        self.assertEqual(sorted(lines), [f"assigned {ANNA}", f"assigned {ARNE}", f"unassigned {ANNA}"])

    def test_managers_make_agents_of_any_address_and_agents_of_those_who_are_agents_already(self):
        make_user("colleague@example.com", "Col League", "Agent")
        with acting_as(ANNA):
            sent_invites(["colleague@example.com"])
            self.assertTrue(frappe.db.exists("HD Agent", "colleague@example.com"))
            for stranger in ("nobody@example.com", CLEO):
                self.assert_refused(sent_invites, ["colleague@example.com", stranger])
        self.assertFalse(frappe.db.exists("User", "nobody@example.com"))
        with acting_as(MONA), outbox() as mails:
            sent_invites(["nobody@example.com"], send_welcome_mail_to_user=False)
            sent_invites(["welcome@example.com"])
        self.assertEqual(frappe.db.get_value("User", "nobody@example.com", "first_name"), "nobody")
        self.assertTrue(frappe.db.exists("HD Agent", "nobody@example.com"))
        (mail,) = mails
        self.assertIn("welcome@example.com", mail["recipients"])
        with acting_as(CLEO):
            self.assert_refused(sent_invites, [])

    def test_becoming_an_agent_twice_makes_one(self):
        make_user("new@example.com", "New Agent")
        self.assertEqual([profile.become("new@example.com") for _time in range(2)], [True, False])
