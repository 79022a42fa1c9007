"""What the help desk adds to the life of a Contact."""

from typing import Any

from helpdesk.customers import domains


def after_insert(contact: Any, event: str | None = None) -> None:
    """Link a new contact to the customer with its mail domain."""
    domains.link_by_domain(contact)
