"""What is done to many tickets goes on without the page, and says what became of each."""

from __future__ import annotations

import csv
import re

import pytest
from playwright.sync_api import expect

from e2e.desk.conftest import ANNA, CLEO, Open, make_ticket
from e2e.rest import Rest

pytestmark = pytest.mark.browser
MANY = 120


def flooded(rest: Rest) -> None:
    """Cleo writes the same again and again."""
    ticket = {"doctype": "HD Ticket", "description": "<p>It rains in.</p>", "raised_by": CLEO, "priority": "Low"}
    for begin in range(0, MANY, 20):
        numbers = range(begin, begin + 20)
        rest.call("frappe.client.insert_many", docs=[{**ticket, "subject": f"Flood {number}"} for number in numbers])


def test_all_that_match_change_in_the_background_and_are_written_as_a_file(open_desk: Open, team: Rest) -> None:
    flooded(team)
    page = (desk := open_desk(ANNA)).page
    desk.list_where("subject", "like", "%Flood%")
    page.get_by_role("checkbox", name="Select all on this page").click()
    page.get_by_role("button", name=f"Select all {MANY} that match").click()
    bar = page.get_by_role("toolbar", name="Selected tickets")
    expect(bar.get_by_text(f"{MANY} selected")).to_be_visible()
    bar.get_by_role("button", name="Priority").click()
    page.get_by_role("menuitem", name="Urgent").click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_label(f"Type {MANY} to go on").fill(str(MANY))
    dialog.get_by_role("button", name="Change").click()
    expect(bar.get_by_role("progressbar")).to_be_visible()
    page.reload()
    expect(page.get_by_text(f"{MANY} tickets changed", exact=True)).to_be_visible(timeout=120_000)
    expect(page.get_by_role("row").filter(has_text="Urgent")).to_have_count(20)
    flood = [["subject", "like", "%Flood%"], ["priority", "=", "Urgent"]]
    assert team.call("helpdesk.api.doc.get_list_count", doctype="HD Ticket", filters=flood) == MANY

    page.get_by_role("checkbox", name="Select all on this page").click()
    page.get_by_role("button", name=f"Select all {MANY} that match").click()
    bar.get_by_role("button", name="Export").click()
    page.get_by_label("Format").select_option("CSV")
    with page.expect_download() as download:
        page.get_by_role("button", name="Download").click()
    with download.value.path().open(encoding="utf-8-sig", newline="") as file:
        assert len(list(csv.reader(file))) == MANY + 1


def test_words_and_keys_find_the_tickets_that_the_filters_find(open_desk: Open, team: Rest) -> None:
    make_ticket(team, "The zorblax is open", priority="Urgent")
    make_ticket(team, "The zorblax is calm", priority="Low")
    page = (desk := open_desk(ANNA)).page
    desk.go("/tickets")
    search = page.get_by_role("combobox", name="Search in the list")
    search.fill("zorblax prio")
    page.get_by_role("option", name="priority:").click()
    page.get_by_role("option", name="Urgent").click()
    rows = page.get_by_role("row").filter(has_text="zorblax")
    expect(rows).to_have_count(1)
    expect(page.get_by_role("button", name="Filter (2)")).to_be_visible()
    desk.go("/tickets?q=priority:low%20zorblax")
    expect(rows).to_have_text([re.compile("The zorblax is calm")])
