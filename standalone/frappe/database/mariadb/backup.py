"""Backups of a site on MariaDB: made by the server's own program where it is installed, else by `dump`."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Iterable
from pathlib import Path
from typing import Protocol

from frappe.database.mariadb import dump
from frappe.database.mariadb.driver import Address, close_idle
from frappe.exceptions import CommandFailedError


class Sink(Protocol):
    """Where a backup goes, piece by piece."""

    def write(self, data: bytes, /) -> object: ...


def back_up(address: Address, target: Sink) -> None:
    """Write the database as of one moment, while others go on writing."""
    program = shutil.which("mariadb-dump") or shutil.which("mysqldump")
    if program:
        _run(program, address, target)
    else:
        dump.write(address, lambda text: target.write(text.encode()))


def _run(program: str, address: Address, target: Sink) -> None:
    place = [f"--socket={address.socket}"] if address.socket else [f"-h{address.host}", f"-P{address.port}"]
    options = ["--single-transaction", "--quick", "--hex-blob", "--default-character-set=utf8mb4"]
    command = [program, f"-u{address.user}", *place, *options, str(address.name)]
    environment = {**os.environ, "MYSQL_PWD": address.password or ""}
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=environment) as process:
        assert process.stdout and process.stderr
        shutil.copyfileobj(process.stdout, target, 1024 * 1024)
        said = process.stderr.read().decode(errors="replace").strip()
    if process.returncode:
        raise CommandFailedError(f"{Path(program).name} ended with status {process.returncode}: {said}")


def put_back(address: Address, lines: Iterable[str]) -> None:
    """Replace everything in the database by a dump that was checked, all at once."""
    close_idle()
    dump.replace(address, lines)
