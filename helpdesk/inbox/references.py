"""The References header of a mail (RFC 5322, 3.6.4); standard library only."""

import re

MOST = 50
MESSAGE_ID = re.compile(r"<([^<>\s]{1,998})>")


def message_ids(header: str | None) -> list[str]:
    """Return the Message-IDs of the header without brackets, the newest first; very long threads are cut."""
    found = MESSAGE_ID.findall(header or "")
    return list(dict.fromkeys(reversed(found)))[:MOST]
