"""Text: names, marks and tags, random values, and the changes between HTML, Markdown and plain text."""

from __future__ import annotations

import hashlib
import re
import secrets
import string
from collections.abc import Iterable
from typing import Any
from urllib.parse import quote

from frappe.apps import scrub, unscrub

__all__ = [
    "as_unicode",
    "comma_and",
    "comma_or",
    "comma_sep",
    "cstr",
    "encode",
    "esc",
    "escape_html",
    "filter_strip_join",
    "generate_hash",
    "get_abbr",
    "get_string_between",
    "get_table_name",
    "html2text",
    "is_html",
    "is_image",
    "markdown",
    "md_to_html",
    "new_line_sep",
    "quote_urls",
    "quoted",
    "random_string",
    "safe_decode",
    "safe_encode",
    "scrub",
    "sha256_hash",
    "strip",
    "strip_html",
    "strip_html_tags",
    "to_markdown",
    "unescape_html",
    "unscrub",
]

_TAG = re.compile(r"<[^>]*>")
_OPEN_BRACKET = re.compile(r"<(?![^<>]*>)")
MAX_UNCLOSED = 50
_LOOKS_LIKE_HTML = re.compile(r"<(?:[a-zA-Z][a-zA-Z0-9:-]*(?:\s[^<>]*)?/?|/[a-zA-Z][^<>]*|!--)>?", re.DOTALL)
_HTML_ESCAPES = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#x27;"})
_IMAGE_ENDINGS = (".jpg", ".jpeg", ".png", ".gif", ".svg", ".webp", ".bmp", ".avif", ".heic")
_HREF = re.compile(r"(href|src)\s*=\s*(['\"])\s*((?:https?:)?//?[^'\"]+?)\s*\2", re.IGNORECASE)


def cstr(s: Any, encoding: str = "utf-8") -> str:
    """Return `s` as text, "" for None."""
    return as_unicode(s, encoding)


def as_unicode(text: Any, encoding: str = "utf-8") -> str:
    """Return `text` as str: bytes decoded, None as ""."""
    if isinstance(text, str):
        return text
    if text is None:
        return ""
    if isinstance(text, bytes):
        return str(text, encoding)
    return str(text)


def safe_encode(param: Any, encoding: str = "utf-8") -> Any:
    """Return text as bytes; anything that is not text unchanged."""
    return param.encode(encoding) if isinstance(param, str) else param


def safe_decode(param: Any, encoding: str = "utf-8", fallback_map: dict[str, str] | None = None) -> Any:
    """Return bytes as text if they decode in `encoding` (or its fallback); anything else unchanged."""
    if not isinstance(param, bytes):
        return param
    for candidate in (encoding, (fallback_map or {}).get(encoding)):
        try:
            if candidate:
                return param.decode(candidate)
        except (UnicodeDecodeError, LookupError):
            continue
    return param


def encode(obj: Any, encoding: str = "utf-8") -> Any:
    """Return text, or each text in a list, as bytes."""
    if isinstance(obj, list):
        return [safe_encode(item, encoding) for item in obj]
    return safe_encode(obj, encoding)


def strip(val: str, chars: str | None = None) -> str:
    """Strip blanks, including zero-width spaces, from both ends."""
    return (val or "").replace("\ufeff", "").replace("\u200b", "").strip(chars)


def get_abbr(text: str, max_len: int = 2) -> str:
    """Return the capital initials of the first words: `Acme Trading Ltd` gives `AT`."""
    words = [word for word in strip_html(text or "").split() if word]
    return "".join(word[0] for word in words[:max_len]).upper() or "?"


def get_string_between(start: str, string: str, end: str) -> str:
    """Return what stands between two marks, or the whole text if they are not there."""
    if not string:
        return ""
    _, found, rest = string.partition(start)
    inside, closed, _ = rest.rpartition(end)
    return inside if found and closed else string


def esc(s: str, esc_chars: str) -> str:
    """Put a backslash before each of the given characters."""
    for char in esc_chars:
        s = (s or "").replace(char, "\\" + char)
    return s


def get_table_name(table_name: str, wrap_in_backticks: bool = False) -> str:
    """Return the database table of a DocType; virtual names starting with `__` are tables themselves."""
    name = table_name if table_name.startswith("__") else f"tab{table_name}"
    return f"`{name}`" if wrap_in_backticks else name


def is_image(filepath: str) -> bool:
    """Tell by its ending whether a file is a picture."""
    return bool(filepath) and filepath.lower().split("?", 1)[0].endswith(_IMAGE_ENDINGS)


# -- random and digests -----------------------------------------------------------------------------------------------


def generate_hash(txt: str | None = None, length: int = 56) -> str:
    """Return random hexadecimal text of the given length. `txt` is ignored: guessable input adds nothing."""
    return secrets.token_hex((int(length) + 1) // 2)[: int(length)]


def random_string(length: int) -> str:
    """Return random letters and digits."""
    alphabet = string.ascii_letters + string.digits
    return "".join(secrets.choice(alphabet) for _ in range(length))


def sha256_hash(data: str | bytes) -> str:
    """Return the SHA-256 of `data` as hexadecimal text."""
    return hashlib.sha256(data.encode() if isinstance(data, str) else data).hexdigest()


# -- HTML -------------------------------------------------------------------------------------------------------------


def escape_html(text: Any) -> str:
    """Escape the five characters that have a meaning in HTML."""
    return cstr(text).translate(_HTML_ESCAPES)


def unescape_html(value: Any) -> str:
    """Turn HTML entities back into characters."""
    import html

    return html.unescape(cstr(value))


def strip_html(text: Any) -> str:
    """Remove everything between angle brackets."""
    given = cstr(text)
    end = given.rfind(">") + 1  # behind it nothing is closed, and looking for that from every bracket takes for ever
    return _TAG.sub("", given[:end]) + given[end:]


def strip_html_tags(text: Any) -> str:
    """Remove tags from text that may be None."""
    return strip_html(text)


def is_html(text: Any) -> bool:
    """Tell whether text holds at least one tag or comment."""
    return isinstance(text, str) and "<" in text and _LOOKS_LIKE_HTML.search(text) is not None


# -- Markdown and plain text ------------------------------------------------------------------------------------------

_MARKDOWN_EXTRAS: dict[str, Any] = {
    "fenced-code-blocks": None,
    "tables": None,
    "header-ids": None,
    "toc": None,
    "highlightjs-lang": None,
    "html-classes": {"table": "table table-bordered", "img": "screenshot"},
}


def md_to_html(markdown_text: str) -> Any:
    """Return the HTML of Markdown with fenced code, tables and header ids; it is not cleaned.

    The result is a str that also has `toc_html`.
    """
    import markdown2

    return markdown2.markdown(markdown_text or "", extras=_MARKDOWN_EXTRAS)


markdown = md_to_html


def html2text(html: str, strip_links: bool = False, wrap: bool = True) -> str:
    """Return HTML as readable plain text in Markdown style."""
    import html2text as html2text_module

    converter = html2text_module.HTML2Text(bodywidth=0 if not wrap else 78)
    converter.ignore_links = strip_links
    text: str = converter.handle(_without_endless_markup(html or ""))
    return text


def _without_endless_markup(html: str) -> str:
    """Return HTML in which what is opened and never closed is text: a parser looks for its end again and again."""
    if html.count("<!--") > html.count("-->") + MAX_UNCLOSED:
        html = html.replace("<!--", "&lt;!--")
    if html.count("<") > html.count(">") + MAX_UNCLOSED:
        html = _OPEN_BRACKET.sub("&lt;", html)
    return html


def to_markdown(html: str) -> str:
    """Return HTML as Markdown, without wrapped lines."""
    return html2text(html, wrap=False)


# -- lists as text ----------------------------------------------------------------------------------------------------


def comma_and(some_list: Any, add_quotes: bool = True) -> Any:
    """Return `'a', 'b' and 'c'`."""
    from frappe.translate import _

    return comma_sep(some_list, _("{0} and {1}"), add_quotes)


def comma_or(some_list: Any, add_quotes: bool = True) -> Any:
    """Return `'a', 'b' or 'c'`."""
    from frappe.translate import _

    return comma_sep(some_list, _("{0} or {1}"), add_quotes)


def comma_sep(some_list: Any, pattern: str, add_quotes: bool = True) -> Any:
    """Join items with commas, the last one by `pattern` (`{0} and {1}`); what is no list comes back as it is."""
    if not isinstance(some_list, list | tuple | set):
        return some_list
    items = [f"'{item}'" if add_quotes else cstr(item) for item in some_list]
    if len(items) < 2:
        return items[0] if items else ""
    return pattern.format(", ".join(items[:-1]), items[-1])


def new_line_sep(some_list: Any) -> Any:
    """Return the items as lines of their own; a value that is no list comes back as it is."""
    if not isinstance(some_list, list | tuple):
        return some_list
    return "\n".join(cstr(item) for item in some_list)


def filter_strip_join(some_list: Iterable[str | None], sep: str) -> str:
    """Join the items that are not empty, each stripped."""
    return cstr(sep).join(stripped for item in some_list if item and (stripped := cstr(item).strip()))


# -- quoting ----------------------------------------------------------------------------------------------------------


def quoted(url: str) -> str:
    """Percent-encode what may not stand in a URL, leaving its own marks alone."""
    return cstr(quote(cstr(url).encode("utf-8"), safe=b"~@#$&()*!+=:;,.?/'"))


def quote_urls(html: str) -> str:
    """Percent-encode the targets of `href` and `src` in HTML."""
    return _HREF.sub(lambda match: f"{match[1]}={match[2]}{quoted(match[3])}{match[2]}", html)
