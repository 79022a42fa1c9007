"""Controller of the child DocType Note Seen By: a user who has seen a note."""

from frappe.model.document import Document


class NoteSeenBy(Document):
    """One reader of a Note."""
