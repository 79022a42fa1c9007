"""Public holidays by country."""

import unittest
from datetime import date

import frappe

from helpdesk.sla import public_holidays

YEAR = (date(2026, 1, 1), date(2026, 12, 31))


class TestPublicHolidays(unittest.TestCase):
    def test_a_country_has_its_holidays_in_order(self):
        found = public_holidays.between("DE", None, *YEAR)
        days = [row["holiday_date"] for row in found]
        self.assertEqual(days, sorted(days))
        self.assertIn("2026-10-03", days)
        self.assertNotIn("2026-11-01", days)

    def test_a_region_adds_its_own(self):
        days = [row["holiday_date"] for row in public_holidays.between("DE", "BY", *YEAR)]
        self.assertIn("2026-11-01", days)

    def test_both_ends_of_the_range_count_and_nothing_outside(self):
        found = public_holidays.between("FR", None, date(2026, 5, 1), date(2026, 5, 8))
        self.assertEqual([row["holiday_date"] for row in found], ["2026-05-01", "2026-05-08"])

    def test_what_nobody_knows_is_refused(self):
        for country, region in (("<b>", None), ("DE", "XX"), ("de", None)):
            with self.subTest(country=country), self.assertRaises(frappe.ValidationError):
                public_holidays.between(country, region, *YEAR)

    def test_a_backward_or_endless_range_is_refused(self):
        for start, end in ((YEAR[1], YEAR[0]), (date(1900, 1, 1), date(2100, 1, 1))):
            with self.subTest(start=start), self.assertRaises(frappe.ValidationError):
                public_holidays.between("DE", None, start, end)
