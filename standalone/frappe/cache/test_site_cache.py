"""What apps get from `frappe.cache`: objects from values and hashes; bytes where Redis itself would answer."""

from __future__ import annotations

from typing import Any

import pytest

import frappe


@pytest.fixture
def cache(site: Any) -> Any:
    frappe.cache.flushall()
    return frappe.cache


def test_values_are_objects_for_everybody_or_for_one_user(cache: Any) -> None:
    cache.set_value("settings", {"a": [1]})
    cache.set_value("settings", {"a": [2]}, user="anna@example.com")
    assert cache.get_value("settings") == {"a": [1]}
    assert cache().get_value("settings", user="anna@example.com") == {"a": [2]}
    assert cache.get_value("settings", user=True) is None
    cache.delete_value("settings")
    assert cache.get_value("settings") is None
    assert cache.get_value("settings", lambda: "made") == "made"
    assert cache.get_value("settings") == "made"


def test_lists_hold_bytes_as_redis_does(cache: Any) -> None:
    assert cache.rpush("queue", "b", 1, 2.5) == 3
    assert cache.lpush("queue", b"a") == 4
    assert cache.lrange("queue", 0, -1) == [b"a", b"b", b"1", b"2.5"]
    assert [cache.lpop("queue"), cache.rpop("queue"), cache.llen("queue")] == [b"a", b"2.5", 2]
    cache.ltrim("queue", 1, 1)
    assert cache.lrange("queue", 0, -1) == [b"1"]
    assert cache.lpop("nothing") is None


def test_sets_hold_bytes_as_redis_does(cache: Any) -> None:
    cache.sadd("people", "anna", "arne", "anna")
    assert cache.smembers("people") == {b"anna", b"arne"}
    assert cache.sismember("people", "anna") and cache.sismember("people", b"anna")
    cache.srem("people", "anna")
    assert cache.srandmember("people") == b"arne"
    assert [cache.spop("people"), cache.spop("people")] == [b"arne", None]


@pytest.mark.parametrize("value", [{"a": 1}, [1], None, True])
def test_what_redis_would_refuse_in_a_list_is_refused(cache: Any, value: Any) -> None:
    with pytest.raises(TypeError, match="dump it first"):
        cache.rpush("queue", value)


def test_fields_of_a_hash_are_named_in_bytes_and_hold_objects(cache: Any) -> None:
    cache.hset("people", "anna", {"age": 40})
    assert cache.hgetall("people") == {b"anna": {"age": 40}}
    (key,) = cache.hkeys("people")
    assert key == b"anna"
    assert cache.hget("people", key) == {"age": 40}
    cache.hdel("people", key)
    assert not cache.hexists("people", "anna")
    assert cache.hget("people", "arne", lambda: 41) == 41


def test_found_keys_can_be_deleted_as_they_are(cache: Any) -> None:
    cache.set_value("part:a", 1)
    cache.set_value("part:b", 2)
    keys = cache.get_keys("part:")
    assert {key.rpartition(b"|")[2] for key in keys} == {b"part:a", b"part:b"}
    assert set(cache.get_all("part:").values()) == {1, 2}
    cache.delete_value(keys, make_keys=False)
    assert cache.exists("part:a", "part:b") == 0


def test_raw_values_are_bytes(cache: Any) -> None:
    key = cache.make_key("tries")
    cache.setex(key, 60, "text")
    assert cache.get(key) == b"text"
    cache.delete_value("tries")
    assert [cache.incr(key), cache.incrby(key, 4)] == [1, 5]
    assert cache.get(key) == b"5"
    cache.expire(key, 60)
    assert 0 < cache.ttl("tries") <= 60
