"""What a product costs that has nothing to do: no more memory than a small machine has to spare."""

from __future__ import annotations

from e2e.product import Product
from e2e.rest import Rest

IDLE_MB = 120
"""Resident memory of the one process that serves, works and schedules; it is about 70 after a start."""


def test_an_idle_server_is_small(product: Product, admin: Rest) -> None:
    assert product.memory_mb() < IDLE_MB
    admin.http.get(f"{product.url}/helpdesk").raise_for_status()
    admin.list("HD Ticket", fields=["name", "subject", "status"])
    assert product.memory_mb() < IDLE_MB
