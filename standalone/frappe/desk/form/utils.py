"""Small actions of a form: comments, attachments, the neighbours of a document."""

from __future__ import annotations

from typing import Any

from frappe import exceptions
from frappe.context import local
from frappe.handler import require_doctype
from frappe.whitelist import whitelist

Name = str | int


@whitelist(methods=["DELETE", "POST"])
def remove_attach(fid: str | None = None, dn: Name | None = None, dt: str | None = None) -> None:
    """Delete an attached file; needs write permission on the document it is attached to."""
    import frappe

    file = frappe.get_doc("File", fid or local.form_dict.get("fid"))
    file.check_permission("delete")
    file.delete()


@whitelist(methods=["POST", "PUT"])
def add_comment(
    reference_doctype: str,
    reference_name: Name,
    content: str,
    comment_email: str | None = None,
    comment_by: str | None = None,
) -> Any:
    """Comment on a document as the session user, and return the Comment.

    `comment_email` and `comment_by` are accepted for older clients; who comments is who is logged in.
    """
    import frappe
    from frappe.utils import get_fullname

    require_doctype(reference_doctype)
    document = frappe.get_doc(reference_doctype, reference_name)
    document.check_permission("read")
    comment = frappe.new_doc("Comment")
    comment.update(
        {
            "comment_type": "Comment",
            "reference_doctype": reference_doctype,
            "reference_name": str(document.name),
            "comment_email": local.session.user,
            "comment_by": get_fullname(local.session.user),
            "content": content,
        }
    )
    comment.insert(ignore_permissions=True)  # the gate is the read permission above
    return comment.as_dict()


@whitelist(methods=["POST", "PUT"])
def update_comment(name: str, content: str) -> None:
    """Change a comment; only its author and the Administrator may."""
    import frappe

    comment = frappe.get_doc("Comment", name)
    if local.session.user not in ("Administrator", comment.owner):
        _forbid("Only the author may change a comment.")
    if comment.reference_doctype and comment.reference_name:
        frappe.get_doc(comment.reference_doctype, comment.reference_name).check_permission("read")
    comment.content = content
    comment.save(ignore_permissions=True)


@whitelist(methods=["POST", "PUT"])
def update_comment_publicity(name: str, publish: bool) -> None:
    """Show a comment to everybody who reads the document on the website, or hide it; System Managers and its author."""
    import frappe

    comment = frappe.get_doc("Comment", name)
    if comment.owner != local.session.user and "System Manager" not in frappe.get_roles():
        _forbid("Only the author may publish a comment.")
    comment.published = int(publish)
    comment.save(ignore_permissions=True)


def _forbid(message: str) -> None:
    from frappe.messages import throw
    from frappe.translate import _

    throw(_(message), exceptions.PermissionError)


@whitelist()
def get_next(
    doctype: str,
    value: Name,
    prev: bool | int | str,
    filters: str | dict[str, Any] | list[Any] | None = None,
    sort_order: str = "desc",
    sort_field: str = "modified",
) -> Any:
    """Return the name of the document after (or with `prev` before) `value` in a list; None at its end."""
    from frappe import get_doc
    from frappe.api.list_query import FieldGuard, checked_filters
    from frappe.client import list_query, run_list
    from frappe.messages import msgprint
    from frappe.translate import _

    require_doctype(doctype)
    current = get_doc(doctype, value)
    current.check_permission("read")
    guard = FieldGuard(doctype)
    field = sort_field.rpartition(".")[2].strip("`")
    guard.check(field)
    backwards = str(prev).lower() in ("1", "true")
    ascending = (sort_order.lower() == "asc") != backwards
    conditions = checked_filters(guard, filters) or []
    if isinstance(conditions, dict):
        conditions = [[key, *(item if isinstance(item, list) else ["=", item])] for key, item in conditions.items()]
    conditions = [*conditions, [field, ">" if ascending else "<", current.get(field)]]
    order = f"{field} {'asc' if ascending else 'desc'}"
    query = list_query(doctype, ["name"])
    rows = run_list({**query, "filters": conditions, "order_by": order, "limit_page_length": 1})
    if rows:
        return rows[0].name
    msgprint(_("No further records"))
    return None


def get_pdf_link(doctype: str, docname: Name, print_format: str = "Standard", no_letterhead: int = 0) -> str:
    """Return where a printout of a document would be; kept for apps that only build the link."""
    from urllib.parse import urlencode

    query = {"doctype": doctype, "name": docname, "format": print_format, "no_letterhead": no_letterhead}
    return "/api/method/frappe.utils.print_format.download_pdf?" + urlencode(query)
