"""How long the desk takes from a key or a click to the next paint, with the sample data, in a real browser.

    .venv/bin/python -m benchmarks.interactions

Each interaction is done several times; the browser's own event timing says how long until the paint that follows.
Nothing here passes or fails: machines differ, and the table in README.md is what to compare.
"""

from __future__ import annotations

import shutil
import statistics
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

from playwright.sync_api import expect, sync_playwright

from e2e.conftest import CHROMIUM, CHROMIUM_FLAGS
from e2e.product import Product
from e2e.screenshots import DESKTOP, signed_in

TABLE = Path(__file__).with_name("README.md")
BEGIN, END = "<!-- interactions -->", "<!-- end of interactions -->"
TIMES = 7
WATCH = """() => {
  window.paints = []
  new PerformanceObserver((list) => {
    for (const {interactionId, duration} of list.getEntries()) if (interactionId) window.paints.push(duration)
  }).observe({type: 'event', durationThreshold: 16, buffered: false})
}"""
"""The browser reports in steps of 8 ms, and nothing below 16 ms: such an interaction counts as 16 ms."""
SHORTEST = 16.0


def open_ticket(page: Any) -> None:
    page.get_by_role("row").nth(3).get_by_role("link").first.click()
    expect(page.get_by_role("log")).to_be_visible()


def back_to_list(page: Any) -> None:
    page.go_back()
    page.get_by_role("row").nth(5).wait_for()


def open_palette(page: Any) -> None:
    page.keyboard.press("Control+k")
    expect(page.get_by_role("dialog")).to_be_visible()


def close_dialog(page: Any) -> None:
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog")).to_have_count(0)


def switch_view(page: Any) -> None:
    page.locator("#sidebar").get_by_role("link", name="SLA").first.click()
    page.wait_for_url(lambda address: "view=" in address)


def filter_by_status(page: Any) -> None:
    page.get_by_role("row").get_by_role("button", name="Open", exact=True).first.click()
    expect(page.get_by_role("button", name="Filter (1)")).to_be_visible()


def clear_filters(page: Any) -> None:
    page.get_by_role("button", name="Clear filters").first.click()
    expect(page.get_by_role("button", name="Filter", exact=True)).to_be_visible()
    page.get_by_role("row").nth(5).wait_for()


def sort_by_subject(page: Any) -> None:
    head = page.get_by_role("columnheader", name="Subject")
    before = head.get_attribute("aria-sort")
    head.get_by_role("button").click()
    expect(head).not_to_have_attribute("aria-sort", before or "none")


def tick_the_marked_row(page: Any) -> None:
    page.keyboard.press("x")
    expect(page.get_by_role("toolbar", name="Selected tickets")).to_be_visible()


def untick_the_marked_row(page: Any) -> None:
    page.keyboard.press("x")
    expect(page.get_by_role("toolbar", name="Selected tickets")).to_have_count(0)


def change_in_place(key: str) -> Callable[[Any], None]:
    """Return what gives the marked row another value, as a hand on the keyboard does."""

    def change(page: Any) -> None:
        page.keyboard.press(key)
        other = page.locator("[role=menuitemradio][aria-checked=false]").first
        value = other.inner_text()
        other.press("Enter")
        expect(page.locator("[data-marked]")).to_contain_text(value)

    return change


def stay(page: Any) -> None:
    page.get_by_role("row").nth(5).wait_for()


def open_status_menu(page: Any) -> None:
    page.keyboard.press("s")
    expect(page.get_by_role("menu").or_(page.get_by_role("listbox")).first).to_be_visible()


def close_menu(page: Any) -> None:
    page.keyboard.press("Escape")
    expect(page.get_by_role("menu").or_(page.get_by_role("listbox"))).to_have_count(0)


def measured(page: Any, act: Callable[[Any], None], undo: Callable[[Any], None]) -> list[float]:
    """Do something several times, each from the same beginning; return the time to the next paint of each."""
    found = []
    for _number in range(TIMES):
        page.evaluate(WATCH)
        act(page)
        # two frames later the browser has told about the paint
        page.evaluate("() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))")
        found.append(max([SHORTEST, *page.evaluate("window.paints")]))
        undo(page)
    return found


def measure(page: Any) -> dict[str, list[float]]:
    figures = {
        "open a ticket from the list": measured(page, open_ticket, back_to_list),
        "open the command palette": measured(page, open_palette, close_dialog),
        "switch to another view": measured(page, switch_view, back_to_list),
        "filter the list by a click": measured(page, filter_by_status, clear_filters),
        "sort the list": measured(page, sort_by_subject, stay),
    }
    page.keyboard.press("j")
    figures["tick a row"] = measured(page, tick_the_marked_row, untick_the_marked_row)
    figures["change a status in the list"] = measured(page, change_in_place("s"), stay)
    figures["change a priority in the list"] = measured(page, change_in_place("p"), stay)
    open_ticket(page)
    figures["open the status menu of a ticket"] = measured(page, open_status_menu, close_menu)
    return figures


def write_table(figures: dict[str, list[float]]) -> None:
    """Put the figures into the README, in place of the ones before."""
    lines = [f"| interaction | median to next paint | longest of {TIMES} |", "|---|---:|---:|"]
    lines += [f"| {what} | {statistics.median(ms):.0f} ms | {max(ms):.0f} ms |" for what, ms in figures.items()]
    text = TABLE.read_text(encoding="utf-8")
    before, _, rest = text.partition(BEGIN)
    _, _, after = rest.partition(END)
    TABLE.write_text(f"{before}{BEGIN}\n\n" + "\n".join(lines) + f"\n\n{END}{after}", encoding="utf-8")


def main() -> None:
    folder = Path(tempfile.mkdtemp(prefix="helpdesk-interactions-"))
    product = Product(folder / "bench")
    product.set_up()
    product.execute("helpdesk.setup.demo.make")
    product.start()
    try:
        password = (product.site_path / "demo_password.txt").read_text().strip()
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=CHROMIUM, args=CHROMIUM_FLAGS)
            page = signed_in(browser, product, password, DESKTOP, "light")
            figures = measure(page)
            browser.close()
    finally:
        product.stop()
        shutil.rmtree(folder)
    for what, ms in figures.items():
        print(f"{what}: {sorted(ms)}")
    write_table(figures)


if __name__ == "__main__":
    main()
