"""The names that tests written for version 15 import."""

from frappe.tests.classes import IntegrationTestCase as FrappeTestCase
from frappe.tests.helpers import change_settings, debug_on, patch_hooks, timeout
from frappe.tests.records import make_test_objects, make_test_records

__all__ = [
    "FrappeTestCase",
    "change_settings",
    "debug_on",
    "make_test_objects",
    "make_test_records",
    "patch_hooks",
    "timeout",
]
