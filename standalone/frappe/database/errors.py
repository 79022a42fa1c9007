"""The kinds of database errors that callers tell apart, whatever the engine calls them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

PRIMARY_KEY = "primary key"
UNIQUE = "unique"
TABLE_MISSING = "table missing"
COLUMN_MISSING = "column missing"
DEADLOCK = "deadlock"
TIMEOUT = "timeout"
TOO_LONG = "too long"
SYNTAX = "syntax"
ACCESS_DENIED = "access denied"
INTERFACE = "interface"
CANNOT_DROP = "cannot drop"
DUPLICATE_FIELD = "duplicate field"
READ_ONLY = "read only"
STATEMENT_TIMEOUT = "statement timeout"
FULL = "disk full"
AWAY = "away"

CODES = frozenset(
    {
        PRIMARY_KEY, UNIQUE, TABLE_MISSING, COLUMN_MISSING, DEADLOCK, TIMEOUT, TOO_LONG, SYNTAX, ACCESS_DENIED,
        INTERFACE, CANNOT_DROP, DUPLICATE_FIELD, READ_ONLY, STATEMENT_TIMEOUT, FULL, AWAY,
    }
)  # fmt: skip


DISK_IS_FULL = "The disk of the server is full: nothing was saved. Free some space, then try again."
IS_AWAY = "The database cannot be reached: nothing was saved. Try again in a moment."
IS_UNCERTAIN = "The database was lost while it saved. Look whether your change is there before you try again."


def predicate(*codes: str) -> Callable[[Any, BaseException], bool]:
    """Return a method that tells whether an error is of one of `codes`."""

    def is_one_of(self: Any, e: BaseException) -> bool:
        return bool(self.driver.error_code(e) in codes)

    return is_one_of


class ErrorPredicates:
    """`frappe.db.is_duplicate_entry(error)` and its family."""

    is_duplicate_entry = predicate(PRIMARY_KEY, UNIQUE)
    is_primary_key_violation = predicate(PRIMARY_KEY)
    is_unique_key_violation = predicate(UNIQUE)
    is_table_missing = predicate(TABLE_MISSING)
    is_missing_table = predicate(TABLE_MISSING)
    is_missing_column = predicate(COLUMN_MISSING)
    is_missing_table_or_column = predicate(TABLE_MISSING, COLUMN_MISSING)
    is_deadlocked = predicate(DEADLOCK)
    is_timedout = predicate(TIMEOUT)
    is_statement_timeout = predicate(STATEMENT_TIMEOUT)
    is_data_too_long = predicate(TOO_LONG)
    is_syntax_error = predicate(SYNTAX)
    is_access_denied = predicate(ACCESS_DENIED)
    is_interface_error = predicate(INTERFACE)
    is_duplicate_fieldname = predicate(DUPLICATE_FIELD)
    is_read_only_mode_error = predicate(READ_ONLY)
    cant_drop_field_or_key = predicate(CANNOT_DROP)
