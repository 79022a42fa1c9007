"""Ticket forms: templates and scripts."""

import frappe
from frappe.custom.doctype.custom_field.custom_field import create_custom_fields

from helpdesk.api import doc as doc_api
from helpdesk.helpdesk.doctype.hd_ticket import api
from helpdesk.helpdesk.doctype.hd_ticket_template.api import get_one
from helpdesk.test_utils import ANNA, CLEO, HelpdeskTestCase, acting_as, contact_of, make_ticket
from helpdesk.tickets import forms


def set_fields(*rows) -> None:
    template = frappe.get_doc("HD Ticket Template", "Default")
    template.set("fields", list(rows))
    template.save()


CUSTOM_FIELDS = [
    {"fieldname": "custom_floor", "label": "Floor", "fieldtype": "Data"},
    {"fieldname": "custom_secret", "label": "Secret", "fieldtype": "Data"},
]


class TestTemplates(HelpdeskTestCase):
    @classmethod
    def setUpClass(cls) -> None:
        super().setUpClass()
        create_custom_fields({"HD Ticket": CUSTOM_FIELDS})
        frappe.db.commit()
        cls.addClassCleanup(cls.remove_custom_fields)

    @staticmethod
    def remove_custom_fields() -> None:
        for field in CUSTOM_FIELDS:
            frappe.delete_doc("Custom Field", f"HD Ticket-{field['fieldname']}")
        frappe.db.commit()

    def test_s01_only_fields_of_tickets_that_a_form_may_set(self):
        for fieldname in ("status", "agreement_status", "nothing"):
            with self.subTest(fieldname=fieldname), self.assertRaises(frappe.ValidationError):
                set_fields({"fieldname": fieldname})

    def test_s02_the_default_form_stays(self):
        self.assert_refused(frappe.delete_doc, "HD Ticket Template", "Default", force=True)

    def test_fields_come_with_what_the_ticket_says(self):
        set_fields({"fieldname": "priority", "required": 1, "placeholder": "How urgent?"})
        with acting_as(CLEO):
            field = get_one("Default")["fields"][0]
        self.assertEqual((field["fieldtype"], field["options"]), ("Link", "HD Ticket Priority"))
        self.assertEqual((field["required"], field["placeholder"]), (1, "How urgent?"))
        with acting_as(CLEO):
            self.assertEqual(get_one("Unknown"), {"about": None, "fields": []})

    def test_s03_fields_hidden_from_customers_do_not_reach_the_portal(self):
        set_fields(
            {"fieldname": "priority", "hide_from_customer": 1},
            {"fieldname": "ticket_type", "hide_from_customer": 1},
            {"fieldname": "custom_floor"},
            {"fieldname": "custom_secret", "hide_from_customer": 1},
        )
        ticket = make_ticket(custom_secret="Cleo is difficult", custom_floor="Third")
        with acting_as(CLEO):
            form = [each["fieldname"] for each in get_one("Default")["fields"]]
            page = api.get_one(ticket.name, is_customer_portal=True)
            filters = doc_api.get_filterable_fields("HD Ticket", show_customer_portal_fields=True)
            columns = doc_api.get_list_data("HD Ticket", show_customer_portal_fields=True)["fields"]
            sorting = doc_api.sort_options("HD Ticket", show_customer_portal_fields=True)
        self.assertEqual(form, ["custom_floor"])
        self.assertEqual([each["fieldname"] for each in page["template"]["fields"]], ["custom_floor"])
        self.assertEqual((page.get("custom_floor"), "custom_secret" in page), ("Third", False))
        shown = (
            [each["fieldname"] for each in filters],
            *([each["value"] for each in rows] for rows in (columns, sorting)),
        )
        for names in shown:
            self.assertIn("custom_floor", names)
            self.assertNotIn("custom_secret", names)

    def test_s04_requesters_with_several_customers_choose_one(self):
        rows = [{"contact_name": contact_of(CLEO)}]
        frappe.get_doc({"doctype": "HD Customer", "customer_name": "Bolt", "contacts": rows}).insert()
        with acting_as(CLEO):
            field = get_one("Default")["fields"][0]
        self.assertEqual((field["fieldname"], field["required"]), ("customer", 1))
        self.assertIn("Bolt", field["link_filters"])
        with acting_as(ANNA):
            self.assertEqual(get_one("Default")["fields"], [])


class TestScripts(HelpdeskTestCase):
    def test_s05_each_place_gets_its_own_scripts(self):
        places = {
            "agent": {},
            "portal": {"apply_to_customer_portal": 1},
            "new": {"apply_on_new_page": 1},
            "off": {"enabled": 0},
        }
        for name, flags in places.items():
            fields = {"doctype": "HD Form Script", "dt": "HD Ticket", "enabled": 1, "script": f"// {name}", **flags}
            frappe.get_doc({**fields, "name": name}).insert()
        ticket = make_ticket()
        with acting_as(ANNA):
            agent = api.get_one(ticket.name)
        with acting_as(CLEO):
            portal = api.get_one(ticket.name, is_customer_portal=True)
        self.assertEqual((agent["_form_script"], portal["_form_script"]), (["// agent"], ["// portal"]))
        self.assertEqual(agent["template"]["_form_script"], ["// new"])

    def test_a_script_shows_as_soon_as_it_changes(self):
        fields = {"doctype": "HD Form Script", "name": "One", "dt": "HD Ticket", "script": "// one"}
        script = frappe.get_doc(fields).insert()
        self.assertIsNone(forms.form_scripts("HD Ticket"))
        script.enabled = 1
        script.save()
        self.assertEqual(forms.form_scripts("HD Ticket"), ["// one"])
        script.delete()
        self.assertIsNone(forms.form_scripts("HD Ticket"))

    def test_a_script_is_for_one_place(self):
        fields = {"doctype": "HD Form Script", "name": "Both", "dt": "HD Ticket"}
        with self.assertRaises(frappe.ValidationError):
            frappe.get_doc({**fields, "apply_to_customer_portal": 1, "apply_on_new_page": 1}).insert()


class TestReading(HelpdeskTestCase):
    def test_a_ticket_page_costs_few_statements(self):
        ticket = make_ticket(description="<p>Help</p>")
        with acting_as(ANNA):
            frappe.get_doc("HD Ticket", ticket.name).new_comment("<p>Note</p>")
            api.get_one(ticket.name)
            with self.assert_statements(8):
                api.get_one(ticket.name)

    def test_customers_do_not_get_the_secret_of_the_feedback_link(self):
        ticket = make_ticket()
        with acting_as(CLEO):
            self.assertNotIn(ticket.key, frappe.as_json(api.get_one(ticket.name)))

    def test_a_ticket_without_a_contact_has_a_stub(self):
        ticket = make_ticket(raised_by="new@elsewhere.example")
        with acting_as(ANNA):
            found = api.get_one(ticket.name)["contact"]
            self.assertEqual(found, {"email_id": "new@elsewhere.example", "name": "new"})
            self.assertEqual(api.get_ticket_contact(ticket.name)["phone"], "")
            self.assertIsNone(api.get_ticket_contact(999_999))

    def test_similar_subjects_are_found(self):
        wanted = make_ticket(subject="Invoice total wrong for March")
        same = make_ticket(subject="Wrong invoice total")
        make_ticket(subject="Cannot log in")
        with acting_as(ANNA):
            found = api.get_recent_similar_tickets(wanted.name)
        self.assertEqual([row.name for row in found["similar_tickets"]], [same.name])
        self.assertLessEqual(len(found["recent_tickets"]), 4)
