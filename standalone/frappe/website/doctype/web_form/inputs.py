"""The fields of web forms: which kinds there are, and how what people sent becomes a value. No database here."""

from __future__ import annotations

import math
import re
from datetime import date, datetime, time
from html import escape
from typing import Any

from frappe.exceptions import ValidationError
from frappe.translate import _
from frappe.utils.refusals import refuse

LAYOUT = frozenset({"Section Break", "Column Break", "Page Break", "HTML", "Heading"})
UNSUPPORTED = frozenset(
    {
        "Barcode",
        "Button",
        "Code",
        "Duration",
        "Dynamic Link",
        "Fold",
        "Geolocation",
        "HTML Editor",
        "Icon",
        "Image",
        "JSON",
        "Read Only",
        "Signature",
        "Table",
        "Table MultiSelect",
        "Tab Break",
    }
)
"""Kinds of fields that DocTypes have and web forms here do not."""

ATTACHMENTS = frozenset({"Attach", "Attach Image"})
LONG_TEXT = frozenset({"Small Text", "Text", "Long Text", "Text Editor", "Markdown Editor"})
NUMBERS = frozenset({"Float", "Currency", "Percent"})
DATES = frozenset({"Date", "Datetime", "Time"})
HTML_INPUTS = {
    "Color": "color",
    "Currency": "number",
    "Date": "date",
    "Datetime": "datetime-local",
    "Float": "number",
    "Int": "number",
    "Password": "password",
    "Percent": "number",
    "Phone": "tel",
    "Time": "time",
}
DATA_INPUTS = {"Email": "email", "Phone": "tel", "URL": "url"}
AUTOCOMPLETE = {"Email": "email", "Phone": "tel", "Name": "name", "URL": "url"}

STARS = 5
MAX_STARS = 10
MAX_TEXT = 100_000
MAX_DATA = 140

_TAG = re.compile(r"<[a-zA-Z/!]")
_BLANK_LINES = re.compile(r"\n\s*\n")


def is_input(fieldtype: str) -> bool:
    """Tell whether fields of this type carry a value in a web form."""
    return fieldtype not in LAYOUT and fieldtype not in UNSUPPORTED


def control_of(fieldtype: str) -> str:
    """Return which control shows a field: the name of a macro in the template."""
    if fieldtype in LONG_TEXT:
        return "textarea"
    if fieldtype in ATTACHMENTS:
        return "file"
    return {"Check": "check", "Select": "select", "Link": "select", "Rating": "rating"}.get(fieldtype, "text")


def input_type(fieldtype: str, options: str | None = None) -> str:
    """Return the `type` of the HTML input of a field."""
    if fieldtype == "Data":
        return DATA_INPUTS.get(options or "", "text")
    return HTML_INPUTS.get(fieldtype, "text")


def stars_of(options: str | None) -> int:
    """Return how many stars a Rating has."""
    text = (options or "").strip()
    return min(MAX_STARS, max(1, int(text))) if text.isdecimal() else STARS


def choices_of(options: str | None) -> list[str]:
    """Return the lines of a Select's options."""
    return [line.strip() for line in (options or "").split("\n")]


# -- from what was sent to values --------------------------------------------------------------------------------------


def to_value(field: Any, sent: Any) -> Any:
    """Return what was sent for a field as a value; None for nothing. Raises ValidationError that names the field."""
    if isinstance(sent, dict | list):
        _refuse(field, _("{0} must be a single value."))
    if field.fieldtype == "Check":
        return int(sent in (1, True, "1", "on", "true"))
    text = str(sent).strip() if sent is not None else ""
    if not text:
        return None
    if field.fieldtype == "Rating":
        return _rating(field, text)
    if field.fieldtype == "Int":
        return _whole_number(field, text)
    if field.fieldtype in NUMBERS:
        return _number(field, text)
    if field.fieldtype in DATES:
        return _moment(field, text)
    return _text(field, text)


def _refuse(field: Any, text: str) -> Any:
    label = escape(str(field.label or field.fieldname))
    refuse(text.format(label), ValidationError)


def _number(field: Any, text: str) -> float:
    try:
        value = float(text)
    except ValueError:
        value = math.nan
    if not math.isfinite(value):
        _refuse(field, _("{0} must be a number."))
    return _up_to_max(field, value)


def _whole_number(field: Any, text: str) -> int:
    if not re.fullmatch(r"[+-]?\d{1,18}", text, re.ASCII):
        _refuse(field, _("{0} must be a whole number."))
    return int(_up_to_max(field, int(text)))


def _up_to_max(field: Any, value: float) -> float:
    if field.max_value and value > field.max_value:
        _refuse(field, _("{{0}} must not be more than {0}.").format(field.max_value))
    return value


def _rating(field: Any, text: str) -> float:
    """A rating is stored as a fraction: three of five stars are 0.6."""
    try:
        value = float(text)
    except ValueError:
        value = math.nan
    if not 0 <= value <= 1:
        _refuse(field, _("{0} must be a number of stars."))
    stars = stars_of(field.options)
    return round(value * stars) / stars


def _moment(field: Any, text: str) -> str:
    """Dates and times come in the form that browsers send: ISO 8601, without a time zone."""
    kind: Any = {"Date": date, "Datetime": datetime, "Time": time}[field.fieldtype]
    try:
        value = kind.fromisoformat(text)
    except ValueError:
        value = None
    if value is None or getattr(value, "tzinfo", None):
        _refuse(field, _("{0} must be a date or a time such as the calendar gives it."))
    return str(value)


def _text(field: Any, text: str) -> str:
    limit = field.max_length or (MAX_TEXT if field.fieldtype in LONG_TEXT else MAX_DATA)
    if field.fieldtype in ATTACHMENTS or field.fieldtype == "Select":
        limit = MAX_TEXT
    if len(text) > limit:
        _refuse(field, _("{{0}} must not be longer than {0} characters.").format(limit))
    if field.fieldtype == "Select" and text not in choices_of(field.options):
        _refuse(field, _("{0} must be one of the choices."))
    return paragraphs(text) if field.fieldtype == "Text Editor" and not _TAG.search(text) else text


def paragraphs(text: str) -> str:
    """Return plain text as HTML: blank lines part paragraphs, single line ends stay line ends."""
    parts = [escape(part.strip(), quote=False).replace("\n", "<br>") for part in _BLANK_LINES.split(text.strip())]
    return "".join(f"<p>{part}</p>" for part in parts if part)
