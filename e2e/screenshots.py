"""Takes the pictures of README and user guide, and one of every page as an artefact, from the started product.

./test screenshots            all of them
./test screenshots --guide    only those of README and user guide

Pictures of every page – desktop, phone, dark – go to e2e/artefacts/pages (or to $HELPDESK_ARTEFACTS/pages).
"""

from __future__ import annotations

import os
import shutil
import sys
import tempfile
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from playwright.sync_api import sync_playwright

from e2e.conftest import CHROMIUM, CHROMIUM_FLAGS
from e2e.product import ROOT, Product

IMAGES = ROOT / "docs" / "images"
PAGES = Path(os.environ.get("HELPDESK_ARTEFACTS", ROOT / "e2e" / "artefacts")) / "pages"
AGENT, MANAGER, CUSTOMER = "anna@helpdesk.example", "mona@helpdesk.example", "cleo@alder.example"
DESKTOP = {"width": 1280, "height": 800}
PHONE = {"width": 390, "height": 800}
LOOKS = {"desktop": (DESKTOP, "light"), "phone": (PHONE, "light"), "dark": (DESKTOP, "dark")}
AGENT_PAGES = (
    *("home", "dashboard", "reports", "tickets", "tickets/new", "search", "kb", "customers", "contacts"),
    "notifications",
)
CUSTOMER_PAGES = ("my-tickets", "my-tickets/new", "my-profile", "kb-public")
GUEST_PAGES = ("login", "login#signup", "login#forgot", "kb")


def main() -> None:
    IMAGES.mkdir(parents=True, exist_ok=True)
    folder = Path(tempfile.mkdtemp(prefix="helpdesk-pictures-"))
    product = Product(folder / "bench")
    product.set_up()
    product.execute("helpdesk.setup.demo.make")
    settings = {"doctype": "HD Settings", "name": "HD Settings"}
    product.execute("frappe.client.set_value", **settings, fieldname="allow_anyone_to_create_tickets", value=1)
    product.start()
    try:
        take_all(product)
        if "--guide" not in sys.argv:
            take_every_page(product)
    finally:
        product.stop()
        shutil.rmtree(folder)


def take_all(product: Product) -> None:
    password = (product.site_path / "demo_password.txt").read_text().strip()
    with sync_playwright() as playwright:
        browser: Any = playwright.chromium.launch(executable_path=CHROMIUM, args=CHROMIUM_FLAGS)
        page = signed_in(browser, product, password, DESKTOP, "light")
        shoot(page, "tickets")
        open_a_conversation(page)
        shoot(page, "ticket")
        page.keyboard.press("r")
        page.get_by_role("button", name="Send reply").wait_for()
        shoot(page, "reply")
        dark = signed_in(browser, product, password, DESKTOP, "dark")
        open_a_conversation(dark)
        shoot(dark, "ticket-dark")
        phone = signed_in(browser, product, password, PHONE, "light")
        shoot(phone, "tickets-phone")
        customer = signed_in(browser, product, password, DESKTOP, "light", CUSTOMER, "my-tickets")
        shoot(customer, "portal")
        take_the_customers_ticket(customer)
        take_what_managers_do(signed_in(browser, product, password, DESKTOP, "light", MANAGER), product)
        take_the_guests_form(browser.new_page(viewport=DESKTOP, color_scheme="light"), product)
        browser.close()


def take_the_customers_ticket(page: Any) -> None:
    """A ticket that is solved, as we say: the page asks whether it is."""
    page.get_by_role("row").filter(has_text="Resolved").get_by_role("link").first.click()
    page.get_by_role("region", name="Is it solved?").wait_for()
    shoot(page, "portal-ticket")


def take_what_managers_do(page: Any, product: Product) -> None:
    page.goto(f"{product.url}/helpdesk/dashboard")
    page.locator("[_echarts_instance_]").nth(1).wait_for()
    shoot(page, "dashboard")
    page.goto(f"{product.url}/helpdesk/kb")
    shoot(page, "kb-manage")
    page.goto(f"{product.url}/helpdesk/customers")
    page.get_by_role("row").nth(1).get_by_role("link").first.click()
    page.get_by_role("tab", name="Contacts").click()
    shoot(page, "customer")
    page.keyboard.press("Control+,")
    dialog = page.get_by_role("dialog", name="Settings")
    tabs = dialog.get_by_role("navigation")
    tabs.get_by_role("button", name="Mailboxes").click()
    dialog.get_by_role("button", name="New", exact=True).click()
    shoot(page, "settings-mailboxes")
    tabs.get_by_role("button", name="SLA").click()
    dialog.get_by_role("listitem").get_by_role("button").first.click()
    dialog.get_by_role("region", name="Example").wait_for()
    shoot(page, "settings-sla")


def take_the_guests_form(page: Any, product: Product) -> None:
    """The form for everybody, with the article that may answer already."""
    page.goto(f"{product.url}/support/new?subject=Signing+in+without+a+password")
    shoot(page, "guest-form")


def take_every_page(product: Product) -> None:
    """One picture of each page in each look, to be looked at."""
    PAGES.mkdir(parents=True, exist_ok=True)
    password = (product.site_path / "demo_password.txt").read_text().strip()
    with sync_playwright() as playwright:
        browser: Any = playwright.chromium.launch(executable_path=CHROMIUM, args=CHROMIUM_FLAGS)
        for look, (viewport, theme) in LOOKS.items():
            manager = signed_in(browser, product, password, viewport, theme, MANAGER)
            take_pages(manager, product, [f"helpdesk/{page}" for page in AGENT_PAGES], look)
            for listed in ("tickets", "customers", "contacts"):
                take_first_of(manager, product, listed, look)
            customer = signed_in(browser, product, password, viewport, theme, CUSTOMER, "my-tickets")
            take_pages(customer, product, [f"helpdesk/{page}" for page in CUSTOMER_PAGES], look)
            take_first_of(customer, product, "my-tickets", look)
            guest = browser.new_context(viewport=viewport, color_scheme=theme).new_page()
            take_pages(guest, product, GUEST_PAGES, look)
        browser.close()
    print(f"pictures of every page: {PAGES}")


def take_pages(page: Any, product: Product, paths: Iterable[str], look: str) -> None:
    for path in paths:
        page.goto(f"{product.url}/{path}")
        page.wait_for_load_state("networkidle")
        name = path.removeprefix("helpdesk/").replace("/", "-").replace("#", "-")
        page.screenshot(path=PAGES / f"{name}-{look}.png")


def take_first_of(page: Any, product: Product, listed: str, look: str) -> None:
    """Open the first record of a list, and take it."""
    page.goto(f"{product.url}/helpdesk/{listed}")
    page.get_by_role("row").nth(1).get_by_role("link").first.click()
    page.wait_for_url(f"**/{listed}/*")
    page.wait_for_load_state("networkidle")
    page.screenshot(path=PAGES / f"{listed}-one-{look}.png")


def signed_in(
    browser: Any,
    product: Product,
    password: str,
    viewport: dict[str, int],
    theme: str,
    user: str = AGENT,
    path: str = "tickets",
) -> Any:
    """A page on a ticket list, as somebody sees it."""
    context = browser.new_context(viewport=viewport)
    context.add_init_script(f"localStorage.setItem('helpdesk-theme', '{theme}')")
    page = context.new_page()
    page.goto(f"{product.url}/login?redirect-to=/helpdesk/{path}")
    page.get_by_label("E-mail").first.fill(user)
    page.get_by_label("Password", exact=True).fill(password)
    page.get_by_role("button", name="Log In").click()
    page.get_by_role("row").nth(5).wait_for()
    return page


def open_a_conversation(page: Any) -> None:
    """Open the first ticket on the list that waits for its customer: it has been answered."""
    page.get_by_role("row").filter(has_text="Replied").get_by_role("link").first.click()
    page.get_by_role("article").nth(1).wait_for()


def shoot(page: Any, name: str) -> None:
    page.wait_for_load_state("networkidle")
    page.screenshot(path=IMAGES / f"{name}.png")
    print(f"docs/images/{name}.png")


if __name__ == "__main__":
    main()
