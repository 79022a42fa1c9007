"""The gate in front of the API for people who are no system users."""

import unittest
from unittest.mock import patch

import frappe

from helpdesk import auth
from helpdesk.test_utils import ANNA, CLEO, HelpdeskTestCase, acting_as, requesting


class TestMethodOfPath(unittest.TestCase):
    def test_all_ways_to_name_a_method(self):
        for path in ("/api/method/ping", "/api/v1/method/ping", "/api/v2/method/ping"):
            with self.subTest(path=path):
                self.assertEqual(auth.method_of(path), "ping")

    def test_resources_are_no_methods(self):
        self.assertEqual(auth.method_of("/api/resource/User/x"), "resource/User/x")


class TestGate(HelpdeskTestCase):
    def call(self, user: str, path: str, **configuration: object) -> bool:
        """Tell whether the gate lets a call pass."""
        config = frappe._dict(frappe.local.conf, **configuration)
        with patch.object(frappe.local, "conf", config), requesting(path), acting_as(user):
            try:
                auth.authenticate()
            except frappe.PermissionError:
                return False
        return True

    def test_w04_website_users_reach_only_what_is_theirs(self):
        for path, passes in (
            ("/api/method/helpdesk.api.config.get_config", True),
            ("/api/method/login", True),
            ("/api/v1/method/frappe.client.get_list", True),
            ("/api/method/frappe.core.api.user_invitation.get_pending_invitations", True),
            ("/api/method/frappe.desk.form.load.getdoc", False),
            ("/api/v2/method/frappe.desk.reportview.get", False),
            ("/api/resource/User", False),
            ("/api/method/frappe.client.get_password", False),
            ("/helpdesk/my-tickets", True),
        ):
            with self.subTest(path=path):
                self.assertEqual(self.call(CLEO, path, block_endpoints=1), passes)

    def test_w04_system_users_and_open_sites_pass(self):
        path = "/api/method/frappe.desk.form.load.getdoc"
        self.assertTrue(self.call(ANNA, path, block_endpoints=1))
        self.assertTrue(self.call(CLEO, path))

    def test_w04_the_site_may_allow_more(self):
        path = "/api/method/shop.orders.list"
        for allowed in (["shop.orders"], '["shop.orders"]', "shop.orders"):
            with self.subTest(allowed=allowed):
                self.assertTrue(self.call(CLEO, path, block_endpoints=1, allowed_custom_endpoints=allowed))
        self.assertFalse(self.call(CLEO, path, block_endpoints=1, allowed_custom_endpoints=[""]))

    def test_w04_nothing_hides_behind_an_allowed_name(self):
        """A path that begins like ours but is somebody else's does not pass."""
        for path in ("/api/method/helpdesk_evil.run", "/api/method/frappe.client.get_listing", "/api/method/"):
            with self.subTest(path=path):
                self.assertFalse(self.call(CLEO, path, block_endpoints=1))
