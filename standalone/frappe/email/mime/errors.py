"""What can be wrong with a mail.

MailError
├── UnreadableMail       the bytes are no mail we can take in; `reason` says why
│   └── MailTooLarge     it breaks one of the limits
└── DeliveryError        a server did not take our mail; `permanent` tells whether trying again is pointless
"""

from __future__ import annotations


class MailError(Exception):
    """Something is wrong with one mail."""

    def __init__(self, reason: str):
        super().__init__(reason)
        self.reason = reason


class UnreadableMail(MailError):
    """The bytes cannot be taken in as a mail."""


class MailTooLarge(UnreadableMail):
    """The mail breaks a limit on size, number of parts, nesting or headers."""


class DeliveryError(MailError):
    """A mail could not be handed over to its server."""

    def __init__(self, reason: str, *, permanent: bool):
        super().__init__(reason)
        self.permanent = permanent
