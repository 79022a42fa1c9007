"""Other services are called by URL; what they answer comes back as values."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
import requests
from werkzeug.serving import make_server
from werkzeug.wrappers import Request, Response

import frappe
from frappe.integrations.utils import make_get_request, make_post_request
from frappe.utils.outgoing import PrivateAddressError, session_for


@Request.application
def service(request: Request) -> Response:
    if request.path == "/echo":
        return Response(request.get_data(), mimetype="application/json")
    if request.path == "/moved":
        return Response(status=302, headers={"Location": request.args["to"]})
    if request.path == "/form":
        return Response("a=1&b=2", mimetype="text/plain")
    return Response("No", status=404)


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    from threading import Thread

    server = make_server("127.0.0.1", 0, service)
    Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()


def test_json_goes_out_and_comes_back(site: Any, address: str) -> None:
    assert make_post_request(f"{address}/echo", json={"a": [1]}) == {"a": [1]}


def test_forms_are_read(site: Any, address: str) -> None:
    assert make_get_request(f"{address}/form") == {"a": ["1"], "b": ["2"]}


def test_a_refusal_is_raised_and_logged_without_secrets(site: Any, address: str) -> None:
    with pytest.raises(requests.HTTPError):
        make_get_request(f"{address}/gone?key=s3cret", headers={"Authorization": "t0ken"})
    log = frappe.get_last_doc("Error Log")
    assert log.method == f"GET {address}/gone failed"
    assert "t0ken" not in log.error and "s3cret" not in log.error
    assert f"{address}/gone" in log.error


def test_a_service_that_is_gone_is_logged_without_secrets(site: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("frappe.integrations.utils.session_for", lambda url: requests.Session())
    with pytest.raises(requests.ConnectionError):
        make_get_request("http://127.0.0.1:9/x", params={"key": "s3cret", "q": "two words"})
    assert "s3cret" not in frappe.get_last_doc("Error Log").error


def test_a_redirect_is_followed_on_the_same_host_only_as_long_as_it_leads_inside(site: Any, address: str) -> None:
    assert make_get_request(f"{address}/moved", params={"to": "/form"}) == {"a": ["1"], "b": ["2"]}
    elsewhere = address.replace("127.0.0.1", "localhost")
    with pytest.raises(PrivateAddressError):
        make_get_request(f"{address}/moved", params={"to": f"{elsewhere}/form"})


def test_the_operator_may_open_a_host_inside_to_redirects(site: Any, address: str) -> None:
    frappe.conf["outgoing_private_hosts"] = ["localhost"]
    elsewhere = address.replace("127.0.0.1", "localhost")
    assert make_get_request(f"{address}/moved", params={"to": f"{elsewhere}/form"}) == {"a": ["1"], "b": ["2"]}


def test_the_machines_own_secrets_are_no_service(site: Any, address: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """The connection stands before it is refused, so this one leads to the local service in the metadata's name."""
    from urllib3.util import connection

    metadata, port = "169.254.169.254", int(address.rpartition(":")[2])
    reach = connection.create_connection

    def elsewhere(_address: Any, *args: Any, **kwargs: Any) -> Any:
        return _Disguised(reach(("127.0.0.1", port), *args, **kwargs), metadata)

    monkeypatch.setattr(connection, "create_connection", elsewhere)
    with pytest.raises(PrivateAddressError):
        session_for(f"http://{metadata}/").get(f"http://{metadata}/latest")


class _Disguised:
    """A socket that says it leads to another address."""

    def __init__(self, connected: Any, address: str):
        self.connected, self.address = connected, address

    def __getattr__(self, name: str) -> Any:
        return getattr(self.connected, name)

    def getpeername(self) -> tuple[str, int]:
        return self.address, 80
