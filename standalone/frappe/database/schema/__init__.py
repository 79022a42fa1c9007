"""Tables and how they follow the DocTypes.

`desired` says what a DocType wants, the driver what is there, `diff` what has to be done, `sync` does it.
"""

from __future__ import annotations

from typing import Any

from frappe.types import _dict


def create_base_tables(db: Any = None) -> None:
    """Create the tables a site needs before its first DocType; those that are there already are left alone."""
    from frappe.context import local
    from frappe.database.schema.base_tables import BASE_TABLES
    from frappe.database.schema.core_tables import core_tables
    from frappe.database.schema.model import CreateTable

    db = db if db is not None else local.db
    present = set(db.driver.tables())
    db.apply([CreateTable(table) for table in (*BASE_TABLES, *core_tables()) if table.name not in present])


def add_column(
    doctype: str,
    column_name: str,
    fieldtype: str,
    precision: int | None = None,
    length: int | None = None,
    default: Any = None,
    not_null: bool = False,
) -> None:
    """Give the table of a DocType a column of this fieldtype, for a patch that needs it early; commits.

    Nothing happens when it is there. Raises ValueError for a fieldtype without a column.
    """
    from frappe.context import local
    from frappe.database.schema.fieldtypes import column_for
    from frappe.database.schema.model import AddColumn

    field = _dict(
        fieldname=column_name,
        fieldtype=fieldtype,
        precision=precision,
        length=length,
        default=default,
        not_nullable=not_null,
    )
    column = column_for(field)
    if column is None:
        raise ValueError(f"A {fieldtype} has no column.")
    if not local.db.has_column(doctype, column_name):
        local.db.apply([AddColumn(f"tab{doctype}", column)])


__all__ = ["add_column", "create_base_tables"]
