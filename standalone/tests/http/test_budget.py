"""How much a warm request may ask of the database."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

BUDGETS = {
    "/api/method/ping": 0,
    "/api/method/frappe.auth.get_logged_user": 0,
    "/api/resource/Letter/Alpha": 2,
    "/api/v2/document/Letter/Alpha": 2,
    "/api/method/frappe.client.get?doctype=Letter&name=Alpha": 2,
    '/api/resource/Letter?fields=["name","pages"]&limit=20': 5,
    '/api/v2/document/Letter?fields=["name","pages"]': 5,
    "/api/method/frappe.client.get_count?doctype=Letter": 2,
    "/api/method/frappe.desk.search.search_link?doctype=Letter&txt=al": 3,
}


@pytest.mark.parametrize("path", BUDGETS)
def test_a_warm_request_stays_within_its_budget(
    as_user: Callable[[str], Any], letters: str, path: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    from frappe import app

    counts: list[int] = []
    original = app.log_request

    def counting(*args: Any) -> None:
        from frappe.context import local

        counts.append(local.db.statement_count)
        original(*args)

    monkeypatch.setattr(app, "log_request", counting)
    client = as_user("anna")
    for _ in range(3):
        assert client.get(path).status_code == 200
    assert counts[-1] <= BUDGETS[path], counts
