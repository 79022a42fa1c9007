"""Controller of the DocType Address."""

from typing import TYPE_CHECKING, Any

import frappe
from frappe import _
from frappe.contacts.address_and_contact import fill_link_titles, without_repeated_links
from frappe.contacts.doctype.address_template.address_template import get_template_of
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
    """Return an address (a document, a dict or a name one may read) as lines of HTML.

    The Address Template of its country, or the default one, says how.
    """
    if isinstance(address_dict, str):
        doc = frappe.get_doc("Address", address_dict)
        doc.check_permission("read")
        address_dict = doc
    return render_address(address_dict, check_permissions=False)


def render_address(address: Any, check_permissions: bool = True) -> str:
    """Return an address (a document, a dict or a name) as lines of HTML."""
    if not address:
        return ""
    if isinstance(address, str):
        address = frappe.get_cached_doc("Address", address)
    if check_permissions and isinstance(address, Document):
        address.check_permission("read")
    values = address.as_dict() if isinstance(address, Document) else address
    safe = {key: frappe.utils.escape_html(value) if isinstance(value, str) else value for key, value in values.items()}
    template = get_template_of(values.get("country"))
    return str(frappe.render_template(template, safe)) if template else _lines(safe)


def _lines(values: dict[str, Any]) -> str:
    lines = (
        values.get("address_line1"),
        values.get("address_line2"),
        " ".join(filter(None, (values.get("pincode"), values.get("city")))),
        values.get("state"),
        values.get("country"),
    )
    return "<br>".join(line for line in lines if line)


def get_condensed_address(doc: Any) -> str:
    """Return an address in one line of text."""
    parts = ("address_title", "address_line1", "address_line2", "city", "county", "state", "country")
    return ", ".join(cstr(doc.get(part)) for part in parts if doc.get(part))


def get_default_address(doctype: str, name: str | None, sort_key: str = "is_primary_address") -> str | None:
    """Return the Address of a record that is marked by `sort_key`, else the oldest one; None without addresses.

    Addresses that are disabled do not count.
    """
    if sort_key not in ("is_primary_address", "is_shipping_address"):
        raise frappe.ValidationError(f"Addresses cannot be preferred by {sort_key}.")
    links = {"parenttype": "Address", "link_doctype": doctype, "link_name": name}
    names = frappe.get_all("Dynamic Link", filters=links, pluck="parent")
    if not name or not names:
        return None
    found: list[str] = frappe.get_all(
        "Address",
        filters={"name": ("in", names), "disabled": 0},
        pluck="name",
        order_by=f"{sort_key} desc, creation asc",
        limit=1,
    )
    return found[0] if found else None
