"""Logging in by a link in a mail: once, soon, and without telling anybody who has an account."""

from __future__ import annotations

import re
from email import message_from_string
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest

import frappe
from frappe.app import get_test_client
from frappe.core.doctype.user import login_links
from frappe.jobs import drain
from frappe.testing.people import ANNA, CLEO, make_role, make_user

SEND = "/api/method/frappe.www.login.send_login_link"
USE = "/api/method/frappe.www.login.login_via_key"


@pytest.fixture(autouse=True)
def _people(site: Any) -> None:
    account = frappe.get_doc("Email Account", "Notifications")
    account.update({"enable_outgoing": 1, "default_outgoing": 1, "smtp_server": "localhost", "password": "secret"})
    account.flags.ignore_validate = True
    account.save()
    make_user(ANNA)
    make_user(CLEO, enabled=0)
    frappe.db.commit()


def ask(client: Any, email: str = ANNA, **data: Any) -> Any:
    return client.post(SEND, json={"email": email, **data})


def links() -> list[str]:
    """Run the waiting jobs and return the links for logging in that were mailed."""
    frappe.db.rollback()
    drain()
    frappe.db.commit()
    found = []
    for row in frappe.get_all("Email Queue", fields=["message"], order_by="creation asc"):
        for part in message_from_string(row.message).walk():
            if part.get_content_type() == "text/html":
                html = part.get_payload(decode=True).decode()  # type: ignore[union-attr]
                found += re.findall(r'href="([^"]*login_key=[^"]*)"', html)
    return [link.replace("&amp;", "&") for link in found]


def key_of(link: str) -> str:
    return parse_qs(urlsplit(link).query)["login_key"][0]


def who(client: Any) -> str | None:
    answer = client.get("/api/method/frappe.auth.get_logged_user")
    return str(answer.json["message"]) if answer.status_code == 200 else None


def test_a_link_logs_in_once(client: Any) -> None:
    assert ask(client, redirect_to="/helpdesk/my-tickets").status_code == 200
    (link,) = links()
    assert parse_qs(urlsplit(link).query)["redirect-to"] == ["/helpdesk/my-tickets"]
    key = key_of(link)
    answer = client.post(USE, json={"key": key})
    assert (answer.status_code, answer.json["full_name"], who(client)) == (200, "Anna", ANNA)
    other = get_test_client()
    assert other.post(USE, json={"key": key}).status_code == 403
    assert who(other) is None


def test_opening_the_page_of_the_link_does_not_use_it_up(client: Any) -> None:
    ask(client)
    (link,) = links()
    page = client.get(link.partition("localhost")[2])
    assert page.status_code == 200
    assert f'value="{key_of(link)}"' in page.get_data(as_text=True)
    assert 'name="referrer" content="no-referrer"' in page.get_data(as_text=True)
    assert client.get(USE, query_string={"key": key_of(link)}).status_code == 403
    assert client.post(USE, json={"key": key_of(link)}).status_code == 200


def test_a_link_grows_old(client: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(login_links, "lifetime", lambda: -1)
    link = login_links.new_login_link(ANNA)
    assert client.post(USE, json={"key": key_of(link)}).status_code == 403


def test_a_link_of_somebody_who_was_disabled_since_is_worth_nothing(client: Any) -> None:
    link = login_links.new_login_link(ANNA)
    frappe.db.set_value("User", ANNA, "enabled", 0)
    frappe.db.commit()
    assert client.post(USE, json={"key": key_of(link)}).status_code == 403


@pytest.mark.parametrize("key", ["", " ", "%", "none", "x" * 10_000])
def test_other_keys_are_refused_in_the_same_words(client: Any, key: str) -> None:
    login_links.new_login_link(ANNA)
    answer = client.post(USE, json={"key": key})
    assert answer.status_code == 403
    assert "used already or is too old" in answer.json["_server_messages"]


def test_asking_does_not_tell_who_has_an_account(client: Any) -> None:
    frappe.db.set_single_value("System Settings", "rate_limit_email_link_login", 100)
    frappe.db.commit()
    people = [ANNA, CLEO, "nobody@example.com", "Administrator", "Guest", "%"]
    answers = {(answer.status_code, answer.data) for answer in (ask(client, person) for person in people)}
    assert len(answers) == 1
    assert len(links()) == 1


def test_links_are_limited_by_caller_and_by_user(client: Any) -> None:
    codes = [ask(client, f"p{turn}@example.com").status_code for turn in range(6)]
    assert codes == [200] * 5 + [429]
    elsewhere = [
        client.post(SEND, json={"email": ANNA}, headers={"X-Forwarded-For": f"203.0.113.{turn}"}).status_code
        for turn in range(6)
    ]
    assert elsewhere == [200] * 5 + [429]


def test_a_link_leads_to_this_site_only(client: Any) -> None:
    ask(client, redirect_to="//evil.example/x")
    (link,) = links()
    assert "evil" not in link


def test_another_site_cannot_log_its_visitor_in(client: Any) -> None:
    link = login_links.new_login_link(ANNA)
    data = {"key": key_of(link)}
    assert client.post(USE, data=data, headers={"Sec-Fetch-Site": "cross-site"}).status_code == 400
    assert client.post(USE, data=data, headers={"Sec-Fetch-Site": "same-origin"}).status_code == 200


def test_the_second_step_follows_where_the_site_demands_it(client: Any) -> None:
    make_role("Careful")
    frappe.db.set_value("Role", "Careful", "two_factor_auth", 1)
    frappe.get_doc("User", ANNA).add_roles("Careful")
    frappe.db.set_single_value("System Settings", {"enable_two_factor_auth": 1, "two_factor_method": "Email"})
    frappe.db.commit()
    frappe.clear_cache()
    link = login_links.new_login_link(ANNA)
    answer = client.post(USE, json={"key": key_of(link)})
    assert answer.json["verification"]["method"] == "Email"
    assert who(client) is None


def test_a_site_may_do_without_links(client: Any) -> None:
    frappe.db.set_single_value("System Settings", "login_with_email_link", 0)
    frappe.db.commit()
    link = login_links.new_login_link(ANNA)
    assert ask(client).status_code == 403
    assert client.post(USE, json={"key": key_of(link)}).status_code == 403
    assert "Send me a link" not in client.get("/login").get_data(as_text=True)


def test_a_site_may_do_without_passwords(client: Any) -> None:
    frappe.db.set_single_value("System Settings", "disable_user_pass_login", 1)
    frappe.db.commit()
    html = client.get("/login").get_data(as_text=True)
    assert 'id="link-form"' in html
    assert 'id="login-form"' not in html
