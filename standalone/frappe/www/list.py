"""What the list pages of an app build their own lists with; the page itself is at the DocType's route."""

from __future__ import annotations

from typing import Any

from frappe.website.page_renderers.list_page import get_permitted, get_published


def get_list(
    doctype: str,
    txt: str | None,
    filters: Any,
    limit_start: int,
    limit_page_length: int = 20,
    ignore_permissions: bool = False,
    fields: list[str] | None = None,
    order_by: str | None = None,
) -> list[Any]:
    """Return documents that meet the filters and contain `txt` in the name, the title or a search field.

    They are those the session user may read, or all of them with `ignore_permissions`.
    """
    find = get_published if ignore_permissions else get_permitted
    return find(
        doctype,
        txt or "",
        filters or {},
        limit_start=limit_start,
        limit_page_length=limit_page_length,
        fields=fields or ["*"],
        order_by=order_by or "creation desc",
    )


__all__ = ["get_list"]
