"""Links that carry their own proof: parameters signed with the secret of the site, for people without a session."""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Mapping
from typing import Any
from urllib.parse import parse_qsl, urlencode

from frappe.context import local

SIGNATURE = "_signature"


def get_signed_params(params: Mapping[str, Any] | str) -> str:
    """Return the parameters as a query string with a signature at its end."""
    query = params if isinstance(params, str) else urlencode(params)
    return f"{query}&{SIGNATURE}={_signature(query)}"


def get_secret() -> str:
    """Return the secret of the site that signs links: `secret` of its configuration, else its encryption key."""
    configured = local.conf.get("secret")
    if configured:
        return str(configured)
    from frappe.utils.password import get_encryption_key

    return str(get_encryption_key())


def verify_request() -> bool:
    """Tell whether the current request carries a right signature; if not, the answer becomes a page that says so."""
    if verify_query(local.request.query_string.decode("utf-8", "replace")):
        return True
    from frappe.translate import _
    from frappe.website.messages import respond_as_web_page

    respond_as_web_page(
        _("Invalid Link"),
        _("This link is not valid, or it was changed. Please use the complete link from the mail."),
        http_status_code=403,
        indicator_color="red",
    )
    return False


def verify_query(query: str) -> bool:
    """Tell whether a query string ends with the signature of what stands before it."""
    signed, separator, signature = query.rpartition(f"&{SIGNATURE}=")
    return bool(separator) and hmac.compare_digest(signature.encode(), _signature(signed).encode())


def verify_using_doc(doc: Any, signature: str, cmd: str) -> bool:
    """Tell whether `signature` is right for a document and a method."""
    query = urlencode(sorted({"cmd": cmd, "doctype": doc.doctype, "name": doc.name}.items()))
    return hmac.compare_digest(signature.encode(), _signature(query).encode())


def signed_values(query: str) -> dict[str, str]:
    """Return the parameters of a signed query without its signature."""
    return {key: value for key, value in parse_qsl(query, keep_blank_values=True) if key != SIGNATURE}


def _signature(query: str) -> str:
    return hmac.new(get_secret().encode(), query.encode(), hashlib.sha256).hexdigest()


__all__ = ["get_signed_params", "verify_request"]
