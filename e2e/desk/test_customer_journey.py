"""A customer with a phone: finds an article, signs up, asks, reads the answer, replies, closes and rates."""

from __future__ import annotations

import re
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from e2e.desk.conftest import BUILD
from e2e.postbox import Postbox, link_in
from e2e.product import Product
from e2e.rest import Rest
from e2e.team import make_agents

pytestmark = pytest.mark.browser
NINA = "nina@newcomer.example"
PASSWORD = "quiet-lantern-84-orchard"


@pytest.fixture(scope="module")
def portal(admin: Rest, postbox: Postbox) -> Rest:
    """A portal on which people may sign up; feedback is wanted when a ticket is closed."""
    if not BUILD.exists():
        pytest.skip("The desk is not built")
    make_agents(admin)
    admin.update("Website Settings", "Website Settings", disable_signup=0)
    admin.update("HD Settings", "HD Settings", is_feedback_mandatory=1, skip_email_workflow=1)
    shelf = admin.insert("HD Article Category", category_name="Printing")["name"]
    content = "<p>Hold the red button for ten seconds.</p>"
    admin.insert("HD Article", title="Printer burns", content=content, category=shelf, status="Published")
    return admin


@pytest.fixture
def phone(browser: Any, product: Product) -> Any:
    context = browser.new_context(viewport={"width": 390, "height": 800}, base_url=product.url)
    page = context.new_page()
    page.set_default_timeout(15_000)
    yield page
    context.close()


def write(page: Page, text: str) -> None:
    page.locator("[contenteditable=true]").click()
    page.keyboard.type(text)


def test_from_an_article_over_sign_up_to_a_rating(phone: Page, portal: Rest, postbox: Postbox) -> None:
    read_without_an_account(phone)
    sign_up(phone, postbox)
    number = ask(phone)
    portal.document_method("HD Ticket", number, "reply_via_agent", message="<p>Did you hold the button?</p>", to=NINA)
    phone.reload()
    expect(phone.get_by_role("article")).to_have_count(2)
    phone.get_by_role("button", name="Write an answer").click()
    write(phone, "I did, and it is out.")
    phone.get_by_role("button", name="Send").click()
    expect(phone.get_by_role("article")).to_have_count(3)
    close_and_rate(phone)
    assert portal.get("HD Ticket", number)["feedback_rating"] > 0
    assert phone.evaluate("document.documentElement.scrollWidth") <= 390


def read_without_an_account(page: Page) -> None:
    page.goto("/helpdesk/kb-public")
    expect(page).to_have_url(re.compile(r"/kb$"))
    page.get_by_role("searchbox").fill("printer")
    page.get_by_role("button", name="Search").click()
    page.get_by_role("link", name=re.compile("Printer burns")).first.click()
    expect(page.get_by_role("heading", name="Printer burns")).to_be_visible()
    page.get_by_role("link", name="Write to us").click()
    expect(page).to_have_url(re.compile("/login"))


def sign_up(page: Page, postbox: Postbox) -> None:
    page.get_by_role("link", name="Create an account").click()
    page.locator("#signup-name").fill("Nina Newcomer")
    page.locator("#signup-email").fill(NINA)
    page.get_by_role("button", name="Create account").click()
    page.goto(link_in(postbox.next_for(NINA), "update-password"))
    page.get_by_label("New password", exact=True).fill(PASSWORD)
    page.get_by_label("New password again").fill(PASSWORD)
    page.get_by_role("button", name="Save password").click()
    page.wait_for_url(lambda address: "update-password" not in address)


def ask(page: Page) -> str:
    page.goto("/helpdesk/my-tickets/new")
    page.get_by_label("Subject").fill("My printer burns")
    expect(page.get_by_role("link", name=re.compile("Printer burns"))).to_be_visible()
    write(page, "Smoke everywhere.")
    page.locator("input[type=file]").set_input_files(
        {"name": "smoke.txt", "mimeType": "text/plain", "buffer": b"grey and black"}
    )
    expect(page.get_by_text("smoke.txt").first).to_be_visible()
    page.get_by_role("button", name="Send").click()
    page.wait_for_url(re.compile(r"/my-tickets/\d+"))
    expect(page.get_by_text("smoke.txt").first).to_be_visible()
    return page.url.rpartition("/")[2]


def close_and_rate(page: Page) -> None:
    page.get_by_role("button", name="Close", exact=True).click()
    dialog = page.get_by_role("dialog", name="How was our help?")
    send = dialog.get_by_role("button", name="Send and close the ticket")
    expect(send).to_be_disabled()
    dialog.locator("label").filter(has=page.get_by_label("5 of 5 stars")).click()
    dialog.get_by_role("group", name="What fits best?").locator("label").first.click()
    send.click()
    expect(page.get_by_text("This ticket is finished.")).to_be_visible()


def test_a_customer_chooses_german_and_reads_german(phone: Page, portal: Rest) -> None:
    if not portal.list("User", filters={"name": "gerd@newcomer.example"}):
        portal.insert(
            "User",
            email="gerd@newcomer.example",
            first_name="Gerd",
            send_welcome_email=0,
            new_password=PASSWORD,
            roles=[{"role": "HD Customer"}],
        )
    phone.request.post("/api/method/login", data={"usr": "gerd@newcomer.example", "pwd": PASSWORD})
    phone.goto("/helpdesk/my-profile")
    phone.get_by_label("Language").select_option("de")
    phone.get_by_role("button", name="Save", exact=True).click()
    expect(phone.get_by_role("heading", name="Mein Profil")).to_be_visible()
    assert phone.evaluate("document.documentElement.lang") == "de"
    phone.goto("/helpdesk/my-tickets")
    expect(phone.get_by_role("button", name="Neues Ticket").first).to_be_visible()
    phone.goto("/kb")
    expect(phone.get_by_role("heading", name="Wie können wir helfen?")).to_be_visible()


def test_the_public_articles_need_no_javascript_and_say_who_they_are(
    browser: Any, product: Product, portal: Rest
) -> None:
    context = browser.new_context(java_script_enabled=False, base_url=product.url)
    page = context.new_page()
    page.goto("/kb")
    page.get_by_role("link", name=re.compile("Printing")).click()
    page.get_by_role("link", name=re.compile("Printer burns")).click()
    address = page.locator("link[rel=canonical]").get_attribute("href")
    assert address == page.url
    assert "red button" in (page.locator("meta[name=description]").get_attribute("content") or "")
    assert page.title().startswith("Printer burns")
    sitemap = context.request.get("/kb/sitemap.xml")
    assert sitemap.headers["content-type"].startswith(("application/xml", "text/xml"))
    assert address in sitemap.text()
    assert context.request.get("/kb/articles/no-such-article").status == 404
    context.close()
