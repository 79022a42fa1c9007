"""Tables and how they follow the DocTypes.

`desired` says what a DocType wants, the driver what is there, `diff` what has to be done, `sync` does it.
"""

from __future__ import annotations

from typing import Any


def create_base_tables(db: Any = None) -> None:
    """Create the tables a site needs before its first DocType; those that are there already are left alone."""
    from frappe.context import local
    from frappe.database.schema.base_tables import BASE_TABLES
    from frappe.database.schema.core_tables import core_tables
    from frappe.database.schema.model import CreateTable

    db = db if db is not None else local.db
    present = set(db.driver.tables())
    db.apply([CreateTable(table) for table in (*BASE_TABLES, *core_tables()) if table.name not in present])
