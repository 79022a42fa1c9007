"""What the help desk adds to the life of a Contact."""

from typing import Any

from helpdesk.customers import domains, outsiders


def validate(contact: Any, event: str | None = None) -> None:
    """Refuse contacts by which people outside the support team would gain rights."""
    outsiders.check_contact(contact)


def after_insert(contact: Any, event: str | None = None) -> None:
    """Link a new contact to the customer with its mail domain, unless somebody from outside wrote it themselves."""
    if not outsiders.acts_for_itself(contact):
        domains.link_by_domain(contact)
