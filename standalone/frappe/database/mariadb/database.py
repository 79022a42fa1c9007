"""`frappe.db` on MariaDB."""

from __future__ import annotations

import pymysql

from frappe.database.database import Database
from frappe.database.mariadb.driver import Address, MariaDBDriver


class MariaDBDatabase(Database):
    """The database of a site on a server."""

    ProgrammingError = pymysql.ProgrammingError
    OperationalError = pymysql.OperationalError
    InternalError = pymysql.InternalError
    IntegrityError = pymysql.IntegrityError
    InterfaceError = pymysql.InterfaceError
    DataError = pymysql.DataError
    SQLError = pymysql.MySQLError

    def __init__(
        self,
        *,
        name: str | None,
        user: str,
        password: str | None = None,
        host: str | None = None,
        port: int = 3306,
        socket: str | None = None,
    ):
        address = Address(host, port, socket, user, password, name)
        super().__init__(MariaDBDriver(address), name or "")
