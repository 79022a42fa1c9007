"""Inviting people: who may, whom, with which roles, and what the link does."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

import frappe
from frappe.core.api.user_invitation import cancel_invitation, get_pending_invitations, invite_by_email
from frappe.core.doctype.user_invitation.user_invitation import mark_expired_invitations
from frappe.testing.people import ANNA, ARNE, make_role, make_user
from frappe.tests.helpers import set_user
from frappe.utils import add_days, now_datetime, sha256_hash

NEW = "newcomer@example.com"


@pytest.fixture(autouse=True)
def mailbox(site: Any) -> Iterator[None]:
    account = frappe.get_doc("Email Account", "Notifications")
    account.update({"enable_outgoing": 1, "default_outgoing": 1, "smtp_server": "localhost", "password": "secret"})
    account.flags.ignore_validate = True
    account.save()
    make_role("Errand Clerk")
    yield


def invite(*emails: str, roles: list[str] | None = None) -> dict[str, list[str]]:
    return invite_by_email(", ".join(emails), roles or ["Errand Clerk"], "/errands")


def invitation(email: str = NEW) -> Any:
    return frappe.get_doc("User Invitation", {"email": email})


def give_key(email: str = NEW) -> str:
    frappe.db.set_value("User Invitation", {"email": email}, "key", sha256_hash("the key"))
    frappe.db.commit()
    return "the key"


def test_people_are_told_apart_by_what_is_known_of_them() -> None:
    make_user(ANNA, enabled=0)
    invite("pending@example.com")
    invite("accepted@example.com")
    invitation("accepted@example.com").accept()
    result = invite(NEW, ANNA, "pending@example.com", "accepted@example.com")
    assert result == {
        "disabled_user_emails": [ANNA],
        "accepted_invite_emails": ["accepted@example.com"],
        "pending_invite_emails": ["pending@example.com"],
        "invited_emails": [NEW],
    }


def test_an_invitation_is_mailed_and_keeps_the_digest_of_its_key() -> None:
    invite(NEW)
    doc = invitation()
    assert (doc.status, doc.invited_by, len(doc.key)) == ("Pending", "Administrator", 64)
    assert doc.email_sent_at


@pytest.mark.parametrize("emails", ["", "no address", f"{NEW}, also none"])
def test_bad_addresses_invite_nobody(emails: str) -> None:
    with pytest.raises(frappe.ValidationError):
        invite_by_email(emails, ["Errand Clerk"], "/errands")
    assert frappe.db.count("User Invitation") == 0


@pytest.mark.parametrize("path", ["https://evil.example/", "//evil.example", "/\\evil.example"])
def test_the_way_after_accepting_stays_on_this_site(path: str) -> None:
    with pytest.raises(frappe.ValidationError):
        invite_by_email(NEW, ["Errand Clerk"], path)


def test_an_app_that_is_not_installed_invites_nobody() -> None:
    doc = frappe.get_doc({"doctype": "User Invitation", "email": NEW, "app_name": "no_app", "redirect_to_path": "/"})
    doc.append("roles", {"role": "Errand Clerk"})
    with pytest.raises(frappe.ValidationError, match="Application is not installed"):
        doc.insert()


def test_accepting_makes_the_user_with_the_roles_once() -> None:
    invite(NEW)
    doc = invitation()
    doc.accept()
    user = frappe.get_doc("User", NEW)
    assert (user.first_name, user.user_type, [row.role for row in user.roles]) == (
        "Newcomer",
        "System User",
        ["Errand Clerk"],
    )
    assert (doc.status, doc.user, doc.key) == ("Accepted", NEW, "")
    with pytest.raises(frappe.ValidationError):
        doc.accept()


def test_somebody_who_is_a_user_already_gets_the_roles_too() -> None:
    make_user(NEW)
    invite(NEW)
    invitation().accept()
    assert "Errand Clerk" in frappe.get_roles(NEW)


def test_a_withdrawn_invitation_cannot_be_accepted() -> None:
    invite(NEW)
    name = invitation().name
    assert cancel_invitation(name, "frappe") == {"cancelled_now": True}
    assert cancel_invitation(name, "frappe") == {"cancelled_now": False}
    with pytest.raises(frappe.ValidationError):
        invitation().accept()


def test_invitations_expire_after_three_days() -> None:
    invite(NEW, "fresh@example.com")
    frappe.db.set_value("User Invitation", {"email": NEW}, "email_sent_at", add_days(now_datetime(), -4))
    mark_expired_invitations()
    assert (invitation().status, invitation("fresh@example.com").status) == ("Expired", "Pending")


def test_pending_invitations_are_listed_with_their_roles() -> None:
    invite(NEW)
    assert [(row["email"], row["roles"]) for row in get_pending_invitations("frappe")] == [(NEW, ["Errand Clerk"])]


def test_only_inviters_invite_and_see_invitations() -> None:
    invite(NEW)
    make_user(ARNE, "Errand Clerk")
    frappe.flags.in_test = False
    try:
        with set_user(ARNE):
            with pytest.raises(frappe.PermissionError):
                invite("other@example.com")
            assert not frappe.has_permission("User Invitation", "read", doc=invitation())
    finally:
        frappe.flags.in_test = True


def test_the_link_makes_the_user_and_leads_to_setting_a_password(client: Any) -> None:
    invite(NEW)
    key = give_key()
    answer = client.get(f"/api/method/frappe.core.api.user_invitation.accept_invitation?key={key}")
    assert answer.status_code in (301, 302), answer.text
    assert "/update-password?key=" in answer.headers["Location"]
    assert frappe.db.exists("User", NEW)
    assert invitation().status == "Accepted"
    again = client.get(f"/api/method/frappe.core.api.user_invitation.accept_invitation?key={key}")
    assert again.status_code == 417


def test_the_link_logs_in_who_has_a_password(client: Any) -> None:
    make_user(NEW, new_password="quiet-lantern-84-orchard")
    invite(NEW)
    answer = client.get(f"/api/method/frappe.core.api.user_invitation.accept_invitation?key={give_key()}")
    assert answer.headers["Location"].endswith("/errands")
    assert client.get("/api/method/frappe.auth.get_logged_user").json["message"] == NEW
