"""The kinds of notifications, and how each reaches people who have not chosen."""

from typing import Final, NamedTuple

ASSIGNMENT: Final = "Assignment"
MENTION: Final = "Mention"
REACTION: Final = "Reaction"
REPLY: Final = "Reply"
ESCALATION: Final = "Escalation"
SLA_WARNING: Final = "SLA Warning"
SLA_BREACH: Final = "SLA Breach"
NEW_TICKET: Final = "New Ticket"
PRIORITY: Final = "Priority"
RESOLUTION: Final = "Resolution"
EXPORT: Final = "Export"


class Channels(NamedTuple):
    """How a notification reaches a person."""

    in_app: bool
    email: bool


USUAL = {
    ASSIGNMENT: Channels(in_app=True, email=True),
    MENTION: Channels(in_app=True, email=True),
    REACTION: Channels(in_app=True, email=False),
    REPLY: Channels(in_app=True, email=True),
    ESCALATION: Channels(in_app=True, email=True),
    SLA_WARNING: Channels(in_app=True, email=True),
    SLA_BREACH: Channels(in_app=True, email=True),
    NEW_TICKET: Channels(in_app=False, email=False),
    PRIORITY: Channels(in_app=False, email=False),
    RESOLUTION: Channels(in_app=False, email=False),
    EXPORT: Channels(in_app=True, email=False),
}

MAILED_BY_THE_FRAMEWORK = frozenset({ASSIGNMENT})
"""Whether these come by mail, each person decides in the framework's Notification Settings."""

URGENT = frozenset({ESCALATION, SLA_WARNING, SLA_BREACH})
"""What would be stale in a digest: these are mailed at once, or when quiet hours end."""

BY_NAME = frozenset({ASSIGNMENT, MENTION})
"""What is said to a person by name, and comes from a muted ticket, too."""

NEVER_MAILED = frozenset({REACTION, EXPORT})
