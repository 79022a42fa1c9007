"""Takes the pictures of README and user guide from the really started product with its sample data.

./test screenshots
"""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path
from typing import Any

from playwright.sync_api import sync_playwright

from e2e.conftest import CHROMIUM, CHROMIUM_FLAGS
from e2e.product import ROOT, Product

IMAGES = ROOT / "docs" / "images"
AGENT = "anna@helpdesk.example"
DESKTOP = {"width": 1280, "height": 800}
PHONE = {"width": 390, "height": 800}


def main() -> None:
    IMAGES.mkdir(parents=True, exist_ok=True)
    folder = Path(tempfile.mkdtemp(prefix="helpdesk-pictures-"))
    product = Product(folder / "bench")
    product.set_up()
    product.execute("helpdesk.setup.demo.make")
    product.start()
    try:
        take_all(product)
    finally:
        product.stop()
        shutil.rmtree(folder)


def take_all(product: Product) -> None:
    password = (product.site_path / "demo_password.txt").read_text().strip()
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=CHROMIUM_FLAGS)
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
        browser.close()


def signed_in(browser: Any, product: Product, password: str, viewport: dict[str, int], theme: str) -> Any:
    """A page on the ticket list, as Anna sees it."""
    context = browser.new_context(viewport=viewport)
    context.add_init_script(f"localStorage.setItem('helpdesk-theme', '{theme}')")
    page = context.new_page()
    page.goto(f"{product.url}/login?redirect-to=/helpdesk/tickets")
    page.get_by_label("E-mail").first.fill(AGENT)
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
