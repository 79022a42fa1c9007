"""A site goes on without the help desk."""

from unittest.mock import patch

import frappe

from helpdesk.conversation.test_replies import make_account
from helpdesk.setup import data, uninstall
from helpdesk.test_utils import HelpdeskTestCase


class TestUninstalling(HelpdeskTestCase):
    def leave(self) -> None:
        """Uninstall up to the index, whose removal could not be undone."""
        with patch("helpdesk.search.indexing.drop") as drop:
            uninstall.before_uninstall()
        drop.assert_called_once_with()

    def test_no_field_of_the_framework_links_to_us(self) -> None:
        self.leave()
        ours = frappe.get_all("DocType", filters={"module": "Helpdesk"}, pluck="name")
        self.assertEqual(frappe.get_all("Custom Field", filters={"options": ["in", ours]}, pluck="name"), [])
        self.assertFalse(frappe.get_meta("Assignment Rule").has_field("assign_condition_json"))

    def test_the_frameworks_forms_are_as_they_were_unless_the_site_changed_them(self) -> None:
        kept = "Assignment Rule-assign_condition-depends_on"
        frappe.db.set_value("Property Setter", kept, "value", "eval:doc.priority")
        self.leave()
        names = [f"{doctype}-{field or 'main'}-{prop}" for doctype, field, prop, _value in data.PROPERTY_SETTERS]
        self.assertEqual(frappe.get_all("Property Setter", filters={"name": ["in", names]}, pluck="name"), [kept])

    def test_nobody_is_sent_to_the_portal(self) -> None:
        self.leave()
        self.assertFalse(frappe.db.get_value("Role", "HD Customer", "home_page"))
        for field in ("default_role", "default_portal_home"):
            self.assertFalse(frappe.db.get_single_value("Portal Settings", field))

    def test_a_portal_of_the_sites_own_stays(self) -> None:
        frappe.db.set_single_value("Portal Settings", "default_portal_home", "/me")
        self.leave()
        self.assertEqual(frappe.db.get_single_value("Portal Settings", "default_portal_home"), "/me")

    def test_mail_is_made_into_tickets_no_more(self) -> None:
        account = make_account(enable_incoming=1, append_to="HD Ticket")
        account.append("imap_folder", {"folder_name": "INBOX", "append_to": "HD Ticket"})
        account.save()
        self.leave()
        account.reload()
        self.assertFalse(account.append_to or account.imap_folder[0].append_to)

    def test_no_rule_assigns_tickets_and_running_it_again_changes_nothing(self) -> None:
        for _time in range(2):
            self.leave()
            self.assertFalse(frappe.db.exists("Assignment Rule", {"document_type": "HD Ticket"}))
