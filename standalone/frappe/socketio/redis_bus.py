"""Records between the processes of a site through Redis, and who has which document open in any of them.

Everything goes over the channel `events`, as on a Frappe bench, so each record says whose it is: `namespace` is the
site, `database` the name of its database, which tells apart sites of one name.
"""

from __future__ import annotations

import json
import os
import threading
import time
from collections.abc import Callable, Iterable
from functools import lru_cache
from typing import Any

import frappe
from frappe.utils.logger import get_logger

CHANNEL = "events"
WAIT_SECONDS = 1.0
PRESENCE_SECONDS = 90
"""How long somebody counts as present whose server has died."""

Record = dict[str, Any]


class RedisBus:
    """The way to the other processes of one site."""

    def __init__(self, url: str, site: str, database: str):
        from redis.exceptions import RedisError

        from frappe.cache.redis_store import connect

        self.site, self.database = site, database
        self.client: Any = connect(url)
        self.lost: type[Exception] = RedisError

    def publish(self, record: Record) -> bool:
        """Send a record to every server and worker of the site, this process included; False when Redis is away."""
        own = {**record, "namespace": self.site, "database": self.database}
        try:
            self.client.publish(CHANNEL, json.dumps(own))
        except self.lost as error:
            get_logger("realtime").warning("Redis cannot be reached, other processes hear nothing: %s", error)
            return False
        return True

    def concerns(self, record: Record) -> bool:
        return record.get("namespace") == self.site and record.get("database", self.database) == self.database


@lru_cache
def _bus(url: str, site: str, database: str, pid: int) -> RedisBus:
    return RedisBus(url, site, database)


def of_active_site() -> RedisBus | None:
    """Return the way to the other processes; None when the site has no Redis."""
    conf = frappe.local.conf
    url = conf.redis_socketio or conf.redis_queue
    return _bus(url, frappe.local.site, conf.db_name, os.getpid()) if url else None


class Listener:
    """A thread that hands the records of a site to `receiver`; it survives the loss of Redis."""

    def __init__(self, bus: RedisBus, receiver: Callable[[Record], None]):
        self._bus, self._receiver = bus, receiver
        self._stop = threading.Event()
        self.is_listening = threading.Event()
        self._thread = threading.Thread(target=self._run, name="events", daemon=True)

    def start(self) -> None:
        self._thread.start()

    def stop(self) -> None:
        self._stop.set()
        self._thread.join(2 * WAIT_SECONDS)

    def _run(self) -> None:
        while not self._stop.is_set():
            try:
                self._listen()
            except self._bus.lost as error:
                self.is_listening.clear()
                get_logger("realtime").warning("Redis cannot be reached, trying again: %s", error)
                self._stop.wait(WAIT_SECONDS)

    def _listen(self) -> None:
        with self._bus.client.pubsub(ignore_subscribe_messages=False) as channel:
            channel.subscribe(CHANNEL)
            while not self._stop.is_set():
                message = channel.get_message(timeout=WAIT_SECONDS)
                if message and message["type"] == "subscribe":
                    self.is_listening.set()
                elif message and message["type"] == "message":
                    self._pass_on(message["data"])

    def _pass_on(self, data: bytes) -> None:
        try:
            record = json.loads(data)
        except ValueError:
            get_logger("realtime").warning("Another process sent a record that cannot be read.")
            return
        if isinstance(record, dict) and self._bus.concerns(record):
            self._receiver(record)


class Presence:
    """Which users are in a room, whichever server they are connected to. Without Redis nobody is known."""

    def __init__(self, bus: RedisBus):
        self._bus = bus

    def _key(self, room: str) -> str:
        return f"{self._bus.database}:present:{room}"

    def enter(self, places: Iterable[tuple[str, str, str]]) -> None:
        """Note `(room, connection, user)`s, for a while; repeat it while they are there."""
        until = time.time() + PRESENCE_SECONDS
        self._quietly(self._enter, places, until)

    def _enter(self, places: Iterable[tuple[str, str, str]], until: float) -> None:
        pipeline = self._bus.client.pipeline(transaction=False)
        for room, connection, user in places:
            pipeline.hset(self._key(room), connection, json.dumps([user, until]))
            pipeline.expire(self._key(room), 2 * PRESENCE_SECONDS)
        pipeline.execute()

    def leave(self, room: str, connection: str) -> None:
        self._quietly(self._bus.client.hdel, self._key(room), connection)

    def users(self, room: str) -> dict[str, str]:
        """Return `{connection: user}` of everybody in a room."""
        now = time.time()
        stored = self._quietly(self._bus.client.hgetall, self._key(room)) or {}
        noted = {id.decode(): json.loads(value) for id, value in stored.items()}
        return {id: user for id, (user, until) in noted.items() if until > now}

    def _quietly(self, ask: Callable[..., Any], *args: Any) -> Any:
        try:
            return ask(*args)
        except self._bus.lost as error:
            get_logger("realtime").warning("Redis cannot be reached, who is where is not known: %s", error)
            return None
