"""Making and removing the database of a site on a MariaDB server."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from frappe.context import local
from frappe.database.mariadb.driver import Address, close_idle, connect
from frappe.database.schema.model import quote
from frappe.exceptions import ImproperDBConfigurationError


def create_database(root_user: str | None = None, root_password: str | None = None, force: bool = False) -> None:
    """Create database and user of the active site, as its configuration names them.

    Raises ImproperDBConfigurationError when the database exists, unless `force`, which removes it first.
    """
    conf = local.conf
    with _as_root(root_user, root_password) as cursor:
        cursor.execute("select 1 from information_schema.schemata where schema_name = %s", (conf.db_name,))
        if cursor.fetchone() and not force:
            raise ImproperDBConfigurationError(
                f"There is a database {conf.db_name} already. Use --force to replace it."
            )
        cursor.execute(f"drop database if exists {quote(conf.db_name)}")
        cursor.execute(f"create database {quote(conf.db_name)} character set utf8mb4 collate utf8mb4_unicode_ci")
        for host in _client_hosts(conf):
            cursor.execute("create or replace user %s@%s identified by %s", (conf.db_user, host, conf.db_password))
            cursor.execute(f"grant all privileges on {quote(conf.db_name)}.* to %s@%s", (conf.db_user, host))
        cursor.execute("flush privileges")


def drop_database(root_user: str | None = None, root_password: str | None = None) -> None:
    """Remove database and user of the active site."""
    conf = local.conf
    if local.db:
        local.db.close()
    close_idle()
    with _as_root(root_user, root_password) as cursor:
        cursor.execute(f"drop database if exists {quote(conf.db_name)}")
        for host in _client_hosts(conf):
            cursor.execute("drop user if exists %s@%s", (conf.db_user, host))


def _client_hosts(conf: Any) -> tuple[str, ...]:
    """Return the hosts from which the site's user may come: this machine, or anywhere for a remote server."""
    if conf.db_user_host:
        return (str(conf.db_user_host),)
    is_local = conf.db_socket or conf.db_host in (None, "", "localhost", "127.0.0.1", "::1")
    return ("localhost", "127.0.0.1") if is_local else ("%",)


@contextmanager
def _as_root(user: str | None, password: str | None) -> Iterator[Any]:
    conf = local.conf
    address = Address(
        conf.db_host,
        int(conf.db_port or 3306),
        conf.db_socket,
        user or conf.db_root_username or conf.root_login or "root",
        password or conf.db_root_password or conf.root_password,
        None,
    )
    connection = connect(address)
    try:
        with connection.cursor() as cursor:
            yield cursor
    finally:
        connection.close()
