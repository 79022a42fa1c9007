"""People with a browser in front of the running product."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest

from e2e.product import PASSWORD, ROOT, Product
from e2e.rest import Rest
from e2e.team import AGENT_PASSWORD, ANNA, ARNE, CLEO, make_agents, make_user

AXE = ROOT / "desk" / "node_modules" / "axe-core" / "axe.min.js"
BUILD = ROOT / "helpdesk" / "public" / "desk" / "index.html"
FIND = """async () => (await axe.run({resultTypes: ['violations']})).violations
  .filter(({impact}) => ['serious', 'critical'].includes(impact))
  .map(({id, nodes}) => id + ': ' + nodes.map(({html}) => html.slice(0, 160)).join(' | '))"""


@dataclass
class Desk:
    """One person's browser page."""

    page: Any
    url: str

    def go(self, path: str) -> None:
        self.page.goto(f"{self.url}/helpdesk{path}")

    def list_where(self, *condition: str) -> None:
        """Open the tickets for which one condition holds, as a link from a dashboard does."""
        self.go(f"/tickets?filters={quote(json.dumps([condition]))}")

    def barriers(self) -> list[str]:
        """Return what keeps people with disabilities out of the page as it is now."""
        if not self.page.evaluate("() => Boolean(window.axe)"):
            self.page.evaluate(AXE.read_text(encoding="utf-8"))
        return list(self.page.evaluate(FIND))


Open = Callable[..., Desk]


@pytest.fixture(scope="module")
def team(admin: Rest) -> Rest:
    """Anna and Arne answer, Cleo asks; her printer burns."""
    make_agents(admin)
    make_user(admin, CLEO, "Cleo", "HD Customer")
    return admin


@pytest.fixture
def fresh_views(team: Rest) -> None:
    """Nobody's list remembers the filters of another test."""
    for view in team.list("HD View", filters={"is_standard": 0}):
        team.delete("HD View", view["name"])


@pytest.fixture
def open_desk(product: Product, browser: Any, fresh_views: None, artefacts: Path, request: Any) -> Iterator[Open]:
    """Return a function that opens the desk for somebody: `open_desk(ANNA, width=390, theme="dark")`."""
    if not BUILD.exists() or not AXE.exists():
        pytest.skip("The desk is not built")
    contexts: list[Any] = []

    def open_for(user: str, *, width: int = 1280, theme: str = "light") -> Desk:
        context = browser.new_context(viewport={"width": width, "height": 800}, base_url=product.url)
        contexts.append(context)
        password = PASSWORD if user == "Administrator" else AGENT_PASSWORD
        answer = context.request.post("/api/method/login", data={"usr": user, "pwd": password})
        assert answer.ok, answer.text()
        page = context.new_page()
        page.set_default_timeout(15_000)
        page.add_init_script(f"localStorage.setItem('helpdesk-theme', '{theme}')")
        return Desk(page, product.url)

    yield open_for
    for number, context in enumerate(contexts):
        for page in context.pages:
            page.screenshot(path=artefacts / f"{request.node.name}-{number}.png")
        context.close()


def make_ticket(rest: Rest, subject: str, **values: Any) -> str:
    """Make a ticket of Cleo's and return its number."""
    made = rest.insert("HD Ticket", subject=subject, description="<p>It really is.</p>", raised_by=CLEO, **values)
    return str(made["name"])


__all__ = ["ANNA", "ARNE", "CLEO", "Desk", "Open", "make_ticket"]
