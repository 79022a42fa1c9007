"""Telephoning from the desk, on a site with the app that stands in for telephony (`e2e/apps`)."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from e2e.desk.conftest import ANNA, CLEO, Desk, Open, make_ticket
from e2e.product import ROOT, SITE, Product, wait_for
from e2e.rest import Rest

pytestmark = pytest.mark.browser
PATH = f"{ROOT / 'e2e' / 'apps'}{os.pathsep}{os.environ.get('PYTHONPATH', '')}"
NUMBER = "+49-30123456"


@pytest.fixture(scope="module")
def product(template_site: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Product]:
    """The running product with the telephony app."""
    running = Product(tmp_path_factory.mktemp("calls") / "bench")
    running.copy_of(template_site)
    sites = running.bench / "sites"
    with (sites / "apps.txt").open("a") as apps:
        apps.write("telephony\n")
    install = [sys.executable, "-m", "frappe.cli", "--site", SITE, "install-app", "telephony"]
    subprocess.run(install, cwd=sites, check=True, env={**os.environ, "PYTHONPATH": PATH}, stdout=subprocess.DEVNULL)
    running.start(PYTHONPATH=PATH)
    try:
        yield running
    finally:
        running.stop()


@pytest.fixture(scope="module")
def callers(team: Rest) -> Rest:
    """Anna may telephone, and Cleo has a number."""
    team.update("User", ANNA, roles=[{"role": role} for role in ("Agent", "TP Agent")])
    (contact,) = wait_for("Cleo's contact", lambda: team.list("Contact", filters={"email_id": CLEO}))
    team.update("Contact", contact["name"], phone_nos=[{"phone": NUMBER, "is_primary_phone": 1}])
    return team


def watched(desk: Desk) -> list[str]:
    """Return a list to which everything is added that the browser complains about."""
    complaints: list[str] = []
    desk.page.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
    desk.page.on("pageerror", lambda error: complaints.append(str(error)))
    return complaints


def picture(page: Page, artefacts: Path, name: str) -> None:
    page.screenshot(path=artefacts / f"calls-{name}.png")


def report(admin: Rest, call: str, **said: Any) -> None:
    """Let Exotel tell what a call does."""
    admin.call("telephony.exotel.handler.handle_request", CallSid=call, **said)


def last_call(admin: Rest) -> str:
    return str(admin.list("TP Call Log", order_by="creation desc")[0]["name"])


def test_an_administrator_connects_a_provider(callers: Rest, open_desk: Open, artefacts: Path) -> None:
    desk = open_desk("Administrator")
    page = desk.page
    desk.go("/tickets")
    expect(page.get_by_role("heading", name=re.compile("Tickets"))).to_be_visible()
    expect(page.get_by_role("link", name="Call logs")).to_have_count(0)
    page.keyboard.press("Control+,")
    page.get_by_role("button", name="Telephony").click()
    form = page.get_by_role("form", name="Exotel")
    for field, value in {"Account SID": "helpdesk1", "Subdomain": "api.exotel.com", "API Key": "key"}.items():
        form.get_by_label(field, exact=True).fill(value)
    form.get_by_label("API Token").fill("a wrong one")
    form.get_by_label("Enabled").click()
    form.get_by_role("button", name="Save").click()
    expect(form.get_by_role("alert")).to_contain_text("does not know this account")
    picture(page, artefacts, "settings")
    form.get_by_label("API Token").fill("a token that works")
    form.get_by_role("button", name="Save").click()
    expect(page.get_by_text("Saved", exact=True)).to_be_visible()
    assert desk.barriers() == []
    page.keyboard.press("Escape")
    expect(page.get_by_role("link", name="Call logs")).to_be_visible()


def test_a_call_is_logged_by_hand(callers: Rest, open_desk: Open, artefacts: Path) -> None:
    ticket = make_ticket(callers, "Paper is jammed")
    desk = open_desk(ANNA, width=1440)
    complaints = watched(desk)
    page = desk.page
    desk.go(f"/tickets/{ticket}#call")
    page.get_by_role("button", name="Log a call").click()
    dialog = page.get_by_role("dialog", name="Log a call")
    expect(dialog.get_by_label("Their number")).to_have_value(NUMBER)
    dialog.get_by_label("Duration").fill("5m 30s")
    dialog.get_by_role("textbox", name="Note").fill("Tray two")
    picture(page, artefacts, "log-by-hand")
    dialog.get_by_role("button", name="Log it").click()
    card = page.get_by_role("article", name="Incoming call")
    expect(card).to_contain_text("Cleo called Anna")
    expect(card).to_contain_text("5m 30s")
    expect(card).to_contain_text("Tray two")
    picture(page, artefacts, "timeline")
    page.get_by_role("link", name="Call logs").click()
    row = page.get_by_role("row", name=re.compile("Cleo"))
    expect(row).to_contain_text("5m 30s")
    picture(page, artefacts, "list")
    row.get_by_role("link").click()
    dialog = page.get_by_role("dialog", name="Call", exact=True)
    expect(dialog.get_by_role("link", name=re.compile("Paper is jammed"))).to_be_visible()
    picture(page, artefacts, "details")
    assert desk.barriers() == []
    assert complaints == []


def test_a_call_by_exotel(callers: Rest, open_desk: Open, artefacts: Path) -> None:
    ticket = make_ticket(callers, "Nobody answers mails")
    callers.insert("TP Telephony Agent", user=ANNA, mobile_no="+49301")
    desk = open_desk(ANNA, width=1440)
    complaints = watched(desk)
    page = desk.page
    desk.go(f"/tickets/{ticket}")
    page.get_by_role("button", name=f"Call {NUMBER}").click()
    popup = page.get_by_role("region", name="Call with Cleo")
    expect(popup.get_by_text("Pick up your phone.")).to_be_visible()
    picture(page, artefacts, "dialling")
    call = last_call(callers)
    going_out = {"Direction": "outbound-api", "To": NUMBER}
    report(callers, call, EventType="answered", Status="in-progress", **going_out)
    expect(popup.get_by_role("timer")).to_be_visible()
    popup.get_by_role("button", name="Make it small").click()
    pill = page.get_by_role("button", name="Show the call with Cleo")
    expect(pill).to_contain_text("0:")
    picture(page, artefacts, "pill")
    pill.click()
    popup.get_by_label("Note").fill("Mail is back")
    report(callers, call, EventType="terminal", Status="completed", ConversationDuration=42, **going_out)
    expect(popup.get_by_text("Ended")).to_be_visible()
    card = page.get_by_role("article", name="Outgoing call")
    expect(card).to_contain_text("42s")
    picture(page, artefacts, "ended")
    assert desk.barriers() == []
    popup.get_by_role("button", name="Save the note").click()
    expect(popup).to_have_count(0)
    expect(card).to_contain_text("Anna called Cleo")
    expect(card).to_contain_text("Mail is back")
    assert complaints == []


@pytest.mark.parametrize(("width", "theme"), [(1280, "dark"), (390, "light")])
def test_a_call_that_comes_in(callers: Rest, open_desk: Open, artefacts: Path, width: int, theme: str) -> None:
    desk = open_desk(ANNA, width=width, theme=theme)
    page = desk.page
    desk.go("/call-logs")
    expect(page.get_by_role("table", name="Call logs").or_(page.get_by_text("No calls yet"))).to_be_visible()
    call = f"in-{theme}"
    coming_in = {"Direction": "incoming", "CallFrom": NUMBER, "CallTo": "+4930999", "AgentEmail": ANNA}
    with page.expect_response("**/telephony.api.get_contact_by_phone_number"):
        report(callers, call, CallType="call-attempt", **coming_in)
    popup = page.get_by_role("region", name="Call with Cleo")
    expect(popup.get_by_role("status")).to_contain_text("Incoming call")
    picture(page, artefacts, f"incoming-{theme}")
    grip = popup.get_by_role("button", name=re.compile("Move the call window"))
    before = popup.bounding_box()
    grip.press("ArrowUp")
    after = popup.bounding_box()
    assert before and after and after["y"] == before["y"] - 24
    report(callers, call, CallType="completed", DialCallStatus="no-answer", **coming_in)
    expect(popup.get_by_text("Missed")).to_be_visible()
    assert desk.barriers() == []
    popup.get_by_role("button", name="Done").click()
    expect(popup).to_have_count(0)
