"""Who answers: the providers of all apps by name, and the one that the settings choose.

An app registers one in its hook `helpdesk_ai_providers`, `{"Name": "path.to.function"}`. The function gets `Options`
and returns a `Provider`.
"""

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal, Protocol, TypedDict

import frappe
from frappe import _
from frappe.utils import cint

from helpdesk.exceptions import AIFailed, AIOff

if TYPE_CHECKING:
    from helpdesk.helpdesk.doctype.hd_ai_settings.hd_ai_settings import HDAISettings

HOOK = "helpdesk_ai_providers"
SETTINGS = "HD AI Settings"
BUILT_IN = "OpenAI-compatible"
SECONDS = 30
PER_HOUR = 60
PRIVATE_HOSTS = "outgoing_private_hosts"
"""Key of the site's configuration: names and addresses inside that may be called all the same."""


class Message(TypedDict):
    """A turn of the conversation with a model."""

    role: Literal["system", "user", "assistant"]
    content: str


class Provider(Protocol):
    """Something that answers."""

    def complete(self, messages: list[Message]) -> str:
        """Return the model's answer as text. Raises an AIFailed that says in a person's words what happened."""
        ...


@dataclass(frozen=True)
class Options:
    """What the settings say about the provider. The key is not part of what is printed."""

    base_url: str
    model: str
    api_key: str = field(repr=False)
    seconds: int = SECONDS
    inside: frozenset[str] = frozenset()


def settings() -> "HDAISettings":
    """Return the settings from the cache: read them, never change them."""
    return frappe.get_cached_doc(SETTINGS, SETTINGS)


def names() -> list[str]:
    """Return the providers to choose from."""
    return list(frappe.get_hooks(HOOK))


def is_on() -> bool:
    """Tell whether there is a provider, and it is switched on."""
    found = settings()
    return bool(found.enabled) and (found.provider or BUILT_IN) in names()


def teams_without() -> list[str]:
    """Return the teams whose tickets are kept from any provider."""
    return frappe.get_all("HD Team", filters={"disable_ai": 1}, pluck="name")


def current() -> Provider:
    """Return the provider that the settings choose. Raises AIOff when there is none."""
    if not is_on():
        frappe.throw(_("AI is not set up on this site."), AIOff)
    return connect()


def connect() -> Provider:
    """Return the chosen provider, switched on or not: what managers test is this."""
    found = settings()
    paths = frappe.get_hooks(HOOK).get(found.provider or BUILT_IN)
    if not paths:
        frappe.throw(_("There is no AI provider {0} on this site.").format(found.provider), AIFailed)
    return frappe.get_attr(paths[-1])(_options(found))


def _options(found: "HDAISettings") -> Options:
    return Options(
        base_url=(found.base_url or "").rstrip("/"),
        model=found.model or "",
        api_key=(found.get_password("api_key", raise_exception=False) or "").strip(),
        seconds=cint(found.timeout_seconds) or SECONDS,
        inside=frozenset(str(host).lower() for host in frappe.conf.get(PRIVATE_HOSTS) or ()),
    )
