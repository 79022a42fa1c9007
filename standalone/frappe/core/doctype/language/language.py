"""Controller of the DocType Language."""

import re
from typing import TYPE_CHECKING

import frappe
from frappe import _
from frappe.model.document import Document

CODE = re.compile(r"^[a-zA-Z]{2,3}([-_][a-zA-Z0-9]{2,8})*$")


class Language(Document):
    """A language people may choose, and the formats that go with it."""

    if TYPE_CHECKING:
        language_code: str

    def validate(self) -> None:
        if not CODE.match(self.language_code or ""):
            frappe.throw(_("{0} is not a language code; examples are {1}.").format(self.language_code, "de, pt-BR"))

    def before_rename(self, old: str, new: str, merge: bool = False) -> None:
        if not CODE.match(new):
            frappe.throw(_("{0} is not a language code; examples are {1}.").format(new, "de, pt-BR"))

    def on_update(self) -> None:
        frappe.translate.clear_cache()

    def after_delete(self) -> None:
        frappe.translate.clear_cache()


def sync_languages() -> None:
    """Insert the languages that are missing."""
    from frappe.geo.masters import languages

    known = set(frappe.get_all("Language", pluck="name"))
    for row in languages():
        if row["language_code"] not in known:
            frappe.get_doc({"doctype": "Language", **row}).insert(ignore_permissions=True)
