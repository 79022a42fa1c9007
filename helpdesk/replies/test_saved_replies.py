"""Saved replies: who uses them, and how they are filled in."""

import frappe

from helpdesk.api.saved_replies import get_rendered_saved_reply
from helpdesk.test_utils import ANNA, ARNE, CLEO, MONA, HelpdeskTestCase, acting_as, make_team, make_ticket

RESTRICTED = {"restrict_tickets_by_agent_group": 1}


def make_reply(title: str, scope: str, owner: str = ANNA, *teams: str, message: str = "<p>Hello</p>"):
    fields = {"doctype": "HD Saved Reply", "title": title, "scope": scope, "message": message}
    with acting_as(owner):
        return frappe.get_doc({**fields, "teams": [{"team": team} for team in teams]}).insert()


class TestSavedReplies(HelpdeskTestCase):
    def uses(self, user: str, reply) -> tuple[bool, bool]:
        """Return whether a user reads a reply, and whether they list it."""
        with acting_as(user):
            document = frappe.get_doc("HD Saved Reply", reply.name)
            read = frappe.has_permission("HD Saved Reply", "read", doc=document)
            return read, reply.name in frappe.get_list("HD Saved Reply", pluck="name")

    def test_r01_personal_replies(self):
        reply = make_reply("Mine", "Personal")
        found = [self.uses(user, reply) for user in (ANNA, ARNE, MONA)]
        self.assertEqual(found, [(True, True), (False, False), (True, False)])

    def test_r02_team_replies(self):
        make_team("First Line", ANNA)
        reply = make_reply("Ours", "Team", MONA, "First Line")
        self.assertEqual([self.uses(user, reply) for user in (ANNA, ARNE)], [(True, True), (True, True)])
        with self.settings(**RESTRICTED):
            self.assertEqual([self.uses(user, reply) for user in (ANNA, ARNE)], [(True, True), (False, False)])

    def test_r03_global_replies_can_be_switched_off(self):
        reply = make_reply("All", "Global")
        with self.settings(**RESTRICTED, disable_saved_replies_global_scope=1):
            found = [self.uses(user, reply) for user in (ANNA, ARNE, MONA)]
        self.assertEqual(found, [(True, False), (False, False), (True, True)])
        self.assertEqual(self.uses(ARNE, reply), (True, True))

    def test_r04_replies_are_filled_in(self):
        reply = make_reply("Greeting", "Global", message="<p>{{ first_name }} about {{ subject }}{{ key }}</p>")
        ticket = make_ticket()
        with acting_as(ANNA):
            text = get_rendered_saved_reply(ticket.name, reply.name)
            with self.assertRaises(frappe.ValidationError):
                get_rendered_saved_reply(ticket.name)
        self.assertIn("Anna about The printer is on fire", text)
        self.assertNotIn(ticket.key, text)
        with acting_as(CLEO):
            self.assert_refused(get_rendered_saved_reply, ticket.name, reply.name)

    def test_a_reply_says_whose_field_it_means(self):
        text = "<p>{{ ticket.name }} {{ agent.first_name }} {{ agent.name }} {{ ticket.key }}{{ agent.api_key }}</p>"
        reply, ticket = make_reply("Whose", "Global", message=text), make_ticket()
        with acting_as(ANNA):
            filled_in = get_rendered_saved_reply(ticket.name, reply.name)
        self.assertIn(f"{ticket.name} Anna {ANNA}", filled_in)
        self.assertNotIn(ticket.key, filled_in)

    def test_a_code_is_written_in_one_way_and_once(self):
        with acting_as(ANNA):
            fields = {"doctype": "HD Saved Reply", "scope": "Personal", "message": "<p>Hello</p>"}
            made = frappe.get_doc({**fields, "title": "Help", "code": " /Activation-Help "}).insert()
            frappe.get_doc({**fields, "title": "None"}).insert()
            frappe.get_doc({**fields, "title": "None either"}).insert()
            with self.assertRaises(frappe.ValidationError):
                frappe.get_doc({**fields, "title": "Spaces", "code": "two words"}).insert()
            with self.assertRaises(frappe.UniqueValidationError):
                frappe.get_doc({**fields, "title": "Again", "code": "activation-help"}).insert()
        self.assertEqual(made.code, "activation-help")

    def test_what_is_not_filled_in_stays_to_be_seen_where_that_is_asked(self):
        text = "<p>{{ customer_name }}, {{ reference }} {{ ticket.customer }}{{ licence_key }} {{ agent_name }}</p>"
        reply, ticket = make_reply("Gaps", "Global", message=text), make_ticket()
        frappe.db.set_value("HD Ticket", ticket.name, {"customer": None})
        with acting_as(ANNA):
            plain = get_rendered_saved_reply(ticket.name, reply.name)
            kept = get_rendered_saved_reply(ticket.name, reply.name, keep_gaps=True)
        self.assertIn("Cleo", plain)
        self.assertIn(f"#{ticket.name} ", plain)
        self.assertNotIn("ticket.customer", plain)
        self.assertNotIn("None", plain)
        self.assertIn("{{ ticket.customer }}{{ licence_key }} Anna", kept)
        self.assertIn("Cleo", kept)

    def test_names_of_the_text_itself_are_no_gaps(self):
        reply = make_reply("Loop", "Global", message="{% for word in ['a', 'b'] %}{{ word }}{% endfor %}")
        with acting_as(ANNA):
            self.assertEqual(get_rendered_saved_reply(make_ticket().name, reply.name, keep_gaps=True), "ab")
