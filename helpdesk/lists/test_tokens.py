"""Stored filters in both forms."""

import unittest
from datetime import date

from helpdesk.lists.tokens import BadFilter, on_days, resolve_tokens, triples
from helpdesk.tests.properties import given, settings, st

TODAY = date(2026, 3, 3)
FIELDS = st.text("abcdefgh_", min_size=1, max_size=8)
VALUES = st.one_of(st.integers(), st.text(max_size=10), st.none())


class TestTokens(unittest.TestCase):
    def test_t01_both_forms_mean_the_same(self):
        expected = [["_assign", "like", "%anna@example.com%"]]
        self.assertEqual(resolve_tokens({"_assign": ["like", "%@me%"]}, "anna@example.com", TODAY), expected)
        self.assertEqual(resolve_tokens([["_assign", "like", "%@me%"]], "anna@example.com", TODAY), expected)

    def test_me_in_a_list_is_replaced(self):
        self.assertEqual(
            resolve_tokens({"owner": ["in", ["@me", "x"]]}, "anna@example.com", TODAY),
            [["owner", "in", ["anna@example.com", "x"]]],
        )

    def test_me_within_a_word_stays(self):
        self.assertEqual(resolve_tokens({"subject": "about @me"}, "a", TODAY), [["subject", "=", "about @me"]])

    def test_spans_of_days_are_dates(self):
        spans = {
            "last 7 days": ["2026-02-24", "2026-03-03"],
            "Last 90 Days": ["2025-12-03", "2026-03-03"],
            "next 14 days": ["2026-03-03", "2026-03-17"],
        }
        for span, dates in spans.items():
            with self.subTest(span=span):
                found = resolve_tokens([["HD Ticket", "creation", "Timespan", span]], "a", TODAY)
                self.assertEqual(found, [["HD Ticket", "creation", "between", dates]])

    def test_other_spans_are_left_to_the_framework(self):
        for triple in (["creation", "timespan", "last week"], ["subject", "=", "last 7 days"], ["x", "timespan", None]):
            with self.subTest(triple=triple):
                self.assertEqual(resolve_tokens([triple], "a", TODAY), [triple])

    def test_a_comparison_with_a_day_is_one_of_moments(self):
        self.assertEqual(on_days("=", "2026-02-28"), [[">=", "2026-02-28"], ["<", "2026-03-01"]])
        for operator, value in (("is", "set"), ("=", "soon"), ("between", ["2026-01-01", "2026-01-02"])):
            with self.subTest(operator=operator, value=value):
                self.assertEqual(on_days(operator, value), [[operator, value]])

    def test_a_child_doctype_may_be_named(self):
        self.assertEqual(triples([["HD Ticket", "status", "=", "Open"]]), [["HD Ticket", "status", "=", "Open"]])

    def test_what_is_no_filter_is_refused_by_name(self):
        for bad in ("status = 1", [["status", "sleeps", 1]], ["status"], [[1, "=", 2]], [["a"]]):
            with self.subTest(bad=bad), self.assertRaises(BadFilter):
                triples(bad)

    @settings(deadline=None)
    @given(st.dictionaries(FIELDS, VALUES, max_size=5))
    def test_object_and_list_always_agree(self, filters):
        self.assertEqual(triples(filters), triples([[field, "=", value] for field, value in filters.items()]))
