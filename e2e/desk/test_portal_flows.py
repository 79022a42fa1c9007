"""What customers do besides the straight way: files that fail, sessions that end, tickets that are not solved, surveys."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from e2e.conftest import FAST
from e2e.desk.conftest import BUILD
from e2e.postbox import Postbox, link_in
from e2e.product import Product, wait_for
from e2e.rest import Rest
from e2e.team import AGENT_PASSWORD, CLEO, make_agents, make_user

pytestmark = pytest.mark.browser
GIL = "gil@guests.example"
CLOSING = {"auto_close_tickets": 1, "auto_close_status": "Resolved", "auto_close_after_days": 7}
ASKING = {"enable_email_ticket_feedback": 1, "send_email_feedback_on_status": "Resolved"}


@pytest.fixture(scope="module")
def house(admin: Rest, postbox: Postbox, product: Product) -> Rest:
    """A help desk that closes resolved tickets by itself and asks how the help was."""
    if not BUILD.exists():
        pytest.skip("The desk is not built")
    product.configure(**FAST)
    make_agents(admin)
    make_user(admin, CLEO, "Cleo", "HD Customer")
    settings = {"is_feedback_mandatory": 0, "enable_reply_email_via_agent": 0, **CLOSING, **ASKING}
    admin.update("HD Settings", "HD Settings", **settings)
    return admin


@pytest.fixture
def cleo(browser: Any, product: Product, house: Rest) -> Iterator[Page]:
    """Cleo on her phone."""
    context = browser.new_context(viewport={"width": 390, "height": 800}, base_url=product.url)
    assert context.request.post("/api/method/login", data={"usr": CLEO, "pwd": AGENT_PASSWORD}).ok
    page = context.new_page()
    page.set_default_timeout(15_000)
    yield page
    context.close()


def text_file(name: str) -> Any:
    return {"name": name, "mimeType": "application/octet-stream", "buffer": b"some words"}


def editor(page: Page) -> Any:
    return page.locator("[contenteditable=true]")


def test_neither_a_bold_word_nor_a_removed_file_sends_the_ticket(cleo: Page, house: Rest) -> None:
    cleo.goto("/helpdesk/my-tickets/new")
    cleo.get_by_label("Subject").fill("Printer burns")
    editor(cleo).click()
    cleo.keyboard.type("It is ")
    cleo.get_by_title("Bold").click()
    expect(editor(cleo)).to_be_focused()
    cleo.keyboard.type("hot")
    cleo.locator("input[type=file]").set_input_files([text_file("kept.txt"), text_file("refused.exe")])
    expect(cleo.get_by_role("link", name="kept.txt")).to_be_visible()
    expect(cleo.get_by_role("alert").filter(has_text="You can only upload")).to_be_visible()
    expect(cleo.get_by_role("button", name="Send", exact=True)).to_be_disabled()
    cleo.get_by_role("button", name="Remove refused.exe").click()
    expect(cleo).to_have_url(re.compile("/my-tickets/new$"))
    cleo.get_by_role("button", name="Send", exact=True).click()
    cleo.wait_for_url(re.compile(r"/my-tickets/\d+"))
    expect(cleo.get_by_role("link", name="kept.txt")).to_be_visible()
    stored = house.get("HD Ticket", cleo.url.rpartition("/")[2])["description"]
    assert "<strong>hot</strong>" in stored


def test_what_was_written_when_the_session_ended_is_sent_after_signing_in(cleo: Page, house: Rest) -> None:
    number = ticket_of(house, CLEO, "Session ends")
    cleo.goto(f"/helpdesk/my-tickets/{number}")
    cleo.get_by_role("button", name="Write an answer").click()
    editor(cleo).click()
    cleo.keyboard.type("Are you there?")
    cleo.context.clear_cookies()
    cleo.get_by_role("button", name="Send", exact=True).click()
    expect(cleo.get_by_text("You were signed out.")).to_be_visible()
    expect(cleo.get_by_text("run_doc_method")).to_have_count(0)
    cleo.get_by_role("button", name="Sign in").click()
    cleo.get_by_label("E-mail").first.fill(CLEO)
    cleo.get_by_label("Password", exact=True).fill(AGENT_PASSWORD)
    cleo.get_by_role("button", name="Log In").click()
    expect(editor(cleo)).to_have_text("Are you there?")
    cleo.get_by_role("button", name="Send", exact=True).click()
    expect(cleo.get_by_role("article")).to_have_count(2)


def ticket_of(house: Rest, address: str, subject: str, **values: Any) -> str:
    made = house.insert("HD Ticket", subject=subject, description="<p>Hello</p>", raised_by=address, **values)
    return str(made["name"])


def test_a_finished_ticket_goes_on_in_a_new_one(cleo: Page, house: Rest) -> None:
    number = ticket_of(house, CLEO, "Smoke", via_customer_portal=1)
    house.document_method("HD Ticket", number, "reply_via_agent", message="<p>Press it.</p>", to=CLEO)
    house.update("HD Ticket", number, status="Resolved")
    cleo.goto(f"/helpdesk/my-tickets/{number}")
    expect(cleo.get_by_text("If we hear nothing, it closes by itself on")).to_be_visible()
    expect(cleo.get_by_role("log").get_by_text("Status: Resolved")).to_be_visible()
    cleo.get_by_role("button", name="Yes, close it").click()
    cleo.get_by_role("button", name="Close the ticket").click()
    cleo.get_by_role("link", name=re.compile("Still a problem")).click()
    expect(cleo.get_by_text(f"This goes on where #{number} has ended")).to_be_visible()
    cleo.get_by_label("Subject").fill("Smoke again")
    editor(cleo).click()
    cleo.keyboard.type("It is back.")
    cleo.get_by_role("button", name="Send", exact=True).click()
    cleo.wait_for_url(lambda address: "/new" not in address)
    new = cleo.url.rpartition("/")[2]
    assert str(house.get("HD Ticket", new)["follow_up_of"]) == number
    assert house.get("HD Ticket", number)["status"] == "Closed"


def test_a_closed_ticket_is_opened_by_an_answer_where_that_is_allowed(cleo: Page, house: Rest) -> None:
    house.update("HD Settings", "HD Settings", customers_reopen_days=3)
    number = ticket_of(house, CLEO, "Ash", via_customer_portal=1)
    house.update("HD Ticket", number, status="Closed")
    cleo.goto(f"/helpdesk/my-tickets/{number}")
    expect(cleo.get_by_text("an answer opens this ticket again")).to_be_visible()
    cleo.get_by_role("button", name="Write an answer").click()
    editor(cleo).click()
    cleo.keyboard.type("Still there.")
    cleo.get_by_role("button", name="Send", exact=True).click()
    expect(cleo.get_by_role("article")).to_have_count(2)
    assert house.get("HD Ticket", number)["status"] == "Open"
    house.update("HD Settings", "HD Settings", customers_reopen_days=0)


def test_a_survey_is_answered_by_a_click_and_not_by_a_link(
    browser: Any, product: Product, house: Rest, postbox: Postbox
) -> None:
    number = ticket_of(house, GIL, "Do you ship?")
    house.update("HD Ticket", number, status="Resolved")
    link = survey_link(postbox)
    context = browser.new_context(java_script_enabled=False, base_url=product.url)
    page = context.new_page()
    page.goto(link)
    assert not house.get("HD Ticket", number).get("feedback_rating")
    page.get_by_role("link", name="5 of 5 stars").click()
    page.get_by_label("What could we do better?").fill("Nothing")
    page.get_by_role("button", name="Send").click()
    expect(page.get_by_role("status")).to_have_text("Thank you for your feedback.")
    rated = house.get("HD Ticket", number)
    assert (rated["feedback_rating"], rated["feedback_extra"]) == (1, "Nothing")
    page.get_by_role("link", name="Change it").click()
    page.get_by_role("link", name="2 of 5 stars").click()
    page.get_by_role("button", name="Send").click()
    expect(page.get_by_role("img", name="2 of 5 stars")).to_be_visible()
    page.goto(f"{link.partition('?')[0]}/stop")
    page.get_by_role("button", name="Do not ask me again").click()
    expect(page.get_by_role("status")).to_have_text("We will not ask you again.")
    assert house.get("HD Ticket", number)["feedback_rating"] == 0.4
    context.close()


def survey_link(postbox: Postbox) -> str:
    """Return the link with four stars; other mails to Gil may have come before."""

    def look() -> str | None:
        try:
            return link_in(postbox.next_for(GIL), "?r=4")
        except AssertionError:
            return None

    return wait_for("The survey", look)
