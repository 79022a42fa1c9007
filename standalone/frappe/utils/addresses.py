"""E-mail addresses, phone numbers, names and links as people type them: reading, checking, refusing."""

from __future__ import annotations

import re
from collections.abc import Iterable
from email.headerregistry import Address
from email.utils import parseaddr
from typing import Any
from urllib.parse import urlparse

from frappe.exceptions import InvalidEmailAddressError, InvalidNameError, InvalidPhoneNumberError
from frappe.utils.refusals import refuse
from frappe.utils.strings import cstr, escape_html

MAX_ADDRESS = 254  # RFC 5321, 4.5.3.1.3 less the angle brackets
MAX_LOCAL_PART = 64
MAX_LABEL = 63

_LOCAL_PART = re.compile(r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]+|[^\x00-\x7f.][^\s@<>\"(),:;\\\[\]]*")
_QUOTED_LOCAL_PART = re.compile(r'"(?:[^"\\\r\n]|\\[^\r\n])+"')
_LABEL = re.compile(r"(?!-)[\w-]+(?<!-)")
_PHONE = re.compile(r"(?=(?:\D*\d){3,20}\D*$)[0-9 +_\-,.*#()/]{1,30}")
_PERSON_NAME = re.compile(r"[^\W\d_]['’·.\-\w ]*", re.UNICODE)
MAX_MAILBOX = 2000
"""Characters of a name with its address; nobody's is longer, and reading one takes time with its square."""
_BARE_ADDRESS = re.compile(r"<([^<>]+@[^<>]+)>|([^\s<>,;:\"'()\[\]]+@[^\s<>,;:\"'()\[\]]+)")
_UNSAFE_IN_HEADERS = re.compile(r"[\x00-\x1f\x7f\u0085\u2028\u2029]")


# -- e-mail -----------------------------------------------------------------------------------------------------------


def is_email_address(address: str) -> bool:
    """Tell whether text is one bare e-mail address (international domains and local parts are welcome)."""
    if not address or len(address) > MAX_ADDRESS or _UNSAFE_IN_HEADERS.search(address):
        return False
    local_part, at, domain = address.rpartition("@")
    return bool(at) and _is_local_part(local_part) and _is_domain(domain)


def _is_local_part(text: str) -> bool:
    if not 0 < len(text) <= MAX_LOCAL_PART:
        return False
    if text.startswith('"'):
        return _QUOTED_LOCAL_PART.fullmatch(text) is not None
    if text.startswith(".") or text.endswith(".") or ".." in text:
        return False
    return all(_LOCAL_PART.fullmatch(atom) or _is_international(atom) for atom in text.split("."))


def _is_international(atom: str) -> bool:
    return not atom.isascii() and not re.search(r"[\s@<>\"(),:;\\\[\]]", atom)


def _is_domain(text: str) -> bool:
    if text.startswith("[") and text.endswith("]"):
        return _is_address_literal(text[1:-1])
    labels = text.split(".")
    return len(labels) >= 1 and all(len(label) <= MAX_LABEL and _LABEL.fullmatch(label) for label in labels)


def _is_address_literal(text: str) -> bool:
    import ipaddress

    try:
        ipaddress.ip_address(text.removeprefix("IPv6:"))
    except ValueError:
        return False
    return True


def validate_email_address(email_str: Any, throw: bool = False) -> str:
    """Return the valid addresses of a comma list, bare and joined by ", "; "" when there are none.

    With `throw` the first invalid one raises InvalidEmailAddressError.
    """
    text = cstr(email_str).strip()
    if not text:
        return ""
    found = []
    for part in split_emails(text):
        _name, address = parse_addr(part)
        if address and is_email_address(address):
            found.append(address)
        elif throw:
            from frappe.translate import _

            shown = escape_html(part[:MAX_ADDRESS])
            refuse(_("{0} is not an e-mail address.").format(shown), InvalidEmailAddressError, _("Invalid Address"))
    return ", ".join(found)


def split_emails(txt: Any) -> list[str]:
    """Split a list of addresses at commas and line ends outside of quotes and angle brackets, blanks normalised.

    A semicolon behind an address separates too: people write lists that way, and the second address must not be lost.
    """
    parts: list[str] = []
    current: list[str] = []
    quoted = angled = has_address = False
    for char, previous in _with_previous(cstr(txt)):
        if char == '"' and previous != "\\":
            quoted = not quoted
        elif char in "<>" and not quoted:
            angled = char == "<"
        has_address = has_address or char == "@"
        is_separator = char == "," or (char == ";" and has_address)
        if (is_separator and not quoted and not angled) or (char in "\r\n" and not angled):
            parts.append("".join(current))
            current, quoted, has_address = [], False, False
        else:
            current.append(char)
    parts.append("".join(current))
    return [clean for part in parts if (clean := " ".join(part.split()))]


def _with_previous(text: str) -> Iterable[tuple[str, str]]:
    return zip(text, "\0" + text, strict=False)


def parse_addr(email_string: Any) -> tuple[str | None, str | None]:
    """Return (name, address) of one address with or without a display name; (None, text) if there is no address."""
    text = cstr(email_string).strip()
    if "@" not in text or len(text) > MAX_MAILBOX:
        return None, text or None
    name, address = parseaddr(text)
    if _is_plausible(address):
        return name or _name_from(address), address
    match = _BARE_ADDRESS.search(text)
    if match is None:
        return None, text or None
    address = (match[1] or match[2]).strip()
    name = text.replace(match[0], "").strip(" \"'<>").strip()
    return name or _name_from(address), address


def _is_plausible(address: str) -> bool:
    return "@" in address and not re.search(r"[\s<>]", address)


def _name_from(address: str) -> str:
    return address.partition("@")[0].strip('"')


def extract_email_id(email: Any) -> str:
    """Return the bare address of `Name <address>`."""
    _name, address = parse_addr(email)
    return address or ""


def sanitize_email(emails: Any) -> str:
    """Return a list of addresses with clean display names, those that are no addresses left out."""
    sanitized = []
    for part in split_emails(emails):
        if not validate_email_address(part):
            continue
        name, address = parse_addr(part)
        sanitized.append(format_address(name, address or ""))
    return ", ".join(sanitized)


def format_address(name: str | None, address: str) -> str:
    """Return `Name <address>` fit for a header: the name quoted where needed, control characters removed."""
    clean = " ".join(_UNSAFE_IN_HEADERS.sub(" ", name or "").split())
    if not clean or clean == address:
        return address
    try:
        return str(Address(clean, addr_spec=address))
    except (ValueError, IndexError, AttributeError):  # an address that RFC 5322 would write differently
        return f'"{clean.replace(chr(92), "").replace(chr(34), "")}" <{address}>'


# -- phone, names, links ----------------------------------------------------------------------------------------------


def validate_phone_number(phone_number: Any, throw: bool = False) -> bool:
    """Tell whether text could be a phone number; with `throw` raise InvalidPhoneNumberError if not."""
    text = cstr(phone_number).strip()
    if not text:
        return False
    if _PHONE.fullmatch(text):
        return True
    if throw:
        _refuse_phone(text, "")
    return False


def validate_phone_number_with_country_code(phone_number: Any, fieldname: str) -> None:
    """Raise InvalidPhoneNumberError unless the number is valid in the country its code names; empty ones pass."""
    if not phone_number:
        return
    from phonenumbers import NumberParseException, is_valid_number, parse

    try:
        valid = is_valid_number(parse(cstr(phone_number)[:60]))
    except NumberParseException:
        valid = False
    if not valid:
        _refuse_phone(cstr(phone_number), fieldname)


def _refuse_phone(number: str, fieldname: str) -> None:
    from frappe.translate import _

    shown = escape_html(number[:60])
    if fieldname:
        message = _("{0} in {1} is not a phone number with a country code.").format(shown, escape_html(fieldname))
    else:
        message = _("{0} is not a phone number.").format(shown)
    refuse(message, InvalidPhoneNumberError, _("Invalid Phone Number"))


def validate_name(name: Any, throw: bool = False) -> bool:
    """Tell whether text could be the name of a person; with `throw` raise InvalidNameError if not."""
    text = cstr(name).strip()
    if not text:
        return False
    if _PERSON_NAME.fullmatch(text):
        return True
    if throw:
        from frappe.translate import _

        refuse(_("{0} is not a name.").format(escape_html(text[:140])), InvalidNameError, _("Invalid Name"))
    return False


def validate_url(txt: Any, throw: bool = False, valid_schemes: str | Iterable[str] | None = None) -> bool:
    """Tell whether text is a link with a host, or a path of this site; with `throw` raise ValidationError if not."""
    if _is_url(cstr(txt).strip(), [valid_schemes] if isinstance(valid_schemes, str) else valid_schemes):
        return True
    if throw:
        from frappe.translate import _

        refuse(_("{0} is not a web address.").format(escape_html(cstr(txt)[:500])), title=_("Invalid URL"))
    return False


def _is_url(text: str, schemes: Iterable[str] | None) -> bool:
    try:
        url = urlparse(text)
        has_place = bool(url.netloc) or text.startswith("/")
    except ValueError:
        return False
    return has_place and (not schemes or url.scheme in schemes)
