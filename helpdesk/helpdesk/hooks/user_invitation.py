"""What an accepted invitation leads to."""

from typing import Any

from helpdesk.customers import invitations


def after_accept(invitation: Any, user: Any, user_inserted: bool) -> None:
    """Make whoever accepted an agent or a member of a customer."""
    invitations.accepted(invitation, user)
