"""`frappe.db` on SQLite."""

from __future__ import annotations

import sqlite3

from frappe.database.database import Database
from frappe.database.sqlite import SQLiteDriver


class SQLiteDatabase(Database):
    """The database of a site in one file."""

    ProgrammingError = sqlite3.ProgrammingError
    OperationalError = sqlite3.OperationalError
    InternalError = sqlite3.InternalError
    IntegrityError = sqlite3.IntegrityError
    InterfaceError = sqlite3.InterfaceError
    DataError = sqlite3.DataError
    SQLError = sqlite3.Error

    def __init__(self, path: str, busy_timeout_ms: int = 30_000):
        super().__init__(SQLiteDriver(path, busy_timeout_ms), path)
