"""An article of the public knowledge base."""

from typing import Any

import frappe
from frappe.utils import formatdate

from helpdesk.conversation.rendering import text_of
from helpdesk.knowledge_base import public

no_cache = 1


def get_context(context: Any) -> None:
    public.require_public()
    article = public.article(str(frappe.form_dict.get("article") or ""))
    context.article = article
    context.changed_on = formatdate(article["modified"])
    context.page = public.page(article["title"], text_of(article["content"]), public.article_path(article["name"]))
