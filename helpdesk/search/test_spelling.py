"""Words that are nearly right are put right; what is right already stays as it is."""

import unittest

from helpdesk.search.spelling import applied, fixes
from helpdesk.tests.properties import given, st

TITLES = ["The printer is on fire", "Invoice 2024-17 is missing", "E-Mail kommt nicht an"]
WORDS = st.lists(st.text("abcdefghij", min_size=1, max_size=9), max_size=6)


class TestSpelling(unittest.TestCase):
    def test_a_word_that_is_nearly_right_is_put_right(self):
        for typed, meant in (
            ("pritner", "printer"),
            ("invioce missing", "invoice missing"),
            ('"Printr fire"', '"printer fire"'),
        ):
            with self.subTest(typed=typed):
                self.assertEqual(applied(typed, fixes(typed, TITLES)), meant)

    def test_short_words_numbers_and_beginnings_of_words_are_left_alone(self):
        for typed in ("fie", "2025", "print", "INVOICE", "kommen sie"):
            with self.subTest(typed=typed):
                self.assertEqual(applied(typed, fixes(typed, TITLES)), typed)

    @given(WORDS, WORDS)
    def test_only_words_of_the_titles_come_in_and_none_of_them_goes(self, typed, titles):
        found = fixes(" ".join(typed), titles)
        known = {word.casefold() for word in titles}
        self.assertLessEqual(set(found.values()), known)
        self.assertTrue(known.isdisjoint(found))
        self.assertEqual(fixes(applied(" ".join(typed), found), titles), {})


if __name__ == "__main__":
    unittest.main()
