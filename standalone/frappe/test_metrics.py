"""Numbers for those who run the installation, and for nobody else."""

from collections.abc import Iterator
from typing import Any

import pytest

import frappe
from frappe.installer import update_site_config
from frappe.testing.sites import TestBench

TOKEN = {"Authorization": "Bearer sesame"}


@pytest.fixture(autouse=True)
def settings_of_a_test(site: TestBench) -> Iterator[None]:
    yield
    for key in ("metrics_token", "metrics_from_localhost"):
        update_site_config(key, None)


def test_without_a_setting_there_is_no_such_page(client: Any) -> None:
    assert client.get("/metrics").status_code == 404


@pytest.mark.parametrize("headers", [{}, {"Authorization": "Bearer wrong"}, {"Authorization": "sesame"}])
def test_a_token_is_needed_when_one_is_set(client: Any, headers: dict[str, str]) -> None:
    update_site_config("metrics_token", "sesame")
    assert client.get("/metrics", headers=headers).status_code == 404


def test_a_token_that_is_set_shuts_this_machine_out_too(client: Any) -> None:
    update_site_config("metrics_token", "sesame")
    update_site_config("metrics_from_localhost", 1)
    assert client.get("/metrics").status_code == 404


def test_this_machine_may_read_when_that_is_set_but_not_others_through_a_proxy(client: Any) -> None:
    update_site_config("metrics_from_localhost", 1)
    here = {"REMOTE_ADDR": "127.0.0.1"}
    assert client.get("/metrics", environ_base=here).status_code == 200
    forwarded = {"X-Forwarded-For": "127.0.0.1"}
    assert client.get("/metrics", headers=forwarded, environ_base=here).status_code == 404
    assert client.get("/metrics", environ_base={"REMOTE_ADDR": "203.0.113.9"}).status_code == 404


def test_requests_jobs_and_mails_are_counted(client: Any, site: TestBench) -> None:
    update_site_config("metrics_token", "sesame")
    frappe.db.commit()
    client.get("/api/method/ping")
    answer = client.get("/metrics", headers=TOKEN)
    assert answer.content_type.startswith("text/plain")
    text = answer.get_data(as_text=True)
    assert f'frappe_http_requests_total{{method="GET",site="{site.site}",status="200"}}' in text
    assert f'frappe_mails_unsent{{site="{site.site}"}} 0.0' in text
    assert f'frappe_scheduler_active{{site="{site.site}"}}' in text


def test_a_request_keeps_the_id_it_came_with_or_gets_one(client: Any) -> None:
    given = client.get("/api/method/ping", headers={"X-Request-Id": "from-the-proxy-1"})
    assert given.headers["X-Frappe-Request-Id"] == "from-the-proxy-1"
    strange = client.get("/api/method/ping", headers={"X-Request-Id": "a b\tc"})
    assert len(strange.headers["X-Frappe-Request-Id"]) == 16
