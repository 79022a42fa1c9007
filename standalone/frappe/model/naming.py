"""How documents get their names: by field, by series, by number, at random or by hand.

Evaluating a series is pure apart from its counter; the counters are rows of `tabSeries`, one per prefix.
"""

from __future__ import annotations

import datetime
import random
import re
import time
import uuid
from collections.abc import Callable, Mapping, Sequence
from typing import Any

import frappe
from frappe.exceptions import ValidationError
from frappe.utils import cint, cstr, now_datetime

_BASE32HEX = "0123456789abcdefghijklmnopqrstuv"
_SERIES_CHARACTERS = re.compile(r"^[\w\- \/.#{}]+$", re.UNICODE)
_BRACES = re.compile(r"({[^{}]*})")
_FIELD_IN_BRACES = re.compile(r"{\s*(\w+)\s*}")
_AUTONAME_LABELS = ("expression (old style)", "by script", "expression")
_random = random.SystemRandom()

Counter = Callable[[str, int], str]


class InvalidNamingSeriesError(ValidationError):
    """A naming series that cannot produce names."""


# ---------------------------------------------------------------------- choosing the name of a document


def set_new_name(doc: Any) -> None:
    """Give a document that is about to be inserted its name, in the order the DocType and its apps define."""
    if doc.flags.name_set:
        return
    doc.run_method("before_naming")
    meta = doc.meta
    autoname = (meta.autoname or "").strip()
    kind = autoname.lower()
    if kind not in ("prompt", "uuid") and not frappe.local.flags.in_import:
        doc.__dict__["name"] = None
    if kind == "autoincrement":
        doc.__dict__["name"] = frappe.db.get_next_sequence_val(doc.doctype)
        return
    if kind == "uuid":
        _set_uuid(doc)
        return
    _amended_name(doc, meta)
    if meta.issingle:
        doc.__dict__["name"] = doc.doctype
    if not doc.name:
        _name_by_rule(doc)
    if not doc.name:
        doc.run_method("autoname")
    if not doc.name and autoname:
        set_name_from_naming_options(autoname, doc)
    if not doc.name:
        doc.__dict__["name"] = make_autoname("hash", doc.doctype)
    doc.__dict__["name"] = validate_name(doc.doctype, doc.name)


def _set_uuid(doc: Any) -> None:
    if doc.name:
        try:
            doc.__dict__["name"] = str(uuid.UUID(cstr(doc.name)))
        except ValueError:
            frappe.throw(frappe._("{0} is not a valid UUID").format(doc.name), frappe.NameError)
        return
    doc.__dict__["name"] = uuid7()


def uuid7() -> str:
    """Return a UUID of version 7: ordered by time, random otherwise (RFC 9562, section 5.7)."""
    value = (time.time_ns() // 1_000_000) << 80 | _random.getrandbits(80)
    value = value & ~(0xF << 76) | 0x7 << 76
    return str(uuid.UUID(int=value & ~(0x3 << 62) | 0x2 << 62))


def _amended_name(doc: Any, meta: Any) -> None:
    if not doc.get("amended_from") or not meta.has_field("amended_from"):
        return
    if _amendment_action(doc.doctype) == "Default Naming":
        return
    original, _, suffix = cstr(doc.amended_from).rpartition("-")
    before = frappe.db.get_value(doc.doctype, doc.amended_from, "amended_from")
    if before and suffix.isdigit():
        doc.__dict__["name"] = f"{original}-{int(suffix) + 1}"
    else:
        doc.__dict__["name"] = f"{doc.amended_from}-1"


def _amendment_action(doctype: str) -> str | None:
    if not frappe.db.exists("DocType", "Amended Document Naming Settings"):
        return None
    action = frappe.db.get_value("Amended Document Naming Settings", {"document_type": doctype}, "action")
    return cstr(action or frappe.db.get_single_value("Document Naming Settings", "default_amend_naming")) or None


def _name_by_rule(doc: Any) -> None:
    """Apply the Document Naming Rule of highest priority whose conditions the document meets."""
    flags = frappe.local.flags
    if flags.in_install or flags.in_migrate or flags.in_import:
        return
    for name in naming_rules().get(doc.doctype, ()):
        frappe.get_cached_doc("Document Naming Rule", name).apply(doc)
        if doc.name:
            return


def naming_rules() -> dict[str, list[str]]:
    """Return `{DocType: names of its active naming rules, highest priority first}`; cached under `naming_rules`."""

    def read() -> dict[str, list[str]]:
        rules: dict[str, list[str]] = {}
        rows = frappe.db.sql(
            "select `document_type`, `name` from `tabDocument Naming Rule` where `disabled` = 0"
            " order by `priority` desc"
        )
        for doctype, name in rows:
            rules.setdefault(doctype, []).append(name)
        return rules

    found: dict[str, list[str]] = frappe.cache.get_value("naming_rules", read)
    return found


def set_name_from_naming_options(autoname: str, doc: Any) -> None:
    """Name a document as an `autoname` text says: `field:x`, `naming_series:`, `prompt`, `format:…` or a series."""
    kind = autoname.lower()
    if kind.startswith("field:"):
        doc.__dict__["name"] = _field_value(doc, autoname[6:].strip())
    elif kind.startswith("naming_series:"):
        set_name_by_naming_series(doc)
    elif kind == "prompt":
        doc.__dict__["name"] = doc.get("__newname") or doc.name
        if not doc.name:
            frappe.throw(frappe._("Please enter a name for this {0}").format(frappe._(doc.doctype)))
    elif kind.startswith("format:"):
        doc.__dict__["name"] = name_from_format(autoname[7:], doc)
    elif "#" in autoname:
        doc.__dict__["name"] = make_autoname(autoname, doc=doc)
    elif kind not in ("hash", *_AUTONAME_LABELS):
        doc.__dict__["name"] = make_autoname(autoname, doc.doctype, doc)


def _field_value(doc: Any, fieldname: str) -> str:
    value = cstr(doc.get(fieldname)).strip()
    if not value:
        frappe.throw(frappe._("{0} is required").format(frappe._(doc.meta.get_label(fieldname))))
    return value


def set_name_by_naming_series(doc: Any) -> None:
    """Name a document by its field `naming_series`; its first option is used when the field is empty."""
    if not doc.get("naming_series"):
        doc.set("naming_series", get_default_naming_series(doc.doctype))
    if not doc.get("naming_series"):
        frappe.throw(frappe._("A naming series is required"), frappe.exceptions.MandatoryError)
    doc.__dict__["name"] = make_autoname(f"{doc.naming_series}.#####", "", doc)


def get_default_naming_series(doctype: str) -> str | None:
    """Return the first option of the field `naming_series`, None when the DocType has no such field or option."""
    return next((option for option in frappe.get_meta(doctype).get_naming_series_options() if option), None)


def validate_name(doctype: str, name: Any, case: str | None = None, merge: bool = False) -> Any:
    """Return the name as it may be stored; raise when it may not.

    Whole numbers are allowed for DocTypes that count (`autoincrement`) only.
    """
    if not name and name != 0:
        frappe.throw(frappe._("No name was given for this {0}").format(frappe._(doctype)))
    if isinstance(name, int):
        meta = frappe.get_meta(doctype)
        if (meta.autoname or "").lower() != "autoincrement":
            frappe.throw(frappe._("The name of a {0} must be a text").format(frappe._(doctype)), frappe.NameError)
        frappe.db.set_next_sequence_val(doctype, name, is_val_used=True)
        return name
    return _validate_text_name(doctype, cstr(name).strip(), case)


def _validate_text_name(doctype: str, name: str, case: str | None) -> str:
    if not name:
        frappe.throw(frappe._("No name was given for this {0}").format(frappe._(doctype)))
    if name.startswith(f"New {doctype}"):
        frappe.throw(frappe._("There were errors while naming this document, please try again"), frappe.NameError)
    if name == doctype and not frappe.get_meta(doctype).issingle and doctype != "DocType":
        frappe.throw(frappe._("A {0} cannot be called like its DocType").format(frappe._(doctype)), frappe.NameError)
    if "<" in name or ">" in name or "\x00" in name:
        frappe.throw(frappe._("A name may not contain special characters such as < or >"), frappe.NameError)
    if case == "Title Case":
        return name.title()
    if case == "UPPER CASE":
        return name.upper()
    return name


# ---------------------------------------------------------------------- series


def make_autoname(key: str = "", doctype: str = "", doc: Any = "", *, ignore_validate: bool = False) -> str:
    """Return the next name of a series such as `INV-.YYYY.-.####`, or a random one for the key `hash`."""
    if key == "hash":
        return random_name()
    return NamingSeries(key).generate_next_name(doc, ignore_validate=ignore_validate)


def random_name(now: float | None = None) -> str:
    """Return ten characters: four that grow with time (so that new rows lie together), six at random.

    A process gives no name twice: thousands of rows of one import share their time, and among so many two of thirty
    random bits would meet now and then.
    """
    deciseconds = int((time.time() if now is None else now) * 10) % 32**4
    return _base32(deciseconds, 4) + _base32(_endings.fresh(deciseconds), 6)


def _base32(number: int, length: int) -> str:
    return "".join(_BASE32HEX[(number >> 5 * place) & 31] for place in reversed(range(length)))


class _Endings:
    """Random numbers of thirty bits, each once within a tenth of a second."""

    def __init__(self) -> None:
        self.moment, self.given = -1, set[int]()

    def fresh(self, moment: int) -> int:
        if moment != self.moment:
            self.moment, self.given = moment, set()
        while (ending := _random.getrandbits(30)) in self.given:
            pass
        self.given.add(ending)
        return ending


_endings = _Endings()


def name_from_format(template: str, doc: Any) -> str:
    """Return `template` with each `{part}` evaluated as a series of its own (so counters have the prefix "")."""
    return _BRACES.sub(lambda part: parse_naming_series([part[0][1:-1]], doc=doc), template)


def parse_naming_series(
    parts: Sequence[str] | str,
    doctype: str | None = None,
    doc: Any = None,
    number_generator: Counter | None = None,
) -> str:
    """Return the text that the parts of a series stand for; the first run of `#` is a counter."""
    if isinstance(parts, str):
        parts = parts.split(".")
    counter = number_generator or getseries
    name, counted = "", False
    today = now_datetime()
    for part in parts:
        if not part:
            continue
        if part.startswith("#"):
            if not counted:
                name += counter(name, len(part))
                counted = True
            continue
        name += _part_value(part, doc, today)
    return name


def _part_value(part: str, doc: Any, today: datetime.datetime) -> str:
    dated = _DATE_PARTS.get(part)
    if dated is not None:
        return dated(today)
    variable = _variable(part, doc)
    if variable is not None:
        return variable
    if doc and "{" in part:
        return _FIELD_IN_BRACES.sub(lambda field: cstr(doc.get(field[1])).strip(), part)
    if doc and _has_value_for(doc, part):
        return cstr(doc.get(part)).strip()
    return part


def _has_value_for(doc: Any, fieldname: str) -> bool:
    if isinstance(doc, Mapping):
        return fieldname in doc
    meta = getattr(doc, "meta", None)
    return (meta is not None and meta.has_field(fieldname)) or doc.get(fieldname) is not None


def _variable(part: str, doc: Any) -> str | None:
    paths = frappe.get_hooks("naming_series_variables", {}).get(part)
    if not paths:
        return None
    return cstr(frappe.get_attr(paths[-1])(doc, part))


def determine_consecutive_week_number(moment: datetime.date) -> str:
    """Return the ISO week, forced to 00 in early January and 53 in late December where the ISO year differs."""
    week = f"{moment.isocalendar()[1]:02d}"
    if moment.month == 1 and int(week) > 51:
        return "00"
    if moment.month == 12 and int(week) < 2:
        return "53"
    return week


_DATE_PARTS: dict[str, Callable[[datetime.datetime], str]] = {
    "YY": lambda today: today.strftime("%y"),
    "YYYY": lambda today: today.strftime("%Y"),
    "MM": lambda today: today.strftime("%m"),
    "DD": lambda today: today.strftime("%d"),
    "WW": determine_consecutive_week_number,
    "timestamp": str,
}


def getseries(key: str, digits: int) -> str:
    """Count the series `key` up and return the new number, padded with zeros (it may grow longer)."""
    return f"{_count_up(key):0{digits}d}"


def _count_up(key: str) -> int:
    rows = frappe.db.multisql(
        {
            "sqlite": "insert into `tabSeries` (`name`, `current`) values (%(key)s, 1)"
            " on conflict (`name`) do update set `current` = `current` + 1 returning `current`",
            "mariadb": "insert into `tabSeries` (`name`, `current`) values (%(key)s, 1)"
            " on duplicate key update `current` = `current` + 1 returning `current`",
        },
        {"key": key},
    )
    return int(rows[0][0])


class NamingSeries:
    """A series such as `INV-.YYYY.-.####`: what it produces, and its counter."""

    __slots__ = ("series",)

    def __init__(self, series: str) -> None:
        self.series = series if "#" in series else f"{series}.#####"

    def validate(self) -> None:
        """Raise InvalidNamingSeriesError unless the series has a dot and only allowed characters."""
        if "." not in self.series:
            frappe.throw(
                frappe._("The naming series {0} needs a dot before its number").format(frappe.bold(self.series)),
                InvalidNamingSeriesError,
            )
        if not _SERIES_CHARACTERS.match(self.series):
            allowed = "- / . # { }"
            frappe.throw(
                frappe._("The naming series {0} may hold letters, digits, blanks and {1} only").format(
                    self.series, allowed
                ),
                InvalidNamingSeriesError,
            )

    def generate_next_name(self, doc: Any, *, ignore_validate: bool = False) -> str:
        if not ignore_validate:
            self.validate()
        return parse_naming_series(self.series.split("."), doc=doc)

    def get_prefix(self) -> str:
        """Return the text before the number: the key of the counter."""
        prefix: list[str] = []

        def note(before: str, _digits: int) -> str:
            prefix.append(before)
            return ""

        parse_naming_series(self.series.split("."), number_generator=note)
        return prefix[0] if prefix else ""

    def get_preview(self, doc: Any = None) -> list[str]:
        """Return the next three names without counting."""
        current = self.get_current_value()

        def preview(number: int) -> str:
            return parse_naming_series(
                self.series.split("."), doc=doc, number_generator=lambda _key, digits: f"{number:0{digits}d}"
            )

        return [preview(current + step) for step in (1, 2, 3)]

    def update_counter(self, new_count: int) -> None:
        """Let the next name follow `new_count`."""
        key = self.get_prefix()
        frappe.db.sql("delete from `tabSeries` where `name` = %s", (key,))
        frappe.db.sql("insert into `tabSeries` (`name`, `current`) values (%s, %s)", (key, cint(new_count)))

    def get_current_value(self) -> int:
        rows = frappe.db.sql("select `current` from `tabSeries` where `name` = %s", (self.get_prefix(),))
        return int(rows[0][0] or 0) if rows else 0


# ---------------------------------------------------------------------- giving numbers back, avoiding collisions


def revert_series_if_last(key: str, name: str, doc: Any = None) -> None:
    """Give the number of a deleted document back when it was the last one of its series."""
    series = key if "#" in key else f"{key}.#####"
    prefix: list[tuple[str, int]] = []

    def note(before: str, digits: int) -> str:
        prefix.append((before, digits))
        return ""

    if key.lower().startswith("format:"):
        for part in _BRACES.findall(key[7:]):
            if part[1:-1].startswith("#"):
                prefix.append(("", len(part) - 2))
    else:
        parse_naming_series(series.split("."), doc=doc, number_generator=note)
    if not prefix:
        return
    counter, _digits = prefix[0]
    number = _number_in(name, series, counter, key)
    if number is None:
        return
    rows = frappe.db.sql("select `current` from `tabSeries` where `name` = %s for update", (counter,))
    if rows and cint(rows[0][0]) == number:
        frappe.db.sql("update `tabSeries` set `current` = `current` - 1 where `name` = %s", (counter,))


def _number_in(name: str, series: str, prefix: str, key: str) -> int | None:
    if key.lower().startswith("format:"):
        pattern = "".join(
            r"(\d+)" if part.startswith("{#") else ".*" if part.startswith("{") else re.escape(part)
            for part in _BRACES.split(key[7:])
        )
        found = re.fullmatch(pattern, name)
    else:
        found = re.match(re.escape(prefix) + r"(\d+)", name)
    return int(found[1]) if found else None


def revert_series_of(doc: Any) -> None:
    """Give back the number of a document that is being deleted, if its name came from a counter."""
    autoname = doc.meta.autoname or ""
    if autoname.lower().startswith("naming_series:") and doc.get("naming_series"):
        revert_series_if_last(doc.naming_series, cstr(doc.name), doc)
    elif "#" in autoname and not autoname.lower().startswith("field:"):
        revert_series_if_last(autoname, cstr(doc.name), doc)


def append_number_if_name_exists(
    doctype: str, value: str, fieldname: str = "name", separator: str = "-", filters: dict[str, Any] | None = None
) -> str:
    """Return `value`, or `value-1`, `value-2`, … following the highest number in use, when it is taken."""
    conditions = dict(filters or {})
    if not frappe.db.exists(doctype, {**conditions, fieldname: value}):
        return value
    pattern = re.compile(re.escape(value + separator) + r"(\d+)", re.IGNORECASE)
    taken = frappe.get_all(
        doctype, filters={**conditions, fieldname: ("like", f"{value}{separator}%")}, pluck=fieldname
    )
    numbers = [int(found[1]) for name in taken if (found := pattern.fullmatch(cstr(name)))]
    return f"{value}{separator}{max(numbers, default=0) + 1}"


def get_default_amended_naming(doctype: str) -> str | None:
    return _amendment_action(doctype)


def _get_amended_name(doc: Any) -> str | None:
    _amended_name(doc, doc.meta)
    return doc.name  # type: ignore[no-any-return]


__all__ = [
    "NamingSeries",
    "append_number_if_name_exists",
    "getseries",
    "make_autoname",
    "parse_naming_series",
    "revert_series_if_last",
    "set_name_by_naming_series",
    "set_name_from_naming_options",
    "set_new_name",
    "validate_name",
]
