"""No page keeps people with disabilities out: axe finds nothing serious, light and dark, with dialogs open too."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import expect

from e2e.desk.conftest import ANNA, CLEO, Open, make_ticket
from e2e.rest import Rest

pytestmark = pytest.mark.browser
THEMES = ("light", "dark")
AGENT_PAGES = (
    "/home",
    "/dashboard",
    "/reports",
    "/tickets",
    "/tickets/{ticket}",
    "/tickets/new",
    "/search",
    "/kb",
    "/kb/articles/{article}",
    "/customers",
    "/contacts",
    "/nowhere",
)
PORTAL_PAGES = (
    "/my-tickets",
    "/my-tickets/{ticket}",
    "/my-tickets/new",
    "/my-profile",
    "/kb-public",
    "/kb-public/{category}",
    "/kb-public/articles/{article}",
)
GUEST_PAGES = ("/login", "/login#signup", "/kb", "/kb?q=invite", "/kb/categories/{category}", "/kb/articles/{article}")


@pytest.fixture(scope="module")
def places(team: Rest) -> dict[str, str]:
    """A ticket, a category and an article to open."""
    shelf = team.insert("HD Article Category", category_name="Guides")["name"]
    values = {"title": "How to invite people", "content": "<h2>By mail</h2><p>Open the settings.</p>"}
    article = team.insert("HD Article", **values, category=shelf, status="Published")["name"]
    return {"ticket": make_ticket(team, "Seen by everybody"), "category": shelf, "article": article}


def report(found: dict[str, list[str]]) -> None:
    """Fail with one line per barrier, if there is any."""
    lines = [f"{place}: {barrier}" for place, barriers in found.items() for barrier in barriers]
    if lines:
        pytest.fail("\n".join(lines), pytrace=False)


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize(("user", "pages"), [(ANNA, AGENT_PAGES), (CLEO, PORTAL_PAGES)], ids=["agent", "customer"])
def test_no_page_has_a_serious_barrier(
    open_desk: Open, places: dict[str, str], user: str, pages: tuple[str, ...], theme: str
) -> None:
    desk = open_desk(user, theme=theme)
    found = {}
    for path in pages:
        desk.go(path.format(**places))
        desk.page.wait_for_load_state("networkidle")
        found[path] = desk.barriers()
    assert desk.page.evaluate("document.documentElement.dataset.theme") == theme
    report(found)


@pytest.mark.parametrize("theme", THEMES)
def test_no_page_for_guests_has_a_serious_barrier(
    open_desk: Open, places: dict[str, str], theme: str, browser: Any
) -> None:
    desk = open_desk(CLEO)
    desk.page.context.clear_cookies()
    desk.page.emulate_media(color_scheme=theme)
    found = {}
    for path in GUEST_PAGES:
        desk.page.goto(desk.url + path.format(**places))
        found[path] = desk.barriers()
    report(found)


@pytest.mark.parametrize("theme", THEMES)
def test_no_dialog_has_a_serious_barrier(open_desk: Open, places: dict[str, str], theme: str) -> None:
    desk = open_desk("Administrator", theme=theme)
    page = desk.page
    found = {}
    desk.go(f"/tickets/{places['ticket']}")
    expect(page.get_by_role("log")).to_be_visible()
    page.keyboard.press("Control+k")
    expect(page.get_by_role("dialog")).to_be_visible()
    found["palette"] = desk.barriers()
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog")).to_have_count(0)
    page.keyboard.press("Control+,")
    settings = page.get_by_role("dialog")
    expect(settings).to_be_visible()
    tabs = settings.get_by_role("navigation").get_by_role("button")
    expect(tabs.first).to_be_visible()
    for number in range(tabs.count()):
        tabs.nth(number).click()
        page.wait_for_load_state("networkidle")
        found[f"settings, {tabs.nth(number).inner_text()}"] = desk.barriers()
    assert len(found) > 3
    report(found)
