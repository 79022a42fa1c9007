"""The second step of a login: section 12.3 of the runtime contract, 24 of the hostile inputs."""

from __future__ import annotations

import time
from typing import Any

import frappe
import pytest
from frappe.app import get_test_client
from frappe.twofactor import SECRET_FIELD, STEP_SECONDS, hotp
from frappe.utils.password import set_encrypted_password

from .conftest import PASSWORD

SECRET = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"


@pytest.fixture
def app_user(people: Any) -> str:
    """Anna must confirm with her authenticator app."""
    frappe.db.set_single_value("System Settings", {"enable_two_factor_auth": 1, "two_factor_method": "OTP App"})
    frappe.db.set_value("Role", "Letter Writer", "two_factor_auth", 1)
    set_encrypted_password("User", "anna@example.com", SECRET, SECRET_FIELD)
    frappe.clear_cache()
    frappe.db.commit()
    return "anna@example.com"


def post(client: Any, **body: Any) -> Any:
    return client.post("/api/method/login", json=body)


def current_code() -> str:
    return hotp(SECRET, int(time.time() // STEP_SECONDS))


def begin(client: Any, user: str) -> str:
    answer = post(client, usr=user, pwd=PASSWORD)
    assert answer.status_code == 200, answer.get_data(as_text=True)
    assert client.get_cookie("sid") is None
    return str(answer.json["tmp_id"])


def test_the_right_password_and_code_log_in(client: Any, app_user: str) -> None:
    tmp_id = begin(client, app_user)
    assert post(client, tmp_id=tmp_id, otp=current_code()).json["message"] == "Logged In"
    assert client.get_cookie("user_id").value == app_user


def test_a_wrong_code_does_not_and_too_many_end_the_attempt(client: Any, app_user: str) -> None:
    tmp_id = begin(client, app_user)
    for _ in range(5):
        assert post(client, tmp_id=tmp_id, otp="000000").status_code == 401
    assert post(client, tmp_id=tmp_id, otp=current_code()).status_code == 401


def test_new_attempts_give_no_more_guesses_at_one_user(client: Any, app_user: str) -> None:
    for _ in range(5):
        tmp_id = begin(client, app_user)
        for _ in range(5):
            assert post(client, tmp_id=tmp_id, otp="000000").status_code == 401
    refused = post(client, tmp_id=begin(client, app_user), otp=current_code())
    assert refused.status_code == 401 and "Too many wrong codes" in refused.json["_server_messages"]


def test_many_guesses_at_once_are_no_more_than_one_after_the_other(client: Any, app_user: str) -> None:
    from concurrent.futures import ThreadPoolExecutor

    tmp_id = begin(client, app_user)

    def guess(each: Any) -> str:
        return str(post(each, tmp_id=tmp_id, otp="000000").get_data(as_text=True))

    with ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(guess, [get_test_client() for _ in range(16)]))
    assert sum("Incorrect verification code" in answer for answer in answers) <= 5


def test_a_right_code_forgets_the_wrong_ones(client: Any, app_user: str) -> None:
    for _ in range(4):
        tmp_id = begin(client, app_user)
        for _ in range(4):
            post(client, tmp_id=tmp_id, otp="000000")
    assert post(client, tmp_id=tmp_id, otp=current_code()).status_code == 200
    another = get_test_client()
    for _ in range(2):
        tmp_id = begin(another, app_user)
        for _ in range(4):
            assert "Too many" not in post(another, tmp_id=tmp_id, otp="000000").get_data(as_text=True)


def test_a_code_works_once(client: Any, app_user: str) -> None:
    code = current_code()
    assert post(client, tmp_id=begin(client, app_user), otp=code).status_code == 200
    other = get_test_client()
    assert post(other, tmp_id=begin(other, app_user), otp=code).status_code == 401


def test_the_step_is_bound_to_the_attempt_and_the_address(client: Any, app_user: str) -> None:
    tmp_id = begin(client, app_user)
    assert post(client, tmp_id="guessed", otp=current_code()).status_code == 401
    assert post(client, otp=current_code()).status_code == 401
    elsewhere = {"X-Forwarded-For": "203.0.113.5"}
    answer = client.post("/api/method/login", json={"tmp_id": tmp_id, "otp": current_code()}, headers=elsewhere)
    assert answer.status_code == 401


def test_people_without_such_a_role_log_in_with_the_password_alone(client: Any, app_user: str) -> None:
    assert post(client, usr="arne@example.com", pwd=PASSWORD).json["message"] == "Logged In"


def test_a_method_that_is_not_there_is_named(client: Any, app_user: str) -> None:
    frappe.db.set_single_value("System Settings", "two_factor_method", "SMS")
    frappe.clear_cache()
    frappe.db.commit()
    answer = post(client, usr=app_user, pwd=PASSWORD)
    assert answer.status_code == 417
    assert client.get_cookie("sid") is None
