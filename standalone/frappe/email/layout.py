"""The look of outgoing mail: template around the content, footer, styles written into the tags."""

from __future__ import annotations

import re
from typing import Any

import frappe
from frappe import _
from frappe.utils import cint, cstr, escape_html
from frappe.utils.urls import expand_relative_urls

STANDARD = "templates/emails/standard.html"
FOOTER_PLACE = "<!--email_footer-->"

_RULE = re.compile(r"([^{}@]+)\{([^{}]*)\}")
_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)


def get_formatted_html(
    subject: str,
    message: str,
    footer: str | None = None,
    print_html: str | None = None,
    email_account: Any = None,
    header: Any = None,
    unsubscribe_link: Any = None,
    sender: str | None = None,
    with_container: bool = False,
    unsubscribe_html: str = "",
) -> str:
    """Return a whole mail around `message` (HTML): header, footer, relative links made absolute, styles inlined."""
    context = {
        "subject": subject,
        "title": subject,
        "content": message,
        "header": get_header(header),
        "footer": get_footer(email_account, footer),
        "unsubscribe": unsubscribe_html,
        "brand_logo": _brand_logo(email_account) if with_container or header else None,
        "with_container": cint(with_container),
        "print_html": print_html,
        "lang": frappe.local.lang or "en",
        "direction": "rtl" if _is_rtl() else "ltr",
    }
    page = frappe.get_template(STANDARD).render(context)
    return inline_style_in_html(expand_relative_urls(page))


def _is_rtl() -> bool:
    from frappe.utils.jinja_globals import is_rtl

    return bool(is_rtl())


def get_header(header: Any = None) -> str:
    """Return the coloured line above a mail; `header` is a title or [title, colour]."""
    if not header:
        return ""
    title, color = (
        (header[0], header[1] if len(header) > 1 else "") if isinstance(header, list | tuple) else (header, "")
    )
    return cstr(
        frappe.get_template("templates/emails/email_header.html").render({"title": cstr(title), "color": color})
    )


def get_footer(email_account: Any, footer: str | None = None) -> str:
    """Return what is below a mail: the account's own footer, else what the apps and the site say."""
    args: dict[str, Any] = {}
    if email_account and email_account.get("footer"):
        args["email_account_footer"] = email_account.footer
    address = frappe.get_system_settings("email_footer_address")
    if address:
        args["sender_address"] = address
    if not cint(frappe.get_system_settings("disable_standard_email_footer")):
        args["default_mail_footer"] = frappe.get_hooks("default_mail_footer")
    parts = [footer or "", frappe.get_template("templates/emails/email_footer.html").render(args)]
    return "".join(part for part in parts if part.strip())


def _brand_logo(email_account: Any) -> str | None:
    """Return the picture above a mail: the account's, the site's, or the one an app brings along."""
    logo = (email_account and email_account.get("brand_logo")) or frappe.get_website_settings("app_logo")
    logo = logo or next(reversed(frappe.get_hooks("email_brand_image")), None)
    return frappe.utils.get_url(cstr(logo)) if logo else None


def unsubscribe_footer(message: str, link: str) -> str:
    """Return the line with the link to unsubscribe."""
    text = escape_html(message or _("Unsubscribe from these mails"))
    return f'<p style="margin: 16px 0 0; font-size: 12px; color: #5c6670;"><a href="{link}">{text}</a></p>'


# -- styles -----------------------------------------------------------------------------------------------------------


def inline_style_in_html(html: str) -> str:
    """Return HTML with the rules of the apps' `email_css` written into the tags they match.

    Many mail programs drop style sheets. The templates of this runtime are styled inline, so without such hooks there
    is nothing to do.
    """
    rules = _app_rules()
    if not rules:
        return html
    from bs4 import BeautifulSoup
    from soupsieve import SelectorSyntaxError

    soup = BeautifulSoup(html, "html.parser")
    for selector, declarations in rules:
        try:
            found = soup.select(selector)
        except (SelectorSyntaxError, NotImplementedError):
            continue
        for tag in found:
            tag["style"] = f"{declarations}; {tag.get('style', '')}".rstrip("; ")
    return str(soup)


def _app_rules() -> list[tuple[str, str]]:
    paths = tuple(frappe.get_hooks("email_css"))
    return [rule for path in paths for rule in _rules_of(path)]


def _rules_of(path: str) -> list[tuple[str, str]]:
    """Return (selector, declarations) of a style sheet; media queries cannot be inlined and are left out."""
    key = f"email_css::{path}"
    rules = frappe.cache.get_value(key)
    if rules is None:
        text = frappe.read_file(frappe.get_app_path(*path.removeprefix("assets/").split("/"))) if "/" in path else None
        rules = parse_rules(cstr(text))
        frappe.cache.set_value(key, rules)
    return list(rules)


def parse_rules(css: str) -> list[tuple[str, str]]:
    """Return the simple rules of a style sheet in their order."""
    plain = re.sub(r"@[^{;]+\{(?:[^{}]*\{[^{}]*\})*[^{}]*\}|@[^{};]+;", "", _COMMENT.sub("", css))
    found = ((selector.strip(), " ".join(body.split()).strip("; ")) for selector, body in _RULE.findall(plain))
    return [(selector, body) for selector, body in found if selector and body and ":" not in selector]
