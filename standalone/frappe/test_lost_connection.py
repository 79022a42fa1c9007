"""A connection that the server closes: told when something hangs on it, made anew when nothing does."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from typing import Any

import pytest

import frappe
from frappe.app import get_test_client
from frappe.database.mariadb.driver import connect
from frappe.desk.doctype.todo.todo import ToDo
from frappe.testing.services import from_environment
from frappe.testing.sites import PASSWORD, TestBench

pytestmark = [pytest.mark.slow] if from_environment().missing() is None else [pytest.mark.parametrize("served", [])]
"""Without MariaDB and Redis there is nothing to run."""


def kill_connections() -> None:
    """Close the connections of the site's user, as an administrator may do at any time."""
    with closing(connect(from_environment().root())) as root, root.cursor() as cursor:
        cursor.execute("select id from information_schema.processlist where user = %s", (frappe.conf.db_user,))
        for (id,) in cursor.fetchall():
            cursor.execute(f"kill connection {int(id)}")


@pytest.fixture
def todo(served: TestBench) -> Iterator[Any]:
    doc = frappe.get_doc({"doctype": "ToDo", "description": "Before"}).insert()
    frappe.db.commit()
    yield doc


def test_a_transaction_that_has_not_begun_does_not_notice(todo: Any) -> None:
    kill_connections()
    assert frappe.db.get_value("ToDo", todo.name, "description") == "Before"


def test_a_transaction_in_the_middle_is_told_and_its_second_half_never_kept(todo: Any) -> None:
    todo.db_set("description", "First half")
    kill_connections()
    with pytest.raises(frappe.db.OperationalError, match="nothing was saved"):
        todo.db_set("priority", "High")
    with pytest.raises(frappe.exceptions.DatabaseAwayError):
        todo.db_set("priority", "Low")
    with pytest.raises(frappe.exceptions.DatabaseAwayError):
        frappe.db.commit()
    frappe.db.rollback()
    todo.reload()
    assert (todo.description, todo.priority) == ("Before", "Medium")


def test_a_savepoint_does_not_hide_the_loss(todo: Any) -> None:
    frappe.db.savepoint("here")
    todo.db_set("description", "First half")
    kill_connections()
    with pytest.raises(frappe.exceptions.DatabaseAwayError):
        todo.db_set("priority", "High")
    with pytest.raises(frappe.exceptions.DatabaseAwayError):
        frappe.db.rollback(save_point="here")
    frappe.db.rollback()


def test_a_commit_that_nobody_answers_says_that_it_is_not_certain(todo: Any) -> None:
    todo.db_set("description", "Perhaps")
    kill_connections()
    with pytest.raises(frappe.exceptions.DatabaseAwayError, match="Look whether your change is there"):
        frappe.db.commit()
    frappe.db.rollback()
    assert frappe.db.get_value("ToDo", todo.name, "description") == "Before"


def test_a_server_that_is_away_is_told_in_words(served: TestBench) -> None:
    from frappe.database.mariadb.database import MariaDBDatabase

    nowhere = MariaDBDatabase(host="127.0.0.1", port=1, user="nobody", name="none")
    with pytest.raises(frappe.exceptions.DatabaseAwayError, match="cannot be reached"):
        nowhere.sql("select 1")
    nowhere.rollback()
    nowhere.close()


def test_a_request_during_the_loss_answers_503_and_the_next_one_works(
    todo: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    client = get_test_client()
    client.post("/api/method/login", json={"usr": "Administrator", "pwd": PASSWORD})
    monkeypatch.setattr(ToDo, "on_update", lambda doc: kill_connections())
    path = f"/api/resource/ToDo/{todo.name}"
    answer = client.put(path, json={"description": "During"})
    assert answer.status_code == 503
    assert "Try again" in answer.text
    monkeypatch.undo()
    assert client.put(path, json={"description": "After"}).status_code == 200
    assert frappe.db.get_value("ToDo", todo.name, "description") == "After"
