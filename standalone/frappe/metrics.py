"""Numbers for Prometheus, at `/metrics` of a site.

They are for those who run the installation: without `metrics_token` or `metrics_from_localhost` in the configuration
the page does not exist. Counters count the requests of this process; the gauges are read from the site when asked for.
"""

from __future__ import annotations

import hmac
import ipaddress
from collections.abc import Iterator
from typing import Any

from prometheus_client import CollectorRegistry, Counter, Histogram, generate_latest
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.exposition import CONTENT_TYPE_LATEST
from werkzeug.wrappers import Request, Response

from frappe.context import local

PATH = "/metrics"
_METHODS = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"})

_of_requests = CollectorRegistry()
REQUESTS = Counter("frappe_http_requests", "Requests answered", ("site", "method", "status"), registry=_of_requests)
SECONDS = Histogram("frappe_http_request_seconds", "Time to an answer", ("site",), registry=_of_requests)
STATEMENTS = Counter("frappe_database_statements", "Statements of requests", ("site",), registry=_of_requests)


def observe(method: str, status: int, seconds: float, statements: int) -> None:
    """Count a request of the active site."""
    REQUESTS.labels(local.site, method if method in _METHODS else "other", status).inc()
    SECONDS.labels(local.site).observe(seconds)
    STATEMENTS.labels(local.site).inc(statements)


def respond(request: Request) -> Response:
    """Answer who may know with the numbers, everybody else as if there were no such page."""
    from frappe import context

    if not _may_read(request):
        return Response("Not found.", status=404, mimetype="text/plain")
    context.connect()
    of_site = CollectorRegistry()
    of_site.register(SiteCollector())
    return Response(generate_latest(_of_requests) + generate_latest(of_site), content_type=CONTENT_TYPE_LATEST)


def _may_read(request: Request) -> bool:
    if request.method not in ("GET", "HEAD"):
        return False
    token = local.conf.metrics_token
    if token:
        given = request.headers.get("Authorization", "")
        return hmac.compare_digest(given.encode(), f"Bearer {token}".encode())
    return bool(local.conf.metrics_from_localhost) and _is_from_here(request)


def _is_from_here(request: Request) -> bool:
    """Tell whether somebody on this machine asks, not through a proxy, which asks for others."""
    if "X-Forwarded-For" in request.headers or "Forwarded" in request.headers:
        return False
    try:
        return ipaddress.ip_address(request.remote_addr or "").is_loopback
    except ValueError:
        return False


class SiteCollector:
    """Reads the state of the active site as gauges."""

    def describe(self) -> list[Any]:
        return []

    def collect(self) -> Iterator[GaugeMetricFamily]:
        from frappe.health import inspect

        report = inspect()
        jobs = _gauge("frappe_jobs", "Background jobs", "queue", "status")
        for queue, counts in report["queue"]["jobs"].items():
            for status, count in counts.items():
                jobs.add_metric([local.site, queue, status], count)
        yield jobs
        for name, text, value in (
            ("frappe_database_answer_seconds", "Time of a simple query", report["database"]["answered_in_ms"] / 1000),
            ("frappe_job_wait_seconds", "Age of the oldest waiting job", report["queue"]["longest_wait_seconds"]),
            ("frappe_scheduler_active", "1 when scheduled jobs run", int(report["scheduler"]["active"])),
            ("frappe_mails_unsent", "Mails that wait to be sent", report["mail"]["unsent"]),
            ("frappe_mail_wait_seconds", "Age of the oldest unsent mail", report["mail"]["oldest_unsent_seconds"]),
            ("frappe_mails_failed", "Mails that could not be sent", report["mail"]["failed"]),
            ("frappe_findings", "How many things are wrong; frappe doctor tells them", len(report["findings"])),
        ):
            gauge = _gauge(name, text)
            gauge.add_metric([local.site], value)
            yield gauge


def _gauge(name: str, text: str, *labels: str) -> GaugeMetricFamily:
    return GaugeMetricFamily(name, text, labels=["site", *labels])
