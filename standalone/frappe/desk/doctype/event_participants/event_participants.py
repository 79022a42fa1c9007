"""Controller of the child DocType Event Participants: a document (a contact, a user, …) that takes part in an event."""

from frappe.model.document import Document


class EventParticipants(Document):
    """One participant of an Event."""
