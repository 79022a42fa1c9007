"""Controller of the DocType Print Settings."""

from typing import TYPE_CHECKING

from frappe.model.document import Document
from frappe.utils import cint


class PrintSettings(Document):
    """What holds for everything that is printed on this site."""

    if TYPE_CHECKING:
        send_print_as_pdf: int
        with_letterhead: int
        allow_print_for_draft: int
        allow_print_for_cancelled: int
        pdf_page_size: str
        pdf_page_height: float
        pdf_page_width: float

    def is_on(self, fieldname: str) -> bool:
        """Tell whether a switch is on; one that was never saved on this site stands at its default."""
        value, field = self.get(fieldname), self.meta.get_field(fieldname)
        return bool(cint(field.default if value is None and field else value))
