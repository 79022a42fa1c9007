"""Choosing one of several people."""

import unittest

from helpdesk.assignment.choosing import by_weight, least_loaded, next_in_rotation, present
from helpdesk.tests.properties import given, settings, st

NAMES = st.lists(st.sampled_from("abcdefgh"), min_size=1, max_size=8, unique=True)


class TestChoosing(unittest.TestCase):
    def test_l08_rotation_goes_round(self):
        order, last = [], None
        for _ in range(3):
            last = next_in_rotation(["a", "b"], last, {"a", "b"})
            order.append(last)
        self.assertEqual(order, ["a", "b", "a"])

    def test_l09_who_is_away_is_passed_over(self):
        self.assertEqual(present(["a", "b"], {"a": "Away", "b": "Active"}), ["b"])

    def test_l10_away_is_better_than_unavailable_and_nobody_is_never_the_answer(self):
        self.assertEqual(present(["a", "b"], {"a": "Away", "b": "Unavailable"}), ["a"])
        self.assertEqual(present(["a", "b"], {"a": "Unavailable", "b": "Unavailable"}), ["a", "b"])

    def test_who_has_no_availability_counts_as_there(self):
        self.assertEqual(present(["a", "b"], {"a": None, "b": "Away"}), ["a"])

    def test_the_least_loaded_is_chosen_and_the_first_among_equals(self):
        self.assertEqual(least_loaded(["a", "b", "c"], {"a": 2, "b": 1, "c": 1}), "b")
        self.assertIsNone(least_loaded([], {}))

    def test_weights_give_shares(self):
        assigned = {"a": 0, "b": 0}
        for _ in range(40):
            assigned[by_weight({"a": 3, "b": 1}, assigned)] += 1
        self.assertEqual(assigned, {"a": 30, "b": 10})

    @settings(deadline=None)
    @given(NAMES, st.data())
    def test_rotation_is_fair_among_the_eligible(self, users, data):
        eligible = set(data.draw(st.lists(st.sampled_from(users), min_size=1, unique=True)))
        last, seen = None, []
        for _ in range(len(eligible)):
            last = next_in_rotation(users, last, eligible)
            seen.append(last)
        self.assertEqual(set(seen), eligible)

    @settings(deadline=None)
    @given(NAMES, st.dictionaries(st.sampled_from("abcdefgh"), st.sampled_from(["Active", "Away", "Unavailable"])))
    def test_somebody_is_always_present_and_nobody_who_is_less_there_than_others(self, users, availability):
        def absence(user: str) -> int:
            return ("Active", "Away", "Unavailable").index(availability.get(user, "Active"))

        least = min(map(absence, users))
        self.assertEqual(present(users, availability), [user for user in users if absence(user) == least])
