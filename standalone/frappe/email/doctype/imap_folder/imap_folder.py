"""Controller of the DocType IMAP Folder."""

from __future__ import annotations

from frappe.model.document import Document


class IMAPFolder(Document):
    """A folder to fetch from, what its mails become, and how far it has been read."""
