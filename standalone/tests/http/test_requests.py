"""Requests, whitelisting and envelopes: sections 2, 10, 11.1 and 11.4 of the runtime contract."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import frappe
import pytest

AsUser = Callable[[str], Any]


# -- 11.1 pipeline ----------------------------------------------------------------------------------------------------


def test_11_1_ping_answers_everybody(client: Any) -> None:
    answer = client.get("/api/method/ping")
    assert (answer.status_code, answer.get_data()) == (200, b'{"message":"pong"}')


@pytest.mark.parametrize(
    "path", ["/api/method/ping", "/api/v1/method/ping", "/api/method/ping/ignored/rest", "/?cmd=ping"]
)
def test_11_1_the_same_call_has_several_addresses(client: Any, path: str) -> None:
    assert client.get(path).json == {"message": "pong"}


def test_11_3_version_2_answers_under_data(client: Any) -> None:
    assert client.get("/api/v2/method/ping").json == {"data": "pong"}


def test_11_1_options_is_answered_with_nothing(client: Any) -> None:
    answer = client.options("/api/method/ping")
    assert (answer.status_code, answer.get_data()) == (200, b"")


def test_11_1_the_body_wins_over_the_query(as_user: AsUser, endpoints: str) -> None:
    answer = as_user("anna").post(f"/api/method/{endpoints}.echo?text=query&number=3", json={"text": "body"})
    assert answer.json["message"] == {"text": "body", "number": 3, "flags": None, "ignored": False}


@pytest.mark.parametrize("body", ["{", "5", "null", '"x"', '{"a": NaN}', "[1", '{"a": "\\ud800"}', "\x00"])
def test_11_1_a_body_that_is_no_json_object_is_refused(client: Any, body: str) -> None:
    answer = client.post("/api/method/ping", data=body, content_type="application/json")
    assert answer.status_code == 417
    assert "body of the request" in answer.json["_server_messages"]


def test_11_1_a_body_beyond_the_limit_is_413(client: Any, site: Any) -> None:
    answer = client.post("/api/method/ping", data=b"x" * (25 * 1024 * 1024 + 1), content_type="text/plain")
    assert answer.status_code in (200, 413)  # a body nobody reads may be ignored
    answer = client.post("/api/method/ping", data={"a": "x" * (25 * 1024 * 1024 + 1)})
    assert answer.status_code == 413


def test_11_1_a_get_leaves_no_trace_and_a_post_does(as_user: AsUser, endpoints: str) -> None:
    client = as_user("anna")
    before = frappe.db.count("ToDo")
    assert client.get(f"/api/method/{endpoints}.note", query_string={"text": "x"}).status_code == 200
    assert frappe.db.count("ToDo") == before
    assert client.post(f"/api/method/{endpoints}.note", json={"text": "x"}).status_code == 200
    frappe.db.rollback()
    assert frappe.db.count("ToDo") == before + 1


def test_11_1_answers_are_not_cached_and_carry_an_id(client: Any) -> None:
    answer = client.get("/api/method/ping")
    assert answer.headers["Cache-Control"] == "no-store,no-cache,must-revalidate,max-age=0"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["X-Frappe-Request-Id"]
    given = client.get("/api/method/ping", headers={"X-Frappe-Request-Id": "caller-0001"})
    assert given.headers["X-Frappe-Request-Id"] == "caller-0001"
    forged = client.get("/api/method/ping", headers={"X-Frappe-Request-Id": "<script>alert(1)</script>"})
    assert "<" not in forged.headers["X-Frappe-Request-Id"]


def test_11_1_forwarded_addresses_count_only_as_far_as_trusted_proxies_wrote_them(client: Any, endpoints: str) -> None:
    path = f"/api/method/{endpoints}.address"
    assert client.get(path, headers={"X-Forwarded-For": "203.0.113.7"}).json["message"] == "203.0.113.7"
    spoofed = client.get(path, headers={"X-Forwarded-For": "198.51.100.1, 203.0.113.7"})
    assert spoofed.json["message"] == "203.0.113.7"
    direct = client.get(
        path, headers={"X-Forwarded-For": "198.51.100.1"}, environ_overrides={"REMOTE_ADDR": "203.0.113.9"}
    )
    assert direct.json["message"] == "203.0.113.9"
    assert client.get(path, headers={"X-Forwarded-For": "<script>"}).json["message"] == "0.0.0.0"


def configure(site: Any, **settings: Any) -> None:
    from frappe.installer import update_site_config

    for key, value in settings.items():
        update_site_config(key, value)


def test_11_1_maintenance_blocks_requests(client: Any, site: Any) -> None:
    configure(site, maintenance_mode=1)
    try:
        assert client.get("/api/method/ping").status_code == 503
        configure(site, allow_reads_during_maintenance=1)
        assert client.get("/api/method/ping").status_code == 200
        assert client.post("/api/method/ping").status_code == 503
    finally:
        configure(site, maintenance_mode=0, allow_reads_during_maintenance=0)


def test_11_1_other_origins_are_answered_only_where_allowed(client: Any, site: Any) -> None:
    headers = {"Origin": "https://shop.example.com"}
    assert "Access-Control-Allow-Origin" not in client.get("/api/method/ping", headers=headers).headers
    configure(site, allow_cors=["https://shop.example.com"])
    try:
        allowed = client.get("/api/method/ping", headers=headers).headers
        assert allowed["Access-Control-Allow-Origin"] == "https://shop.example.com"
        assert allowed["Access-Control-Allow-Credentials"] == "true"
        assert "Origin" in allowed["Vary"]
        other = client.get("/api/method/ping", headers={"Origin": "https://evil.example.com"}).headers
        assert "Access-Control-Allow-Origin" not in other
        preflight = client.options("/api/method/ping", headers={**headers, "Access-Control-Request-Method": "POST"})
        assert preflight.headers["Access-Control-Allow-Methods"] == "POST"
        assert preflight.headers["Access-Control-Max-Age"] == "86400"
    finally:
        configure(site, allow_cors=None)


# -- 10 whitelisting --------------------------------------------------------------------------------------------------


def test_10_a_guest_is_refused_what_is_not_for_guests_with_403(client: Any, endpoints: str) -> None:
    answer = client.get(f"/api/method/{endpoints}.echo", query_string={"text": "x"})
    assert (answer.status_code, answer.json["exc_type"]) == (403, "PermissionError")
    assert "echo" in answer.json["_server_messages"]


@pytest.mark.parametrize(
    "method",
    [
        "{0}.hidden",
        "frappe.auth.validate_auth",
        "frappe.handler.execute_cmd",
        "frappe.db.sql",
        "frappe.delete_doc",
        "frappe.set_user",
        "frappe.client.insert_doc",
        "execute_cmd",
        "resolve_method",
        "Response",
    ],
)
def test_10_what_is_not_whitelisted_cannot_be_called(as_user: AsUser, endpoints: str, method: str) -> None:
    answer = as_user("Administrator").get(f"/api/method/{method.format(endpoints)}")
    assert answer.status_code in (403, 417)
    assert answer.json["exc_type"] in ("PermissionError", "ValidationError")


@pytest.mark.parametrize(
    ("method", "error"),
    [
        ("nothing", "ValidationError"),
        ("frappe.no_such_module.f", "ValidationError"),
        ("frappe.client.no_such_function", "ValidationError"),
        ("frappe.client", "ValidationError"),
        ("os.system", "AppNotInstalledError"),
        ("subprocess.run", "AppNotInstalledError"),
        ("frappe.__init__.os", "ValidationError"),
        ("frappe..client", "ValidationError"),
        ("frappe.client.get_list.__globals__", "ValidationError"),
        (".", "ValidationError"),
        ("a" * 5000 + ".b", "ValidationError"),
    ],
)
def test_10_an_unknown_method_is_417(as_user: AsUser, method: str, error: str) -> None:
    answer = as_user("anna").get(f"/api/method/{method}")
    assert (answer.status_code, answer.json["exc_type"]) == (417, error)


def test_10_a_verb_that_is_not_answered_is_403(as_user: AsUser, endpoints: str) -> None:
    client = as_user("anna")
    path = f"/api/method/{endpoints}.only_post"
    assert client.get(path).status_code == 403
    assert client.put(path).status_code == 403
    assert client.post(path).json["message"] == "posted"


def test_10_text_of_guests_is_cleaned_unless_the_function_is_xss_safe(client: Any, endpoints: str) -> None:
    attack = {"name": "<script>alert(1)</script><b>x</b>"}
    assert "<script>" not in client.get(f"/api/method/{endpoints}.hello", query_string=attack).json["message"]
    assert client.get(f"/api/method/{endpoints}.raw", query_string=attack).json["message"] == attack["name"]


def test_10_flags_and_ignore_permissions_never_arrive(as_user: AsUser, endpoints: str) -> None:
    client = as_user("anna")
    sent = {"text": "x", "flags": {"a": 1}, "ignore_permissions": True, "unknown": 1}
    assert client.post(f"/api/method/{endpoints}.echo", json=sent).json["message"] == {
        "text": "x",
        "number": 0,
        "flags": None,
        "ignored": False,
    }
    everything = client.post(f"/api/method/{endpoints}.everything", json=sent).json["message"]
    assert everything == {"text": "x", "unknown": 1, "cmd": f"{endpoints}.everything"}


def test_10_a_missing_argument_is_417_and_named(as_user: AsUser, endpoints: str) -> None:
    answer = as_user("anna").get(f"/api/method/{endpoints}.echo")
    assert answer.status_code == 417
    assert "text" in answer.json["_server_messages"]


def test_10_an_argument_of_the_wrong_type_is_417_and_named(as_user: AsUser, endpoints: str) -> None:
    answer = as_user("anna").post(f"/api/method/{endpoints}.echo", json={"text": "x", "number": "many"})
    assert (answer.status_code, answer.json["exc_type"]) == (417, "FrappeTypeError")
    assert "number" in answer.json["_server_messages"]


# -- 2 and 11.4 errors and envelopes ----------------------------------------------------------------------------------


def messages(answer: Any) -> list[dict[str, Any]]:
    return [json.loads(text) for text in json.loads(answer.json.get("_server_messages", "[]"))]


def test_11_4_messages_travel_with_a_success(as_user: AsUser, endpoints: str) -> None:
    answer = as_user("anna").get(f"/api/method/{endpoints}.talk")
    assert answer.json["message"] == "spoken"
    said, short = messages(answer)
    assert (said["message"], said["title"]) == ("Listen", "Said")
    assert short["alert"]


def test_11_4_nothing_returned_means_no_message(as_user: AsUser, endpoints: str) -> None:
    assert as_user("anna").get(f"/api/method/{endpoints}.nothing").json == {}


def test_11_4_what_is_thrown_is_in_the_server_messages(as_user: AsUser, endpoints: str) -> None:
    answer = as_user("anna").get(f"/api/method/{endpoints}.refuse")
    assert answer.status_code == 417
    assert answer.json["exc_type"] == "ValidationError"
    assert answer.json["exception"] == "frappe.exceptions.ValidationError: It is not possible"
    assert "Traceback" in json.loads(answer.json["exc"])[0]
    (message,) = messages(answer)
    assert (message["message"], message["title"], message["indicator"]) == ("It is not possible", "No", "red")


def test_11_4_errors_of_python_are_named_as_python_names_them(as_user: Any, endpoints: str) -> None:
    answer = as_user("anna").get(f"/api/method/{endpoints}.crash")
    assert answer.json["exception"] == "RuntimeError: secret detail"


def test_11_4_version_2_pairs_the_message_with_its_error(as_user: AsUser, endpoints: str) -> None:
    answer = as_user("anna").get(f"/api/v2/method/{endpoints}.refuse")
    assert answer.status_code == 417
    (error,) = answer.json["errors"]
    assert (error["type"], error["message"], error["title"]) == ("ValidationError", "It is not possible", "No")
    assert "messages" not in answer.json
    assert "exc" not in answer.json


def test_11_4_tracebacks_can_be_switched_off(as_user: AsUser, endpoints: str) -> None:
    frappe.db.set_single_value("System Settings", "allow_error_traceback", 0)
    frappe.clear_cache()
    frappe.db.commit()
    answer = as_user("anna").get(f"/api/method/{endpoints}.refuse")
    assert "exc" not in answer.json
    assert "exception" not in answer.json
    assert answer.json["exc_type"] == "ValidationError"


STATUSES = {
    "ValidationError": 417,
    "PermissionError": 403,
    "AuthenticationError": 401,
    "DoesNotExistError": 404,
    "DuplicateEntryError": 409,
    "NameError": 409,
    "OutgoingEmailError": 501,
    "SessionStopped": 503,
    "UnsupportedMediaType": 415,
    "CSRFTokenError": 400,
    "TooManyRequestsError": 429,
    "RateLimitExceededError": 429,
    "LinkExpired": 410,
    "InvalidKeyError": 401,
    "TimestampMismatchError": 417,
    "MandatoryError": 417,
    "QueryTimeoutError": 500,
    "FrappeTypeError": 417,
}


@pytest.mark.parametrize(("kind", "status"), STATUSES.items() and list(STATUSES.items()))
def test_2_every_error_has_its_status(client: Any, endpoints: str, kind: str, status: int) -> None:
    answer = client.get(f"/api/method/{endpoints}.fail", query_string={"kind": kind})
    assert (answer.status_code, answer.json["exc_type"]) == (status, kind)


def test_11_4_a_failure_of_the_server_is_logged_for_the_operator(client: Any, endpoints: str) -> None:
    answer = client.get(f"/api/method/{endpoints}.crash")
    assert (answer.status_code, answer.json["exc_type"]) == (500, "RuntimeError")
    log = frappe.get_last_doc("Error Log")
    assert "secret detail" in log.error


def test_a_file_that_finds_no_room_is_a_full_disk(client: Any, endpoints: str) -> None:
    answer = client.get(f"/api/method/{endpoints}.write_a_file")
    assert (answer.status_code, answer.json["exc_type"]) == (507, "DiskFullError")
    assert "disk of the server is full" in answer.json["_server_messages"]


def test_11_4_people_get_a_page_and_programs_get_json(client: Any, endpoints: str) -> None:
    path = f"/api/method/{endpoints}.crash"
    page = client.get(path, headers={"Accept": "text/html"})
    assert page.mimetype == "text/html"
    assert page.status_code == 500
    assert "secret detail" not in page.get_data(as_text=True)
    assert client.get(path, headers={"Accept": "application/json"}).mimetype == "application/json"
    assert client.get("/nowhere", headers={"Accept": "text/html"}).mimetype == "text/html"


def test_11_2_an_unknown_route_is_404_as_json(client: Any) -> None:
    for path in ("/api/nowhere", "/api/v2/nowhere", "/api/v1/resource", "/api/v3/method/ping"):
        answer = client.get(path)
        assert (answer.status_code, answer.mimetype) == (404, "application/json")


def test_11_4_a_404_carries_no_traceback(as_user: AsUser) -> None:
    answer = as_user("anna").get("/api/resource/User/nobody@example.com")
    assert answer.status_code == 404
    assert "exc" not in answer.json


@pytest.mark.parametrize(
    ("kind", "mimetype"),
    [
        ("csv", "text/csv"),
        ("txt", "text/plain"),
        ("download", "text/html"),
        ("binary", "text/html"),
        ("pdf", "application/pdf"),
    ],
)
def test_11_4_downloads_cannot_run_in_the_browser_or_forge_headers(
    client: Any, endpoints: str, kind: str, mimetype: str
) -> None:
    answer = client.get(f"/api/method/{endpoints}.send", query_string={"kind": kind})
    assert (answer.status_code, answer.mimetype) == (200, mimetype)
    assert "attachment" in answer.headers["Content-Disposition"]
    assert "\n" not in answer.headers["Content-Disposition"]


def test_11_4_a_redirect_goes_where_it_is_told(client: Any, endpoints: str) -> None:
    answer = client.get(f"/api/method/{endpoints}.send", query_string={"kind": "redirect"})
    assert answer.status_code == 302
    assert answer.headers["Location"].endswith("/xy")


# -- 11.9 rate limits -------------------------------------------------------------------------------------------------


def test_11_9_more_calls_than_allowed_are_429(client: Any, endpoints: str) -> None:
    path = f"/api/method/{endpoints}.limited"
    assert [client.get(path).status_code for _ in range(3)] == [200, 200, 429]
    answer = client.get(path)
    assert answer.json["exc_type"] == "RateLimitExceededError"
    assert int(answer.headers["Retry-After"]) > 0


def test_11_9_another_spelling_of_the_address_does_not_help(client: Any, endpoints: str) -> None:
    path = f"/api/method/{endpoints}.limited"
    assert client.get(path).status_code == 200
    assert client.get(f"/api/v2/method/{endpoints}.limited").status_code == 200
    assert client.post(path, json={"cmd": "something.else"}).status_code == 429
    assert client.get(path, headers={"X-Forwarded-For": "203.0.113.1"}).status_code == 200


def test_11_9_a_site_can_limit_its_work(client: Any, site: Any) -> None:
    configure(site, rate_limit={"limit": 100, "window": 600})
    try:
        answer = client.get("/api/method/ping")
        assert answer.headers["X-RateLimit-Limit"] == "100000000"
        assert int(answer.headers["X-RateLimit-Used"]) > 0
        configure(site, rate_limit={"limit": 0, "window": 600})
        exhausted = client.get("/api/method/ping")
        assert exhausted.status_code == 429
        assert int(exhausted.headers["Retry-After"]) > 0
    finally:
        configure(site, rate_limit=None)
