"""`frappe.db`: the database of the active site.

The class is put together from layers, each in its own module: `connection` (SQL, transactions), `introspection`
(tables), `singles`, `reader` and `writer`. `savepoint` guards a block of work.
"""

from __future__ import annotations

from frappe.database.transactions import CallbackManager, savepoint
from frappe.database.writer import Writer
from frappe.exceptions import TableMissingError


class Database(Writer):
    """The whole API of `frappe.db`. The subclasses add the exceptions of their engine."""


__all__ = ["CallbackManager", "Database", "TableMissingError", "savepoint"]
