"""The addresses of all public articles, for search engines."""

from typing import Any

from helpdesk.knowledge_base import public

no_cache = 1


def get_context(context: Any) -> None:
    public.require_public()
    context.addresses = list(public.addresses())
