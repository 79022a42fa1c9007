"""Conditions in the sandbox."""

from __future__ import annotations

from typing import Any

import pytest

import frappe
from frappe.utils import safe_exec

TICKET = frappe._dict(status="Open", priority="High", amount=3, _assign="[]")


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        ("doc.status == 'Open' and doc.amount > 2", True),
        ("doc['priority'] in ('High', 'Urgent')", True),
        ("round(doc.amount / 2.0, 1)", 1.5),
        ("[x * 2 for x in (1, 2)]", [2, 4]),
        ("int('7') + int(float('1.9'))", 8),
        ("doc.ſtatus", "Open"),
    ],
)
def test_conditions_are_answered(code: str, expected: object) -> None:
    assert safe_exec.safe_eval(code, {"doc": TICKET}) == expected


def test_names_may_come_as_locals_or_from_a_document() -> None:
    assert safe_exec.safe_eval("status == 'Open'", None, dict(TICKET))


@pytest.mark.parametrize(
    "name", ["len('x')", "str(1)", "any([1])", "open('x')", "__import__('os')", "sum([1])", "print(1)"]
)
def test_there_are_no_builtins(name: str) -> None:
    with pytest.raises((NameError, SyntaxError)):
        safe_exec.safe_eval(name)


@pytest.mark.parametrize(
    "code",
    [
        "doc.__class__", "doc._assign", "doc['_assign']", "doc['_' + 'assign']", "(a := 1)", "'{0.x}'.format(doc)",
        "''.format_map", "().__class__.__mro__", "lambda: ().__class__", "import os", "doc.status = 1", "x; y", "",
        "(lambda: 1).__code__", "[c for c in ().__class__.__base__.__subclasses__()]", "f'{doc.__class__}'",
        "(x for x in [1]).gi_frame", "1 +", "1" * 20_000,
    ],
)  # fmt: skip
def test_ways_out_are_refused(code: str) -> None:
    with pytest.raises(SyntaxError):
        safe_exec.safe_eval(code, {"doc": TICKET})


def test_modules_may_not_be_walked_through() -> None:
    import os

    with pytest.raises(SyntaxError, match="module os"):
        safe_exec.safe_eval("os.path", {"os": os})


def test_the_same_condition_is_compiled_once() -> None:
    safe_exec._compile_expression.cache_clear()
    for amount in range(5):
        safe_exec.safe_eval("doc.amount > 2", {"doc": frappe._dict(amount=amount)})
    assert safe_exec._compile_expression.cache_info().misses == 1


@pytest.mark.parametrize(
    "query",
    [
        "delete from x", "select 1; drop table x", "update x set y=1", "", "with x as (select 1) delete from y",
        "insert into x values (1)", "PRAGMA writable_schema=1",
    ],
)  # fmt: skip
def test_templates_cannot_write_with_sql(query: str) -> None:
    with pytest.raises(frappe.PermissionError):
        safe_exec.read_sql(query)


def test_a_missing_name_of_a_namespace_says_so() -> None:
    from frappe.utils.namespace import LiveNamespace, Namespace

    for space in (Namespace(a=1), LiveNamespace({"a": lambda: 1})):
        assert space.a == 1
        with pytest.raises(AttributeError, match="b is not available"):
            space.b  # noqa: B018 - reading it is the test


def test_live_names_are_read_when_used() -> None:
    from frappe.utils.namespace import LiveNamespace

    values: list[Any] = [1, 2]
    space = LiveNamespace({"next": values.pop})
    assert [space.next, space["next"]] == [2, 1]
