"""Controller of the DocType Email Flag Queue."""

from __future__ import annotations

from frappe.model.document import Document


class EmailFlagQueue(Document):
    """A mark (read, unread) that waits to be set on the mail server."""
