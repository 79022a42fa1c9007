"""The built-in provider: any service that speaks the widely used chat completions API over HTTP, hosted or local."""

import json
import time
from typing import Any, NoReturn

import frappe
from frappe import _
from requests import RequestException, Timeout
from urllib3.exceptions import HTTPError, TimeoutError

from helpdesk.ai import outgoing
from helpdesk.ai.providers import Message, Options
from helpdesk.exceptions import AIBadAnswer, AIFailed, AIOverQuota, AIRefused, AITimeout, AIUnreachable

MOST_BYTES = 1_000_000
PIECE = 8_192
CONNECT_SECONDS = 5


class ChatCompletions:
    """Asks `base_url`/chat/completions."""

    def __init__(self, options: Options):
        self.options = options

    def complete(self, messages: list[Message]) -> str:
        """Return the answer. Nothing of what a failing service says is shown or logged: it may repeat what was sent."""
        if not self.options.base_url or not self.options.model:
            self.fail(AIFailed, _("Please enter the address and the model of the AI service in the settings."))
        try:
            return self.read(self.ask(messages))
        except outgoing.ForbiddenAddress:
            self.fail(
                AIFailed,
                _(
                    "This address is in a private network, or is not encrypted. The administrator of the site may "
                    "allow a host inside by outgoing_private_hosts in site_config.json."
                ),
            )
        except (Timeout, TimeoutError):
            self.fail(AITimeout, _("The AI service did not answer within {0} seconds.").format(self.options.seconds))
        except (RequestException, HTTPError, OSError):
            self.fail(AIUnreachable, _("The AI service cannot be reached."))

    def ask(self, messages: list[Message]) -> bytes:
        """Send the request and return the body of a good answer."""
        options = self.options
        deadline = time.monotonic() + options.seconds
        headers = {"Accept": "application/json", "Accept-Encoding": "identity"}
        if options.api_key:
            headers["Authorization"] = f"Bearer {options.api_key}"
        with (
            outgoing.session(options.inside) as session,
            session.post(
                f"{options.base_url}/chat/completions",
                json={"model": options.model, "messages": messages},
                headers=headers,
                timeout=(min(CONNECT_SECONDS, options.seconds), options.seconds),
                stream=True,
                allow_redirects=False,
            ) as response,
        ):
            self.check(response.status_code)
            return self.body(response.raw, deadline)

    def body(self, raw: Any, deadline: float) -> bytes:
        """Read what comes, up to a size and a moment: a service that drips is as slow as one that is silent."""
        read = bytearray()
        while piece := raw.read1(PIECE):
            read += piece
            if len(read) > MOST_BYTES:
                self.fail(AIBadAnswer, _("The AI service answered far too much."))
            if time.monotonic() > deadline:
                raise Timeout
        return bytes(read)

    def check(self, status: int) -> None:
        """Raise what a status other than success means to people."""
        if status in (401, 403):
            self.fail(AIRefused, _("The AI service refused the key."), status)
        if status in (402, 429):
            self.fail(AIOverQuota, _("The AI service takes no more questions now: its limit is reached."), status)
        if status >= 500:
            self.fail(AIUnreachable, _("The AI service has trouble of its own. Please try again later."), status)
        if status != 200:
            self.fail(AIRefused, _("The AI service refused the request. Are its address and the model right?"), status)

    def read(self, body: bytes) -> str:
        """Return the text of an answer in the shape of the API."""
        try:
            content = json.loads(body)["choices"][0]["message"]["content"]
        except (ValueError, LookupError, TypeError, RecursionError):
            content = None
        if not isinstance(content, str) or not content.strip():
            self.fail(AIBadAnswer, _("The AI service answered nothing that can be read."))
        return content

    def fail(self, kind: type[AIFailed], message: str, status: int | None = None) -> NoReturn:
        """Raise with a message for people; the log gets what happened, and neither key nor content."""
        frappe.logger("helpdesk").warning("AI service: %s, status %s", kind.__name__, status)
        frappe.throw(message, kind)


def connect(options: Options) -> ChatCompletions:
    """Return the provider for the settings."""
    return ChatCompletions(options)
