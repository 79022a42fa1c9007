"""HD AI Settings: which service helps agents, and how it is reached."""

from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import frappe
from frappe import _
from frappe.model.document import Document
from frappe.utils import cint

from helpdesk.ai import providers
from helpdesk.realtime import events

LONGEST_SECONDS = 120


class HDAISettings(Document):
    """Which service helps agents, and how it is reached."""

    if TYPE_CHECKING:
        enabled: int
        provider: str | None
        base_url: str | None
        model: str | None
        api_key: str | None
        timeout_seconds: int
        hourly_limit: int

    def validate(self) -> None:
        self.check_provider()
        self.check_address()
        self.check_key()
        self.check_numbers()

    def on_update(self) -> None:
        events.settings_changed()

    def check_provider(self) -> None:
        """Refuse a provider of no installed app, and the built-in one without an address and a model."""
        self.provider = self.provider or providers.BUILT_IN
        if self.provider not in providers.names():
            frappe.throw(_("There is no AI provider {0} on this site.").format(self.provider))
        if self.enabled and self.provider == providers.BUILT_IN and not (self.base_url and self.model):
            frappe.throw(_("Please enter the address and the model of the AI service."))

    def check_address(self) -> None:
        """Refuse what is no plain web address: names and passwords in it would end up in logs."""
        self.base_url = (self.base_url or "").strip().rstrip("/")
        if not self.base_url:
            return
        parts = urlsplit(self.base_url)
        if parts.scheme not in ("http", "https") or not parts.hostname or "@" in parts.netloc:
            frappe.throw(_("The address of the AI service begins with https:// and names a host."))
        if parts.query or parts.fragment:
            frappe.throw(_("The address of the AI service ends with its path, such as https://ai.example.com/v1."))

    def check_key(self) -> None:
        """Let a stored key go to no other server than the one it was entered for."""
        stored = frappe.db.get_single_value(providers.SETTINGS, "base_url", cache=False)
        if stored and _server(stored) != _server(self.base_url) and self.is_dummy_password(self.api_key or ""):
            frappe.throw(_("This is another server. Please enter its key, or leave the key empty."))

    def check_numbers(self) -> None:
        """Refuse limits that could not be kept."""
        if not 1 <= cint(self.timeout_seconds) <= LONGEST_SECONDS:
            frappe.throw(_("The AI service has between 1 and {0} seconds to answer.").format(LONGEST_SECONDS))
        if cint(self.hourly_limit) < 1:
            frappe.throw(_("Everybody may ask the AI service at least once an hour."))


def _server(url: str | None) -> tuple[str, str]:
    parts = urlsplit(url or "")
    return parts.scheme, parts.netloc.lower()
