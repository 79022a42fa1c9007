"""Cards moved on the board, answers sent with a status, and what happens when server or connection fail meanwhile."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from e2e.desk.conftest import ANNA, ARNE, Open, make_ticket
from e2e.rest import Rest

pytestmark = pytest.mark.browser


def test_a_card_moves_on_the_board_by_keys_and_by_hand(open_desk: Open, team: Rest) -> None:
    ticket = make_ticket(team, "Card on the board")
    desk = open_desk(ANNA, width=1440)
    page = desk.page
    desk.list_where("subject", "=", "Card on the board")
    page.get_by_role("button", name="Board", exact=True).click()
    card = page.get_by_role("region", name="Open").get_by_role("link", name=re.compile("Card on the board"))
    card.focus()
    page.keyboard.press("Shift+ArrowRight")
    expect(page.get_by_role("region", name="Replied").get_by_role("link")).to_be_focused()
    expect(page.get_by_text(f"#{ticket} is now Replied")).to_have_count(1)
    page.get_by_role("region", name="Replied").get_by_role("link").drag_to(page.get_by_role("region", name="Resolved"))
    expect(page.get_by_text(f"#{ticket} is now Resolved")).to_have_count(1)
    assert team.get("HD Ticket", ticket)["status"] == "Resolved"
    assert desk.barriers() == []


def test_a_card_goes_back_when_the_server_refuses(open_desk: Open, team: Rest) -> None:
    make_ticket(team, "Card that stays")
    desk = open_desk(ANNA, width=1440)
    page = desk.page
    desk.list_where("subject", "=", "Card that stays")
    page.get_by_role("button", name="Board", exact=True).click()
    card = page.get_by_role("region", name="Open").get_by_role("link", name=re.compile("Card that stays"))
    page.route("**/api/method/frappe.client.set_value", lambda route: route.fulfill(status=500, body="{}"))
    card.focus()
    page.keyboard.press("Shift+ArrowRight")
    expect(card).to_be_visible()
    expect(page.get_by_role("region", name="Replied").get_by_role("link")).to_have_count(0)


def test_an_answer_is_sent_and_the_ticket_resolved_with_it(open_desk: Open, team: Rest) -> None:
    team.update("HD Settings", "HD Settings", skip_email_workflow=1)
    ticket = make_ticket(team, "Answer and resolve")
    desk = open_desk(ANNA)
    page = desk.page
    desk.go(f"/tickets/{ticket}")
    page.get_by_role("button", name="Reply", exact=True).click()
    page.locator("[contenteditable=true]").click()
    page.keyboard.type("It is repaired.")
    page.get_by_role("button", name="Send and change the status").click()
    page.get_by_role("menuitem", name="Send and set to Resolved").click()
    expect(page.get_by_role("button", name=re.compile("Change the status: Resolved"))).to_be_visible()
    expect(page.get_by_role("article")).to_have_count(2)
    assert team.get("HD Ticket", ticket)["status"] == "Resolved"


def test_an_answer_the_server_could_not_send_is_still_there(open_desk: Open, team: Rest) -> None:
    ticket = make_ticket(team, "Server trips")
    desk = open_desk(ANNA)
    page = desk.page
    desk.go(f"/tickets/{ticket}")
    page.get_by_role("button", name="Comment", exact=True).click()
    page.locator("[contenteditable=true]").click()
    page.keyboard.type("Long thoughts")
    page.route("**/api/method/run_doc_method", lambda route: route.fulfill(status=500, body="{}"))
    page.keyboard.press("Control+Enter")
    expect(page.get_by_role("button", name="Add comment")).to_be_enabled()
    expect(page.get_by_text("Long thoughts")).to_be_visible()
    page.unroute("**/api/method/run_doc_method")
    page.reload()
    page.get_by_role("button", name="Comment", exact=True).click()
    expect(page.get_by_text("Long thoughts")).to_be_visible()
    page.keyboard.press("Control+Enter")
    expect(page.get_by_role("article", name=re.compile("Internal comment"))).to_be_visible()


def test_offline_is_said_and_what_was_missed_comes_afterwards(open_desk: Open, team: Rest) -> None:
    ticket = make_ticket(team, "Train in a tunnel")
    desk = open_desk(ANNA)
    page = desk.page
    desk.go(f"/tickets/{ticket}")
    expect(page.get_by_role("log")).to_be_visible()
    page.context.set_offline(True)
    expect(page.get_by_text("You are offline")).to_be_visible()
    page.context.set_offline(False)
    expect(page.get_by_text("You are offline")).to_have_count(0)


def test_two_agents_see_each_others_changes(open_desk: Open, team: Rest) -> None:
    ticket = make_ticket(team, "Four hands")
    anna, arne = open_desk(ANNA), open_desk(ARNE)
    anna.go(f"/tickets/{ticket}")
    arne.go(f"/tickets/{ticket}")
    expect(anna.page.get_by_title("Also here: Arne")).to_be_visible()
    arne.page.get_by_label("Priority").select_option("Urgent")
    expect(anna.page.get_by_label("Priority")).to_have_value("Urgent")
    expect(anna.page.get_by_text("Arne changed the priority to Urgent").first).to_be_visible()


def test_several_people_are_ticked_and_saved_together(open_desk: Open, team: Rest) -> None:
    ticket = make_ticket(team, "For both of them")
    for given in team.list("ToDo", filters={"reference_name": ticket}, fields=["allocated_to"]):  # by turns, to anybody
        team.call(
            "frappe.desk.form.assign_to.remove", doctype="HD Ticket", name=ticket, assign_to=given["allocated_to"]
        )
    desk = open_desk(ANNA)
    page = desk.page
    desk.go(f"/tickets/{ticket}")
    expect(page.get_by_role("log")).to_be_visible()
    page.keyboard.press("a")
    page.get_by_role("option", name=re.compile("Anna")).click()
    page.get_by_role("option", name=re.compile("Arne")).click()
    with page.expect_response("**/helpdesk.api.ticket.assign_ticket_to_agent") as saved:
        page.keyboard.press("Escape")
    assert saved.value.ok, saved.value.text()
    assert saved.value.request.post_data_json["agent_id"] == [ANNA, ARNE]
    expect(page.get_by_role("button", name="Unassign Arne")).to_be_visible()
    assert len(team.list("ToDo", filters={"reference_name": ticket, "status": "Open"})) == 2


def test_a_ticket_is_found_by_its_number(open_desk: Open, team: Rest) -> None:
    ticket = make_ticket(team, "Needle")
    desk = open_desk(ANNA)
    desk.go(f"/search?q=%23{ticket}")
    expect(desk.page.get_by_role("link", name=re.compile("Needle")).first).to_be_visible()
