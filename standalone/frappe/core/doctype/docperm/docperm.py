"""One permission rule of a DocType: what a role may do, on which level, with which documents."""

from __future__ import annotations

from frappe.model.document import Document


class DocPerm(Document):
    """A row that comes with the DocType's file; Custom DocPerm replaces all rows of a DocType."""
