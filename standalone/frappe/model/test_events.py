"""Who hears of an event, in which order, and what handlers may not do (section 5.7)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

import frappe
from frappe.model import events
from frappe.model.testing import make_doctype

pytestmark = pytest.mark.usefixtures("site")

heard: list[tuple[Any, ...]] = []


def own_handler(doc: Any, event: str, *args: Any) -> dict[str, int]:
    heard.append(("own", doc.doctype, event, *args))
    return {"own": 1}


def general_handler(doc: Any, event: str, *args: Any) -> dict[str, int] | None:
    if doc.doctype == "Test Note":
        heard.append(("general", doc.doctype, event, *args))
        return {"general": 2}
    return None


def committing_handler(doc: Any, event: str) -> None:
    frappe.db.commit()


@pytest.fixture(autouse=True)
def quiet() -> None:
    heard.clear()


@pytest.fixture
def hooks(site: Any, monkeypatch: pytest.MonkeyPatch) -> Iterator[dict[str, Any]]:
    make_doctype("Test Note")
    added: dict[str, Any] = {}
    original = frappe.get_hooks

    def get_hooks(hook: str | None = None, default: Any = None, app_name: str | None = None) -> Any:
        return added if hook == "doc_events" else original(hook, [] if default is None else default, app_name)

    monkeypatch.setattr(frappe, "get_hooks", get_hooks)
    yield added


OWN, GENERAL = f"{__name__}.own_handler", f"{__name__}.general_handler"


def test_own_handlers_come_before_those_for_everything(hooks: dict[str, Any]) -> None:
    hooks.update({"*": {"validate": [GENERAL]}, "Test Note": {"validate": [OWN]}})
    frappe.get_doc(doctype="Test Note").insert()
    assert heard == [("own", "Test Note", "validate"), ("general", "Test Note", "validate")]


def test_one_entry_may_name_several_doctypes(hooks: dict[str, Any]) -> None:
    hooks.update({("Test Note", "ToDo"): {"validate": [OWN]}})
    assert events.handlers_of("Test Note", "validate") == (OWN,)
    assert events.handlers_of("ToDo", "validate") == (OWN,)
    assert events.handlers_of("Note", "validate") == ()


def test_answers_are_merged_and_arguments_passed_on(hooks: dict[str, Any]) -> None:
    hooks.update({"*": {"my_event": [GENERAL]}, "Test Note": {"my_event": [OWN]}})
    assert frappe.get_doc(doctype="Test Note").run_method("my_event", "x") == {"own": 1, "general": 2}
    assert heard[0] == ("own", "Test Note", "my_event", "x")


def test_a_handler_cannot_end_the_transaction(hooks: dict[str, Any]) -> None:
    hooks.update({"Test Note": {"on_update": [f"{__name__}.committing_handler"]}})
    frappe.db.commit()
    with pytest.warns(UserWarning, match="ignored"):
        doc = frappe.get_doc(doctype="Test Note").insert()
    frappe.db.rollback()
    assert not frappe.db.exists("Test Note", doc.name)


def test_handlers_are_worked_out_once_while_the_hooks_stay(
    hooks: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    hooks.update({"Test Note": {"validate": [OWN]}})
    events.handlers_of("Test Note", "validate")
    monkeypatch.setattr(events, "_compile", lambda *_args: pytest.fail("compiled twice"))
    assert events.handlers_of("Test Note", "validate") == (OWN,)


def test_changed_hooks_are_seen(hooks: dict[str, Any], monkeypatch: pytest.MonkeyPatch) -> None:
    assert events.handlers_of("Test Note", "validate") == ()
    monkeypatch.setattr(frappe, "get_hooks", lambda *_args, **_kw: {"Test Note": {"validate": [OWN]}})
    assert events.handlers_of("Test Note", "validate") == (OWN,)


def test_a_private_method_is_not_an_event(site: Any) -> None:
    make_doctype("Test Note")
    with pytest.raises(AttributeError):
        frappe.get_doc(doctype="Test Note").run_method("_no_such_thing")
