"""The TestCase classes do for app tests what they promise."""

from unittest.mock import patch

import frappe
from frappe.tests import IntegrationTestCase, change_settings
from frappe.tests.utils import FrappeTestCase


class TestWhatAClassWrites(IntegrationTestCase):
    @classmethod
    def setUpClass(cls) -> None:
        super().setUpClass()
        frappe.get_doc({"doctype": "ToDo", "description": "of the class"}).insert()

    def test_is_there_for_its_tests(self) -> None:
        self.assertTrue(frappe.db.exists("ToDo", {"description": "of the class"}))

    def test_even_when_it_was_committed(self) -> None:
        frappe.db.commit()
        self.assertTrue(frappe.db.exists("ToDo", {"description": "of the class"}))


class TestWhatTheNextClassSees(FrappeTestCase):
    def test_nothing_of_the_class_before(self) -> None:
        self.assertFalse(frappe.db.exists("ToDo", {"description": "of the class"}))

    def test_the_administrator_is_at_work(self) -> None:
        self.assertEqual(frappe.session.user, "Administrator")
        self.assertTrue(frappe.flags.in_test)


class TestHelpers(IntegrationTestCase):
    def test_another_user_for_a_block(self) -> None:
        with self.set_user("Guest"):
            self.assertEqual(frappe.session.user, "Guest")
        self.assertEqual(frappe.session.user, "Administrator")

    def test_settings_for_a_block(self) -> None:
        before = frappe.db.get_single_value("System Settings", "session_expiry")
        with change_settings("System Settings", session_expiry="01:00"):
            self.assertEqual(frappe.db.get_single_value("System Settings", "session_expiry"), "01:00")
        self.assertEqual(frappe.db.get_single_value("System Settings", "session_expiry"), before)

    @change_settings("System Settings", {"session_expiry": "02:00"})
    def test_settings_for_a_test(self) -> None:
        self.assertEqual(frappe.db.get_single_value("System Settings", "session_expiry"), "02:00")

    def test_frozen_time_is_the_sites_time(self) -> None:
        with self.freeze_time("2026-02-03 04:05:06"):
            self.assertEqual(str(frappe.utils.now_datetime()), "2026-02-03 04:05:06")

    def test_other_hooks_for_a_block(self) -> None:
        with self.patch_hooks({"on_logout": ["a.b"]}):
            self.assertEqual(frappe.get_hooks("on_logout"), ["a.b"])
            self.assertEqual(frappe.get_hooks("app_name")[0], "frappe")
        self.assertNotEqual(frappe.get_hooks("on_logout"), ["a.b"])

    def test_too_many_statements_fail_and_name_themselves(self) -> None:
        with self.assertRaisesRegex(AssertionError, "tabRole"), self.assertQueryCount(0):
            frappe.db.sql("select name from `tabRole`")
        with self.assertQueryCount(1):
            frappe.db.sql("select name from `tabRole`")

    def test_reads_and_writes_can_be_counted_apart(self) -> None:
        with self.assertQueryCount(0, query_type=("update", "insert")):
            frappe.db.sql("select name from `tabRole`")

    def test_too_many_rows_fail(self) -> None:
        with self.assertRaises(AssertionError), self.assertRowsRead(1):
            frappe.db.sql("select name from `tabRole`")

    def test_documents_are_compared_by_value(self) -> None:
        todo = frappe.get_doc({"doctype": "ToDo", "description": "x", "date": "2026-01-01"}).insert()
        self.assertDocumentEqual({"description": "x", "date": "2026-01-01"}, todo.reload())
        with self.assertRaises(AssertionError):
            self.assertDocumentEqual({"description": "y"}, todo)

    def test_a_second_connection_sees_what_is_committed_only(self) -> None:
        frappe.get_doc({"doctype": "ToDo", "description": "unseen"}).insert()
        with self.secondary_connection():
            self.assertFalse(frappe.db.exists("ToDo", {"description": "unseen"}))
            with self.primary_connection():
                self.assertTrue(frappe.db.exists("ToDo", {"description": "unseen"}))

    def test_the_network_is_out_of_reach(self) -> None:
        import socket

        with patch("pytest.fail", side_effect=ConnectionRefusedError) as refused:
            connection = socket.socket()
            self.addCleanup(connection.close)
            with self.assertRaises(ConnectionRefusedError):
                connection.connect(("192.0.2.1", 80))
        refused.assert_called_once()
