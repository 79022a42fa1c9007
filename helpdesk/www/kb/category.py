"""One shelf of the public knowledge base."""

from typing import Any

import frappe

from helpdesk.knowledge_base import public

no_cache = 1


def get_context(context: Any) -> None:
    public.require_public()
    name = str(frappe.form_dict.get("category") or "")
    title, context.articles = public.shelf(name)
    description = ", ".join(row["title"] for row in context.articles)
    context.page = public.page(title, description, public.category_path(name))
