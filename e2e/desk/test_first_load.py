"""What a browser must fetch before somebody can work."""

from __future__ import annotations

import gzip
from typing import Any

import pytest
from playwright.sync_api import expect

from e2e.desk.conftest import ANNA, CLEO, Open, make_ticket
from e2e.rest import Rest

pytestmark = pytest.mark.browser
MOST = 225_000
"""Bytes of compressed JavaScript for the first page."""


@pytest.mark.parametrize(("user", "path"), [(ANNA, "/tickets"), (CLEO, "/my-tickets")], ids=["agent", "customer"])
def test_the_list_loads_at_most_225_kb_of_javascript(open_desk: Open, team: Rest, user: str, path: str) -> None:
    make_ticket(team, "First of all")
    desk = open_desk(user)
    scripts: dict[str, int] = {}

    def note(response: Any) -> None:
        if response.request.resource_type == "script" or response.url.endswith(".js"):
            scripts[response.url.rpartition("/")[2]] = len(gzip.compress(response.body(), 6))

    desk.page.on("response", note)
    desk.go(path)
    expect(desk.page.get_by_role("link", name="First of all").first).to_be_visible()
    desk.page.wait_for_load_state("networkidle")
    largest = sorted(scripts.items(), key=lambda item: -item[1])[:8]
    assert scripts
    assert not [name for name in scripts if name.startswith(("editor", "charts"))]
    assert sum(scripts.values()) <= MOST, largest
