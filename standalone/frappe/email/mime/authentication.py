"""Reading what our own mail server found out about the sender (RFC 8601).

Only the fields that carry the configured authserv-id count: anybody can write an Authentication-Results field, and a
server removes forged ones with its own name only. If several remain and disagree, the worst one counts.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Literal

Verdict = Literal["pass", "fail", "unknown"]

_COMMENT = re.compile(r"\([^()]*\)")
_RESULT = re.compile(r"^\s*(dmarc|spf|dkim)\s*=\s*(\w+)(.*)$", re.DOTALL)
_PROPERTY = re.compile(r"(header\.from|header\.d|header\.i|smtp\.mailfrom)\s*=\s*\"?([^\s;\"]+)")


def judge(fields: Iterable[str], authserv_ids: Iterable[str], from_address: str) -> Verdict:
    """Return whether the From address is proven by our server: pass, fail, or unknown when it does not say."""
    trusted = {each.strip().lower() for each in authserv_ids if each.strip()}
    domain = from_address.rpartition("@")[2].lower()
    verdicts = [_judge_field(text, domain) for text in map(_plain, fields) if _server(text) in trusted]
    if "fail" in verdicts:
        return "fail"
    return "pass" if "pass" in verdicts else "unknown"


def _plain(field: str) -> str:
    text = str(field)[:8192].lower()
    for _ in range(5):
        shorter = _COMMENT.sub(" ", text)
        if shorter == text:
            break
        text = shorter
    return text


def _server(text: str) -> str:
    words = text.partition(";")[0].split()
    return words[0] if words else ""


def _judge_field(text: str, domain: str) -> Verdict:
    results = [match.groups() for part in text.split(";")[1:] if (match := _RESULT.match(part))]
    for method, result, rest in results:
        if method == "dmarc" and result in ("pass", "fail") and _about(rest, domain):
            return "pass" if result == "pass" else "fail"
    if any(result == "pass" and _aligned(rest, domain) for _, result, rest in results):
        return "pass"
    return "fail" if any(method == "spf" and result == "fail" for method, result, _ in results) else "unknown"


def _about(rest: str, domain: str) -> bool:
    """Tell whether a DMARC result is about the domain of the From field we see."""
    return all(value == domain for name, value in _PROPERTY.findall(rest) if name == "header.from")


def _aligned(rest: str, domain: str) -> bool:
    """Tell whether a domain that passed is the one of the From field or a parent of it."""
    passed = [value.rpartition("@")[2] for name, value in _PROPERTY.findall(rest) if name != "header.from"]
    return any(domain == each or (each.count(".") and domain.endswith("." + each)) for each in passed)
