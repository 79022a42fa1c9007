"""Controller of the DocType Print Settings."""

from typing import TYPE_CHECKING

from frappe.model.document import Document


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
