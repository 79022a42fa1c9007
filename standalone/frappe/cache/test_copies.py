"""A value of the cache is one's own: what a caller does to it is not seen by the next request, as with Redis."""

from __future__ import annotations

import datetime
from typing import Any

import pytest

import frappe
from frappe.cache import shared_cache
from frappe.cache.copies import copied, is_unchangeable
from frappe.testing.sites import TestBench
from frappe.utils.caching import redis_cache


class InProcess:
    stays_in_process = True


@pytest.fixture
def cache(site: TestBench) -> Any:
    frappe.cache.flushall()
    return frappe.cache


@pytest.fixture
def next_request(site: TestBench) -> Any:
    """Return a function that goes on as the next request would."""

    def begin() -> None:
        site.disconnect()
        site.connect()

    return begin


@pytest.mark.parametrize(
    "value", [None, 1, "a", b"a", (1, ("a", None)), frozenset({1}), datetime.date(2026, 1, 2), InProcess()]
)
def test_what_nobody_can_change_is_not_copied(value: Any) -> None:
    assert is_unchangeable(value)
    assert copied(value) is value


@pytest.mark.parametrize("value", [[1], {"a": [1]}, {1}, ([1],), frappe._dict(a=1)])
def test_the_rest_is_copied_with_its_type(value: Any) -> None:
    copy = copied(value)
    assert copy == value and type(copy) is type(value) and copy is not value


def test_what_cannot_be_pickled_stays_as_it_is() -> None:
    value = [lambda: 1]
    assert copied(value) is value


def test_a_change_of_what_was_read_ends_with_the_request(cache: Any, next_request: Any) -> None:
    cache.set_value("plan", {"beds": ["beans"]})
    cache.hset("plans", "north", {"beds": ["peas"]})
    next_request()
    cache.get_value("plan")["beds"].append("weeds")
    cache.hget("plans", "north")["beds"].append("weeds")
    cache.hgetall("plans")[b"north"]["beds"].append("moss")
    assert cache.get_value("plan") == {"beds": ["beans", "weeds"]}, "one request reads its own copy again"
    assert cache.hget("plans", "north") == {"beds": ["peas", "weeds"]}
    next_request()
    assert cache.get_value("plan") == {"beds": ["beans"]}
    assert cache.hget("plans", "north") == {"beds": ["peas"]}


def test_a_change_of_what_was_stored_ends_with_the_request(cache: Any, next_request: Any) -> None:
    plan, made = {"beds": ["beans"]}, ["peas"]
    cache.set_value("plan", plan)
    assert cache.get_value("made", lambda: made) is made
    plan["beds"].append("weeds")
    made.append("weeds")
    assert cache.get_value("plan") is plan
    next_request()
    assert cache.get_value("plan") == {"beds": ["beans"]}
    assert cache.get_value("made") == ["peas"]


def test_another_value_replaces_the_copy_at_once(cache: Any) -> None:
    cache.set_value("plan", ["beans"])
    cache.get_value("plan").append("weeds")
    shared_cache.set_value("plan", ["roses"])  # as another thread would
    assert cache.get_value("plan") == ["roses"]
    cache.delete_value("plan")
    assert cache.get_value("plan") is None


def test_every_reading_past_the_copy_of_the_request_is_a_copy(cache: Any) -> None:
    cache.set_value("plan", ["beans"], expires_in_sec=60)
    cache.get_value("plan", expires=True).append("weeds")
    assert cache.get_value("plan", expires=True) == ["beans"]


def test_the_runtime_reads_what_is_stored_itself(cache: Any) -> None:
    shared_cache.set_value("rules", ["a"])
    shared_cache.hset("rules of", "x", ["b"])
    assert shared_cache.get_value("rules") is shared_cache.get_value("rules")
    assert shared_cache.hget("rules of", "x") is shared_cache.hget("rules of", "x")


def test_results_of_a_remembered_function_are_ones_own(cache: Any) -> None:
    beds = redis_cache(lambda: ["beans"])
    beds().append("weeds")
    beds().append("moss")
    assert beds() == ["beans"]


def test_translations_and_user_permissions_are_ones_own(site: TestBench, next_request: Any) -> None:
    frappe.translate.get_all_translations("de")["Save"] = "changed"
    frappe.get_roles().append("changed")
    next_request()
    assert frappe.translate.get_all_translations("de").get("Save") != "changed"
    assert "changed" not in frappe.get_roles()
