"""Help from a language model in the desk; the model is a server of our own that speaks the same API."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from e2e.desk.conftest import ANNA, CLEO, Desk, Open, make_ticket
from e2e.model_server import Model, model_server
from e2e.product import Product
from e2e.rest import Rest

pytestmark = pytest.mark.browser
KEY = "sk-only-for-the-model"


@pytest.fixture(scope="module")
def model() -> Iterator[Model]:
    with model_server() as serving:
        yield serving


@pytest.fixture(scope="module")
def helped(team: Rest, product: Product, model: Model) -> Rest:
    """A help desk whose operator lets a model on this machine be called; nothing is mailed."""
    product.configure(outgoing_private_hosts=["127.0.0.1"])
    team.update("HD Settings", "HD Settings", skip_email_workflow=1)
    return team


@pytest.fixture
def switched_on(helped: Rest, model: Model) -> Iterator[Rest]:
    values = {"enabled": 1, "base_url": model.url, "model": "small", "api_key": KEY}
    helped.update("HD AI Settings", "HD AI Settings", **values)
    yield helped
    model.status = 200
    model.awake.set()


def picture(page: Page, artefacts: Path, name: str) -> None:
    page.screenshot(path=artefacts / f"ai-{name}.png")


def panel(desk: Desk, ticket: str) -> Page:
    page: Page = desk.page
    desk.go(f"/tickets/{ticket}")
    expect(page.get_by_role("button", name="Summarize", exact=True)).to_be_visible()
    return page


def test_a_manager_sets_it_up_and_tests_it(helped: Rest, model: Model, open_desk: Open, artefacts: Path) -> None:
    ticket = make_ticket(helped, "Nobody helps")
    desk = open_desk("Administrator", width=1440)
    page = desk.page
    desk.go(f"/tickets/{ticket}")
    expect(page.get_by_role("complementary", name="Ticket details")).to_be_visible()
    expect(page.get_by_text("Articles that may help").or_(page.get_by_label("Priority")).first).to_be_visible()
    expect(page.get_by_role("button", name="Summarize")).to_have_count(0)
    page.keyboard.press("Control+,")
    page.get_by_role("button", name="AI", exact=True).click()
    page.get_by_label("Address").fill(model.url)
    page.get_by_label("Model").fill("small")
    page.get_by_label("Key", exact=True).fill(KEY)
    page.get_by_role("switch").click()
    picture(page, artefacts, "settings")
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.get_by_text("Saved", exact=True)).to_be_visible()
    model.status = 401
    page.get_by_role("button", name="Test").click()
    expect(page.get_by_text("The AI service refused the key.").first).to_be_visible()
    model.status = 200
    page.get_by_role("button", name="Test").click()
    expect(page.get_by_text("It answers: Hello from the model.")).to_be_visible()
    picture(page, artefacts, "settings-tested")
    assert desk.barriers() == []
    page.keyboard.press("Escape")
    expect(page.get_by_role("button", name="Summarize", exact=True)).to_be_visible()
    stored = helped.get("HD AI Settings", "HD AI Settings")
    assert KEY not in str(stored)
    assert model.keys[-1] == f"Bearer {KEY}"


def test_a_ticket_is_summarized_and_asked_about(
    switched_on: Rest, model: Model, open_desk: Open, artefacts: Path
) -> None:
    make_ticket(switched_on, "Printer burns on Monday", resolution_details="<p>Toner.</p>")
    ticket = make_ticket(switched_on, "Printer burns on Monday")
    desk = open_desk(ANNA, width=1440)
    page = panel(desk, ticket)
    model.awake.clear()
    page.get_by_role("button", name="Summarize", exact=True).click()
    expect(page.get_by_text("The ticket is being summarized…")).to_be_visible()
    picture(page, artefacts, "waiting")
    page.get_by_role("button", name="Stop").click()
    expect(page.get_by_text("The ticket is being summarized…")).to_have_count(0)
    model.awake.set()
    page.get_by_role("button", name="Summarize", exact=True).click()
    summary = page.get_by_role("region", name="Summary")
    expect(summary).to_contain_text("Cleo's printer burns since Monday.")
    expect(summary).to_contain_text("By AI, may be wrong")
    question = page.get_by_role("textbox", name="Question about this ticket")
    question.fill("Where does the smoke come from?")
    question.press("Enter")
    answer = page.get_by_role("article").filter(has_text="Where does the smoke come from?")
    expect(answer).to_contain_text("The smoke comes from the toner [S1]. It is written nowhere else.")
    expect(answer.get_by_role("link", name=re.compile("Printer burns on Monday"))).to_be_visible()
    picture(page, artefacts, "answer")
    assert desk.barriers() == []
    told = len(model.told)
    page.reload()
    expect(summary).to_contain_text("Cleo's printer burns since Monday.")
    assert len(model.told) == told


def test_suggestions_open_the_usual_dialogs(switched_on: Rest, model: Model, open_desk: Open, artefacts: Path) -> None:
    ticket = make_ticket(switched_on, "Printer burns once more", priority="Low")
    desk = open_desk(ANNA, width=1440)
    page = panel(desk, ticket)
    page.get_by_role("button", name="Suggest what to do").click()
    suggestions = page.get_by_role("region", name="Suggested actions")
    expect(suggestions.get_by_role("listitem")).to_have_count(3)
    picture(page, artefacts, "suggestions")
    suggestions.get_by_role("button", name=re.compile("Escalate")).click()
    expect(page.get_by_label("Reason")).to_have_value("A fire is more than one person's work.")
    page.get_by_role("button", name="Cancel").click()
    page.get_by_role("button", name="Leave").click()
    suggestions.get_by_role("button", name=re.compile("Set the priority to Urgent")).click()
    picture(page, artefacts, "confirm")
    assert switched_on.get("HD Ticket", ticket)["priority"] == "Low"
    page.get_by_role("button", name="Do it").click()
    expect(page.get_by_label("Priority")).to_have_value("Urgent")
    suggestions.get_by_role("button", name=re.compile("Write a reply")).click()
    editor = page.get_by_label("Reply text")
    expect(editor).to_contain_text("please pull the plug and keep away from the smoke.")
    picture(page, artefacts, "draft")
    assert desk.barriers() == []
    page.get_by_role("button", name="Send reply").click()
    expect(page.get_by_text("sent a reply that AI drafted")).to_be_visible()


def test_errors_are_said_and_phones_have_it_all(
    switched_on: Rest, model: Model, open_desk: Open, artefacts: Path
) -> None:
    ticket = make_ticket(switched_on, "Printer burns in the dark")
    desk = open_desk(ANNA, width=390, theme="dark")
    page = desk.page
    desk.go(f"/tickets/{ticket}#details")
    model.status = 503
    page.get_by_role("button", name="Summarize", exact=True).click()
    expect(page.get_by_text("The AI service has trouble of its own.").first).to_be_visible()
    picture(page, artefacts, "phone-error")
    model.status = 200
    page.get_by_role("button", name="Summarize", exact=True).click()
    expect(page.get_by_role("region", name="Summary")).to_contain_text("Nobody has answered yet.")
    page.get_by_role("button", name="Suggest what to do").click()
    page.get_by_role("button", name=re.compile("Write a reply")).click()
    expect(page.get_by_label("Reply text")).to_contain_text("please pull the plug")
    expect(page.get_by_label("Reply text")).to_be_visible()
    picture(page, artefacts, "phone-draft")
    assert desk.barriers() == []
    page.get_by_role("button", name="Send reply").click()
    expect(page.get_by_text("sent a reply that AI drafted")).to_be_visible()


def test_a_ticket_is_made_from_text(switched_on: Rest, model: Model, open_desk: Open, artefacts: Path) -> None:
    desk = open_desk(ANNA, width=1440)
    page = desk.page
    desk.go("/tickets")
    expect(page.get_by_role("heading", name=re.compile("Tickets"))).to_be_visible()
    page.keyboard.press("Control+k")
    command = page.get_by_role("combobox", name=re.compile("Command"))
    expect(command).to_be_focused()
    command.fill("from text")
    page.get_by_role("option", name="Create a ticket from text…").click()
    page.get_by_label("Text", exact=True).fill(f"From: Cleo <{CLEO}>\nThe toner is empty. Please send two.")
    picture(page, artefacts, "from-text")
    assert desk.barriers() == []
    page.get_by_role("button", name="Fill in the form").click()
    expect(page.get_by_label("Subject")).to_have_value("Toner is empty")
    expect(page.get_by_role("combobox", name="Priority")).to_have_value("High")
    expect(page.get_by_role("combobox", name="Requester")).to_have_value(re.compile(re.escape(CLEO)))
    expect(page.get_by_label("Description")).to_contain_text("Please send two.")
    picture(page, artefacts, "from-text-filled")
    assert not switched_on.list("HD Ticket", filters={"subject": "Toner is empty"})
    page.get_by_role("button", name="Send").click()
    expect(page.get_by_role("heading", name=re.compile("Toner is empty"))).to_be_visible()
    (made,) = switched_on.list("HD Ticket", filters={"subject": "Toner is empty"}, fields=["raised_by", "priority"])
    assert made == {"raised_by": CLEO, "priority": "High"}
