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


@Request.application
def service(request: Request) -> Response:
    if request.path == "/echo":
        return Response(request.get_data(), mimetype="application/json")
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
    monkeypatch.setattr("frappe.integrations.utils.get_request_session", lambda: requests.Session())
    with pytest.raises(requests.ConnectionError):
        make_get_request("http://127.0.0.1:9/x", params={"key": "s3cret", "q": "two words"})
    assert "s3cret" not in frappe.get_last_doc("Error Log").error
