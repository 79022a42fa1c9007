"""hypothesis for the app's tests. It is a development dependency, which not every bench has: without it the property
tests are skipped, and say so.
"""

from typing import Any
from unittest import skip

try:
    from hypothesis import HealthCheck, given, settings
    from hypothesis import strategies as st
except ImportError:

    class _Anything:
        """Stands for every strategy of a test that does not run."""

        def __getattr__(self, name: str) -> Any:
            return self

        def __call__(self, *args: Any, **options: Any) -> Any:
            return self

        def __or__(self, other: Any) -> Any:
            return self

    def _skipped(*strategies: Any, **named: Any) -> Any:
        return skip("needs hypothesis: bench setup requirements --dev")

    def _as_it_is(**options: Any) -> Any:
        return lambda test: test

    HealthCheck, st, given, settings = _Anything(), _Anything(), _skipped, _as_it_is  # type: ignore[misc, assignment]

__all__ = ["HealthCheck", "given", "settings", "st"]
