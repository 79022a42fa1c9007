"""The servers that `--services` runs the tests on: where they are, and whether they answer.

    FRAPPE_TEST_DB_HOST, FRAPPE_TEST_DB_PORT                    MariaDB; 127.0.0.1 and 3306
    FRAPPE_TEST_DB_ROOT_USER, FRAPPE_TEST_DB_ROOT_PASSWORD      somebody who may make databases and users; root, none
    FRAPPE_TEST_REDIS                                           redis://127.0.0.1:6379

Each test run has databases and Redis keys of its own, whose names begin with `frappe_test_`, and removes them.
"""

from __future__ import annotations

import os
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from frappe.database.mariadb.driver import Address


@dataclass(frozen=True)
class Services:
    """Where MariaDB and Redis are."""

    db_host: str = "127.0.0.1"
    db_port: int = 3306
    db_root_user: str = "root"
    db_root_password: str = ""
    redis: str = "redis://127.0.0.1:6379"

    def root(self, database: str | None = None) -> Address:
        """Return the address of the server for somebody who may do everything."""
        password = self.db_root_password or None
        return Address(self.db_host, self.db_port, None, self.db_root_user, password, database)

    def config(self) -> dict[str, Any]:
        """Return what the configuration of a test site says of the servers."""
        return {
            "db_root_username": self.db_root_user,
            "db_root_password": self.db_root_password,
            "redis_cache": self.redis,
            "redis_queue": self.redis,
            "redis_socketio": self.redis,
        }

    def forget_keys(self, database: str) -> None:
        """Remove what Redis holds of the site with this database."""
        import redis

        with redis.Redis.from_url(self.redis) as client:
            for key in client.scan_iter(match=f"{database}[|:]*", count=1000):
                client.delete(key)

    def holder_of(self, key: str) -> bytes | None:
        """Return who holds a lock."""
        import redis

        with redis.Redis.from_url(self.redis) as client:
            found: bytes | None = client.get(key)
            return found

    def missing(self) -> str | None:
        """Return, in a sentence, which server does not answer; None when all do."""
        return self.missing_mariadb() or self.missing_redis()

    def missing_mariadb(self) -> str | None:
        import pymysql

        from frappe.database.mariadb.driver import connect

        try:
            connect(self.root()).close()
        except pymysql.MySQLError as error:
            reason = error.args[-1]
            return f"MariaDB does not let {self.db_root_user} in at {self.db_host}:{self.db_port} ({reason})."
        return None

    def missing_redis(self) -> str | None:
        import redis

        try:
            with redis.Redis.from_url(self.redis, socket_connect_timeout=2) as client:
                client.ping()
        except redis.RedisError as error:
            return f"Redis does not answer at {self.redis} ({error})."
        return None


@lru_cache
def from_environment() -> Services:
    """Return the servers that the environment names, or those at the usual ports of this machine."""
    usual = Services()
    return Services(
        os.environ.get("FRAPPE_TEST_DB_HOST") or usual.db_host,
        int(os.environ.get("FRAPPE_TEST_DB_PORT") or usual.db_port),
        os.environ.get("FRAPPE_TEST_DB_ROOT_USER") or usual.db_root_user,
        os.environ.get("FRAPPE_TEST_DB_ROOT_PASSWORD") or usual.db_root_password,
        os.environ.get("FRAPPE_TEST_REDIS") or usual.redis,
    )
