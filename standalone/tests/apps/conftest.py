"""A site with the framework and somebody else's small app on it."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import frappe
import pytest
from frappe.app import get_test_client
from frappe.testing.plugin import connected, make_bench
from frappe.testing.sites import TestBench

HERE = str(Path(__file__).parent)
if HERE not in sys.path:
    sys.path.append(HERE)  # where an installed app would be found

PASSWORD = "correct horse battery"
WARDEN, GRETA, GUS = "warden@example.com", "greta@example.com", "gus@example.com"
PEOPLE = {WARDEN: "Allotment Warden", GRETA: "Allotment Gardener", GUS: "Allotment Gardener"}


@pytest.fixture(scope="session")
def allotment_bench(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> TestBench:
    """A bench with the app installed, the cast, two areas and three plots."""
    bench = make_bench(request, tmp_path_factory, "allotment", ["allotment"])
    bench.connect()
    fill()
    frappe.db.commit()
    bench.keep()
    bench.disconnect()
    return bench


@pytest.fixture
def site(allotment_bench: TestBench) -> Iterator[TestBench]:
    """The site, connected as Administrator; put back after the test."""
    yield from connected(allotment_bench)


@pytest.fixture
def browser(site: TestBench) -> Any:
    """Return a function that gives a client signed in as somebody (without a name: a guest)."""

    def signed_in(user: str | None = None) -> Any:
        client = get_test_client()
        if user:
            answer = client.post("/api/method/login", json={"usr": user, "pwd": PASSWORD})
            assert answer.status_code == 200, answer.text
        return client

    return signed_in


def fill() -> None:
    for email, role in PEOPLE.items():
        user = {"email": email, "first_name": email.partition("@")[0].title(), "send_welcome_email": 0}
        frappe.get_doc({"doctype": "User", **user, "new_password": PASSWORD, "roles": [{"role": role}]}).insert()
    everything = frappe.get_doc(doctype="Garden Area", area_name="Everything", is_group=1).insert()
    for name in ("North", "South"):
        area = {"area_name": name, "is_group": 1, "parent_garden_area": everything.name}
        frappe.get_doc({"doctype": "Garden Area", **area}).insert()
    frappe.get_doc(doctype="Garden Area", area_name="Pond", parent_garden_area="North").insert()
    for number, area, size in ((1, "North", 50), (2, "Pond", 30), (3, "South", 80)):
        frappe.get_doc(doctype="Plot", number=number, area=area, square_meters=size).insert()
