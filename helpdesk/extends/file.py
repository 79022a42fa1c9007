"""Files: those that people put on tickets."""

from typing import Any

from helpdesk.conversation import upload_rules


def before_insert(file: Any, event: str | None = None) -> None:
    """Refuse what the settings do not allow; the framework takes back what it has written then."""
    upload_rules.check(file)
