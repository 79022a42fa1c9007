"""Controller of the DocType Email Template: subject and text with places to be filled in."""

from __future__ import annotations

from typing import Any

import frappe
from frappe.model.document import Document
from frappe.utils import cstr
from frappe.utils.jinja import validate_template


class EmailTemplate(Document):
    """A mail to be filled in with the fields of a document."""

    @property
    def response_(self) -> str:
        return cstr(self.response_html if self.use_html else self.response)

    def validate(self) -> None:
        validate_template(cstr(self.subject))
        validate_template(self.response_)

    def get_formatted_subject(self, doc: Any) -> str:
        return cstr(frappe.render_template(cstr(self.subject), _values(doc)))

    def get_formatted_response(self, doc: Any) -> str:
        return cstr(frappe.render_template(self.response_, _values(doc)))

    def get_formatted_email(self, doc: Any) -> dict[str, str]:
        """Return subject and message, filled in."""
        values = _values(doc)
        return {"subject": self.get_formatted_subject(values), "message": self.get_formatted_response(values)}


def _values(doc: Any) -> dict[str, Any]:
    values = frappe.parse_json(doc) if isinstance(doc, str) else doc
    as_dict = getattr(type(values), "as_dict", None)
    return dict(values.as_dict()) if callable(as_dict) else dict(values or {})


@frappe.whitelist()
def get_email_template(template_name: str, doc: str | dict[str, Any]) -> dict[str, str]:
    """Return subject and message of a template that the caller may read, filled in with the given values."""
    template = frappe.get_doc("Email Template", template_name)
    template.check_permission("read")
    filled: dict[str, str] = template.get_formatted_email(doc)
    return filled
