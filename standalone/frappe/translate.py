"""Texts in the reader's language: where translations come from, how they are looked up, which language applies.

Sources, the later ones win: country names, the catalogues of the installed apps (those of the parent language first,
`pt` before `pt-BR`), then the site's Translation records. An app keeps them in `translations/<lang>.csv` (source,
translation, context) or `locale/<lang>.po`; a compiled `sites/assets/locale/<lang>/LC_MESSAGES/<app>.mo` wins over the
latter.
"""

from __future__ import annotations

import csv
import os
import re
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from typing import Any

from frappe.context import is_active, local
from frappe.whitelist import whitelist

DEFAULT_LANGUAGE = "en"
CACHE_KEY = "translations"

Catalogue = dict[str, str]

_LANGUAGE_CODE = re.compile(r"[A-Za-z]{2,3}(?:[-_][A-Za-z0-9]{2,8}){0,3}")
_TAG = re.compile(r"<[^>]*>")


# -- look-up ----------------------------------------------------------------------------------------------------------


def _(msg: Any, lang: str | None = None, context: str | None = None) -> str:
    """Return `msg` in the language of the request (or `lang`), the text itself when there is no translation.

    Tags and outer blanks are ignored in the look-up. With `context` the translation for that meaning comes first.
    Parameters are filled in by the caller, after the translation: `_("Hello {0}").format(name)`.
    """
    text = msg if isinstance(msg, str) else str(msg or "")
    if not text or not is_active():
        return text
    translations = _request_catalogue(lang or local.lang or DEFAULT_LANGUAGE)
    if not translations:
        return text
    key = (_TAG.sub("", text) if "<" in text else text).strip()
    if context:
        return translations.get(f"{key}:{context}") or translations.get(key) or text
    found: str = translations.get(key) or text
    return found


class _LazyTranslation:
    """A text that is translated when it is read, for module-level constants."""

    __slots__ = ("context", "lang", "msg")

    def __init__(self, msg: str, lang: str | None = None, context: str | None = None):
        self.msg = msg
        self.lang = lang
        self.context = context

    def __str__(self) -> str:
        return _(self.msg, self.lang, self.context)

    def __repr__(self) -> str:
        return f"_lt({self.msg!r})"

    def __eq__(self, other: object) -> bool:
        return str(self) == str(other) if isinstance(other, str | _LazyTranslation) else NotImplemented

    def __hash__(self) -> int:
        return hash(self.msg)

    def __add__(self, other: str) -> str:
        return str(self) + str(other)

    def __radd__(self, other: str) -> str:
        return str(other) + str(self)

    def __mod__(self, values: Any) -> str:
        filled: str = str(self) % values
        return filled

    def __len__(self) -> int:
        return len(str(self))

    def __format__(self, spec: str) -> str:
        return format(str(self), spec)

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        return getattr(str(self), name)


def _lt(msg: str, lang: str | None = None, context: str | None = None) -> Any:
    """Return a text that is translated each time it is turned into a str."""
    return _LazyTranslation(msg, lang, context)


def _request_catalogue(lang: str) -> Catalogue:
    mirror: dict[str, Catalogue] = local.request_cache.setdefault(CACHE_KEY, {})
    catalogue = mirror.get(lang)
    if catalogue is None:
        mirror[lang] = {}  # what is said while loading stays untranslated
        catalogue = mirror[lang] = _catalogue(lang)
    return catalogue


# -- catalogues -------------------------------------------------------------------------------------------------------


def get_all_translations(lang: str) -> Catalogue:
    """Return every translation into `lang` as `{text: translation}`, keys with a context as `text:context`. Cached."""
    return dict(_catalogue(lang))


def _catalogue(lang: str) -> Catalogue:
    from frappe.cache import shared_cache

    if not lang or not is_active() or not local.db or local.flags.in_install_db:
        return {}
    if not is_language_code(lang):
        return {}
    found: Catalogue | None = shared_cache.hget(CACHE_KEY, lang)
    if found is None:
        found = _load(lang)
        shared_cache.hset(CACHE_KEY, lang, found)
    return found


def _load(lang: str) -> Catalogue:
    merged: Catalogue = _country_names(lang)
    languages = [parent for parent in (get_parent_language(lang), lang) if parent]
    for each in languages:
        merged.update(get_translations_from_apps(each))
    for each in languages:
        merged.update(get_user_translations(each))
    return merged


def get_translations_from_apps(lang: str, apps: Iterable[str] | None = None) -> Catalogue:
    """Return the translations that the apps bring, later apps winning. English texts are written in the code."""
    from frappe.apps import get_installed_apps

    merged: Catalogue = {}
    if not is_language_code(lang):
        return merged
    for app in apps or get_installed_apps():
        merged.update(get_translations_from_csv(lang, app))
        merged.update(get_translations_from_catalogue(lang, app))
    return merged


def get_translations_from_csv(lang: str, app: str) -> Catalogue:
    """Return the translations of `<app>/translations/<lang>.csv`."""
    from frappe.apps import get_app_path

    return _read_cached(os.path.join(get_app_path(app), "translations", f"{lang}.csv"), _read_csv)


def get_translations_from_catalogue(lang: str, app: str) -> Catalogue:
    """Return the translations of the app's compiled catalogue, or of its `locale/<lang>.po` when none was compiled."""
    from frappe.apps import get_app_path

    locale = lang.replace("-", "_")
    compiled = os.path.join(local.sites_path, "assets", "locale", locale, "LC_MESSAGES", f"{app}.mo")
    if os.path.exists(compiled):
        return _read_cached(compiled, _read_mo)
    return _read_cached(os.path.join(get_app_path(app), "locale", f"{locale}.po"), _read_po)


_files: dict[str, tuple[int, Catalogue]] = {}


def _read_cached(path: str, read: Callable[[str], Catalogue]) -> Catalogue:
    """Read a file once per version; {} when there is none."""
    try:
        stamp = os.stat(path).st_mtime_ns
    except FileNotFoundError:
        return {}
    known = _files.get(path)
    if known is None or known[0] != stamp:
        known = _files[path] = (stamp, read(path))
    return known[1]


def _read_csv(path: str) -> Catalogue:
    catalogue: Catalogue = {}
    with open(path, encoding="utf-8", newline="") as file:
        for number, row in enumerate(csv.reader(file), start=1):
            if len(row) not in (0, 2, 3):
                raise ValueError(f"{path}, line {number}: a row has a text, its translation and perhaps a context.")
            if row and row[1]:
                catalogue[_key(row[0], row[2] if len(row) == 3 else None)] = row[1].strip()
    return catalogue


def _read_mo(path: str) -> Catalogue:
    from babel.messages.mofile import read_mo

    with open(path, "rb") as file:
        return _from_babel(read_mo(file))


def _read_po(path: str) -> Catalogue:
    from babel.messages.pofile import read_po

    with open(path, "rb") as file:
        return _from_babel(read_po(file))


def _from_babel(messages: Any) -> Catalogue:
    catalogue: Catalogue = {}
    for message in messages:
        if not message.id or not message.string or message.fuzzy:
            continue
        text = message.id if isinstance(message.id, str) else message.id[0]
        translation = message.string if isinstance(message.string, str) else message.string[0]
        catalogue[_key(text, message.context)] = translation
    return catalogue


def _key(text: str, context: str | None) -> str:
    text = text.strip()
    return f"{text}:{context}" if context else text


def _country_names(lang: str) -> Catalogue:
    if lang == DEFAULT_LANGUAGE:
        return {}
    from frappe.utils.date_formats import babel_locale

    english, other = babel_locale(DEFAULT_LANGUAGE).territories, babel_locale(lang).territories
    return {english[code]: other[code] for code in english if len(code) == 2 and other.get(code)}


def get_user_translations(lang: str) -> Catalogue:
    """Return the site's own Translation records for a language."""
    import frappe

    if not is_language_code(lang) or not frappe.db.table_exists("Translation"):
        return {}
    rows = frappe.get_all(
        "Translation",
        filters={"language": lang},
        fields=["source_text", "translated_text", "context"],
        order_by="creation asc",
    )
    catalogue: Catalogue = {}
    for row in rows:
        source = _TAG.sub("", row.source_text or "") if "<" in (row.source_text or "") else row.source_text or ""
        catalogue[_key(source, row.context)] = row.translated_text or ""
    return catalogue


def clear_cache() -> None:
    """Forget translations; called when a Translation is saved."""
    from frappe.cache import cache

    for key in (CACHE_KEY, "lang", "languages", "translated_doctypes"):
        cache.delete_value(key)
    if is_active():
        local.request_cache.pop(CACHE_KEY, None)


# -- languages --------------------------------------------------------------------------------------------------------


def is_language_code(lang: str) -> bool:
    """Tell whether text has the form of a language code; other text never reaches a path or a query."""
    return _LANGUAGE_CODE.fullmatch(lang) is not None


def get_parent_language(lang: str) -> str | None:
    """Return `pt` for `pt-BR`, None for a language without a region."""
    parent, separator, _rest = lang.replace("_", "-").partition("-")
    return parent if separator else None


def get_language() -> str:
    """Return the language for the current request.

    The order: form value `_lang`; for a user: the user's language, or the site's; for a guest: the cookie
    `preferred_language`, the browser's Accept-Language, the site's language; `en` in the end.
    """
    wanted = local.form_dict.get("_lang")
    if isinstance(wanted, list):
        wanted = wanted[0] if wanted else None
    if isinstance(wanted, str) and _is_spoken_here(wanted):
        return wanted
    if local.session.user and local.session.user != "Guest":
        return get_user_lang(local.session.user)
    return get_preferred_language_cookie() or _language_of_browser() or _site_language()


def get_preferred_language_cookie() -> str | None:
    """Return the language a guest chose before."""
    request = local.request
    wanted = request.cookies.get("preferred_language") if request else None
    return wanted if wanted and _is_spoken_here(wanted) else None


def _is_spoken_here(lang: str) -> bool:
    """Tell whether text is the code of an enabled language, or of any while the site has no list of languages."""
    languages = get_all_languages() if local.db else []
    return lang in languages if languages else is_language_code(lang)


def set_preferred_language_cookie(preferred_language: str) -> None:
    """Remember a guest's choice of a language."""
    local.cookie_manager.set_cookie("preferred_language", preferred_language)


def _language_of_browser() -> str | None:
    request = local.request
    accepted = list(request.accept_languages.values()) if request else []
    if not accepted:
        return None
    known: dict[str, str] = {code.lower(): code for code in get_all_languages()}
    for code in accepted:
        for candidate in (code, get_parent_language(code)):
            if candidate and candidate.lower() in known:
                return known[candidate.lower()]
    return None


def _site_language() -> str:
    import frappe

    return (frappe.db.get_default("lang") if local.db else None) or DEFAULT_LANGUAGE


def get_user_lang(user: str | None = None) -> str:
    """Return the language of a user, the session user by default; the site's when none was chosen. Cached."""
    from frappe.cache import cache

    user = user or local.session.user
    lang: str | None = cache.hget("lang", user)
    if lang is None:
        import frappe

        lang = frappe.db.get_value("User", user, "language") or _site_language()
        cache.hset("lang", user, lang)
    return lang


def get_lang_code(lang: str) -> str | None:
    """Return the code of a language given by name."""
    import frappe

    return frappe.db.get_value("Language", {"language_name": lang}) or None


def set_default_language(lang: str) -> None:
    """Make `lang` the language of the site and of the current request."""
    import frappe

    if frappe.db.get_default("lang") != lang:
        frappe.db.set_default("lang", lang)
    local.lang = lang


def get_all_languages(with_language_name: bool = False) -> list[Any]:
    """Return the codes of the enabled languages, or rows `{language_code, language_name}`."""
    from frappe.cache import cache

    rows = cache.get_value("languages", _enabled_languages)
    return list(rows) if with_language_name else [row.language_code for row in rows]


def _enabled_languages() -> list[Any]:
    import frappe

    if not frappe.db.table_exists("Language"):
        return []
    return list(
        frappe.get_all(
            "Language",
            filters={"enabled": 1},
            fields=["language_code", "language_name"],
            order_by="language_name asc",
        )
    )


@contextmanager
def print_language(language: str | None) -> Iterator[None]:
    """Speak `language` within a block, then the former one again."""
    before, environment = local.lang, local.jenv
    local.lang, local.jenv = language or before, None
    try:
        yield
    finally:
        local.lang, local.jenv = before, environment


def get_messages_for_boot() -> Catalogue:
    """Return every translation into the language of the request, for the browser."""
    return get_all_translations(local.lang)


@whitelist(allow_guest=True)
def get_boot_translations() -> Catalogue:
    """Return every translation into the language of the request, for apps that draw their own screens."""
    return get_messages_for_boot()


def get_translated_doctypes() -> list[str]:
    """Return the DocTypes whose names of documents are translated when shown."""
    from frappe.cache import cache

    found: list[str] = cache.get_value("translated_doctypes", _read_translated_doctypes)
    return found


def _read_translated_doctypes() -> list[str]:
    import frappe

    doctypes = set(frappe.get_all("DocType", filters={"translated_doctype": 1}, pluck="name"))
    setters = frappe.get_all(
        "Property Setter", filters={"property": "translated_doctype"}, fields=["doc_type", "value"]
    )
    for setter in setters:
        (doctypes.add if setter.value == "1" else doctypes.discard)(setter.doc_type)
    return sorted(doctypes)


__all__ = [
    "clear_cache",
    "get_all_translations",
    "get_language",
    "get_translated_doctypes",
    "get_user_lang",
    "print_language",
]
