"""What agents do all day."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from e2e.desk.conftest import ANNA, ARNE, Open, make_ticket
from e2e.rest import Rest

pytestmark = pytest.mark.browser


def test_an_agent_filters_the_list_opens_a_ticket_comments_and_resolves_it(open_desk: Open, team: Rest) -> None:
    ticket = make_ticket(team, "Scanner is silent", priority="High")
    desk = open_desk(ANNA)
    page = desk.page
    desk.go("/tickets")
    page.get_by_placeholder("Subject").fill("scanner")
    expect(page.get_by_text(re.compile(r"^1 of 1$"))).to_be_visible()
    page.get_by_role("link", name="Scanner is silent").click()
    expect(page).to_have_url(re.compile(rf"/tickets/{ticket}"))
    page.get_by_role("button", name="Comment", exact=True).click()
    page.locator("[contenteditable=true]").click()
    page.keyboard.type("Known fault, part is on its way.")
    page.keyboard.press("Control+Enter")
    expect(page.get_by_role("article", name=re.compile("Internal comment"))).to_be_visible()
    page.get_by_role("button", name=re.compile("Change the status")).click()
    page.get_by_role("menuitem", name="Resolved").click()
    expect(page.get_by_role("button", name=re.compile("Resolved"))).to_be_visible()
    assert team.get("HD Ticket", ticket)["status"] == "Resolved"


def test_many_tickets_change_at_once(open_desk: Open, team: Rest) -> None:
    tickets = [make_ticket(team, f"Bulk {number}") for number in range(3)]
    desk = open_desk(ANNA)
    page = desk.page
    desk.list_where("subject", "like", "%Bulk%")
    expect(page.get_by_text("3 of 3")).to_be_visible()
    page.get_by_role("checkbox", name=f"Select {tickets[2]}").click()
    page.get_by_role("checkbox", name=f"Select {tickets[0]}").click(modifiers=["Shift"])
    expect(page.get_by_text("3 selected")).to_be_visible()
    bar = page.get_by_role("toolbar")
    bar.get_by_role("button", name="Priority").click()
    page.get_by_role("menuitem", name="Urgent").click()
    expect(page.get_by_text("3 tickets changed", exact=True)).to_be_visible()
    assert {team.get("HD Ticket", ticket)["priority"] for ticket in tickets} == {"Urgent"}


def test_two_agents_meet_on_one_ticket(open_desk: Open, team: Rest) -> None:
    ticket = make_ticket(team, "Both look at this")
    anna, arne = open_desk(ANNA), open_desk(ARNE)
    anna.go(f"/tickets/{ticket}")
    arne.go(f"/tickets/{ticket}")
    expect(anna.page.get_by_title("Also here: Arne")).to_be_visible()
    arne.page.get_by_role("button", name="Comment", exact=True).click()
    arne.page.locator("[contenteditable=true]").click()
    arne.page.keyboard.type("I have it.")
    expect(anna.page.get_by_text("Arne is typing")).to_be_visible()
    arne.page.keyboard.press("Control+Enter")
    expect(anna.page.get_by_role("article", name="Internal comment by Arne")).to_be_visible()


def test_a_view_is_saved_and_found_in_the_sidebar(open_desk: Open, team: Rest) -> None:
    make_ticket(team, "For the view", priority="Low")
    desk = open_desk(ANNA)
    page = desk.page
    desk.list_where("priority", "=", "Low")
    page.get_by_role("button", name=re.compile("Choose a view")).click()
    page.get_by_role("menuitem", name="Save as a new view").click()
    page.get_by_role("dialog").get_by_label("Name").fill("Calm ones")
    page.get_by_text("Pin to my sidebar").click()
    page.get_by_role("dialog").get_by_role("button", name="Save").click()
    expect(page).to_have_url(re.compile(r"\?view="))
    expect(page.get_by_role("navigation", name="Main").get_by_role("link", name="Calm ones")).to_be_visible()
    expect(page.get_by_role("button", name="Filter (1)")).to_be_visible()


def test_an_expired_session_keeps_what_was_written(open_desk: Open, team: Rest) -> None:
    ticket = make_ticket(team, "Long answer")
    desk = open_desk(ANNA)
    page = desk.page
    desk.go(f"/tickets/{ticket}")
    page.get_by_role("button", name="Comment", exact=True).click()
    page.locator("[contenteditable=true]").click()
    page.keyboard.type("Written for an hour")
    page.context.request.get("/api/method/logout")
    page.keyboard.press("Control+Enter")
    expect(page.get_by_text("You were signed out")).to_be_visible()
    expect(page.get_by_text("Written for an hour")).to_be_visible()
