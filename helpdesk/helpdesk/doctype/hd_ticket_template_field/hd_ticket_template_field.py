"""HD Ticket Template Field: one field of a ticket form."""

from typing import TYPE_CHECKING

from frappe.model.document import Document


class HDTicketTemplateField(Document):
    """One field of a ticket form."""

    if TYPE_CHECKING:
        fieldname: str
        url_method: str | None
        required: int
        hide_from_customer: int
        placeholder: str | None
