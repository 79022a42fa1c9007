"""How much a warm request may ask of the database – and never what a DocType or a role is."""

from __future__ import annotations

import itertools
import re
from collections.abc import Callable
from typing import Any

import pytest
from frappe.database.connection import Connection

from .conftest import PASSWORD

READS = {
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
numbers = itertools.count()


def log_in(client: Any) -> Any:
    return client.post("/api/method/login", data={"usr": "anna@example.com", "pwd": PASSWORD})


def insert(client: Any) -> Any:
    values = {"subject": f"Letter {next(numbers)}", "lines": [{"text": "One"}, {"text": "Two"}]}
    return client.post("/api/resource/Letter", json=values)


def save(client: Any) -> Any:
    return client.put("/api/resource/Letter/Alpha", json={"body": f"Text {next(numbers)}"})


def insert_and_delete(client: Any) -> Any:
    name = insert(client).json["data"]["name"]
    return client.delete(f"/api/resource/Letter/{name}")


WRITES = {log_in: 11, insert: 2, save: 5, insert_and_delete: 23}
OF_META = re.compile(
    r"\btab(DocType|DocField|DocPerm|Custom Field|Custom DocPerm|Property Setter|Has Role|Role|DocType Link)\b"
)


@pytest.fixture
def statements(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What is asked of the database, as it is asked."""
    asked: list[str] = []
    original = Connection._count

    def note(self: Connection, statement: Any, values: Any) -> None:
        asked.append(statement.text)
        original(self, statement, values)

    monkeypatch.setattr(Connection, "_count", note)
    return asked


@pytest.mark.parametrize("path", READS)
def test_a_warm_read_stays_within_its_budget(
    as_user: Callable[[str], Any], letters: str, path: str, statements: list[str]
) -> None:
    client = as_user("anna")
    for _ in range(3):
        statements.clear()
        assert client.get(path).status_code == 200
    assert len(statements) <= READS[path], statements
    assert not any(map(OF_META.search, statements)), statements


@pytest.mark.parametrize("act", WRITES, ids=lambda act: act.__name__)
def test_a_warm_write_stays_within_its_budget(
    as_user: Callable[[str], Any], letters: str, act: Callable[[Any], Any], statements: list[str]
) -> None:
    client = as_user("anna")
    for _ in range(3):
        statements.clear()
        answer = act(client)
        assert answer.status_code in (200, 202), answer.text
    assert len(statements) <= WRITES[act], statements
    assert not any(map(OF_META.search, statements)), statements
