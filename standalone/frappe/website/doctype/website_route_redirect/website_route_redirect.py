"""Controller of the DocType Website Route Redirect."""

from frappe.model.document import Document


class WebsiteRouteRedirect(Document):
    """One row of a table: website route redirect."""
