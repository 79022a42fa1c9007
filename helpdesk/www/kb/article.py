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
    context.is_voted = bool(frappe.form_dict.get("voted"))
    context.csrf_token = (frappe.session.data or {}).get("csrf_token") or ""
    context.page = public.page(article["title"], text_of(article["content"]), public.article_path(article["name"]))
