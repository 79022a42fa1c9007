"""HTTP to other machines."""

from __future__ import annotations

from typing import Any

RETRIED_STATUS = (429, 502, 503, 504)


def get_request_session(max_retries: int = 5) -> Any:
    """Return a `requests` session that tries again, with growing pauses, when the other side is busy or gone."""
    import requests
    from requests.adapters import HTTPAdapter
    from urllib3.util import Retry

    adapter = HTTPAdapter(max_retries=Retry(total=max_retries, status_forcelist=RETRIED_STATUS, backoff_factor=0.5))
    session = requests.Session()
    session.mount("http://", adapter)
    session.mount("https://", adapter)
    return session
