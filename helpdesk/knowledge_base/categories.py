"""The shelves of the knowledge base. General is always there and takes what loses its place."""

from typing import TYPE_CHECKING, Any

import frappe
from frappe import _
from frappe.query_builder import DocType
from frappe.query_builder.functions import Count

from helpdesk.exceptions import CategoryNeedsArticle, ReservedCategory

if TYPE_CHECKING:
    from helpdesk.helpdesk.doctype.hd_article_category.hd_article_category import HDArticleCategory

CATEGORY, ARTICLE = "HD Article Category", "HD Article"
GENERAL = "General"


def is_general(title: str | None) -> bool:
    """Tell whether a title means the reserved category, however it is written."""
    return "".join((title or "").split()).casefold() == GENERAL.casefold()


def general() -> str | None:
    """Return the id of the reserved category."""
    return frappe.db.get_value(CATEGORY, {"category_name": GENERAL}, "name", order_by="creation asc")


def check(category: "HDArticleCategory") -> None:
    """Refuse a second General, and another name for the first."""
    before = category.get_doc_before_save()
    if before is not None and is_general(before.category_name):
        if category.category_name != before.category_name:
            frappe.throw(_("The category {0} cannot be renamed.").format(GENERAL), ReservedCategory)
        return
    if is_general(category.category_name) and general():
        frappe.throw(_("The category {0} exists already.").format(GENERAL), ReservedCategory)


def move_articles_to_general(category: "HDArticleCategory") -> None:
    """Empty a category that goes away into General, which itself cannot go away."""
    if is_general(category.category_name):
        frappe.throw(_("The category {0} cannot be deleted.").format(GENERAL), ReservedCategory)
    move_all(category.name, general())


def move_all(source: str, target: str | None) -> None:
    """Move all articles of a category without touching their times."""
    names = frappe.get_all(ARTICLE, filters={"category": source}, pluck="name")
    if names:
        frappe.db.set_value(ARTICLE, {"name": ["in", names]}, "category", target, update_modified=False)


def create(title: str) -> dict[str, str]:
    """Create a category with a first draft in it; return both ids. The caller may create categories."""
    if is_general(title):
        frappe.throw(_("The category {0} exists already.").format(GENERAL), ReservedCategory)
    category = frappe.get_doc({"doctype": CATEGORY, "category_name": title}).insert()
    article = frappe.get_doc({"doctype": ARTICLE, "title": _("New Article"), "category": category.name}).insert()
    return {"article": article.name, "category": category.name}


def require_another_article(category: str | None, leaving: list[str]) -> None:
    """Refuse that a category loses its last article."""
    if not category:
        return
    if not frappe.db.count(ARTICLE, {"category": category, "name": ["not in", leaving]}):
        frappe.throw(_("A category must keep at least one article."), CategoryNeedsArticle)


def move_articles(category: str, articles: list[str]) -> None:
    """Move articles the caller may write to another category, leaving none empty."""
    if not frappe.db.exists(CATEGORY, category):
        frappe.throw(_("There is no such category."), frappe.DoesNotExistError)
    found = [frappe.get_doc(ARTICLE, name) for name in dict.fromkeys(articles)]
    for source in {article.category for article in found} - {category}:
        require_another_article(source, [article.name for article in found])
    for article in found:
        article.category = category
        article.save()


def with_published_articles() -> list[dict[str, Any]]:
    """Return the categories that have published articles: as they were put in order, else the fullest first."""
    category, article = DocType(CATEGORY), DocType(ARTICLE)
    number = Count(article.name)
    return (
        frappe.qb.from_(category)
        .join(article)
        .on(article.category == category.name)
        .select(category.name, category.category_name, category.modified, number.as_("article_count"))
        .where(article.status == "Published")
        .groupby(category.name, category.category_name, category.modified, category.idx)
        .orderby(category.idx)
        .orderby(number, order=frappe.qb.desc)
        .orderby(category.category_name)
        .run(as_dict=True)
    )


def put_in_order(doctype: str, names: list[str]) -> None:
    """Remember the order of categories, or of the articles of one. The caller may write them all."""
    for place, name in enumerate(dict.fromkeys(names), start=1):
        frappe.get_doc(doctype, name).check_permission("write")
        frappe.db.set_value(doctype, name, "idx", place, update_modified=False)


def merge(source: str, target: str) -> None:
    """Move the articles of one category to another and delete it. The caller may delete categories."""
    if source == target:
        frappe.throw(_("A category cannot be merged into itself."))
    title = frappe.db.get_value(CATEGORY, source, "category_name")
    if title is None or not frappe.db.exists(CATEGORY, target):
        frappe.throw(_("There is no such category."), frappe.DoesNotExistError)
    if is_general(title):
        frappe.throw(_("The category {0} cannot be merged into another.").format(GENERAL), ReservedCategory)
    move_all(source, target)
    frappe.delete_doc(CATEGORY, source)
