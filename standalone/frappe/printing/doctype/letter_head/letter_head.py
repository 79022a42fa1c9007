"""Controller of the DocType Letter Head."""

from typing import TYPE_CHECKING

import frappe
from frappe import _
from frappe.model.document import Document
from frappe.utils import cint, escape_html


class LetterHead(Document):
    """What stands above and below a printed document: a picture, or HTML with Jinja."""

    if TYPE_CHECKING:
        source: str
        disabled: int
        is_default: int
        image: str | None
        image_height: float
        image_width: float
        align: str
        content: str | None
        footer: str | None

    def before_validate(self) -> None:
        if self.source == "Image" and self.image:
            self.content = self._picture(self.image)

    def validate(self) -> None:
        if self.disabled and self.is_default:
            frappe.throw(_("A letter head that is switched off cannot be the default."))

    def on_update(self) -> None:
        if not self.is_default:
            return
        others = frappe.get_all("Letter Head", filters={"is_default": 1, "name": ["!=", self.name]}, pluck="name")
        for name in others:
            frappe.db.set_value("Letter Head", name, "is_default", 0)

    def _picture(self, image: str) -> str:
        sizes = {"height": cint(self.image_height), "width": cint(self.image_width)}
        size = "".join(f' {side}="{pixels}"' for side, pixels in sizes.items() if pixels)
        align = (self.align or "Left").lower()
        return f'<div style="text-align: {align};"><img src="{escape_html(image)}" alt=""{size}></div>'
