"""The database of a site: `get_db` opens it, `frappe.db` is it."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any

from frappe.context import local
from frappe.exceptions import ImproperDBConfigurationError

if TYPE_CHECKING:
    from frappe.database.database import Database


def get_db(
    socket: str | None = None,
    host: str | None = None,
    user: str | None = None,
    password: str | None = None,
    port: int | str | None = None,
    cur_db_name: str | None = None,
    db_name: str | None = None,
) -> Database:
    """Return the database of the active site, not opened yet. Arguments override its configuration."""
    conf = local.conf
    name = db_name or cur_db_name or conf.db_name
    kind = conf.db_type or "sqlite"
    if kind == "sqlite":
        from frappe.database.sqlite_database import SQLiteDatabase

        return SQLiteDatabase(database_path(name), busy_timeout_ms=int(conf.sqlite_busy_timeout or 30_000))
    if kind == "mariadb":
        from frappe.database.mariadb.database import MariaDBDatabase

        return MariaDBDatabase(
            socket=socket or conf.db_socket,
            host=host or conf.db_host,
            user=user or conf.db_user or name,
            password=password or conf.db_password,
            port=int(port or conf.db_port or 3306),
            name=name,
        )
    raise ImproperDBConfigurationError(f"db_type {kind!r} is not supported; use sqlite or mariadb.")


def database_path(name: str | None = None) -> str:
    """Return the file of the active site's SQLite database."""
    file = f"{name or local.conf.db_name}.db"
    if os.path.basename(file) != file:
        raise ImproperDBConfigurationError(f"db_name {name!r} cannot be a file name.")
    return os.path.abspath(os.path.join(local.site_path, "db", file))


def get_value(*args: Any, **kwargs: Any) -> Any:
    """Return `frappe.db.get_value(…)` of the active site."""
    return local.db.get_value(*args, **kwargs)
