"""A guest with a phone, without JavaScript: writes, gets the mail, reads the answer, replies, and rates."""

from __future__ import annotations

import http.server
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from e2e.conftest import FAST
from e2e.desk.conftest import AXE, FIND
from e2e.postbox import Postbox, link_in
from e2e.product import Product, free_port
from e2e.rest import Rest
from e2e.team import ANNA, make_agents

pytestmark = pytest.mark.browser
GIL = "gil@guests.example"
# The answer is read under the link: no mailbox is set up to send it from.
OPEN = {"allow_anyone_to_create_tickets": 1, "is_feedback_mandatory": 1, "enable_reply_email_via_agent": 0}
PHONE, DESKTOP = {"width": 390, "height": 800}, {"width": 1280, "height": 800}


@pytest.fixture(scope="module")
def open_house(admin: Rest, postbox: Postbox, product: Product) -> Rest:
    """A help desk that lets everybody write, with an article and an agent."""
    product.configure(**FAST)
    make_agents(admin)
    admin.update("HD Settings", "HD Settings", **OPEN)
    shelf = admin.insert("HD Article Category", category_name="Printing")["name"]
    content = "<p>Hold the red button for ten seconds.</p>"
    admin.insert("HD Article", title="Printer burns", content=content, category=shelf, status="Published")
    return admin


@pytest.fixture
def phone(browser: Any, product: Product) -> Iterator[Page]:
    context = browser.new_context(viewport=PHONE, base_url=product.url, java_script_enabled=False)
    yield context.new_page()
    context.close()


def test_from_the_first_question_to_the_rating(
    phone: Page, open_house: Rest, postbox: Postbox, tmp_path: Path, look: Any
) -> None:
    number = ask(phone, tmp_path, look)
    link = link_in(postbox.next_for(GIL), "/t/")
    answer = "<p>Did you hold the button?</p>"
    open_house.document_method("HD Ticket", number, "new_comment", content="<p>zorblax</p>")
    open_house.document_method("HD Ticket", number, "reply_via_agent", message=answer, to=GIL)
    phone.goto(link)
    expect(phone.get_by_role("article")).to_have_count(2)
    expect(phone.get_by_text("Did you hold the button?")).to_be_visible()
    assert "zorblax" not in phone.content()
    assert ANNA not in phone.content()
    look(phone, "ticket")
    phone.get_by_label("Your message").fill("I did, and it is out.")
    phone.get_by_role("button", name="Send").click()
    expect(phone.get_by_role("article")).to_have_count(3)
    open_house.update("HD Ticket", number, status="Resolved")
    phone.reload()
    look(phone, "resolved")
    phone.get_by_label("4 stars").check()
    phone.get_by_role("button", name="Rate our help").click()
    expect(phone.get_by_role("button", name="Rate our help")).to_have_count(0)
    rated = open_house.get("HD Ticket", number)
    assert (rated["status"], rated["feedback_rating"]) == ("Closed", 0.8)


def ask(page: Page, folder: Path, look: Any) -> str:
    page.goto("/support")
    look(page, "support")
    page.get_by_role("searchbox").fill("printer")
    page.get_by_role("button", name="Search").click()
    expect(page.get_by_role("link", name="Printer burns")).to_be_visible()
    page.get_by_role("link", name="Write to us").click()
    expect(page.get_by_role("heading", name="Perhaps this helps already")).to_be_visible()
    page.get_by_label("Your name").fill("Gil Guest")
    page.get_by_label("Your e-mail address").fill(GIL)
    page.get_by_label("Subject").fill("The printer burns")
    page.get_by_label("Your request").fill("Since this morning.\n\nPlease come.")
    log = folder / "printer.log"
    log.write_text("lp0 on fire")
    page.get_by_label("Files").set_input_files(log)
    look(page, "new")
    page.get_by_role("button", name="Send").click()
    number = page.get_by_text("Your request has the number").inner_text().partition("#")[2].rstrip(".")
    assert "/t/" not in page.content()
    look(page, "sent")
    return number


def test_a_new_link_comes_by_mail(phone: Page, open_house: Rest, postbox: Postbox, look: Any) -> None:
    other = "olga@guests.example"
    ticket = open_house.insert("HD Ticket", subject="Lost link", description="<p>Hi</p>", raised_by=other)["name"]
    phone.goto("/t/no-such-link")
    look(phone, "gone")
    phone.get_by_role("link", name="Ask for a new link").click()
    phone.get_by_label("Number of the request").fill(str(ticket))
    phone.get_by_label("Your e-mail address").fill(other)
    look(phone, "track")
    phone.get_by_role("button", name="Mail me a link").click()
    expect(phone.get_by_role("status")).to_contain_text("we have just sent a link")
    phone.goto(link_in(postbox.next_for(other), "/t/"))
    expect(phone.get_by_role("heading", name="Lost link")).to_be_visible()


@pytest.fixture
def shop(product: Product, open_house: Rest) -> Iterator[str]:
    """A website with the widget on it; returns its address."""
    port = free_port()
    settings = {"widget_enabled": 1, "widget_label": "Questions?", "widget_domains": f"http://127.0.0.1:{port}"}
    open_house.update("HD Settings", "HD Settings", **settings)
    key = open_house.get("HD Settings", "HD Settings")["widget_key"]
    html = f'<h1>Shop</h1><script src="{product.url}/widget.js" data-key="{key}" data-label="Questions?"></script>'

    class Shop(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(200)
            self.send_header("Content-Type", "text/html")
            self.end_headers()
            self.wfile.write(f"<!doctype html><body>{html}</body>".encode())

        def log_message(self, *_args: Any) -> None:
            """Keep quiet."""

    server = http.server.ThreadingHTTPServer(("127.0.0.1", port), Shop)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{port}"
    server.shutdown()
    server.server_close()


@pytest.mark.parametrize("size", [PHONE, DESKTOP], ids=["phone", "desktop"])
def test_a_visitor_of_a_website_writes_through_the_widget(
    browser: Any, shop: str, open_house: Rest, postbox: Postbox, size: dict[str, int], artefacts: Path
) -> None:
    visitor = f"walt-{size['width']}@guests.example"
    page = browser.new_page(viewport=size)
    page.goto(shop)
    page.get_by_role("button", name="Questions?").click()
    frame = page.frame_locator("iframe")
    frame.get_by_role("link", name="Write to us").click()
    page.screenshot(path=artefacts / f"widget-{size['width']}.png")
    frame.get_by_label("Your name").fill("Walt")
    frame.get_by_label("Your e-mail address").fill(visitor)
    frame.get_by_label("Subject").fill("Do you ship?")
    frame.get_by_label("Your request").fill("To the moon")
    frame.get_by_role("button", name="Send").click()
    expect(frame.get_by_text("Your request has the number")).to_be_visible()
    page.keyboard.press("Escape")
    page.get_by_role("button", name="Close").click()
    expect(page.get_by_role("dialog")).to_be_hidden()
    assert link_in(postbox.next_for(visitor), "/t/")
    page.close()


def test_other_websites_do_not_show_the_widget(browser: Any, shop: str, open_house: Rest) -> None:
    open_house.update("HD Settings", "HD Settings", widget_domains="shop.example.com")
    page = browser.new_page()
    refusals: list[str] = []
    page.on("console", lambda message: refusals.append(message.text))
    page.goto(shop)
    page.get_by_role("button", name="Questions?").click()
    page.wait_for_function("() => true")
    expect(page.frame_locator("iframe").get_by_role("link", name="Write to us")).to_have_count(0)
    assert any("frame-ancestors" in text for text in refusals), refusals
    page.close()


@pytest.fixture
def look(browser: Any, product: Product, artefacts: Path) -> Any:
    """Return a function that looks at a page on a phone and on a desktop, light and dark: it fits, and keeps nobody out."""

    def see(page: Page, name: str) -> None:
        for size, scheme in ((PHONE, "dark"), (DESKTOP, "light")):
            context = browser.new_context(viewport=size, color_scheme=scheme, bypass_csp=True)
            shown = context.new_page()
            shown.goto(f"{product.url}/support")
            shown.set_content(page.content())
            shown.screenshot(path=artefacts / f"guest-{name}-{size['width']}-{scheme}.png", full_page=True)
            assert shown.evaluate("document.documentElement.scrollWidth") <= size["width"]
            shown.evaluate(AXE.read_text(encoding="utf-8"))
            assert shown.evaluate(FIND) == []
            context.close()

    return see
