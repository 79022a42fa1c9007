"""Controller of the DocType Email Rule."""

from __future__ import annotations

from frappe.model.document import Document


class EmailRule(Document):
    """What happens to mails of one sender: spam, or not."""
