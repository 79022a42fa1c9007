"""How a realtime record reaches the socket server of its site.

The server of the embedded profile registers itself as `receiver` and listens on a local socket in the site's folder
`locks`, through which commands and workers of the same machine send. A site whose configuration names `redis_socketio`
(or `redis_queue`) publishes there instead, and every server, on any machine, delivers to its own browsers.
"""

from __future__ import annotations

import hashlib
import json
import os
import socket
import tempfile
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

import frappe
from frappe.config import real_path
from frappe.socketio import redis_bus

Record = dict[str, Any]
_LONGEST_PATH = 100
"""Local sockets have short names: 108 bytes on Linux, 104 on macOS."""

_receivers: dict[str, Callable[[Record], None]] = {}


def register(site: str, receiver: Callable[[Record], None]) -> None:
    """Deliver the records of `site` to `receiver`, which must be callable from any thread."""
    _receivers[site] = receiver


def unregister(site: str) -> None:
    _receivers.pop(site, None)


def publish(record: Record) -> None:
    """Deliver one record of the active site. Without anybody who listens it is dropped."""
    receiver = _receivers.get(frappe.local.site)
    remote = redis_bus.of_active_site()
    if remote and remote.publish(record):
        return
    if receiver:
        receiver(record)
    else:
        send_to(socket_path(frappe.local.site, frappe.local.sites_path), record)


def ring() -> None:
    """Wake the workers of other processes: of any machine through Redis, else of this one. Others poll."""
    remote = redis_bus.of_active_site()
    if remote:
        remote.publish({"control": "wake"})
    elif frappe.local.site not in _receivers:
        with suppress(OSError):
            send_to(socket_path(frappe.local.site, frappe.local.sites_path), {"control": "wake"})


def socket_path(site: str, sites_path: str) -> Path:
    """Return where the server of a site listens for records of other processes."""
    locks = real_path(os.path.join(sites_path, site, "locks"))
    direct = locks / "realtime.sock"
    if len(os.fsencode(direct)) <= _LONGEST_PATH:
        return direct
    digest = hashlib.sha256(os.fsencode(locks)).hexdigest()[:24]
    return Path(tempfile.gettempdir(), f"frappe-{os.getuid()}-{digest}.sock")


def send_to(path: Path, record: Record) -> bool:
    """Write one record to the local socket; False when no server listens there."""
    if not hasattr(socket, "AF_UNIX") or not path.exists():
        return False
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as connection:
        connection.settimeout(2)
        try:
            connection.connect(str(path))
        except (ConnectionRefusedError, FileNotFoundError):
            return False
        connection.sendall(json.dumps(record).encode())
    return True
