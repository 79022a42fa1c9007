"""Controller of the DocType Translation: a site's own words for a text."""

from typing import TYPE_CHECKING

from frappe.model.document import Document
from frappe.translate import clear_cache
from frappe.utils import is_html, strip_html_tags
from frappe.utils.html_utils import sanitize_html


class Translation(Document):
    """The translation of one source text into one language."""

    if TYPE_CHECKING:
        source_text: str
        translated_text: str

    def validate(self) -> None:
        if is_html(self.source_text):
            self.source_text = strip_html_tags(self.source_text).strip()
        self.translated_text = sanitize_html(self.translated_text)

    def on_update(self) -> None:
        clear_cache()

    def after_delete(self) -> None:
        clear_cache()
