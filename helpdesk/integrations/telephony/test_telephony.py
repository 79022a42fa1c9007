"""Numbers, durations, and a site without the telephony app."""

import unittest

import frappe

from helpdesk.integrations.telephony import api, calls, parties
from helpdesk.test_utils import ANNA, HelpdeskTestCase, acting_as


class TestNumbers(unittest.TestCase):
    def test_a_number_counts_without_its_country(self):
        cases = {"+49 (30) 123456": "30123456", "98765-43210": "9876543210", "call me": "", "": ""}
        for number, digits in cases.items():
            with self.subTest(number=number):
                self.assertEqual(parties.significant(number), digits)

    def test_an_extension_belongs_to_nobody_whose_number_merely_ends_so(self):
        self.assertFalse(parties.is_same("3456", "+49 30 123456"))
        self.assertTrue(parties.is_same("3456", "34-56"))
        self.assertTrue(parties.is_same("30123456", "+49 30 12-34-56"))

    def test_a_duration_leaves_out_what_is_nothing(self):
        for seconds, text in ((0, "0s"), (59, "59s"), (60, "1m"), (3605, "1h 5s"), (90061, "25h 1m 1s")):
            with self.subTest(seconds=seconds):
                self.assertEqual(calls.spell(seconds), text)


class TestWithoutTheApp(HelpdeskTestCase):
    def setUp(self):
        super().setUp()
        if calls.is_installed():
            self.skipTest("needs a site without telephony")

    def test_w09_nothing_is_logged_and_the_reason_is_said(self):
        with acting_as(ANNA):
            for attempt in (lambda: api.get_call("x"), lambda: api.log_call("Incoming", "0123")):
                with self.assertRaisesRegex(frappe.ValidationError, "not installed"):
                    attempt()
