"""Code that counts with a pipeline of Redis works with the cache of one process too."""

from typing import Any

import frappe


def test_a_pipeline_runs_its_calls_in_order(site: Any) -> None:
    key = frappe.cache.make_key("visits")
    results = frappe.cache.pipeline().incrby(key, 2).incrby(key, 3).execute()
    assert results == [2, 5]


def test_a_pipeline_changes_nothing_before_it_is_executed(site: Any) -> None:
    key = frappe.cache.make_key("counted")
    with frappe.cache.pipeline() as pipeline:
        pipeline.incrby(key, 1)
        pipeline.expire(key, 60)
        assert (len(pipeline), frappe.cache.exists("counted")) == (2, 0)
        pipeline.execute()
    assert frappe.cache.ttl("counted") > 0
