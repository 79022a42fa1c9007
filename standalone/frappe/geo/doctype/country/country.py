"""Controller of the DocType Country."""

import frappe
from frappe.model.document import Document


class Country(Document):
    """A country with its code and customs of writing dates."""


def get_country_code(country: str) -> str | None:
    """Return the two-letter code of a country, in lower case."""
    code: str | None = frappe.db.get_value("Country", country, "code")
    return code.lower() if code else None
