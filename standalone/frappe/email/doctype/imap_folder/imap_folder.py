"""Controller of the DocType IMAP Folder."""

from frappe.model.document import Document


class IMAPFolder(Document):
    """One row of a table: imap folder."""
