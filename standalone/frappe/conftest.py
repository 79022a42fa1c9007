"""A site on MariaDB and Redis for the tests that need one, whatever the others run on."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from frappe.testing.plugin import CACHE, connected
from frappe.testing.services import from_environment
from frappe.testing.sites import TestBench


@pytest.fixture(scope="module")
def on_server(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> TestBench:
    """A bench whose site is on MariaDB, with the framework alone."""
    bench = TestBench(tmp_path_factory.mktemp("server") / "bench", ("frappe",), services=from_environment())
    request.addfinalizer(bench.remove)
    assert request.config.cache
    bench.prepare(request.config.cache.mkdir(CACHE))
    return bench


@pytest.fixture
def served(on_server: TestBench) -> Iterator[TestBench]:
    """The same, connected, as Administrator; put back to new after the test."""
    yield from connected(on_server)
