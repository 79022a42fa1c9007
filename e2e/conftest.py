"""One site is set up as a newcomer would; each module works on its own copy of it, served by its own process."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from frappe.testing.services import from_environment

from e2e.mail_servers import MailServers, dovecot_binary
from e2e.postbox import Postbox
from e2e.product import PASSWORD, Product
from e2e.rest import Rest

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
FAKETIME = next(Path("/usr/lib").glob("*/faketime/libfaketimeMT.so.1"), None)
CHROMIUM_FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
FAST = {"scheduler_tick_interval": 1, "mail_pull_interval": 1, "max_automatic_answers_per_hour": 1000}
"""Look for mail every second, so that tests need not wait a minute; and write to one customer more than ten times."""


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    _leave_out_services(config, items)
    for item in items:
        if "browser" in item.keywords and not CHROMIUM:
            item.add_marker(pytest.mark.skip(reason="Chromium is missing"))
        if "faketime" in item.keywords and not FAKETIME:
            item.add_marker(pytest.mark.skip(reason="libfaketime is missing"))
        if "nginx" in item.keywords and not (shutil.which("nginx") or Path("/usr/sbin/nginx").exists()):
            item.add_marker(pytest.mark.skip(reason="nginx is missing"))
        if "dovecot" in item.keywords and not dovecot_binary():
            item.add_marker(pytest.mark.skip(reason="Dovecot is missing"))


def _leave_out_services(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave out what needs MariaDB and Redis where they are not, and say so in one line."""
    needing = [item for item in items if "services" in item.keywords]
    missing = from_environment().missing() if needing else None
    if missing:
        items[:] = [item for item in items if item not in needing]
        config.hook.pytest_deselected(items=needing)
        print(f"Without the journeys on MariaDB and Redis: {missing}")


@pytest.fixture(scope="session")
def template_site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A bench folder with a fresh site, made once."""
    product = Product(tmp_path_factory.mktemp("template") / "bench")
    product.set_up(**FAST)
    return product.bench


@pytest.fixture(scope="module")
def product(template_site: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Product]:
    """The running product on a fresh copy of the site."""
    running = Product(tmp_path_factory.mktemp("product") / "bench")
    running.copy_of(template_site)
    running.start()
    try:
        yield running
    finally:
        running.stop()


@pytest.fixture(scope="module")
def admin(product: Product) -> Rest:
    return Rest(product.url).sign_in("Administrator", PASSWORD)


@pytest.fixture(scope="module")
def mail() -> Iterator[MailServers]:
    yield from mail_servers()


def mail_servers() -> Iterator[MailServers]:
    """Yield running mail servers; their folder must be reachable for the mailboxes' owner."""
    folder = Path(tempfile.mkdtemp(prefix="helpdesk-mail-"))
    servers = MailServers(folder)
    servers.start()
    try:
        yield servers
    finally:
        servers.stop()
        shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(scope="module")
def postbox(product: Product) -> Iterator[Postbox]:
    """Where the mails of the product arrive: no real server, read from memory."""
    box = Postbox()
    box.start()
    product.configure(**box.config)
    try:
        yield box
    finally:
        box.stop()


@pytest.fixture(scope="session")
def browser() -> Iterator[Any]:
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=CHROMIUM_FLAGS)
        yield chromium
        chromium.close()


@pytest.fixture
def page(browser: Any) -> Iterator[Any]:
    """A page of somebody who is not logged in."""
    context = browser.new_context()
    yield context.new_page()
    context.close()


@pytest.fixture(scope="session")
def artefacts() -> Path:
    folder = Path(os.environ.get("HELPDESK_ARTEFACTS", Path(__file__).parent / "artefacts"))
    folder.mkdir(parents=True, exist_ok=True)
    return folder
