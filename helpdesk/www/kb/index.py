"""The public knowledge base: its shelves, and a search that needs no JavaScript."""

from typing import Any

import frappe
from frappe import _

from helpdesk.knowledge_base import public

no_cache = 1


def get_context(context: Any) -> None:
    public.require_public()
    question = str(frappe.form_dict.get("q") or "")
    context.question = question
    context.answers = public.answers(question)
    context.shelves = public.shelves()
    context.page = public.page(
        _("Knowledge base"), _("Answers to common questions, by subject."), public.ROOT, is_indexed=not question
    )
