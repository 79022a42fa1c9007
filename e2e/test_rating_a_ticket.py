"""A customer rates a ticket through the link in a mail, in a browser and without an account."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from e2e.product import Product
from e2e.rest import Rest

pytestmark = pytest.mark.browser

PHONE = {"width": 375, "height": 700}


@pytest.fixture
def page(browser: Any) -> Iterator[Any]:
    context = browser.new_context(viewport=PHONE)
    yield context.new_page()
    context.close()


@pytest.fixture
def ticket(admin: Rest) -> dict[str, Any]:
    made = admin.insert("HD Ticket", subject="The printer is on fire", raised_by="cleo@example.com", description="Help")
    return admin.get("HD Ticket", made["name"])


def rate(page: Any, stars: str, text: str = "") -> None:
    page.get_by_text(stars, exact=True).locator("xpath=..").click()
    if text:
        page.get_by_label("What could we do better?").fill(text)
    page.get_by_role("button", name="Send").click()


def test_the_link_in_the_mail_takes_one_rating(
    product: Product, admin: Rest, page: Any, ticket: dict[str, Any]
) -> None:
    link = f"{product.url}/ticket-feedback/new?key={ticket['key']}"
    page.goto(link)
    page.wait_for_url("**/ticket-feedback/new")  # the secret has left the address bar
    page.get_by_role("button", name="Send").click()
    page.get_by_text("Please choose a number of stars.").wait_for()
    rate(page, "4 stars", "Be faster")
    page.get_by_role("heading", name="Thank you").wait_for()
    rated = admin.get("HD Ticket", ticket["name"])
    assert (rated["status"], rated["feedback_rating"], rated["feedback_extra"]) == ("Closed", 0.8, "Be faster")

    page.goto(link)
    rate(page, "1 star")
    page.get_by_role("alert").get_by_text("you have already rated this ticket").wait_for()
    assert admin.get("HD Ticket", ticket["name"])["feedback_rating"] == 0.8


@pytest.mark.parametrize(
    ("query", "answer"), [("", "The link is incomplete."), ("?key=%20", "The link is incomplete."), ("?key=x", "know")]
)
def test_a_link_without_a_known_secret_says_so(product: Product, page: Any, query: str, answer: str) -> None:
    page.goto(f"{product.url}/ticket-feedback/new{query}")
    rate(page, "5 stars")
    page.get_by_role("alert").get_by_text(answer).wait_for()


def test_the_form_works_from_the_keyboard(product: Product, admin: Rest, page: Any, ticket: dict[str, Any]) -> None:
    page.goto(f"{product.url}/ticket-feedback/new?key={ticket['key']}")
    page.get_by_role("radio", name="1 star").focus()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Tab")
    page.keyboard.type("Fine")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.get_by_role("heading", name="Thank you").wait_for()
    assert admin.get("HD Ticket", ticket["name"])["feedback_rating"] == 0.4


def test_the_form_fits_on_a_phone(product: Product, page: Any) -> None:
    page.goto(f"{product.url}/ticket-feedback/new")
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
