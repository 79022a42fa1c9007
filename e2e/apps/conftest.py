"""A site with Helpdesk and the app that stands in for telephony."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import frappe
import pytest
from frappe.testing.plugin import connected, make_bench
from frappe.testing.sites import TestBench

HERE = str(Path(__file__).parent)
if HERE not in sys.path:
    sys.path.append(HERE)  # where an installed app would be found

ANNA, ARNE, CLEO = "anna@helpdesk.test", "arne@helpdesk.test", "cleo@customer.test"
PEOPLE = {ANNA: ("Anna", "Agent", "TP Agent"), ARNE: ("Arne", "Agent"), CLEO: ("Cleo", "HD Customer")}
NUMBER = "+4930123456"


@pytest.fixture(scope="session")
def calling_bench(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> TestBench:
    """A bench with both apps. Anna telephones, Arne does not, Cleo is a customer's contact."""
    bench = make_bench(request, tmp_path_factory, "calling", ["helpdesk", "telephony"])
    bench.connect()
    for email, (name, *roles) in PEOPLE.items():
        rows = [{"role": role} for role in roles]
        frappe.get_doc(doctype="User", email=email, first_name=name, send_welcome_email=0, roles=rows).insert()
    for email in (ANNA, ARNE):
        if not frappe.db.exists("HD Agent", email):
            frappe.get_doc(doctype="HD Agent", user=email, agent_name=PEOPLE[email][0]).insert()
    frappe.get_doc(doctype="TP Telephony Agent", user=ANNA, mobile_no="+49301").insert()
    cleo = frappe.get_doc("Contact", frappe.db.get_value("Contact", {"email_id": CLEO}) or {"doctype": "Contact"})
    cleo.append("phone_nos", {"phone": "030 - 12 34 56", "is_primary_phone": 1})
    cleo.save()
    frappe.db.commit()
    bench.keep()
    bench.disconnect()
    return bench


@pytest.fixture
def site(calling_bench: TestBench) -> Iterator[TestBench]:
    """The site, connected as Administrator; put back after the test."""
    yield from connected(calling_bench)
