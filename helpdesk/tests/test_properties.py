"""Property tests where hypothesis is missing."""

import runpy
import sys
import unittest
from pathlib import Path
from unittest.mock import patch


class TestWithoutHypothesis(unittest.TestCase):
    def test_property_tests_are_skipped_and_say_why(self) -> None:
        with patch.dict(sys.modules, {"hypothesis": None}):
            names = runpy.run_path(str(Path(__file__).with_name("properties.py")))
        given, settings, st = names["given"], names["settings"], names["st"]

        class Example(unittest.TestCase):
            @settings(max_examples=5, suppress_health_check=[names["HealthCheck"].too_slow])
            @given(st.integers(1, 4) | st.none(), text=st.text().map(str.strip))
            def test_nothing(self, number: int, text: str) -> None:
                raise AssertionError("A test without its values ran.")

        result = unittest.TestResult()
        unittest.defaultTestLoader.loadTestsFromTestCase(Example).run(result)
        self.assertTrue(result.wasSuccessful())
        ((_test, reason),) = result.skipped
        self.assertEqual(reason, "needs hypothesis: bench setup requirements --dev")
