"""Calls to other services over HTTP, the way integrations write them."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import partial
from typing import Any
from urllib.parse import parse_qs

from frappe.utils.outgoing import session_for

TIMEOUT_SECONDS = 60
_PARAMETERS = re.compile(r"\?[^\s?'\")]*=[^\s'\")]*")


def make_request(
    method: str,
    url: str,
    auth: Any = None,
    headers: dict[str, str] | None = None,
    data: Any = None,
    json: Any = None,
    params: dict[str, Any] | None = None,
) -> Any:
    """Call a service and return its answer: parsed JSON, a dict of lists for form-encoded text, otherwise text.

    A service that is busy is tried again. `url` may lead into the operator's network, but no redirect may. Raises
    requests.HTTPError for an answer that is an error; the failure is in the Error Log then, without the request's
    headers and parameters, which may hold secrets.
    """
    sent = {"auth": auth, "headers": headers, "data": data, "json": json, "params": params}
    try:
        answer = session_for(url).request(method, url, timeout=TIMEOUT_SECONDS, **sent)
        answer.raise_for_status()
    except Exception:
        import frappe

        trace = _PARAMETERS.sub("?…", frappe.get_traceback())
        frappe.log_error(title=f"{method} {url.partition('?')[0]} failed", message=trace)
        raise
    return _content(answer)


def _content(answer: Any) -> Any:
    kind = str(answer.headers.get("content-type") or "").partition(";")[0].strip().lower()
    if kind == "application/json":
        return answer.json()
    if kind in ("text/plain", "application/x-www-form-urlencoded") and "=" in answer.text:
        return parse_qs(answer.text)
    return answer.text


make_get_request: Callable[..., Any] = partial(make_request, "GET")
make_post_request: Callable[..., Any] = partial(make_request, "POST")
make_put_request: Callable[..., Any] = partial(make_request, "PUT")
make_patch_request: Callable[..., Any] = partial(make_request, "PATCH")
make_delete_request: Callable[..., Any] = partial(make_request, "DELETE")
