"""Sample stories are plausible: in order, in the past, and the same for the same seed."""

import unittest
from datetime import datetime

from helpdesk.setup.demo.stories import tell

NOW = datetime(2026, 3, 2, 15, 30)


class TestStories(unittest.TestCase):
    def test_the_same_seed_tells_the_same_stories(self) -> None:
        self.assertEqual(tell(20, NOW), tell(20, NOW))

    def test_everything_happens_in_order_and_nothing_in_the_future(self) -> None:
        for story in tell(200, NOW):
            moments = [message.at for message in story.messages]
            self.assertEqual(moments, sorted(moments))
            self.assertLessEqual(moments[-1], NOW)
            self.assertLessEqual(story.resolved_on or NOW, NOW)

    def test_every_fate_is_met(self) -> None:
        fates = {story.fate for story in tell(200, NOW)}
        self.assertEqual(fates, {"fresh", "overdue", "waiting", "reopened", "resolved", "late", "closed"})
