"""HD Customer Member: one contact of a customer."""

from typing import TYPE_CHECKING

from frappe.model.document import Document


class HDCustomerMember(Document):
    """One contact of a customer."""

    if TYPE_CHECKING:
        contact_name: str
        is_manager: int
