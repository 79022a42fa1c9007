"""Pages in the `www` folders: a template, and perhaps a module of the same name that prepares its context."""

from __future__ import annotations

import glob
import importlib
import os
import re
from collections.abc import Iterator
from typing import Any

from werkzeug.wrappers import Response

import frappe
from frappe.apps import FRAMEWORK, get_attr, scrub
from frappe.context import local
from frappe.utils.jinja import get_jenv
from frappe.website.page_renderers.base_template_page import BaseTemplatePage
from frappe.website.page_renderers.static_page import NEVER_SERVED, RENDERED
from frappe.website.website_context import DEFAULT_BASE
from frappe.website.www_files import WwwFile, find_file, www_folder

MODULE_ATTRIBUTES = (
    "base_template_path",
    "condition_field",
    "no_breadcrumbs",
    "no_cache",
    "no_header",
    "sitemap",
    "template",
    "title",
)
COMMENT_FLAGS = {
    "no-breadcrumbs": "no_breadcrumbs",
    "show-sidebar": "show_sidebar",
    "no-header": "no_header",
    "add-breadcrumbs": "add_breadcrumbs",
    "no-cache": "no_cache",
}
PAGES_CACHE = "website_page"
KEPT_BY_BROWSERS = "public,s-maxage=300,max-age=300,stale-while-revalidate=10800"

NOT_FOUND_MARKS = ("<!-- no-cache -->", "<!-- no-sitemap -->")

_BASE_TEMPLATE = re.compile(r"<!--\s*base[-_]template:\s*([^\s>]+)\s*-->")
_TITLE = re.compile(r"<!--\s*title:\s*([^>]*?)\s*-->")
_FIRST_HEADING = re.compile(r"<h1[^>]*>(.*?)</h1>", re.DOTALL)
_FRONT_MATTER = re.compile(r"\A---[ \t]*\r?\n(.*?)\r?\n---[ \t]*\r?\n", re.DOTALL)


class TemplatePage(BaseTemplatePage):
    """A page in a `www` folder."""

    def __init__(self, path: str | None = None, http_status_code: int | None = None):
        super().__init__(path, http_status_code)
        self.found: WwwFile | None = None
        self.source = ""
        self.pymodule: Any = None

    # -- finding

    def can_render(self) -> bool:
        self.found = find_file(self._candidates())
        return self.found is not None

    def _candidates(self) -> Iterator[str]:
        ending = os.path.splitext(self.path)[1].lower()
        if ending in RENDERED:
            yield self.path
        if ending in NEVER_SERVED or not self.path:
            return
        yield f"{self.path}.html"
        yield f"{self.path}.md"
        yield f"{self.path}/index.html"
        yield f"{self.path}/index.md"

    # -- rendering

    def render(self) -> Response:
        kept = self._from_cache()
        html = kept or self.get_html()
        if kept or self._is_for_all_guests():
            self.headers.update({"Cache-Control": KEPT_BY_BROWSERS, "Vary": "Cookie, Accept-Language"})
        return self.build_response(self.add_csrf_token(html), self.context.http_status_code or self.http_status_code)

    def get_html(self) -> str:
        self.init_context()
        self._load_source()
        self._set_page_properties()
        self._update_context()
        html = self._render_source()
        self._set_title(html)
        html = self._in_base(html)
        self._to_cache(html)
        return html

    def _load_source(self) -> None:
        assert self.found is not None, "can_render comes first"
        with open(self.found.file, encoding="utf-8") as file:
            self.source = file.read()
        self.pymodule = _companion(self.found)

    def _set_page_properties(self) -> None:
        assert self.found is not None
        self.context.basename = os.path.splitext(os.path.basename(self.found.file))[0]
        self.context.template = self.found.template_path
        self.context.base_template = _default_base(self.path)
        for name in MODULE_ATTRIBUTES:
            if hasattr(self.pymodule, name):
                self.context[name] = getattr(self.pymodule, name)
        for comment, flag in COMMENT_FLAGS.items():
            if f"<!-- {comment} -->" in self.source:
                self.context[flag] = 1
        if self.found.route.endswith(".md"):
            self._read_front_matter()
        self._read_comments()

    def _read_front_matter(self) -> None:
        match = _FRONT_MATTER.match(self.source)
        if not match:
            return
        for line in match[1].splitlines():
            key, colon, value = line.partition(":")
            if colon and key.strip():
                self.context[key.strip()] = value.strip().strip("\"'")
        self.source = self.source[match.end() :]

    def _read_comments(self) -> None:
        base, title = _BASE_TEMPLATE.search(self.source), _TITLE.search(self.source)
        if base:
            self.context.base_template = base[1]
        if title:
            self.context.title = title[1]

    def _update_context(self) -> None:
        for dotted in frappe.get_hooks("extend_website_page_controller_context", {}).get(self._controller_name(), []):
            self._merge(get_attr(dotted)(self.context))
        if hasattr(self.pymodule, "get_context"):
            self._merge(frappe.call(self.pymodule.get_context, context=self.context))
        if self.context.base_template_path:
            self.context.base_template = self.context.base_template_path

    def _controller_name(self) -> str:
        return self.pymodule.__name__ if self.pymodule else ""

    def _merge(self, data: Any) -> None:
        if isinstance(data, dict) and data is not self.context:
            self.context.update(data)

    def _render_source(self) -> str:
        assert self.found is not None
        source = self.source
        if self.found.route.endswith(".md"):
            source = str(frappe.utils.md_to_html(source))
        if "{{" not in source and "{%" not in source:
            return source
        if source is self.source and "{% block" in source and not self._is_whole(source):
            source = f'{{% extends "{self.context.base_template}" %}}{source}'
        return str(get_jenv().compiled(source).render(self.context))

    @staticmethod
    def _is_whole(source: str) -> bool:
        return "{% extends" in source or "</body>" in source or "<html" in source.lower()

    def _set_title(self, html: str) -> None:
        if not self.context.title:
            heading = _FIRST_HEADING.search(html)
            text = frappe.utils.strip_html(heading[1]).strip() if heading else ""
            self.context.title = text or self.context.basename.replace("-", " ").replace("_", " ").title()

    def _in_base(self, html: str) -> str:
        """Put the text of a page into the base template, unless it is a whole page or no page at all."""
        assert self.found is not None
        if not self.found.route.endswith((".html", ".md")) or "</body>" in html or "{% extends" in self.source:
            return html
        return self.render_template(self.context.base_template, page_content=html)

    # -- keeping what guests see

    def _from_cache(self) -> str | None:
        if not self._may_be_kept():
            return None
        kept: str | None = frappe.cache.hget(PAGES_CACHE, self._cache_key())
        return kept

    def _to_cache(self, html: str) -> None:
        if self._is_for_all_guests():
            frappe.cache.hset(PAGES_CACHE, self._cache_key(), html)

    def _is_for_all_guests(self) -> bool:
        return self._may_be_kept() and not self.context.no_cache and not self.context.http_status_code

    def _may_be_kept(self) -> bool:
        """Only what every guest sees alike: no parameters, and links that do not depend on the Host header."""
        conf = local.conf
        if local.session.user != "Guest" or conf.developer_mode or conf.disable_website_cache or not conf.host_name:
            return bool(local.flags.force_website_cache)
        return bool(local.request) and local.request.method == "GET" and not local.form_dict

    def _cache_key(self) -> str:
        return f"{local.lang}:{self.path}"


def public_pages() -> list[str]:
    """Return the routes of the pages that the apps want found: those kept for all guests, or with `sitemap = 1`."""
    routes = []
    for app in frappe.get_installed_apps():
        folder = www_folder(app)
        for path in sorted(glob.glob("**/*", root_dir=folder, recursive=True)):
            if app != FRAMEWORK and path.endswith((".html", ".md")) and _wants_to_be_found(app, folder, path):
                routes.append(os.path.splitext(path)[0].removesuffix("index").strip("/"))
    return routes


def _wants_to_be_found(app: str, folder: str, path: str) -> bool:
    if any(part.startswith(("_", ".")) for part in path.split("/")):
        return False
    file = os.path.join(folder, path)
    module = _companion(WwwFile(app, file, path))
    if hasattr(module, "sitemap"):
        return bool(frappe.utils.cint(module.sitemap))
    with open(file, encoding="utf-8") as opened:
        source = opened.read()
    return not getattr(module, "no_cache", 0) and not any(mark in source for mark in NOT_FOUND_MARKS)


def _companion(found: WwwFile) -> Any:
    """Return the module beside a template, `update_password.py` for `update-password.html`; None if there is none."""
    folder, name = os.path.split(found.file)
    module_file = scrub(os.path.splitext(name)[0])
    if not os.path.exists(os.path.join(folder, f"{module_file}.py")):
        return None
    packages = os.path.dirname(found.route).replace("/", ".")
    parts = [found.app, "www", *([packages] if packages else []), module_file]
    return importlib.import_module(".".join(parts))


def _default_base(path: str) -> str:
    """Return the base template for a page: by the hook `base_template_map` or `base_template`, or ours."""
    for pattern, templates in frappe.get_hooks("base_template_map", {}).items():
        if re.match(pattern, path):
            return str(templates[-1])
    templates = frappe.get_hooks("base_template")
    return str(templates[-1]) if templates else DEFAULT_BASE
