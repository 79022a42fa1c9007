"""The machine fails: a full disk, a database held by somebody else. It is told, nothing breaks, it heals by itself."""

from __future__ import annotations

import os
import sqlite3
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
import requests

from e2e.product import PASSWORD, Product, wait_for
from e2e.rest import Refused, Rest

pytestmark = pytest.mark.slow
SMALL_DISK = "48m"


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk that is soon full."""
    if os.geteuid() != 0:
        pytest.skip("Only root may mount a small disk")
    folder = tmp_path / "disk"
    folder.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", f"size={SMALL_DISK}", "tmpfs", str(folder)]
    subprocess.run(mount, check=True)
    yield folder
    subprocess.run(["umount", "--lazy", str(folder)], check=True)


@pytest.fixture
def cramped(template_site: Path, small_disk: Path) -> Iterator[Product]:
    """The product on a small disk."""
    product = Product(small_disk / "bench")
    product.copy_of(template_site)
    product.start()
    yield product
    product.stop()


def database_of(product: Product) -> Path:
    return next((product.site_path / "db").glob("*.db"))


def refusal(rest: Rest, subject: str) -> Refused:
    with pytest.raises(Refused) as refused:
        rest.insert("HD Ticket", subject=subject)
    return refused.value


def test_a_full_disk_is_told_and_survived(cramped: Product) -> None:
    rest = Rest(cramped.url).sign_in("Administrator", PASSWORD)
    kept = rest.insert("HD Ticket", subject="Before")["name"]
    filler = cramped.bench / "filler"
    with filler.open("wb") as file, pytest.raises(OSError, match="No space"):
        while True:
            file.write(b"x" * 65536)
            file.flush()
    refused = [fill(rest, number) for number in range(200)]
    told = next((one for one in refused if one is not None and one.status == 507), None)
    assert told is not None, [str(one) for one in refused if one is not None][:5]
    assert "disk" in told.said
    assert rest.get("HD Ticket", kept)["subject"] == "Before"
    assert requests.get(f"{cramped.url}/api/method/ping", timeout=10).json() == {"message": "pong"}
    filler.unlink()
    assert rest.insert("HD Ticket", subject="After")["subject"] == "After"
    assert sqlite3.connect(database_of(cramped)).execute("pragma integrity_check").fetchone() == ("ok",)


def fill(rest: Rest, number: int) -> Refused | None:
    try:
        rest.insert("HD Ticket", subject=f"Filler {number}", description="x" * 20_000)
    except Refused as refused:
        return refused
    return None


def test_a_database_that_somebody_holds_is_waited_for_and_then_told(product: Product, admin: Rest) -> None:
    product.configure(sqlite_busy_timeout=300)
    holder = sqlite3.connect(database_of(product), isolation_level=None)
    holder.execute("begin immediate")
    try:
        told = refusal(admin, "While it is held")
        assert "try again" in told.said
        assert admin.list("HD Ticket", limit_page_length="1")
    finally:
        holder.execute("rollback")
    assert wait_for("a ticket that is saved again", lambda: admin.insert("HD Ticket", subject="Released"))
    assert not admin.list("HD Ticket", filters={"subject": "While it is held"})
