"""HTML to PDF by WeasyPrint, the extra `pdf` of this package. It reaches neither the network nor the disk.

Pictures, fonts and styles of a page come from `data:` addresses, from the public folders of the apps, and from those
Files that the session user may read. Everything else stays out of the page.
"""

from __future__ import annotations

import mimetypes
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from frappe.exceptions import MissingFrameworkFeature
from frappe.utils import cstr, get_url
from frappe.utils.paths import get_asset_path

OPTIONS = ("page-size", "orientation", "page-width", "page-height")
SIDES = ("top", "right", "bottom", "left")


@cache
def can_make_pdf() -> bool:
    """Tell whether the renderer is installed, with the libraries of the system that it needs."""
    try:
        import weasyprint  # noqa: F401
    except (ImportError, OSError):
        return False
    return True


def get_pdf(html: str, options: dict[str, Any] | None = None, output: Any = None) -> bytes:
    """Return a page of HTML as PDF.

    Of `options`, in the words of wkhtmltopdf, the size, orientation and margins of the paper are heeded. Raises
    MissingFrameworkFeature where WeasyPrint is not installed, and for `output`, a PDF to add to.
    """
    if output is not None:
        raise MissingFrameworkFeature("PDFs are not added to others here.")
    if not can_make_pdf():
        raise MissingFrameworkFeature("PDF needs WeasyPrint: install helpdesk-runtime[pdf], or print the HTML page.")
    from weasyprint import CSS, HTML

    styles = [CSS(string=page_rule(options))] if options else []
    return bytes(HTML(string=html, base_url=get_url(), url_fetcher=_fetcher()).write_pdf(stylesheets=styles))


def page_rule(options: dict[str, Any]) -> str:
    """Return what wkhtmltopdf's options say about the paper as a rule of CSS."""
    size = cstr(options.get("page-size") or "")
    if options.get("page-width") and options.get("page-height"):
        size = f"{options['page-width']} {options['page-height']}"
    orientation = cstr(options.get("orientation") or "").lower()
    parts = [f"size: {size} {orientation}".strip()] if size or orientation else []
    parts += [f"margin-{side}: {value}" for side in SIDES if (value := options.get(f"margin-{side}"))]
    return f"@page {{ {'; '.join(parts)} }}"


def _fetcher() -> Any:
    from weasyprint.urls import URLFetcher, URLFetcherResponse

    class SiteFetcher(URLFetcher):  # type: ignore[misc] # WeasyPrint has no types
        """Gives out what belongs to the site; WeasyPrint leaves out what raises an error here."""

        def fetch(self, url: str, headers: Any = None) -> Any:
            if url.startswith("data:"):
                return super().fetch(url, headers)
            kind = mimetypes.guess_type(urlsplit(url).path)[0] or "application/octet-stream"
            return URLFetcherResponse(url, read_from_site(url), {"Content-Type": kind})

    return SiteFetcher(allowed_protocols=["data"])


def read_from_site(url: str) -> bytes:
    """Return what stands at an address of this site.

    Raises ValueError for any other and for what one may not read, OSError for an asset that is not there.
    """
    from frappe.core.doctype.file.utils import find_file_by_url

    own, asked = urlsplit(get_url()), urlsplit(url)
    path = unquote(asked.path)
    if (asked.scheme, asked.netloc) != (own.scheme, own.netloc):
        raise ValueError(f"{url} is not an address of this site.")
    if path.startswith("/assets/"):
        return Path(get_asset_path(path.removeprefix("/assets/"))).read_bytes()
    file = find_file_by_url(path)
    if file is None:
        raise ValueError(f"There is no file at {path} that may be read.")
    return bytes(file.get_bytes())


__all__ = ["get_pdf"]
