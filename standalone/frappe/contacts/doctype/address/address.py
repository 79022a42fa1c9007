"""Controller of the DocType Address."""

from typing import TYPE_CHECKING, Any

import frappe
from frappe import _
from frappe.contacts.address_and_contact import fill_link_titles, without_repeated_links
from frappe.model.document import Document
from frappe.model.naming import append_number_if_name_exists
from frappe.utils import cstr


class Address(Document):
    """A postal address. Its name is `<title>-<type>`."""

    if TYPE_CHECKING:
        address_title: str | None
        address_type: str
        links: list[Any]

    def autoname(self) -> None:
        if not self.address_title and self.get("links"):
            self.address_title = self.links[0].link_name
        if not self.address_title:
            frappe.throw(_("An address needs a title."))
        name = f"{cstr(self.address_title).strip()}-{cstr(_(self.address_type)).strip()}"
        self.name = append_number_if_name_exists("Address", name)

    def validate(self) -> None:
        self.set("links", without_repeated_links(self.get("links")))
        fill_link_titles(self.get("links"))

    def get_display(self) -> str:
        """Return the address as lines of HTML."""
        return get_address_display(self)


@frappe.whitelist()
def get_address_display(address_dict: Any = None) -> str:
    """Return an address (a document, a dict or a name one may read) as lines of HTML."""
    if isinstance(address_dict, str):
        doc = frappe.get_doc("Address", address_dict)
        doc.check_permission("read")
        address_dict = doc
    if not address_dict:
        return ""
    values = address_dict.as_dict() if isinstance(address_dict, Document) else address_dict
    lines = (
        values.get("address_line1"),
        values.get("address_line2"),
        " ".join(filter(None, (values.get("pincode"), values.get("city")))),
        values.get("state"),
        values.get("country"),
    )
    return "<br>".join(frappe.utils.escape_html(line) for line in lines if line)
