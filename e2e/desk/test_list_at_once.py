"""A list answers the hand: at once, without moving what one points at, and with the tickets a figure counted."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest
from playwright.sync_api import expect

from e2e.desk.conftest import ANNA, Open, make_ticket
from e2e.rest import Rest

pytestmark = pytest.mark.browser
SET_VALUE = "**/api/method/frappe.client.set_value"


def status_of(page: Any, ticket: str) -> Any:
    """The row of a ticket, to be asked which status it shows."""
    return page.get_by_role("row").filter(has=page.get_by_role("checkbox", name=f"Select {ticket}", exact=True))


def test_a_status_shows_before_the_server_has_answered_and_goes_back_when_it_refuses(
    open_desk: Open, team: Rest
) -> None:
    ticket = make_ticket(team, "At once")
    page = (desk := open_desk(ANNA)).page
    waiting: list[Any] = []
    page.route(SET_VALUE, lambda route: waiting.append(route))
    desk.list_where("name", "=", ticket)
    expect(status_of(page, ticket)).to_contain_text("Open")
    page.keyboard.press("j")
    page.keyboard.press("s")
    page.get_by_role("menuitemradio", name="Replied").press("Enter")
    expect(status_of(page, ticket)).to_contain_text("Replied")
    assert len(waiting) == 1
    refusal = json.dumps({"exc_type": "ValidationError", "message": "Not today"})
    waiting[0].fulfill(status=417, content_type="application/json", body=refusal)
    expect(status_of(page, ticket)).to_contain_text("Open")
    page.unroute(SET_VALUE)
    page.keyboard.press("s")
    page.get_by_role("menuitemradio", name="Replied").press("Enter")
    expect(status_of(page, ticket)).to_contain_text("Replied")
    page.reload()
    expect(status_of(page, ticket)).to_contain_text("Replied")


def test_what_comes_in_does_not_move_the_row_under_the_pointer(open_desk: Open, team: Rest) -> None:
    make_ticket(team, "Quiet list one")
    page = (desk := open_desk(ANNA)).page
    desk.list_where("subject", "like", "%Quiet list%")
    page.get_by_role("link", name="Quiet list one").hover()
    make_ticket(team, "Quiet list two")
    news = page.get_by_role("button", name="changed – show")
    expect(news).to_be_visible()
    expect(page.get_by_role("link", name="Quiet list two")).to_have_count(0)
    news.click()
    expect(page.get_by_role("link", name="Quiet list two")).to_be_visible()


def test_a_figure_leads_to_as_many_tickets(open_desk: Open, team: Rest) -> None:
    ticket = make_ticket(team, "Counted")
    team.call("frappe.desk.form.assign_to.add", doctype="HD Ticket", name=ticket, assign_to=json.dumps([ANNA]))
    page = (desk := open_desk(ANNA)).page
    desk.go("/dashboard")
    figure = page.get_by_role("main").get_by_role("link", name=re.compile("^Tickets"))
    number = re.search(r"\d+", figure.inner_text())
    assert number
    figure.click()
    expect(page.get_by_text(re.compile(rf"\d+ of {number[0]}$"))).to_be_visible()
