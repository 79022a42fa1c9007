"""Without a mouse, in the dark, from right to left, on a phone – and for those who cannot see the screen."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from e2e.desk.conftest import ANNA, CLEO, Open, make_ticket
from e2e.rest import Rest

pytestmark = pytest.mark.browser


def test_keys_alone_lead_from_the_list_to_an_answer(open_desk: Open, team: Rest) -> None:
    ticket = make_ticket(team, "Keyboard only")
    desk = open_desk(ANNA)
    page = desk.page
    desk.list_where("subject", "=", "Keyboard only")
    expect(page.get_by_role("link", name="Keyboard only")).to_be_visible()
    page.keyboard.press("j")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(rf"/tickets/{ticket}"))
    expect(page.get_by_role("log")).to_be_visible()
    page.keyboard.press("r")
    expect(page.get_by_role("button", name="Send reply")).to_be_visible()
    page.keyboard.press("Escape")
    page.keyboard.press("Control+k")
    page.keyboard.type("customers")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile("/customers"))
    page.keyboard.press("Shift+?")
    expect(page.get_by_role("dialog", name="Keyboard shortcuts")).to_be_visible()


def test_arabic_reads_from_right_to_left(open_desk: Open, team: Rest) -> None:
    ticket = make_ticket(team, "Right to left")
    team.update("User", ANNA, language="ar")
    try:
        desk = open_desk(ANNA)
        desk.go(f"/tickets/{ticket}")
        expect(desk.page.get_by_role("log")).to_be_visible()
        assert desk.page.evaluate("document.documentElement.dir") == "rtl"
        sidebar = desk.page.locator("#sidebar").bounding_box()
        assert sidebar["x"] > 600
    finally:
        team.update("User", ANNA, language="en")


def test_a_customer_asks_and_answers_on_a_phone(open_desk: Open, team: Rest) -> None:
    desk = open_desk(CLEO, width=390)
    page = desk.page
    desk.go("/my-tickets/new")
    expect(page.get_by_role("button", name="Send")).to_have_count(0)
    page.get_by_label("Subject").fill("My printer burns")
    page.locator("[contenteditable=true]").click()
    page.keyboard.type("Smoke everywhere.")
    page.get_by_role("button", name="Send").click()
    expect(page).to_have_url(re.compile(r"/my-tickets/\d+"))
    expect(page.get_by_role("article", name="Your message")).to_be_visible()
    page.get_by_role("button", name="Write an answer").click()
    page.locator("[contenteditable=true]").click()
    page.keyboard.type("It is out now.")
    page.get_by_role("button", name="Send").click()
    expect(page.get_by_role("article")).to_have_count(2)
    width = page.evaluate("document.documentElement.scrollWidth")
    assert width <= 390
    page.get_by_role("button", name="Close", exact=True).click()
    page.get_by_role("button", name="Close the ticket").click()
    expect(page.get_by_text("This ticket is finished.")).to_be_visible()


def test_a_customer_who_opens_an_agents_link_sees_the_same_ticket(open_desk: Open, team: Rest) -> None:
    ticket = make_ticket(team, "Link from a mail")
    desk = open_desk(CLEO)
    desk.go(f"/tickets/{ticket}")
    expect(desk.page).to_have_url(re.compile(rf"/my-tickets/{ticket}"))
    expect(desk.page.get_by_role("heading", name="Link from a mail")).to_be_visible()
