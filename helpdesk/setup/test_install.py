"""What is there after the installation."""

import frappe

from helpdesk.api.doc import get_list_data
from helpdesk.setup import data, install, setup_wizard
from helpdesk.test_utils import ANNA, HelpdeskTestCase, make_user
from helpdesk.tickets.statuses import in_order


class TestInstallation(HelpdeskTestCase):
    def test_a01_four_statuses_and_their_use(self):
        rows = in_order({"name": ["in", [status["label_agent"] for status in data.STATUSES]]}, "category")
        found = [(row.name, row.category) for row in rows]
        expected = [("Open", "Open"), ("Replied", "Paused"), ("Resolved", "Resolved"), ("Closed", "Resolved")]
        self.assertEqual(found, expected)
        settings = frappe.get_doc("HD Settings")
        self.assertEqual((settings.default_ticket_status, settings.ticket_reopen_status), ("Open", "Open"))

    def test_a02_customers_read_another_word_for_replied(self):
        status = frappe.get_doc("HD Ticket Status", "Replied")
        self.assertEqual((status.different_view, status.label_customer, status.order), (1, "Awaiting Response", 2))

    def test_a03_priorities_have_rank_and_level(self):
        rows = frappe.get_all("HD Ticket Priority", fields=["name", "level", "integer_value"])
        found = {row.name: (row.level, row.integer_value) for row in rows}
        expected = {name: (name, rank) for name, rank, _response, _resolution in data.PRIORITIES}
        self.assertEqual({name: found.get(name) for name in expected}, expected)

    def test_a04_the_default_agreement(self):
        agreement = frappe.get_doc("HD Service Level Agreement", "Default")
        self.assertTrue(agreement.enabled and agreement.default_sla)
        self.assertEqual(agreement.default_priority, "Medium")
        hours = [(row.workday, str(row.start_time), str(row.end_time)) for row in agreement.support_and_resolution]
        self.assertEqual(hours, [(day, "10:00:00", "18:00:00") for day in data.WORKDAYS])

    def test_a05_assignment_rules(self):
        rules = frappe.get_all("Assignment Rule", filters={"document_type": "HD Ticket"}, pluck="name")
        base = frappe.get_doc("HD Settings").base_support_rotation
        self.assertIn(base, rules)
        self.assertEqual(frappe.db.get_value("Assignment Rule", base, "disabled"), 1)
        for team in data.TEAMS:
            self.assertIn(f"{team} - Support Rotation", rules)

    def test_a06_the_welcome_ticket(self):
        names = frappe.get_all("HD Ticket", filters={"subject": data.WELCOME_SUBJECT}, pluck="name")
        self.assertEqual(len(names), 1)
        self.assertIn("Administrator", frappe.db.get_value("HD Ticket", names[0], "_assign"))

    def test_a07_two_answers_for_each_star(self):
        expected = dict(data.FEEDBACK_OPTIONS)
        rows = frappe.get_all(
            "HD Ticket Feedback Option", filters={"name": ["in", list(expected)]}, fields=["name", "rating"]
        )
        self.assertEqual({row.name: row.rating for row in rows}, expected)

    def test_a08_installing_again_doubles_nothing(self):
        doctypes = ("HD Ticket", "HD Ticket Status", "HD Team", "Assignment Rule", "HD View", "HD Article", "Role")
        doctypes += ("Custom DocPerm", "Property Setter", "Custom Field", "HD Ticket Feedback Option", "File")
        before = {doctype: frappe.db.count(doctype) for doctype in doctypes}
        install.after_install()
        self.assertEqual({doctype: frappe.db.count(doctype) for doctype in doctypes}, before)

    def test_a09_the_portal_roles(self):
        for role in data.PORTAL_ROLES:
            values = frappe.db.get_value("Role", role, ["desk_access", "home_page"])
            self.assertEqual(tuple(values), (0, "/helpdesk"))
        self.assertEqual(frappe.db.get_single_value("Portal Settings", "default_role"), "HD Customer")

    def test_presets_are_views_for_everybody_that_a_site_may_change(self):
        shared = {"is_standard": 0, "public": 1, "user": "Administrator"}
        labels = frappe.get_all("HD View", filters=shared, pluck="label")
        self.assertLessEqual({preset["label"] for preset in data.PRESETS}, set(labels))
        for preset in data.PRESETS:
            with self.subTest(preset["label"]):
                self.assertIn("data", get_list_data("HD Ticket", filters=preset["filters"]))

    def test_a11_four_shipped_views(self):
        names = frappe.get_all("HD View", filters={"is_standard": 1, "public": 1, "dt": "HD Ticket"}, pluck="name")
        self.assertLessEqual({view["name"] for view in data.VIEWS}, set(names))

    def test_the_workspace_leads_to_the_desk_and_to_records_that_are_there(self):
        workspace = frappe.get_doc("Workspace", "Helpdesk")
        self.assertEqual((workspace.public, workspace.module, workspace.shortcuts[0].url), (1, "Helpdesk", "/helpdesk"))
        for row in workspace.links:
            if row.type == "Link":
                self.assertTrue(frappe.db.exists(row.link_type, row.link_to), row.link_to)
        shown = [
            block["data"]["card_name"] for block in frappe.parse_json(workspace.content) if block["type"] == "card"
        ]
        self.assertEqual(shown, [row.label for row in workspace.links if row.type == "Card Break"])

    def test_a12_the_setup_wizard_makes_one_agent(self):
        make_user("first@example.com", "First User")
        for _time in range(2):
            setup_wizard.setup_complete({"email": "first@example.com"})
        self.assertEqual(frappe.db.count("HD Agent", {"user": "first@example.com"}), 1)

    def test_agents_reach_the_doctypes_below(self):
        for doctype in ("File", "Contact", "Email Account", "Communication"):
            self.assertTrue(frappe.has_permission(doctype, "read", user=ANNA), doctype)
