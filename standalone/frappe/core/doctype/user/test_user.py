"""Accounts: what saving one works out, passwords, keys, signing up, and what goes with an account."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pytest

import frappe
from frappe.core.doctype.user import user as users
from frappe.jobs import drain
from frappe.testing.people import ANNA, ARNE, CLEO, make_role, make_user
from frappe.tests.helpers import set_user
from frappe.utils import add_to_date, now_datetime, sha256_hash


@pytest.fixture(autouse=True)
def roles(site: Any) -> Iterator[None]:
    make_role("Errand Clerk")
    make_role("Shopper", desk_access=0)
    yield


def mails() -> list[str]:
    return list(frappe.get_all("Email Queue", pluck="message"))


def with_outgoing_mail() -> None:
    account = frappe.get_doc("Email Account", "Notifications")
    account.update({"enable_outgoing": 1, "default_outgoing": 1, "smtp_server": "localhost", "password": "secret"})
    account.flags.ignore_validate = True
    account.save()


# -- what saving works out ---------------------------------------------------------------------------------------------


def test_the_name_is_the_address_in_lower_case() -> None:
    user = make_user("Anna@Example.COM", last_name="Alt")
    assert (user.name, user.email, user.full_name) == (ANNA, ANNA, "Anna Alt")


@pytest.mark.parametrize("email", ["no address", "", "a@b@c.de"])
def test_an_account_needs_an_address(email: str) -> None:
    with pytest.raises(frappe.ValidationError):
        make_user(email, first_name="Anna")


def test_the_roles_decide_whether_it_is_a_user_of_the_desk() -> None:
    user = make_user(ANNA, "Shopper")
    assert user.user_type == "Website User"
    user.add_roles("Errand Clerk")
    assert user.user_type == "System User"
    assert "Desk User" in frappe.get_roles(ANNA)
    user.remove_roles("Errand Clerk")
    assert user.user_type == "Website User"


def test_repeated_implied_and_disabled_roles_are_dropped() -> None:
    make_role("Retired")
    frappe.db.set_value("Role", "Retired", "disabled", 1)
    user = frappe.new_doc("User", email=ANNA, first_name="Anna", send_welcome_email=0)
    for role in ("Shopper", "Shopper", "All", "Desk User", "Retired"):
        user.append("roles", {"role": role})
    user.insert()
    assert [row.role for row in user.roles] == ["Shopper"]


def test_profiles_replace_the_roles_by_their_union() -> None:
    for name, roles in (("Counter", ["Shopper"]), ("Office", ["Shopper", "Errand Clerk"])):
        profile = frappe.new_doc("Role Profile", role_profile=name)
        for role in roles:
            profile.append("roles", {"role": role})
        profile.insert()
    user = make_user(ANNA, "System Manager", role_profiles=[{"role_profile": "Counter"}, {"role_profile": "Office"}])
    assert {row.role for row in user.roles} == {"Shopper", "Errand Clerk"}


def test_a_changed_profile_reaches_its_users() -> None:
    profile = frappe.new_doc("Role Profile", role_profile="Counter")
    profile.append("roles", {"role": "Shopper"})
    profile.insert()
    make_user(ANNA, role_profiles=[{"role_profile": "Counter"}])
    profile.append("roles", {"role": "Errand Clerk"})
    profile.save()
    assert {"Shopper", "Errand Clerk"} <= set(frappe.get_roles(ANNA))


def test_a_user_name_is_suggested_and_stays_unique() -> None:
    first, second = make_user(ANNA, last_name="Alt"), make_user("anna@example.org", last_name="Alt")
    assert (first.username, second.username) == ("anna", "anna_alt")
    second.username = "anna"
    second.save()
    assert second.username is None


def test_a_time_zone_that_does_not_exist_is_refused() -> None:
    assert make_user(ANNA, time_zone="Europe/Berlin").time_zone == "Europe/Berlin"
    with pytest.raises(frappe.ValidationError, match="Mars/Olympus"):
        make_user(ARNE, time_zone="Mars/Olympus")


def test_users_read_and_change_themselves_but_not_their_roles() -> None:
    make_user(ANNA, "Shopper")
    make_user(ARNE, "Shopper")
    with set_user(ANNA):
        me = frappe.get_doc("User", ANNA)
        me.check_permission("write")
        me.bio = "Likes parcels."
        me.append("roles", {"role": "System Manager"})
        me.save()
        assert not frappe.has_permission("User", "read", doc=ARNE)
    assert frappe.db.get_value("User", ANNA, "bio") == "Likes parcels."
    assert "System Manager" not in frappe.get_roles(ANNA)


def test_the_standard_users_are_hidden_and_stay() -> None:
    make_user(ANNA, "System Manager")
    with set_user(ANNA):
        assert not {"Administrator", "Guest"} & set(frappe.get_list("User", pluck="name"))
        assert not frappe.has_permission("User", "read", doc="Administrator")
    for name in ("Administrator", "Guest"):
        with pytest.raises(frappe.ValidationError):
            frappe.delete_doc("User", name)
    guest = frappe.get_doc("User", "Guest")
    guest.enabled = 0
    with pytest.raises(frappe.ValidationError):
        guest.save()


def test_disabling_clears_what_the_user_would_receive() -> None:
    user = make_user(ANNA)
    user.enabled = 0
    user.save()
    assert (user.thread_notify, user.allowed_in_mentions) == (0, 0)
    assert frappe.db.get_value("Notification Settings", ANNA, "enabled") == 0


def test_the_language_brings_its_formats() -> None:
    make_user(ANNA, language="de")
    assert frappe.defaults.get_user_default("date_format", ANNA) == "dd.mm.yyyy"


# -- the contact of a user ---------------------------------------------------------------------------------------------


def test_a_user_gets_a_contact_and_the_contact_follows() -> None:
    user = make_user(ANNA, last_name="Alt", phone="+49 30 1234567")
    name = frappe.db.get_value("Contact", {"user": ANNA})
    contact = frappe.get_doc("Contact", name)
    assert (contact.email_id, contact.phone, contact.full_name) == (ANNA, "+49 30 1234567", "Anna Alt")
    user.first_name = "Annette"
    user.save()
    assert frappe.db.get_value("Contact", name, "first_name") == "Annette"
    assert frappe.db.count("Contact", {"user": ANNA}) == 1


# -- passwords ---------------------------------------------------------------------------------------------------------


def test_a_new_password_is_stored_as_a_hash_only() -> None:
    from frappe.utils.password import check_password

    user = make_user(ANNA, new_password="parcel-counter-9")
    assert not user.new_password
    assert check_password(ANNA, "parcel-counter-9") == ANNA
    assert "parcel-counter-9" not in json.dumps(frappe.get_doc("User", ANNA).as_dict(), default=str)
    assert str(user.last_password_reset_date)


def test_the_key_of_a_reset_link_is_stored_as_a_digest_and_works_once() -> None:
    user = make_user(ANNA)
    key = user.reset_password().split("key=")[1]
    assert frappe.db.get_value("User", ANNA, "reset_password_key") == sha256_hash(key)


def test_credentials_find_the_user_and_say_whether_they_are_right() -> None:
    make_user(ANNA, new_password="parcel-counter-9")
    found = users.User.find_by_credentials(ANNA, "parcel-counter-9")
    assert (found.name, found.is_authenticated) == (ANNA, True)
    assert users.User.find_by_credentials(ANNA, "wrong").is_authenticated is False
    assert users.User.find_by_credentials("nobody@example.com", "x") is None
    assert users.User.find_by_email(ANNA).name == ANNA
    assert users.User.find_by_email("nobody@example.com") is None


def test_the_strength_of_a_password_is_judged_when_there_is_a_policy() -> None:
    assert users.test_password_strength("123456")["feedback"]["password_policy_validation_passed"] is False
    verdict = users.test_password_strength("quiet-lantern-84-orchard")
    assert verdict["feedback"]["password_policy_validation_passed"] is True
    frappe.db.set_single_value("System Settings", "enable_password_policy", 0)
    assert users.test_password_strength("123456") == {}


def test_keys_are_for_oneself_or_from_a_system_manager() -> None:
    make_user(ANNA, "Shopper")
    with set_user(ANNA):
        keys = users.generate_keys(ANNA)
    assert len(keys["api_secret"]) == 15
    user = frappe.get_doc("User", ANNA)
    assert (user.api_key, user.get_password("api_secret")) == (keys["api_key"], keys["api_secret"])
    assert users.generate_keys(ANNA)["api_key"] == keys["api_key"]


# -- over HTTP ---------------------------------------------------------------------------------------------------------


def post(client: Any, method: str, **data: Any) -> Any:
    return client.post(f"/api/method/frappe.core.doctype.user.user.{method}", json=data)


def test_a_reset_link_is_mailed_and_lets_the_person_in(client: Any) -> None:
    with_outgoing_mail()
    make_user(ANNA, "Errand Clerk")
    frappe.db.commit()
    assert post(client, "reset_password", user=ANNA).status_code == 200
    frappe.db.rollback()
    drain()
    assert any("update-password" in mail for mail in mails())
    link = frappe.get_doc("User", ANNA).reset_password()
    frappe.db.commit()
    key = link.split("key=")[1]
    weak = post(client, "update_password", new_password="123456", key=key)
    assert weak.status_code == 417
    answer = post(client, "update_password", new_password="quiet-lantern-84-orchard", key=key)
    assert answer.status_code == 200, answer.text
    assert client.get("/api/method/frappe.auth.get_logged_user").json["message"] == ANNA
    again = post(client, "update_password", new_password="quiet-lantern-85-orchard", key=key)
    assert again.status_code == 410


def test_who_mistypes_the_current_password_stays_logged_in(client: Any) -> None:
    make_user(ANNA).update({"new_password": "quiet-lantern-84-orchard"}).save()
    frappe.db.commit()
    client.post("/api/method/login", json={"usr": ANNA, "pwd": "quiet-lantern-84-orchard"})
    change = {"new_password": "quiet-lantern-85-orchard"}
    refused = post(client, "update_password", old_password="wrong", **change)
    assert refused.status_code == 417
    assert "The current password is not right." in refused.json["_server_messages"]
    assert client.get("/api/method/frappe.auth.get_logged_user").json["message"] == ANNA
    assert post(client, "update_password", old_password="quiet-lantern-84-orchard", **change).status_code == 200


def test_an_old_reset_link_is_gone(client: Any) -> None:
    key = make_user(ANNA).reset_password().split("key=")[1]
    made = add_to_date(now_datetime(), days=-1)
    frappe.db.set_value("User", ANNA, "last_reset_password_key_generated_on", made)
    frappe.db.commit()
    answer = post(client, "update_password", new_password="quiet-lantern-84-orchard", key=key)
    assert answer.status_code == 410
    assert "expired" in answer.json["message"]


def test_asking_for_a_reset_link_does_not_tell_who_has_an_account(client: Any) -> None:
    with_outgoing_mail()
    make_user(ANNA)
    make_user(CLEO, enabled=0)
    frappe.db.set_single_value("System Settings", "password_reset_limit", 100)
    frappe.db.commit()
    people = ["nobody@example.com", ANNA, CLEO, "Administrator", "Guest", " ", "x" * 5000]
    bodies = {post(client, "reset_password", user=person).data for person in people}
    assert len(bodies) == 1
    frappe.db.rollback()
    drain()
    assert [row.recipient for row in frappe.get_all("Email Queue Recipient", ["recipient"])] == [ANNA]


def test_who_has_an_account_is_looked_up_after_the_answer(client: Any, caplog: pytest.LogCaptureFixture) -> None:
    """As many statements for both: time itself would make a test that fails on a busy machine."""
    with_outgoing_mail()
    make_user(ANNA)
    frappe.db.commit()
    for user in ("first@example.com", "nobody@example.com", ANNA):
        post(client, "reset_password", user=user)
    _first, unknown, known = (json.loads(record.message)["statements"] for record in caplog.records)
    assert known == unknown


def test_without_outgoing_mail_everybody_hears_so(client: Any) -> None:
    make_user(ANNA)
    frappe.db.commit()
    known, unknown = (post(client, "reset_password", user=user) for user in (ANNA, "nobody@example.com"))
    assert known.status_code == unknown.status_code == 501
    assert known.json["exc_type"] == unknown.json["exc_type"] == "OutgoingEmailError"


def test_links_for_one_user_are_limited_wherever_they_are_asked_for(client: Any) -> None:
    with_outgoing_mail()
    frappe.db.commit()
    from_elsewhere = [
        client.post(
            "/api/method/frappe.core.doctype.user.user.reset_password",
            json={"user": ANNA if turn < 4 else CLEO},
            headers={"X-Forwarded-For": f"203.0.113.{turn}"},
        ).status_code
        for turn in range(5)
    ]
    assert from_elsewhere == [200, 200, 200, 429, 200]


def test_signing_up_needs_permission_of_the_site(client: Any) -> None:
    assert post(client, "sign_up", email=CLEO, full_name="Cleo").status_code == 417
    assert not frappe.db.exists("User", CLEO)


def test_signing_up_makes_a_website_user_with_the_role_of_the_portal(client: Any) -> None:
    open_for_everybody()
    answer = post(client, "sign_up", email=CLEO, full_name="Cleo <b>C</b>", redirect_to="//evil.example")
    assert answer.json["message"][0] == 2, answer.text
    frappe.db.rollback()
    drain()
    user = frappe.get_doc("User", CLEO)
    assert (user.user_type, [row.role for row in user.roles]) == ("Website User", ["Shopper"])
    assert frappe.cache.hget("redirect_after_login", CLEO) is None


def open_for_everybody() -> None:
    frappe.db.set_single_value("Website Settings", "disable_signup", 0)
    frappe.db.set_single_value("Portal Settings", "default_role", "Shopper")
    frappe.db.commit()


def test_signing_up_does_not_tell_who_has_an_account(client: Any) -> None:
    with_outgoing_mail()
    make_user(ANNA)
    make_user(CLEO, enabled=0)
    open_for_everybody()
    people = ["new@example.com", ANNA, CLEO, "admin@example.com"]
    bodies = {post(client, "sign_up", email=person, full_name="P").data for person in people}
    assert len(bodies) == 1
    frappe.db.rollback()
    drain()
    assert {row.recipient for row in frappe.get_all("Email Queue Recipient", ["recipient"])} == {
        "new@example.com",
        ANNA,
    }
    assert any("You have one already" in mail for mail in mails())


def test_signing_up_is_slowed_down(client: Any) -> None:
    open_for_everybody()
    codes = [post(client, "sign_up", email=f"p{turn}@example.com", full_name="P").status_code for turn in range(21)]
    assert codes == [200] * 20 + [429]


def test_signing_up_needs_a_real_address(client: Any) -> None:
    open_for_everybody()
    assert post(client, "sign_up", email="nobody", full_name="P").status_code == 417


# -- the end of an account ---------------------------------------------------------------------------------------------


def test_deleting_a_user_removes_what_only_made_sense_with_the_user() -> None:
    from frappe.desk.form import assign_to

    user = make_user(ANNA, "Errand Clerk")
    frappe.share.add("Role", "Shopper", ANNA)
    frappe.permissions.add_user_permission("Role", "Shopper", ANNA)
    assign_to.add({"doctype": "Role", "name": "Shopper", "assign_to": [ANNA]})
    contact = frappe.db.get_value("Contact", {"user": ANNA})
    user.delete()
    for doctype, field in (("ToDo", "allocated_to"), ("DocShare", "user"), ("User Permission", "user")):
        assert not frappe.db.exists(doctype, {field: ANNA}), doctype
    assert not frappe.db.exists("Notification Settings", ANNA)
    assert not frappe.db.get_value("Contact", contact, "user")
    assert frappe.db.get_value("Role", "Shopper", "_assign") == ""


def test_renaming_carries_authorship_over() -> None:
    make_user(ANNA, "System Manager")
    with set_user(ANNA):
        role = frappe.get_doc({"doctype": "Role", "role_name": "Made by Anna"}).insert()
    frappe.rename_doc("User", ANNA, "annette@example.com", force=True)
    assert frappe.db.get_value("Role", role.name, "owner") == "annette@example.com"
    assert frappe.db.get_value("User", "annette@example.com", "email") == "annette@example.com"
    assert frappe.db.exists("Notification Settings", "annette@example.com")


# -- look-ups ----------------------------------------------------------------------------------------------------------


def test_time_zones_are_listed_by_name() -> None:
    names = users.get_timezones()["timezones"]
    assert {"Europe/Berlin", "Asia/Kolkata", "UTC"} <= set(names)
    assert names == sorted(names)


def test_the_search_for_users_leaves_website_users_out_unless_asked() -> None:
    make_user(ANNA, "Errand Clerk")
    make_user(CLEO, "Shopper")
    found = [row[0] for row in users.user_query("User", "example.com", "name", 0, 20, {})]
    assert found == [ANNA]
    everybody = users.user_query("User", "example.com", "name", 0, 20, {"ignore_user_type": 1})
    assert {row[0] for row in everybody} == {ANNA, CLEO}
