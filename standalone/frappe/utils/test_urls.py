"""Links of the site: which host they lead to, whoever asks."""

from __future__ import annotations

from collections.abc import Iterator
from email import message_from_string
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from werkzeug.test import EnvironBuilder

import frappe
from frappe.app import Request
from frappe.context import local
from frappe.jobs import drain
from frappe.testing.people import ANNA, make_user
from frappe.utils import urls

RESET = "/api/method/frappe.core.doctype.user.user.reset_password"


@pytest.fixture(autouse=True)
def _no_server(site: Any, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setattr(urls, "_served", {})
    yield
    local.request = None


def asked_by(host: str, **environ: Any) -> str:
    """Return the address of the site in a request with this Host header."""
    overrides: dict[str, Any] = {"REMOTE_ADDR": "203.0.113.9", **environ}
    builder = EnvironBuilder(headers=[("Host", host)], environ_overrides=overrides)
    local.request = Request(builder.get_environ())
    return urls.get_url()


@pytest.mark.parametrize(
    "host",
    ["localhost:8000", "127.0.0.1:8000", "[::1]:8000", "test.localhost", "Test.Localhost:8080", "desk.localhost"],
)
def test_this_machine_and_the_site_are_believed(host: str) -> None:
    assert asked_by(host) == f"http://{host}"


@pytest.mark.parametrize(
    "host",
    [
        "evil.example",
        "evil.example:80",
        "test.localhost.evil.example",
        "localhost.evil.example",
        "localhost@evil.example",
        "evil.example/localhost",
        "evil.example#localhost",
        "127.0.0.1.evil.example",
        "2130706433",
        "0x7f.1",
        "127.1",
        "169.254.169.254",
        "localhost:port",
        "localhost ",
        "",
    ],
)
def test_any_other_host_is_not_written_into_links(host: str) -> None:
    assert asked_by(host) == "http://test.localhost"


@given(st.text(max_size=40))
def test_no_text_passes_for_a_trusted_host_unless_it_names_one(host: str) -> None:
    if urls.is_trusted_host(host):
        name = urls._name_of_host(host)
        assert name == "localhost" or name.endswith(".localhost") or name.startswith("127.") or ":" in name


def test_allowed_hosts_are_believed_and_nothing_near_them() -> None:
    local.conf.allowed_hosts = ["desk.example.com", "*.customers.example"]
    assert asked_by("desk.example.com") == "http://desk.example.com"
    assert asked_by("a.customers.example:8443") == "http://a.customers.example:8443"
    for host in ("example.com", "x.desk.example.com", "customers.example", "evilcustomers.example"):
        assert asked_by(host) == "http://test.localhost"
    local.conf.allowed_hosts = "one.example, two.example"
    assert asked_by("two.example") == "http://two.example"


def test_the_configured_name_wins_over_every_host() -> None:
    local.conf.host_name = "https://desk.example.com"
    assert asked_by("localhost") == asked_by("evil.example") == "https://desk.example.com"


def test_the_address_at_which_the_connection_arrived_is_believed() -> None:
    reached = {urls.REACHED_ADDRESS: "192.0.2.7"}
    assert asked_by("192.0.2.7:8000", **reached) == "http://192.0.2.7:8000"
    assert asked_by("192.0.2.8:8000", **reached) == "http://test.localhost"
    assert asked_by("192.0.2.7:8000") == "http://test.localhost"


def test_https_is_believed_from_a_trusted_proxy_only() -> None:
    forwarded: Any = {"HTTP_X_FORWARDED_PROTO": "https"}
    assert asked_by("localhost", **forwarded) == "http://localhost"
    assert asked_by("localhost", REMOTE_ADDR="127.0.0.1", **forwarded) == "https://localhost"


@pytest.mark.parametrize(
    ("host", "port", "address"),
    [
        ("127.0.0.1", 8000, "http://127.0.0.1:8000"),
        ("desk.example.com", 80, "http://desk.example.com"),
        ("0.0.0.0", 8000, "http://test.localhost:8000"),
        ("::", 8000, "http://test.localhost:8000"),
        ("::1", 8000, "http://[::1]:8000"),
    ],
)
def test_without_a_trusted_host_links_lead_to_where_the_server_is(host: str, port: int, address: str) -> None:
    urls.serve_at("test.localhost", host, port)
    assert asked_by("evil.example") == address
    local.request = None
    assert urls.get_url("/x") == f"{address}/x"


def test_a_hostile_host_does_not_get_the_secret_of_a_reset_link(client: Any) -> None:
    account = frappe.get_doc("Email Account", "Notifications")
    account.update({"enable_outgoing": 1, "default_outgoing": 1, "smtp_server": "localhost", "password": "secret"})
    account.flags.ignore_validate = True
    account.save()
    make_user(ANNA)
    frappe.db.commit()
    hostile = {"Host": "evil.example", "X-Forwarded-Host": "evil.example", "X-Forwarded-Proto": "https"}
    assert client.post(RESET, json={"user": ANNA}, headers=hostile).status_code == 200
    frappe.db.rollback()
    drain()
    (message,) = frappe.get_all("Email Queue", pluck="message")
    parts: list[Any] = [part.get_payload(decode=True) or b"" for part in message_from_string(message).walk()]
    text = message + b"".join(parts).decode()
    assert "test.localhost/update-password?key=" in text
    assert "evil.example" not in text
