"""One's own account."""

import frappe

from helpdesk.api.profile import get_profile, save_profile
from helpdesk.test_utils import ANNA, CLEO, HelpdeskTestCase, acting_as


class TestProfile(HelpdeskTestCase):
    def test_a_customer_changes_name_language_and_time_zone(self):
        with acting_as(CLEO):
            save_profile("Cleo", "Patra", "de", "Europe/Berlin")
            found = get_profile()
        self.assertEqual((found["last_name"], found["language"], found["time_zone"]), ("Patra", "de", "Europe/Berlin"))
        self.assertIn("de", [row["name"] for row in found["languages"]])
        self.assertEqual(frappe.db.get_value("User", CLEO, "full_name"), "Cleo Patra")

    def test_people_see_their_own_key_and_never_the_secret(self):
        with acting_as(ANNA):
            self.assertEqual(get_profile()["api_key"], "")
        frappe.db.set_value("User", ANNA, "api_key", "key-of-anna")
        with acting_as(ANNA):
            found = get_profile()
        self.assertEqual(found["api_key"], "key-of-anna")
        self.assertNotIn("api_secret", found)
        with acting_as(CLEO):
            self.assertEqual(get_profile()["api_key"], "")

    def test_nothing_else_about_the_account_changes(self):
        before = {row.role for row in frappe.get_doc("User", CLEO).roles}
        with acting_as(CLEO):
            save_profile("Cleo", "", "", "")
        self.assertEqual({row.role for row in frappe.get_doc("User", CLEO).roles}, before)

    def test_what_is_not_in_the_lists_is_refused(self):
        with acting_as(CLEO):
            for values in (
                ("", "X", "", ""),
                ("C", "", "klingon", ""),
                ("C", "", "", "Mars/Olympus"),
                ("C" * 141, "", "", ""),
            ):
                with self.assertRaises(frappe.ValidationError):
                    save_profile(*values)

    def test_guests_have_no_profile(self):
        with acting_as("Guest"):
            self.assert_refused(get_profile)
            self.assert_refused(save_profile, "Nobody", "", "", "")
