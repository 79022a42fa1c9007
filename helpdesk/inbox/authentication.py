"""What a mail server of ours found out about a sender: the Authentication-Results field (RFC 8601). No framework here.

Anybody can write such a field into a mail. Only those that name a server of ours count, and of several that do, the
worst one: a server removes forged ones with its own name, but not every one does.
"""

import re
from collections.abc import Iterable, Iterator
from enum import Enum

MOST_CHARACTERS = 8192
COMMENT = re.compile(r"\([^()]*\)")
PAIR = re.compile(r"([\w.-]+)\s*=\s*\"?([^\s;\"]+)")


class Verdict(Enum):
    """Whether the address in From is the sender's."""

    PROVEN = "proven"
    FORGED = "forged"
    UNKNOWN = "unknown"


def judge(fields: Iterable[str], servers: Iterable[str], address: str) -> Verdict:
    """Return what the servers called `servers` say about a mail with `address` in its From field."""
    ours = {server.strip().casefold() for server in servers if server.strip()}
    domain = address.rpartition("@")[2].casefold()
    found = {_read(results, domain) for server, results in map(_split, fields) if server in ours}
    for verdict in (Verdict.FORGED, Verdict.PROVEN):
        if verdict in found:
            return verdict
    return Verdict.UNKNOWN


def _split(field: str) -> tuple[str, list[str]]:
    """Return the server's name and its results, without comments, in lower case."""
    text = field[:MOST_CHARACTERS].casefold()
    while COMMENT.search(text):
        text = COMMENT.sub(" ", text)
    server, *results = text.split(";")
    return (server.split() or [""])[0], results


def _read(results: list[str], domain: str) -> Verdict:
    """DMARC decides; without it, a signature or an envelope of the same domain proves, and a failed SPF denies."""
    findings = list(_findings(results))
    for method, outcome, about in findings:
        if method == "dmarc" and about.get("header.from", domain) == domain and outcome in ("pass", "fail"):
            return Verdict.PROVEN if outcome == "pass" else Verdict.FORGED
    if any(outcome == "pass" and _speaks_for(about, domain) for _method, outcome, about in findings):
        return Verdict.PROVEN
    if any((method, outcome) == ("spf", "fail") for method, outcome, _about in findings):
        return Verdict.FORGED
    return Verdict.UNKNOWN


def _findings(results: list[str]) -> Iterator[tuple[str, str, dict[str, str]]]:
    for result in results:
        pairs = PAIR.findall(result)
        if pairs and pairs[0][0] in ("dmarc", "dkim", "spf"):
            yield pairs[0][0], pairs[0][1], dict(pairs[1:])


def _speaks_for(about: dict[str, str], domain: str) -> bool:
    names = (about[key].rpartition("@")[2] for key in ("header.d", "header.i", "smtp.mailfrom") if key in about)
    return any(domain == name or ("." in name and domain.endswith(f".{name}")) for name in names)
