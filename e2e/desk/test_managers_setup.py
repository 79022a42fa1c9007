"""A manager sets up a team, and the next ticket finds it."""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from typing import Any

import pytest
from playwright.sync_api import expect

from e2e.desk.conftest import ANNA, ARNE, Open, make_ticket
from e2e.rest import Rest
from e2e.team import make_user

pytestmark = pytest.mark.browser
MONA = "mona@helpdesk.test"
TEAM = "Night watch"
RESPONSE, RESOLUTION = timedelta(hours=1), timedelta(hours=5)


@pytest.fixture(scope="module")
def manager(team: Rest) -> Rest:
    make_user(team, MONA, "Mona", "Agent", "Agent Manager")
    if not team.list("HD Agent", filters={"user": MONA}):
        team.insert("HD Agent", user=MONA, agent_name="Mona")
    return team


def settings(page: Any, tab: str) -> Any:
    """Open a tab of the settings and return the dialog."""
    page.keyboard.press("Control+,")
    dialog = page.get_by_role("dialog", name="Settings")
    dialog.get_by_role("searchbox", name="Search settings").fill(tab)
    dialog.get_by_role("navigation").get_by_role("button", name=tab, exact=True).click()
    return dialog


def pick(page: Any, field: Any, value: str) -> None:
    """Choose a record in a link field."""
    field.fill(value)
    page.get_by_role("option", name=value, exact=True).click()


def make_team(page: Any) -> None:
    dialog = settings(page, "Teams")
    dialog.get_by_role("button", name="New").click()
    dialog.get_by_label("Name *").fill(TEAM)
    dialog.get_by_role("button", name="Add a row").click()
    pick(page, dialog.get_by_role("combobox", name="Agent"), ANNA)
    dialog.get_by_role("button", name="Save").click()
    expect(dialog.get_by_role("button", name=TEAM)).to_be_visible()


def make_agreement(page: Any) -> None:
    dialog = settings(page, "SLA")
    dialog.get_by_role("button", name="New").click()
    dialog.get_by_label("Name *").fill("Round the clock")
    condition = dialog.get_by_role("group", name="For tickets that fit")
    condition.get_by_role("button", name="Add a condition").click()
    condition.get_by_label("Field").select_option(label="Team")
    pick(page, condition.get_by_role("combobox", name="Value"), TEAM)
    pick(page, dialog.get_by_role("combobox", name="Holidays"), "Default")
    open_all_week(dialog)
    times = dialog.get_by_role("group", name="Times")
    times.get_by_role("button", name="Add a row").click()
    pick(page, times.get_by_role("combobox", name="Priority"), "High")
    times.get_by_label("First response").fill("1h")
    times.get_by_label("Resolution").fill("5h")
    times.get_by_role("switch", name="Default").click()
    expect(dialog.get_by_text("High: answered by Friday 17:30, resolved by Friday 21:30")).to_be_visible()
    dialog.get_by_role("button", name="Save").click()
    expect(dialog.get_by_role("button", name="Round the clock")).to_be_visible()


def open_all_week(dialog: Any) -> None:
    """Let the seven days be open from midnight to midnight."""
    hours = dialog.get_by_role("group", name="Working hours")
    for day in ("Saturday", "Sunday"):
        hours.get_by_role("button", name="Add a row").click()
        hours.get_by_label("Day").last.select_option(day)
    for row in range(7):
        hours.get_by_label("From").nth(row).fill("00:00:00")
        hours.get_by_label("Until").nth(row).fill("23:59:59")


def make_rule(page: Any) -> None:
    dialog = settings(page, "Assignment rules")
    dialog.get_by_role("button", name="New").click()
    dialog.get_by_label("Name *").fill("Loud ones at night")
    dialog.get_by_label("Which rule comes first").select_option(label="High")
    condition = dialog.get_by_role("group", name="Assign when")
    condition.get_by_role("button", name="Add a condition").click()
    condition.get_by_label("Field").select_option(label="Subject")
    condition.get_by_label("Comparison").select_option(label="contains")
    condition.get_by_role("textbox", name="Value").fill("alarm")
    agents = dialog.get_by_role("group", name="Agents")
    agents.get_by_role("button", name="Add a row").click()
    pick(page, agents.get_by_role("combobox", name="Agent"), ARNE)
    dialog.get_by_role("button", name="Save").click()
    expect(dialog.get_by_role("button", name="Loud ones at night")).to_be_visible()


def moment(text: str) -> datetime:
    """Read a moment to the second; before ten o'clock a time has one digit for the hour."""
    return datetime.strptime(text.partition(".")[0], "%Y-%m-%d %H:%M:%S")


def test_a_new_team_gets_the_next_ticket_with_its_promise(open_desk: Open, manager: Rest) -> None:
    page = open_desk(MONA, width=1440).page
    page.goto("/helpdesk/home")
    expect(page.get_by_role("heading", name="Hello, Mona")).to_be_visible()
    for step in (make_team, make_agreement, make_rule):
        step(page)
        page.keyboard.press("Escape")
        expect(page.get_by_role("dialog")).to_have_count(0)
    number = make_ticket(manager, "The alarm is ringing", agent_group=TEAM, priority="High")
    ticket = manager.get("HD Ticket", number)
    assert ticket["sla"] == "Round the clock"
    todos = manager.list("ToDo", filters={"reference_name": number, "status": "Open"}, fields=["allocated_to"])
    assert [row["allocated_to"] for row in todos] == [ARNE]
    opened = moment(f"{ticket['opening_date']} {ticket['opening_time']}")
    due = (moment(ticket["response_by"]) - opened, moment(ticket["resolution_by"]) - opened)
    # a day of the agreement ends a second before midnight
    assert due[0] - RESPONSE <= timedelta(seconds=1)
    assert due[1] - RESOLUTION <= timedelta(seconds=1)
    assert min(due[0] - RESPONSE, due[1] - RESOLUTION) >= timedelta(0)


def test_a_figure_of_the_dashboard_leads_to_its_tickets(open_desk: Open, manager: Rest) -> None:
    make_ticket(manager, "Counted today", priority="High")
    page = open_desk(MONA, width=1440).page
    page.goto("/helpdesk/dashboard")
    total = page.get_by_role("link", name=re.compile(r"^Tickets \d+ .*Show the tickets$"))
    count = re.search(r"\d+", total.inner_text())
    assert count
    total.click()
    expect(page.get_by_text(f"{count[0]} of {count[0]}")).to_be_visible()


def test_names_between_braces_are_completed_while_one_types(open_desk: Open, manager: Rest) -> None:
    page = open_desk(MONA).page
    page.goto("/helpdesk/home")
    expect(page.get_by_role("heading", name="Hello, Mona")).to_be_visible()
    dialog = settings(page, "Saved replies")
    dialog.get_by_role("button", name="New", exact=True).click()
    text, names = dialog.locator("[contenteditable=true]"), dialog.get_by_role("listbox", name="Names to fill in")
    text.click()
    page.keyboard.type("Dear {{ cont")
    expect(names).to_be_visible()
    page.keyboard.press("Escape")
    expect(names).to_have_count(0)
    expect(dialog).to_be_visible()
    page.keyboard.type("a")
    page.keyboard.press("Enter")
    page.keyboard.type(", about {{ subj")
    names.get_by_role("option").first.click()
    expect(text).to_have_text("Dear {{ ticket.contact }}, about {{ ticket.subject }}")
