"""HTTP to other machines."""

from __future__ import annotations

from typing import Any

RETRIED_STATUS = (429, 502, 503, 504)


def get_request_session(max_retries: int = 5) -> Any:
    """Return a `requests` session that tries again, with growing pauses, when the other side is busy or gone."""
    import requests
    from requests.adapters import HTTPAdapter

    session = requests.Session()
    session.mount("http://", HTTPAdapter(max_retries=patience(max_retries)))
    session.mount("https://", HTTPAdapter(max_retries=patience(max_retries)))
    return session


def patience(max_retries: int) -> Any:
    """Return when and how often urllib3 tries again."""
    from urllib3.util import Retry

    return Retry(total=max_retries, status_forcelist=RETRIED_STATUS, backoff_factor=0.5)
