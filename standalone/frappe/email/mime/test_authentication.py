"""Believing our own server, and nobody else, about who a sender is."""

from __future__ import annotations

import pytest

from frappe.email.mime.authentication import judge

IDS = ["mx.example.org"]


@pytest.mark.parametrize(
    ("fields", "verdict"),
    [
        (["mx.example.org; dmarc=pass header.from=customer.example"], "pass"),
        (
            ["mx.example.org 1; spf=pass smtp.mailfrom=x@customer.example; dmarc=fail header.from=customer.example"],
            "fail",
        ),
        (["mx.example.org; dkim=pass header.d=customer.example"], "pass"),
        (["mx.example.org; dkim=pass header.d=attacker.example"], "unknown"),
        (["mx.example.org; spf=fail smtp.mailfrom=customer.example"], "fail"),
        (["mx.example.org; none"], "unknown"),
        (["evil.example; dmarc=pass header.from=customer.example"], "unknown"),
        (["evil.example (mx.example.org); dmarc=pass header.from=customer.example"], "unknown"),
        (["mx.example.org; dmarc=fail", "mx.example.org; dmarc=pass header.from=customer.example"], "fail"),
        (["mx.example.org; dmarc=pass header.from=customer.example", "mx.example.org; dmarc=fail"], "fail"),
        (["mx.example.org; dmarc=pass header.from=attacker.example"], "unknown"),
        (["mx.example.org; spf=none (dmarc=pass ;dmarc=pass)"], "unknown"),
        ([], "unknown"),
    ],
)
def test_only_the_configured_server_is_believed(fields: list[str], verdict: str) -> None:
    assert judge(fields, IDS, "cleo@customer.example") == verdict
