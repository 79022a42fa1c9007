"""Logs tell what happened and in which request; never a secret."""

import json
import logging
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

import frappe
from frappe.testing.sites import TestBench
from frappe.utils.logger import get_logger, sanitized_dict


@pytest.fixture
def subject(site: TestBench) -> Iterator[str]:
    """The name of a logger nobody used before."""
    name = "subject_of_a_test"
    yield name
    logger = logging.getLogger(f"{name}-{site.site}")
    for handler in logger.handlers:
        handler.close()
    Path(frappe.get_site_path("logs", f"{name}.log")).unlink()
    logger.handlers.clear()
    del logger._frappe_ready  # type: ignore[attr-defined]


def written(subject: str) -> str:
    return Path(frappe.get_site_path("logs", f"{subject}.log")).read_text()


def test_secrets_are_masked_at_any_depth() -> None:
    given: dict[str, Any] = {
        "usr": "anna",
        "pwd": "hush",
        "doc": json.dumps({"new_password": "hush", "rows": [{"api_secret": "hush", "label": "kept"}]}),
        "nested": [{"token": "hush"}],
        "text": "{not json",
    }
    shown = sanitized_dict(given)
    assert "hush" not in json.dumps(shown)
    assert shown["usr"] == "anna"
    assert "kept" in shown["doc"]
    assert shown["text"] == "{not json"


def test_a_line_of_text_names_the_level_and_the_subject(subject: str) -> None:
    get_logger(subject).warning("the disk is nearly full")
    assert f"WARNING {subject}-" in written(subject)
    assert "the disk is nearly full" in written(subject)


def test_with_json_each_line_is_an_object_and_failures_carry_their_traceback(subject: str, site: TestBench) -> None:
    frappe.conf.log_format = "json"
    logger = get_logger(subject)
    logger.info(json.dumps({"status": 200}))
    try:
        raise ValueError("rotten")
    except ValueError:
        logger.exception("a job failed")
    entries = [json.loads(line) for line in written(subject).splitlines()]
    assert entries[0]["status"] == 200
    assert entries[0]["site"] == site.site
    assert entries[1]["level"] == "ERROR"
    assert "ValueError: rotten" in entries[1]["exception"]
