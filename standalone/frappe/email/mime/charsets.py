"""Turning bytes of doubtful declaration into text. Never raises, and never runs a codec that is not a character set."""

from __future__ import annotations

import codecs
import re

_WIDER = {
    "ascii": "utf-8",
    "iso8859-1": "cp1252",
    "iso8859-9": "cp1254",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "euc_kr": "cp949",
    "shift_jis": "cp932",
    "tis-620": "cp874",
}
"""Declared character set → the superset that mail programs really mean by it."""

_TRUSTED = re.compile(
    r"utf-8|utf-16(-[bl]e)?|utf-7|cp\d{3,4}|iso8859-\d{1,2}|iso2022_(jp|kr)\w*|koi8-[rtu]|euc_(jp|kr)\w*|shift_jis\w*|"
    r"big5\w*|gb\w+|hz|johab|mac-\w+|ptcp154|tis-620"
)


def find_codec(charset: str | None) -> str | None:
    """Return the codec that reads a declared character set, None when it is unknown or no character set at all."""
    name = (charset or "").strip().strip("'\"").lower()
    if not name or len(name) > 40 or not name.isascii():
        return None
    try:
        canonical = codecs.lookup(name).name
    except (LookupError, ValueError):
        return None
    canonical = _WIDER.get(canonical, canonical)
    return canonical if _TRUSTED.fullmatch(canonical) else None


def decode(content: bytes, charset: str | None = None) -> str:
    """Return the text of `content`: as declared if that works, else as UTF-8, else as Windows' Latin, NULs removed."""
    return _decode(content, find_codec(charset)).replace("\x00", "")


def _decode(content: bytes, declared: str | None) -> str:
    for codec in (declared, "utf-8", "cp1252"):
        if codec is None:
            continue
        try:
            text = content.decode(codec)
        except (UnicodeError, ValueError):
            continue
        return _without_surrogates(text)
    return content.decode("latin-1")


def _without_surrogates(text: str) -> str:
    return text.encode("utf-8", "replace").decode("utf-8") if _SURROGATE.search(text) else text


_SURROGATE = re.compile("[\ud800-\udfff]")
