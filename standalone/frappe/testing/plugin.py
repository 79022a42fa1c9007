"""The pytest plugin: `pytest_plugins = ["frappe.testing.plugin"]` in the root `conftest.py`.

    site      a connected site with the framework alone; put back to new after each test
    client    a Werkzeug test client of that site
    app_site  the site with the apps under test; connected for every unittest class of an app by itself

The apps under test are the setting `frappe_apps` of pytest's configuration (by default `helpdesk`), those that can be
imported. Sites are kept in pytest's cache and made anew when the code of the apps changes.
"""

from __future__ import annotations

import importlib.util
import socket
import unittest
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

import frappe
from frappe import context
from frappe.testing.mariadb_home import remove_left_over
from frappe.testing.services import Services, from_environment
from frappe.testing.sites import TestBench

CACHE = "frappe-sites"


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--services", action="store_true", help="run on MariaDB and Redis instead of one file (frappe.testing.services)"
    )
    parser.addini("frappe_apps", "apps installed on the site of unittest classes", type="args", default=["helpdesk"])


def pytest_configure(config: pytest.Config) -> None:
    context.set_in_test(True)
    if config.getoption("--services") and not hasattr(config, "workerinput"):
        missing = from_environment().missing()
        if missing:
            raise pytest.UsageError(f"{missing} Start the servers, or name them: see frappe.testing.services.")
        remove_left_over(from_environment())


def services_of(config: pytest.Config) -> Services | None:
    """Return the servers to test on; None for the embedded profile."""
    return from_environment() if config.getoption("--services") else None


@pytest.fixture(scope="session", autouse=True)
def no_outside_network() -> Iterator[None]:
    """Fail a test that opens a connection to another machine."""
    original = socket.socket.connect

    def connect(self: socket.socket, address: Any) -> None:
        host = address[0] if isinstance(address, tuple) else ""
        if self.family in (socket.AF_INET, socket.AF_INET6) and not _is_local(str(host)):
            pytest.fail(f"A test tried to reach {host}. Tests stay on this machine.")
        original(self, address)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(socket.socket, "connect", connect)
        yield


@pytest.fixture(scope="session", autouse=True)
def cheap_passwords() -> Iterator[None]:
    """Hash passwords with the least possible work: thousands of tests log in."""
    from argon2 import PasswordHasher

    from frappe.utils import password_hashing

    cheap = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(password_hashing, "_hasher", lambda: cheap)
        yield


def _is_local(host: str) -> bool:
    return host in ("localhost", "::1", "") or host.startswith("127.")


def _templates(config: pytest.Config) -> Path:
    if config.cache is None:
        raise RuntimeError("The pytest plugin cacheprovider is needed: sites are kept there.")
    return config.cache.mkdir(CACHE)


def make_bench(
    request: pytest.FixtureRequest, factory: pytest.TempPathFactory, name: str, apps: list[str]
) -> TestBench:
    """Return a bench with a new site that has the framework and `apps`."""
    bench = TestBench(factory.mktemp(name) / "bench", ("frappe", *apps), services=services_of(request.config))
    request.addfinalizer(bench.remove)
    bench.prepare(_templates(request.config))
    return bench


@pytest.fixture(scope="session")
def frappe_bench(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> TestBench:
    """A bench with a site that has the framework alone."""
    return make_bench(request, tmp_path_factory, "frappe", [])


@pytest.fixture(scope="session")
def app_bench(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> TestBench:
    """A bench with a site that has the apps under test."""
    apps = [app for app in request.config.getini("frappe_apps") if importlib.util.find_spec(app)]
    return make_bench(request, tmp_path_factory, "apps", apps)


def bench_with(
    request: pytest.FixtureRequest, factory: pytest.TempPathFactory, name: str, fill: Callable[[], object]
) -> TestBench:
    """Return a bench for several tests whose site, with the framework alone, holds what `fill` has written."""
    bench = make_bench(request, factory, name, [])
    bench.connect()
    fill()
    frappe.db.commit()
    bench.keep()
    bench.disconnect()
    return bench


def connected(bench: TestBench) -> Iterator[TestBench]:
    bench.connect()
    try:
        yield bench
        bench.restore()
    finally:
        bench.disconnect()


@pytest.fixture
def site(frappe_bench: TestBench) -> Iterator[TestBench]:
    """A connected site with the framework alone, as Administrator; put back to new after the test."""
    yield from connected(frappe_bench)


@pytest.fixture
def client(site: TestBench) -> Any:
    """A Werkzeug test client of `site`, with a cookie jar."""
    from frappe.app import get_test_client

    return get_test_client()


@pytest.fixture(scope="class")
def app_site(app_bench: TestBench) -> Iterator[TestBench]:
    """The connected site of the apps under test, as Administrator; put back after the class."""
    yield from connected(app_bench)


@pytest.fixture(scope="class", autouse=True)
def _site_for_app_classes(request: pytest.FixtureRequest) -> None:
    """Connect the site before `setUpClass` of the unittest classes of apps."""
    if request.cls is not None and issubclass(request.cls, unittest.TestCase) and _needs_site(request.cls):
        request.getfixturevalue("app_site")


def _needs_site(case: type) -> bool:
    """Tell whether a class tests an app: its package has a `hooks` module, or it is one of our TestCases."""
    from frappe.tests import IntegrationTestCase

    if issubclass(case, IntegrationTestCase):
        return True
    package = case.__module__.partition(".")[0]
    return package != "frappe" and importlib.util.find_spec(f"{package}.hooks") is not None
