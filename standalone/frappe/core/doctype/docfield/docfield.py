"""One field of a DocType."""

from __future__ import annotations

from typing import Any

from frappe.model.document import Document
from frappe.types import _dict


class DocField(Document):
    """A field: its name, type and rules. Custom Fields appear as DocFields in a Meta."""

    def get_link_doctype(self) -> str | None:
        """Return the DocType a Link or Table field points at."""
        if self.fieldtype in ("Link", "Table", "Table MultiSelect"):
            return str(self.options)
        return None

    def get_select_options(self) -> list[str]:
        return [option.strip() for option in (self.options or "").split("\n")] if self.fieldtype == "Select" else []

    def as_plain_dict(self) -> _dict:
        """Return what is set in this field, without empty values."""
        hidden = ("flags", "doctype", "parent", "parenttype", "parentfield")
        values: dict[str, Any] = {
            k: v
            for k, v in self.__dict__.items()
            if not k.startswith("_") and k not in hidden and v not in (None, "", 0)
        }
        return _dict(values)

    def __repr__(self) -> str:
        return f"<{self.fieldtype} field: {self.__dict__.get('fieldname')} of {self.__dict__.get('parent')}>"
