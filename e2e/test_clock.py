"""The clock of the machine is set while the product runs: forth, as after a long sleep, and back."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from frappe.utils import get_datetime

from e2e.conftest import FAKETIME
from e2e.product import PASSWORD, Product, wait_for
from e2e.rest import Refused, Rest

pytestmark = [pytest.mark.slow, pytest.mark.faketime]
SWEEP = "helpdesk.helpdesk.doctype.hd_ticket.hd_ticket.update_sla_status_in_ticket"
LAST_RUNS = {"fields": ["method", "last_execution"], "limit_page_length": "0"}


@dataclass
class Clock:
    """The clock that the product sees."""

    path: Path

    def set(self, hours: float) -> None:
        """Let the product's clock be so many hours ahead of this machine's."""
        fresh = self.path.with_suffix(".fresh")
        fresh.write_text(f"{hours:+}h\n")
        fresh.replace(self.path)


@pytest.fixture(scope="module")
def clock(tmp_path_factory: pytest.TempPathFactory) -> Clock:
    made = Clock(tmp_path_factory.mktemp("clock") / "offset")
    made.set(0)
    return made


@pytest.fixture(scope="module")
def product(template_site: Path, tmp_path_factory: pytest.TempPathFactory, clock: Clock) -> Iterator[Product]:
    running = Product(tmp_path_factory.mktemp("clocked") / "bench")
    running.copy_of(template_site)
    running.configure(scheduler_intervals={SWEEP: 1})
    running.start(
        LD_PRELOAD=str(FAKETIME),
        FAKETIME_TIMESTAMP_FILE=str(clock.path),
        FAKETIME_NO_CACHE="1",
        FAKETIME_DONT_FAKE_MONOTONIC="1",
    )
    yield running
    running.stop()


def test_a_clock_that_is_set_stops_nothing(product: Product, admin: Rest, clock: Clock) -> None:
    ticket = admin.insert("HD Ticket", subject="Before", priority="Urgent")
    begin = get_datetime(ticket["creation"])

    def is_near(moment: Any, hours: float) -> bool:
        """Tell whether a moment of the site is one of a clock that is so many hours ahead."""
        return bool(moment) and abs(get_datetime(moment) - begin - timedelta(hours=hours)) < timedelta(hours=1)

    wait_for("the schedule", lambda: last_run(admin))
    wrong_passwords(product, 2)

    clock.set(+72)
    wait_for("the schedule, three days later", lambda: is_near(last_run(admin), +72), 60)
    wait_for("the sweep", lambda: admin.get("HD Ticket", ticket["name"])["agreement_status"] == "Failed", 60)
    assert admin.insert("HD Ticket", subject="Three days later")["name"], "the session goes on"

    clock.set(0)
    wait_for("the schedule, as before", lambda: is_near(last_run(admin), 0), 60)
    later = admin.insert("HD Ticket", subject="And back", priority="Urgent")
    assert is_near(later["creation"], 0)
    wait_for("a quiet sweep", lambda: is_near(last_run(admin, SWEEP), 0), 60)
    assert admin.get("HD Ticket", later["name"])["agreement_status"] == "First Response Due"
    newcomer = Rest(product.url).sign_in("Administrator", PASSWORD)
    for rest in (newcomer, admin):
        assert rest.call("frappe.auth.get_logged_user", "GET") == "Administrator"
    wrong_passwords(product, 2)
    assert admin.call("frappe.health.health", "GET")["findings"] == []


def last_run(admin: Rest, method: str = "") -> str:
    """Return when a scheduled job ran last – any, or the one that is named."""
    rows = admin.list("Scheduled Job Type", **LAST_RUNS)
    return max((row["last_execution"] or "" for row in rows if method in ("", row["method"])), default="")


def wrong_passwords(product: Product, times: int) -> None:
    for _ in range(times):
        with pytest.raises(Refused) as refused:
            Rest(product.url).sign_in("Administrator", "wrong")
        assert refused.value.status == 401
