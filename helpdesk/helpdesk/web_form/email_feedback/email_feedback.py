"""The rating of a ticket by the link in a mail. The fields say it all; Frappe asks every form of an app for this."""

from typing import Any


def get_context(context: Any) -> None:
    """Leave the page as it is."""
