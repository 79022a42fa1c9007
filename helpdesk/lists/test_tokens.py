"""Stored filters in both forms."""

import unittest

from helpdesk.lists.tokens import BadFilter, resolve_tokens, triples
from helpdesk.tests.properties import given, settings, st

FIELDS = st.text("abcdefgh_", min_size=1, max_size=8)
VALUES = st.one_of(st.integers(), st.text(max_size=10), st.none())


class TestTokens(unittest.TestCase):
    def test_t01_both_forms_mean_the_same(self):
        expected = [["_assign", "like", "%anna@example.com%"]]
        self.assertEqual(resolve_tokens({"_assign": ["like", "%@me%"]}, "anna@example.com"), expected)
        self.assertEqual(resolve_tokens([["_assign", "like", "%@me%"]], "anna@example.com"), expected)

    def test_me_in_a_list_is_replaced(self):
        self.assertEqual(
            resolve_tokens({"owner": ["in", ["@me", "x"]]}, "anna@example.com"),
            [["owner", "in", ["anna@example.com", "x"]]],
        )

    def test_me_within_a_word_stays(self):
        self.assertEqual(resolve_tokens({"subject": "about @me"}, "a"), [["subject", "=", "about @me"]])

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
