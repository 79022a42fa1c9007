"""What Helpdesk costs, each figure beside a floor measured in the same run.

The floor of a write is the same rows written by bare `sqlite3` in one transaction per ticket; of a read, the same rows
read by bare `sqlite3`; of a request, an empty handler behind the same server. Figures are medians; compare ratios.
"""

from __future__ import annotations

import argparse
import platform
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from email.message import EmailMessage
from email.utils import make_msgid
from pathlib import Path
from typing import Any

from benchmarks import runtime
from benchmarks.figures import Figure, median_seconds, seconds_each
from e2e.mail_servers import MailServers, dovecot_binary
from e2e.product import PASSWORD, Product, wait_for
from e2e.rest import Rest
from e2e.team import SUPPORT, make_agents, make_mailbox

TABLE = Path(__file__).with_name("README.md")
BEGIN, END = "<!-- figures -->", "<!-- end of figures -->"


class Floor:
    """Bare sqlite3 in a file of its own, set up like the product's."""

    def __init__(self, folder: Path):
        self.connection = sqlite3.connect(folder / "floor.db", isolation_level=None, check_same_thread=False)
        self.connection.execute("pragma journal_mode=wal")
        self.connection.execute("pragma synchronous=normal")
        columns = ", ".join(f"c{number} text" for number in range(50))
        self.connection.execute(f"create table ticket (name integer primary key, modified text, {columns})")
        self.connection.execute("create index by_modified on ticket (modified)")
        self.connection.execute("create table other (name text primary key, body text)")
        self.written = 0

    def write_ticket(self) -> None:
        """The rows of one ticket: itself, its first message, an activity, a task, a mail with its recipient."""
        self.written += 1
        values = [f"value {number}" for number in range(50)]
        marks = ", ".join("?" * 52)
        self.connection.execute("begin immediate")
        self.connection.execute(f"insert into ticket values ({marks})", [self.written, str(time.time()), *values])
        for number in range(6):
            self.connection.execute("insert into other values (?, ?)", [f"{self.written}-{number}", "x" * 400])
        self.connection.execute("commit")

    def read_list(self) -> None:
        self.connection.execute("select * from ticket order by modified desc limit 20").fetchall()
        self.connection.execute("select count(*) from ticket").fetchone()

    def read_one(self) -> None:
        self.connection.execute("select * from ticket where name = 1").fetchone()


def tickets(rest: Rest, floor: Floor, sizes: dict[str, int]) -> list[Figure]:
    def create(number: int) -> None:
        rest.insert("HD Ticket", subject=f"Measured {number}", description="<p>Text</p>", raised_by="m@customer.test")

    for warm in range(5):
        create(warm)
    one = seconds_each(create, sizes["tickets"], 1)
    four = seconds_each(create, sizes["tickets"], 4)
    bare = median_seconds(floor.write_ticket, sizes["tickets"])
    return [
        Figure("create a ticket by REST, 1 client", one, bare, compared_with="bare rows"),
        Figure("create a ticket by REST, 4 clients", four, bare, compared_with="bare rows"),
    ]


def reading(rest: Rest, product: Product, floor: Floor, sizes: dict[str, int]) -> list[Figure]:
    def ping() -> float:
        """The floor, measured beside each figure: what the server does in the background slows both."""
        return median_seconds(lambda: rest.call("ping", "GET"), sizes["reads"])

    def page_of_twenty() -> None:
        rest.call("helpdesk.api.doc.get_list_data", doctype="HD Ticket", page_length=20)

    name = rest.list("HD Ticket", limit_page_length="1")[0]["name"]
    figures = []
    for total in sizes["lists"]:  # type: ignore[attr-defined]
        fill(product, rest, total)
        figures.append(
            Figure(
                f"list of 20 out of {total:,}",
                median_seconds(page_of_twenty, sizes["reads"]),
                ping() + median_seconds(floor.read_list, 20),
                compared_with="ping + bare rows",
            )
        )
    figures += narrowed(rest, sizes, ping)
    one = median_seconds(lambda: rest.get("HD Ticket", name), sizes["reads"])
    figures.append(
        Figure("one ticket by REST", one, ping() + median_seconds(floor.read_one, 50), compared_with="ping + bare row")
    )
    path = "helpdesk.helpdesk.doctype.hd_ticket.api.get_one"
    page = median_seconds(lambda: rest.call(path, name=str(name)), sizes["reads"])
    figures.append(Figure("ticket page (get_one)", page, ping(), compared_with="ping"))
    empty = ping()
    return [*figures, Figure("ping (the empty handler)", empty, empty, compared_with="itself")]


def narrowed(rest: Rest, sizes: dict[str, int], ping: Callable[[], float]) -> list[Figure]:
    """The desk's way of reading a long list – rows first, their number behind – filtered and sorted as people do."""
    path = "helpdesk.api.doc.get_list_data"
    asked = {
        "filtered by status": {"filters": [["status", "=", "Open"]]},
        "whose subject has a rare word": {"filters": [["subject", "like", "%nowhere to be found%"]]},
        "sorted by time to resolve": {"order_by": "resolution_by asc"},
    }
    total = sizes["lists"][-1]  # type: ignore[index]
    figures = [
        Figure(
            f"first rows out of {total:,}, {label}",
            median_seconds(
                lambda how=how: rest.call(path, doctype="HD Ticket", with_total=False, **how),  # type: ignore[misc]
                sizes["reads"],
            ),
            ping(),
            compared_with="ping",
        )
        for label, how in asked.items()
    ]
    count = median_seconds(lambda: rest.call("helpdesk.api.doc.get_list_count", doctype="HD Ticket"), sizes["reads"])
    return [*figures, Figure(f"their number, out of {total:,}", count, ping(), compared_with="ping")]


VARIED = {
    "modified": "strftime('%Y-%m-%d %H:%M:%f', modified, '-' || abs(random() % 500000) || ' minutes') || '000'",
    "resolution_by": "datetime(modified, abs(random() % 10000) || ' minutes')",
    "status": "case abs(random() % 10) when 0 then 'Open' when 1 then 'Replied' else 'Closed' end",
    "subject": "subject || ' ' || abs(random() % 100000)",
}


def fill(product: Product, rest: Rest, total: int) -> None:
    """Bring the number of tickets up to `total` by copying one row with other dates, subjects and statuses.

    The server may go on running.
    """
    path = next((product.site_path / "db").glob("*.db"))
    with sqlite3.connect(path, timeout=30) as connection:
        present = connection.execute('select count(*) from "tabHD Ticket"').fetchone()[0]
        columns = [row[1] for row in connection.execute('pragma table_info("tabHD Ticket")') if row[1] != "name"]
        listed = ", ".join(f'"{column}"' for column in columns)
        values = ", ".join(VARIED.get(column, f'"{column}"') for column in columns)
        last = connection.execute('select max(name) from "tabHD Ticket"').fetchone()[0]
        connection.executemany(
            f'insert into "tabHD Ticket" (name, {listed}) select ?, {values} from "tabHD Ticket" where name = ?',
            [(last + 1_000_000 + number, last) for number in range(max(0, total - present))],
        )


def mails(rest: Rest, servers: MailServers, sizes: dict[str, int]) -> list[Figure]:
    make_mailbox(rest, servers)
    count = sizes["mails"]
    for number in range(count):
        message = EmailMessage()
        message["From"], message["To"] = f"writer{number}@customer.test", SUPPORT
        message["Subject"], message["Message-ID"] = f"Mail {number}", make_msgid(domain="customer.test")
        message.set_content("Please help me with this.\n" * 20)
        servers.deliver(SUPPORT, message.as_bytes())
    begin = time.perf_counter()
    wait_for("all mails to become tickets", lambda: ingested(rest) >= count, 600)
    return [Figure("mails ingested", count / (time.perf_counter() - begin), unit="per second")]


def importing(times: int) -> Figure:
    """Return what a command pays before it can begin."""

    def start(code: str) -> None:
        subprocess.run([sys.executable, "-c", code], check=True)

    bare = median_seconds(lambda: start("pass"), times)
    return Figure("import frappe", median_seconds(lambda: start("import frappe"), times), bare, compared_with="python")


def ingested(rest: Rest) -> int:
    return int(
        rest.call("frappe.client.get_count", "GET", doctype="HD Ticket", filters={"subject": ["like", "Mail %"]})
    )


def measure(quick: bool) -> list[Figure]:
    sizes: dict[str, Any] = {"tickets": 300, "reads": 200, "lists": (1_000, 20_000, 100_000), "mails": 100}
    if quick:
        sizes = {"tickets": 20, "reads": 20, "lists": (200,), "mails": 5}
    imported = importing(sizes["reads"] // 10)
    folder = Path(tempfile.mkdtemp(prefix="helpdesk-bench-"))
    folder.chmod(0o755)
    begin = time.perf_counter()
    product = Product(folder / "bench")
    product.set_up(scheduler_tick_interval=1, mail_pull_interval=1)
    set_up = time.perf_counter() - begin
    begin = time.perf_counter()
    product.start()
    reader = Rest(product.url).sign_in("Administrator", PASSWORD)
    reader.http.get(f"{product.url}/helpdesk").raise_for_status()
    first_page = time.perf_counter() - begin
    rest = Rest(product.url).sign_in("Administrator", PASSWORD)
    idle = product.memory_mb()
    servers = MailServers(folder / "mail")
    try:
        make_agents(rest)
        floor = Floor(folder)
        figures = tickets(rest, floor, sizes) + reading(rest, product, floor, sizes)
        if dovecot_binary():
            servers.start()
            figures += mails(rest, servers, sizes)
        figures += [
            imported,
            Figure("site made and app installed", set_up, unit="s"),
            Figure("server started to first page", first_page * 1000),
            Figure("memory after start", idle, unit="MB"),
            Figure("memory at the end of this run", product.memory_mb(), unit="MB"),
        ]
    finally:
        product.stop()
        servers.stop()
    return figures


def report(figures: list[Figure], inner: list[Figure]) -> str:
    machine = f"{platform.machine()}, Python {platform.python_version()}, SQLite {sqlite3.sqlite_version}"
    inside = "The runtime alone, in one process without a server between:"
    return "\n\n".join([f"Measured on {machine}.", table(figures), inside, table(inner)])


def table(figures: list[Figure]) -> str:
    return "\n".join(["| what | ours | floor | ratio |", "|---|---:|---:|---:|", *(figure.row() for figure in figures)])


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true", help="small numbers; the table is printed, not stored")
    options = parser.parse_args()
    text = report(measure(options.quick), runtime.measure(20 if options.quick else runtime.TIMES))
    print(text)
    if not options.quick:
        before, _, rest = TABLE.read_text(encoding="utf-8").partition(BEGIN)
        _, _, after = rest.partition(END)
        TABLE.write_text(f"{before}{BEGIN}\n\n{text}\n\n{END}{after}", encoding="utf-8")


if __name__ == "__main__":
    main()
