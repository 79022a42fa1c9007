"""Where this site is on the web, and links to its documents.

Links go out in mails, with secrets in them: whoever can make the server write another host into a link gets the secret.
So the Host header of a request is only believed when it names this machine, the site, or one of the `allowed_hosts`.
"""

from __future__ import annotations

import ipaddress
from typing import Any
from urllib.parse import quote, urlencode, urljoin, urlparse

from frappe.context import is_active, local
from frappe.utils.strings import cstr, escape_html

DESK = "/app"


def get_url(uri: str | None = None, full_address: bool = False) -> str:
    """Return an absolute link for `uri`, or the address of the site.

    The base is the configured `host_name`; else the host of the request, if it may be believed; else the address at
    which this process serves the site; else `http://<site>`. The configured port is added when the base names none and
    the bench does not run behind a web server. With `full_address` and no `uri` the path of the request is added.
    """
    if uri and uri.startswith(("http://", "https://")):
        return uri
    if not uri and full_address:
        uri = _request_path()
    return urljoin(_base_url(), uri) if uri else _base_url()


def _base_url() -> str:
    configured = local.conf.host_name or local.conf.hostname if is_active() else None
    if configured:
        return _with_port(_with_scheme(cstr(configured)))
    return _request_base() or _served_base() or _with_port(_with_scheme(_site_name()))


def _with_scheme(host: str) -> str:
    return host if host.startswith(("http://", "https://")) else f"http://{host}"


def _site_name() -> str:
    return (local.site if is_active() else None) or "localhost"


def _with_port(base: str) -> str:
    base = base.rstrip("/")
    port = _configured_port()
    return f"{base}:{port}" if port and not urlparse(base).port else base


def _configured_port() -> Any:
    if not is_active() or local.conf.restart_supervisor_on_update or local.conf.restart_systemd_on_update:
        return None
    return local.conf.http_port or (local.conf.webserver_port if local.conf.developer_mode else None)


# -- the host of a request --------------------------------------------------------------------------------------------


def _request_base() -> str | None:
    request = local.request if is_active() else None
    if not request or not is_trusted_host(request.host):
        return None
    from frappe.auth import is_https

    return f"{'https' if is_https() else 'http'}://{request.host}"


def is_trusted_host(host: str) -> bool:
    """Tell whether links may lead to the `host` that a request names: this machine, the site or an `allowed_hosts`.

    Entries of `allowed_hosts` in the site's configuration are names without a port; `*.example.com` stands for every
    name below it.
    """
    name = _name_of_host(host)
    if not name:
        return False
    return _is_this_machine(name) or name == _site_name().lower() or any(_fits(name, each) for each in _allowed_hosts())


def _name_of_host(host: str) -> str:
    """Return the name in a Host header in lower case, "" for a header that is none."""
    try:
        parts = urlparse(f"//{host}")
        name, _port = parts.hostname or "", parts.port
    except ValueError:
        return ""
    return name if parts.netloc == host and not set(host) & set("@/\\?# \t") else ""


def _is_this_machine(name: str) -> bool:
    if name == "localhost" or name.endswith(".localhost"):
        return True
    try:
        address = ipaddress.ip_address(name)
    except ValueError:
        return False
    reached = local.request.environ.get(REACHED_ADDRESS) if is_active() and local.request else None
    return address.is_loopback or str(address) == reached


REACHED_ADDRESS = "frappe.reached_address"
"""In the WSGI environment: the address of this machine at which the connection arrived."""


def _allowed_hosts() -> list[str]:
    configured = (local.conf.allowed_hosts if is_active() else None) or []
    names = configured.split(",") if isinstance(configured, str) else configured
    return [cstr(name).strip().lower() for name in names]


def _fits(name: str, allowed: str) -> bool:
    return name.endswith(allowed[1:]) if allowed.startswith("*.") else bool(allowed) and name == allowed


# -- the address of the server ----------------------------------------------------------------------------------------

_served: dict[str, str] = {}


def serve_at(site: str, host: str, port: int) -> None:
    """Remember where this process serves a site, for links in mails that no request has asked for."""
    try:
        address = ipaddress.ip_address(host)
    except ValueError:
        address = None
    if address is not None and address.is_unspecified:
        host = site  # every address of the machine: only the name is known
    shown = f"[{host}]" if ":" in host else host
    _served[site] = f"http://{shown}" + ("" if port == 80 else f":{port}")


def _served_base() -> str | None:
    return _served.get(_site_name())


def _request_path() -> str:
    request = local.request if is_active() else None
    return request.full_path.rstrip("?") if request else ""


def get_request_site_address(full_address: bool = False) -> str:
    """Return the address of the site as the current request sees it."""
    return get_url(full_address=full_address)


def get_host_name() -> str:
    """Return the host of the site without its scheme."""
    return get_url().rsplit("//", 1)[-1]


def get_absolute_url(doctype: str, name: Any) -> str:
    """Return the desk path of a document."""
    return f"{DESK}/{slug(doctype)}/{quote(cstr(name), safe='')}"


def slug(name: str) -> str:
    """Return the form of a DocType in desk paths: `HD Ticket` becomes `hd-ticket`."""
    return name.lower().replace(" ", "-")


def get_url_to_form(doctype: str, name: Any) -> str:
    """Return the absolute link of a document in the desk."""
    return get_url(get_absolute_url(doctype, name))


def get_url_to_list(doctype: str) -> str:
    """Return the absolute link of a list in the desk."""
    return get_url(f"{DESK}/{slug(doctype)}")


def get_url_to_report(name: str, report_type: str | None = None, doctype: str | None = None) -> str:
    """Return the absolute link of a report in the desk."""
    if report_type == "Report Builder" and doctype:
        return get_url(f"{DESK}/{slug(doctype)}/view/report/{quote(name)}")
    return get_url(f"{DESK}/query-report/{quote(name)}")


def get_link_to_report(
    name: str,
    label: str | None = None,
    report_type: str | None = None,
    doctype: str | None = None,
    filters: dict[str, Any] | None = None,
) -> str:
    """Return an HTML link to a report, with its filters."""
    address = get_url_to_report_with_filters(name, filters or {}, report_type, doctype)
    return f'<a href="{escape_html(address)}">{escape_html(label or name)}</a>'


def get_url_to_report_with_filters(
    name: str, filters: dict[str, Any], report_type: str | None = None, doctype: str | None = None
) -> str:
    """Return the absolute link of a report in the desk, with its filters."""
    address = get_url_to_report(name, report_type, doctype)
    return f"{address}?{urlencode(filters)}" if filters else address


def get_link_to_form(doctype: str, name: Any = None, label: str | None = None) -> str:
    """Return an HTML link to a document (to the list of Singles' form without a name)."""
    address = get_url_to_form(doctype, name or doctype)
    return f'<a href="{escape_html(address)}">{escape_html(label or cstr(name or doctype))}</a>'


def expand_relative_urls(html: str) -> str:
    """Make the relative targets of `href` and `src` in HTML absolute, as mail needs them."""
    import re

    base = get_url()
    pattern = re.compile(r"""(href|src|background)\s*=\s*(['"])(?!\w+:|//|#|cid:|\{)/?([^'"]*)\2""", re.IGNORECASE)
    return pattern.sub(lambda match: f"{match[1]}={match[2]}{base}/{match[3]}{match[2]}", html)


def is_site_link(link: str) -> bool:
    """Tell whether a link leads to this site."""
    return (link.startswith("/") and not link.startswith("//")) or urlparse(link).netloc == urlparse(get_url()).netloc


def get_desk_link(doctype: str, name: Any, show_title_with_name: bool = False, open_in_new_tab: bool = False) -> str:
    """Return an HTML link to a document with its kind and, where it has one, its title."""
    from frappe.translate import _

    label = f"{_(doctype)} {_shown_name(doctype, name, show_title_with_name)}"
    target = ' target="_blank" rel="noopener"' if open_in_new_tab else ""
    return f'<a href="{escape_html(get_absolute_url(doctype, name))}"{target}>{escape_html(label)}</a>'


def _shown_name(doctype: str, name: Any, with_name: bool) -> str:
    import frappe

    meta = frappe.get_meta(doctype)
    title_field = meta.title_field if meta.show_title_field_in_link or with_name else None
    title = frappe.db.get_value(doctype, name, title_field) if title_field else None
    if not title or title == name:
        return cstr(name)
    return f"{title} ({name})" if with_name else cstr(title)
