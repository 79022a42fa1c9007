"""Signing in and what belongs to it, in a browser: password, link, second step, sign-up, invitation, new password."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest

from e2e.postbox import Postbox, html_of, link_in
from e2e.product import PASSWORD, Product
from e2e.rest import Rest
from e2e.team import AGENT_PASSWORD, ANNA, ARNE, CLEO, make_user

pytestmark = pytest.mark.browser

NEW_PASSWORD = "quiet-lantern-84-orchard"
SIZES = {"desktop": (1280, 800, "light"), "phone": (375, 720, "light"), "dark": (375, 720, "dark")}


@pytest.fixture(scope="module", autouse=True)
def people(admin: Rest) -> None:
    """Anna, who needs a second step, Arne, who does not, and a portal on which people may sign up."""
    admin.insert("Role", role_name="Careful", two_factor_auth=1)
    make_user(admin, ANNA, "Anna", "Agent", "Careful")
    make_user(admin, ARNE, "Arne", "Agent")
    admin.update("System Settings", "System Settings", two_factor_method="Email", enable_two_factor_auth=1)
    admin.update("System Settings", "System Settings", password_reset_limit=50, rate_limit_email_link_login=50)
    admin.update("Website Settings", "Website Settings", disable_signup=0)


def sign_in(page: Any, product: Product, user: str, password: str, query: str = "") -> None:
    page.goto(f"{product.url}/login{query}")
    page.get_by_label("E-mail").first.fill(user)
    page.get_by_label("Password").fill(password)
    page.get_by_role("button", name="Log In").click()


def says(page: Any, text: str | re.Pattern[str]) -> None:
    page.get_by_role("alert").filter(has_text=text).wait_for()


def who(page: Any, product: Product) -> str:
    answer = page.request.get(f"{product.url}/api/method/frappe.auth.get_logged_user")
    return str(answer.json().get("message"))


def choose_password(page: Any, password: str, again: str | None = None) -> None:
    page.get_by_label("New password", exact=True).fill(password)
    page.get_by_label("New password again").fill(again or password)
    page.get_by_role("button", name="Save password").click()


# -- the page ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", SIZES)
def test_the_page_carries_the_name_of_the_app_and_fits(
    browser: Any, product: Product, artefacts: Path, kind: str
) -> None:
    width, height, scheme = SIZES[kind]
    context = browser.new_context(viewport={"width": width, "height": height}, color_scheme=scheme)
    page = context.new_page()
    page.goto(f"{product.url}/login")
    page.get_by_role("heading", name="Log in to Helpdesk").wait_for()
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert page.evaluate("[...document.images].every((image) => image.complete && image.naturalWidth > 0)")
    page.screenshot(path=artefacts / f"login-{kind}.png")
    context.close()


# -- password ---------------------------------------------------------------------------------------------------------


def test_a_wrong_password_is_told_and_the_right_one_leads_on(page: Any, product: Product) -> None:
    sign_in(page, product, ARNE, "wrong", "?redirect-to=%2Fme")
    says(page, "Invalid login credentials")
    page.get_by_label("Password").fill(AGENT_PASSWORD)
    page.get_by_role("button", name="Log In").click()
    page.wait_for_url("**/me")
    page.get_by_role("heading", name="Arne").wait_for()


@pytest.mark.parametrize(
    "target", ["//evil.example/x", "https://evil.example", "/%5Cevil.example", "javascript:alert(1)"]
)
def test_logging_in_does_not_lead_to_another_site(page: Any, product: Product, target: str) -> None:
    sign_in(page, product, ARNE, AGENT_PASSWORD, f"?redirect-to={target}")
    page.wait_for_url(lambda url: "/login" not in url)
    assert page.url.startswith(product.url)


def test_the_account_page_logs_out(page: Any, product: Product) -> None:
    sign_in(page, product, ARNE, AGENT_PASSWORD, "?redirect-to=%2Fme")
    page.get_by_role("button", name="Log Out").click()
    page.wait_for_url("**/login")
    assert who(page, product) == "None"


def test_a_second_step_follows_where_it_is_demanded(page: Any, product: Product, postbox: Postbox) -> None:
    sign_in(page, product, ANNA, AGENT_PASSWORD, "?redirect-to=%2Fme")
    page.get_by_role("heading", name="One more step").wait_for()
    code = re.search(r"\b\d{6}\b", re.sub(r"<[^>]+>|#\w+", " ", html_of(postbox.next_for(ANNA))))
    assert code
    wrong = "000000" if code[0] != "000000" else "111111"
    page.get_by_label("Code").fill(wrong)
    page.get_by_role("button", name="Continue").click()
    says(page, "Incorrect verification code")
    page.get_by_label("Code").fill(code[0])
    page.get_by_role("button", name="Continue").click()
    page.wait_for_url("**/me")


# -- link -------------------------------------------------------------------------------------------------------------


def test_a_link_in_a_mail_logs_in_once(page: Any, browser: Any, product: Product, postbox: Postbox) -> None:
    page.goto(f"{product.url}/login?redirect-to=%2Fme")
    page.get_by_role("link", name="Send me a link instead").click()
    page.locator("#link-email").fill(ARNE)
    page.locator("#link-form").get_by_role("button").click()
    says(page, "a link is on its way")
    link = link_in(postbox.next_for(ARNE), "login_key")
    assert link.startswith(product.url)
    page.goto(link)
    page.get_by_text("It works once").wait_for()
    assert "login_key" not in page.url
    page.get_by_role("button", name="Log In").click()
    page.wait_for_url("**/me")
    assert who(page, product) == ARNE

    other = browser.new_context().new_page()
    other.goto(link)
    other.get_by_role("button", name="Log In").click()
    says(other, "used already or is too old")
    other.context.close()


def test_asking_for_links_says_the_same_to_everybody(page: Any, product: Product, postbox: Postbox) -> None:
    page.goto(f"{product.url}/login#link")
    page.locator("#link-email").fill("nobody@nowhere.test")
    page.locator("#link-form").get_by_role("button").click()
    says(page, "If there is an account with this address")


# -- new passwords ----------------------------------------------------------------------------------------------------


def test_a_forgotten_password_is_replaced(page: Any, product: Product, postbox: Postbox) -> None:
    page.goto(f"{product.url}/login")
    page.get_by_role("link", name="Forgot your password?").click()
    page.locator("#forgot-email").fill(ARNE)
    page.locator("#forgot-form").get_by_role("button").click()
    says(page, "If there is an account with this address")
    link = link_in(postbox.next_for(ARNE), "update-password")
    assert link.startswith(product.url)
    page.goto(link)
    choose_password(page, NEW_PASSWORD, "something else")
    says(page, "The two passwords are not the same.")
    choose_password(page, NEW_PASSWORD)
    page.wait_for_url(lambda url: "update-password" not in url)
    assert who(page, product) == ARNE

    page.goto(link)
    page.get_by_text("This link for setting a password was used already").wait_for()
    page.get_by_role("link", name="Change your password").wait_for()
    page.context.clear_cookies()
    page.reload()
    page.get_by_role("link", name="Ask for a new link").click()
    page.get_by_role("heading", name="Reset your password").wait_for()


def test_a_password_is_changed_by_who_knows_the_old_one(page: Any, product: Product, admin: Rest) -> None:
    make_user(admin, "carl@customer.test", "Carl")
    sign_in(page, product, "carl@customer.test", AGENT_PASSWORD, "?redirect-to=%2Fme")
    page.get_by_role("link", name="Change your password").click()
    page.get_by_label("Current password").fill("wrong")
    choose_password(page, NEW_PASSWORD)
    says(page, "The current password is not right.")
    page.get_by_label("Current password").fill(AGENT_PASSWORD)
    choose_password(page, NEW_PASSWORD)
    page.wait_for_url(lambda url: "update-password" not in url)
    assert who(page, product) == "carl@customer.test"


# -- new people -------------------------------------------------------------------------------------------------------


def test_people_sign_up_and_confirm_their_address(page: Any, product: Product, postbox: Postbox) -> None:
    page.goto(f"{product.url}/login")
    page.get_by_role("link", name="Create an account").click()
    page.get_by_label("Full name").fill("Cleo Möller")
    page.locator("#signup-email").fill(CLEO)
    page.get_by_role("button", name="Create account").click()
    says(page, "Please look into your mailbox")
    page.goto(link_in(postbox.next_for(CLEO), "update-password"))
    choose_password(page, NEW_PASSWORD)
    page.wait_for_url(lambda url: "update-password" not in url)
    assert who(page, product) == CLEO


def test_an_invited_person_chooses_a_password_and_is_in_the_portal(
    page: Any, product: Product, admin: Rest, postbox: Postbox
) -> None:
    acme = admin.insert("HD Customer", customer_name="Acme")["name"]
    found = admin.call(
        "frappe.core.api.user_invitation.invite_by_email",
        emails="dora@acme.test",
        roles=["HD Customer"],
        redirect_to_path="/helpdesk/my-tickets",
        app_name="helpdesk",
        customer=acme,
    )
    assert found["invited_emails"] == ["dora@acme.test"]
    page.goto(link_in(postbox.next_for("dora@acme.test"), "accept_invitation"))
    page.get_by_role("heading", name="Choose a password").wait_for()
    choose_password(page, NEW_PASSWORD)
    page.wait_for_url(f"{product.url}/helpdesk/my-tickets")
    assert who(page, product) == "dora@acme.test"
    members = [row["contact_name"] for row in admin.get("HD Customer", acme)["contacts"]]
    assert [admin.get("Contact", name)["user"] for name in members] == ["dora@acme.test"]


def test_the_administrator_signs_in_as_on_the_first_day(page: Any, product: Product) -> None:
    sign_in(page, product, "Administrator", PASSWORD)
    page.wait_for_url(lambda url: "/login" not in url)
    assert who(page, product) == "Administrator"
