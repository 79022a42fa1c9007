"""Sessions, cookies, CSRF, login and API keys: section 12 of the runtime contract, 22 and 24 of the hostile inputs."""

from __future__ import annotations

import base64
from collections.abc import Callable
from typing import Any

import frappe
import pytest
from frappe.app import get_test_client
from frappe.sessions import clear_sessions, get_expiry_in_seconds

from .conftest import PASSWORD

AsUser = Callable[[str], Any]
WHO = "/api/method/frappe.auth.get_logged_user"


def login(client: Any, usr: Any = "anna@example.com", pwd: Any = PASSWORD, path: str = "/api/method/login") -> Any:
    return client.post(path, json={"usr": usr, "pwd": pwd})


def who(client: Any, **options: Any) -> str:
    answer = client.get(WHO, **options)
    return str(answer.json["message"]) if answer.status_code == 200 else f"status {answer.status_code}"


# -- 12.3 login and logout --------------------------------------------------------------------------------------------


def test_12_3_a_system_user_logs_in(client: Any, people: Any) -> None:
    answer = login(client)
    assert answer.status_code == 200
    assert answer.json["message"] == "Logged In"
    assert answer.json["full_name"] == "Anna"
    assert answer.json["home_page"]
    assert who(client) == "anna@example.com"


def test_12_3_a_website_user_is_told_that_there_is_no_app(client: Any, people: Any) -> None:
    answer = login(client, "cleo@example.com")
    assert answer.json["message"] == "No App"


def test_12_3_form_fields_work_like_json(client: Any, people: Any) -> None:
    assert client.post("/api/method/login", data={"usr": "anna@example.com", "pwd": PASSWORD}).status_code == 200


def test_12_3_version_2_logs_in_as_well(client: Any, people: Any) -> None:
    answer = login(client, path="/api/v2/method/login")
    assert answer.status_code == 200
    assert answer.json["data"]["message"] == "Logged In"
    assert who(client) == "anna@example.com"


def test_12_3_version_2_refuses_a_wrong_password(client: Any, people: Any) -> None:
    answer = login(client, pwd="wrong", path="/api/v2/method/login")
    assert answer.status_code == 401
    assert answer.json["errors"][0]["message"] == "Invalid login credentials"


@pytest.mark.parametrize(
    ("usr", "pwd"),
    [
        ("anna@example.com", "wrong"),
        ("nobody@example.com", PASSWORD),
        ("Guest", ""),
        ("", PASSWORD),
        (None, None),
        (["anna@example.com"], PASSWORD),
        ({"a": 1}, 5),
        ("x" * 5000, "y" * 5000),
        ("anna@example.com", "\u0000"),
    ],
)
def test_12_3_nobody_else_gets_in(client: Any, people: Any, usr: Any, pwd: Any) -> None:
    answer = login(client, usr, pwd)
    assert answer.status_code == 401
    assert answer.json["message"] in ("Invalid login credentials", "Incomplete login details")
    assert "sid" not in client_cookies(client)


def test_22_unknown_disabled_and_wrong_password_look_alike(client: Any, people: Any) -> None:
    frappe.db.set_value("User", "arne@example.com", "enabled", 0)
    frappe.db.commit()
    answers = [
        login(get_test_client(), usr, "wrong") for usr in ("anna@example.com", "nobody@example.com", "arne@example.com")
    ]
    assert len({(answer.status_code, answer.get_data()) for answer in answers}) == 1


def test_12_3_a_disabled_user_with_the_right_password_is_refused(client: Any, people: Any) -> None:
    frappe.db.set_value("User", "anna@example.com", "enabled", 0)
    frappe.db.commit()
    answer = login(client)
    assert (answer.status_code, answer.json["message"]) == (401, "User disabled or missing")


def test_12_3_the_name_may_be_written_in_any_case(client: Any, people: Any) -> None:
    assert login(client, " ANNA@example.com ").status_code == 200
    assert who(client) == "anna@example.com"


def test_12_3_a_failure_is_kept_in_the_activity_log(client: Any, people: Any) -> None:
    login(client, pwd="wrong")
    row = frappe.get_last_doc("Activity Log", filters={"status": "Failed"})
    assert (row.user, row.operation) == ("anna@example.com", "Login")
    assert "wrong" not in str(row.as_dict())


def test_12_3_too_many_failures_lock_the_name(client: Any, people: Any) -> None:
    frappe.db.set_single_value("System Settings", "allow_consecutive_login_attempts", 3)
    frappe.db.commit()
    codes = [login(client, pwd="wrong").status_code for _ in range(5)]
    assert codes == [401, 401, 401, 401, 429]
    locked = login(client)
    assert (locked.status_code, locked.json["exc_type"]) == (429, "SecurityException")


def test_12_3_a_success_clears_the_failures_of_the_name(client: Any, people: Any) -> None:
    from frappe.auth_log import Refusals

    login(client, pwd="wrong")
    login(client)
    assert Refusals("user:anna@example.com", 3, 60).count() == 0


def test_12_3_get_is_not_a_way_to_log_in(client: Any, people: Any) -> None:
    answer = client.get("/api/method/login", query_string={"usr": "anna@example.com", "pwd": PASSWORD})
    assert answer.status_code == 403
    assert who(client) == "status 403"


def test_a_page_of_another_site_cannot_log_its_visitor_in(client: Any, people: Any) -> None:
    body = {"usr": "anna@example.com", "pwd": PASSWORD}
    answer = client.post("/api/method/login", data=body, headers={"Sec-Fetch-Site": "cross-site"})
    assert answer.status_code == 400


def test_12_3_logout_ends_the_session_by_any_verb(as_user: AsUser) -> None:
    for verb in ("get", "post"):
        client = as_user("anna")
        sid = client.get_cookie("sid").value
        assert getattr(client, verb)("/api/method/logout").status_code == 200
        assert client.get_cookie("sid") is None
        assert frappe.db.sql("select 1 from `tabSessions` where sid = %s", (sid,)) == ()
        client.set_cookie("sid", sid)
        assert who(client) == "status 401"


def test_24_a_login_begins_a_session_under_a_new_id(as_user: AsUser) -> None:
    client = as_user("anna")
    first = client.get_cookie("sid").value
    login(client)
    second = client.get_cookie("sid").value
    assert first != second
    client.set_cookie("sid", first)
    assert who(client) == "status 401"


def test_24_a_session_id_that_the_visitor_brings_is_not_taken_over(client: Any, people: Any) -> None:
    planted = "a" * 56
    client.set_cookie("sid", planted)
    login(client)
    assert client.get_cookie("sid").value != planted


# -- 12.1 cookies and records -----------------------------------------------------------------------------------------


def client_cookies(client: Any) -> dict[str, str]:
    names = ("sid", "user_id", "full_name", "system_user", "user_image", "user_lang")
    found = {name: client.get_cookie(name) for name in names}
    return {name: cookie.value for name, cookie in found.items() if cookie is not None}


def test_12_1_the_cookies_tell_the_browser_who_is_logged_in(as_user: AsUser) -> None:
    cookies = client_cookies(as_user("anna"))
    assert cookies["user_id"] == "anna@example.com"
    assert cookies["system_user"] == "yes"
    assert cookies["full_name"] == "Anna"
    assert len(cookies["sid"]) == 56
    assert client_cookies(as_user("cleo"))["system_user"] == "no"


def test_12_1_the_session_cookie_is_out_of_reach_of_scripts(client: Any, people: Any) -> None:
    headers = login(client).headers.getlist("Set-Cookie")
    sid = next(header for header in headers if header.startswith("sid="))
    assert "HttpOnly" in sid
    assert "SameSite=Lax" in sid
    assert f"Max-Age={get_expiry_in_seconds()}" in sid
    assert all("SameSite=Lax" in header for header in headers)


def test_12_1_cookies_are_secure_over_https(client: Any, people: Any) -> None:
    secure = client.post(
        "/api/method/login", json={"usr": "anna@example.com", "pwd": PASSWORD}, headers={"X-Forwarded-Proto": "https"}
    )
    assert all("Secure" in header for header in secure.headers.getlist("Set-Cookie"))
    assert not any("Secure" in header for header in login(get_test_client()).headers.getlist("Set-Cookie"))


def test_12_1_a_guest_gets_no_session_cookie(client: Any) -> None:
    client.get("/api/method/ping")
    assert client_cookies(client) == {}


def test_12_1_an_unknown_session_id_is_a_guest_who_is_told_so(client: Any, people: Any) -> None:
    client.set_cookie("sid", "0" * 56)
    answer = client.get("/api/method/ping")
    assert answer.status_code == 200
    assert answer.json["session_expired"] == 1
    client.set_cookie("sid", "0" * 56)
    assert client.get(WHO).status_code == 401


@pytest.mark.parametrize("sid", ["x", "Administrator", "' or 1=1 --", "a" * 4000, "%00", "Guest"])
def test_12_1_a_cookie_that_is_no_session_id_is_a_guest(client: Any, people: Any, sid: str) -> None:
    client.set_cookie("sid", sid)
    assert client.get("/api/method/ping").status_code == 200
    assert client.get(WHO).status_code in (401, 403)


def test_12_1_an_idle_session_expires(as_user: AsUser, site: Any) -> None:
    client = as_user("anna")
    sid = client.get_cookie("sid").value
    frappe.db.sql("update `tabSessions` set lastupdate = '2020-01-01 00:00:00' where sid = %s", (sid,))
    frappe.db.commit()
    frappe.cache.hdel("session", sid)
    answer = client.get(WHO)
    assert (answer.status_code, answer.json["session_expired"]) == (401, 1)


def test_12_1_a_disabled_user_loses_the_session_with_the_next_request(as_user: AsUser) -> None:
    client = as_user("anna")
    frappe.db.set_value("User", "anna@example.com", "enabled", 0)
    frappe.db.commit()
    assert client.get(WHO).status_code == 401


def test_12_1_only_so_many_sessions_live_at_once(as_user: AsUser) -> None:
    frappe.db.set_value("User", "anna@example.com", "simultaneous_sessions", 2)
    frappe.db.commit()
    clients = [as_user("anna") for _ in range(3)]
    assert [who(client) for client in clients] == ["status 401", "anna@example.com", "anna@example.com"]


def test_12_1_all_sessions_of_a_user_can_be_ended(as_user: AsUser) -> None:
    client = as_user("anna")
    clear_sessions("anna@example.com", force=True)
    frappe.db.commit()
    assert who(client) == "status 401"


def test_12_1_a_user_restricted_to_an_address_cannot_log_in_from_another(client: Any, people: Any) -> None:
    frappe.db.set_value("User", "anna@example.com", "restrict_ip", "10.1.0.0/16, 192.168.7")
    frappe.db.commit()
    assert login(client).status_code == 401
    inside = {"X-Forwarded-For": "10.1.2.3"}
    body = {"usr": "anna@example.com", "pwd": PASSWORD}
    assert client.post("/api/method/login", json=body, headers=inside).status_code == 200


# -- 12.2 CSRF --------------------------------------------------------------------------------------------------------


def test_12_2_a_session_without_a_token_may_write(as_user: AsUser, endpoints: str) -> None:
    assert as_user("anna").post(f"/api/method/{endpoints}.only_post").status_code == 200


def test_12_2_once_a_page_carries_a_token_a_write_without_it_is_refused(as_user: AsUser, endpoints: str) -> None:
    client = as_user("anna")
    token = client.get(f"/api/method/{endpoints}.csrf").json["message"]
    path = f"/api/method/{endpoints}.only_post"
    refused = client.post(path)
    assert (refused.status_code, refused.json["exc_type"]) == (400, "CSRFTokenError")
    assert "exc" not in refused.json
    assert client.post(path, headers={"X-Frappe-CSRF-Token": "wrong"}).status_code == 400
    assert client.post(path, headers={"X-Frappe-CSRF-Token": token}).status_code == 200
    assert client.post(path, data={"csrf_token": token}).status_code == 200
    assert client.get(f"/api/method/{endpoints}.hello").status_code == 200


def test_12_2_the_token_stays_the_same_within_a_session(as_user: AsUser, endpoints: str) -> None:
    client = as_user("anna")
    path = f"/api/method/{endpoints}.csrf"
    assert client.get(path).json["message"] == client.get(path).json["message"]
    assert as_user("anna").get(path).json["message"] != client.get(path).json["message"]


def test_12_2_logging_in_again_needs_no_token(as_user: AsUser, endpoints: str) -> None:
    client = as_user("anna")
    client.get(f"/api/method/{endpoints}.csrf")
    assert login(client).status_code == 200


# -- 12.4 API keys ----------------------------------------------------------------------------------------------------


@pytest.fixture
def keys(people: Any) -> tuple[str, str]:
    user = frappe.get_doc("User", "anna@example.com")
    user.api_key = "thekeyofanna123"
    user.api_secret = "thesecretofanna"
    user.save(ignore_permissions=True)
    frappe.db.commit()
    return "thekeyofanna123", "thesecretofanna"


def authorization(value: str) -> dict[str, Any]:
    return {"headers": {"Authorization": value}}


def basic(credentials: str) -> str:
    return "Basic " + base64.b64encode(credentials.encode()).decode()


def test_12_4_a_key_acts_as_its_user(client: Any, keys: Any) -> None:
    for value in ("token {}:{}".format(*keys), basic("{}:{}".format(*keys))):
        assert who(client, **authorization(value)) == "anna@example.com"


def test_12_4_a_write_with_a_key_needs_no_csrf_token(client: Any, keys: Any, endpoints: str) -> None:
    answer = client.post(
        f"/api/method/{endpoints}.echo", json={"text": "x"}, **authorization("token {}:{}".format(*keys))
    )
    assert answer.json["message"]["text"] == "x"


@pytest.mark.parametrize(
    "value",
    [
        "token thekeyofanna123:wrong",
        "token wrong:thesecretofanna",
        "token thekeyofanna123",
        "token :",
        "token ",
        "Bearer something",
        "Digest x",
        "token thekeyofanna123:",
        basic("thekeyofanna123:wrong"),
        basic("no colon"),
        "x y",
    ],
)
def test_12_4_any_wrong_authorization_header_is_401_even_where_guests_are_welcome(
    client: Any, keys: Any, value: str
) -> None:
    assert client.get("/api/method/ping", **authorization(value)).status_code == 401


@pytest.mark.parametrize("value", ["Basic ###", "Basic /////w==", "Basic YQ"])
def test_12_4_a_header_that_cannot_be_decoded_is_400(client: Any, keys: Any, value: str) -> None:
    assert client.get("/api/method/ping", **authorization(value)).status_code == 400


def test_12_4_the_key_of_a_disabled_user_is_worth_nothing(client: Any, keys: Any) -> None:
    value = authorization("token {}:{}".format(*keys))
    assert client.get("/api/method/ping", **value).status_code == 200
    frappe.db.set_value("User", "anna@example.com", "enabled", 0)
    frappe.db.commit()
    assert client.get("/api/method/ping", **value).status_code == 401


def test_12_4_a_new_secret_replaces_the_old_one_at_once(client: Any, keys: Any) -> None:
    value = authorization("token {}:{}".format(*keys))
    assert client.get("/api/method/ping", **value).status_code == 200
    user = frappe.get_doc("User", "anna@example.com")
    user.api_secret = "another secret"
    user.save(ignore_permissions=True)
    frappe.db.commit()
    assert client.get("/api/method/ping", **value).status_code == 401


def test_12_4_a_living_session_wins_over_a_key(as_user: AsUser, keys: Any) -> None:
    assert who(as_user("arne"), **authorization("token {}:{}".format(*keys))) == "arne@example.com"


def test_12_4_another_doctype_without_the_three_fields_holds_no_keys(client: Any, keys: Any) -> None:
    for source in ("ToDo", "No Such DocType", "User'", "System Settings"):
        headers = {"Authorization": "token {}:{}".format(*keys), "Frappe-Authorization-Source": source}
        assert client.get("/api/method/ping", headers=headers).status_code == 401
