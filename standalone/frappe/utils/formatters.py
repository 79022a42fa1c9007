"""Values of fields as people read them."""

from __future__ import annotations

from typing import Any

from frappe.types import _dict
from frappe.utils.date_formats import format_date, format_datetime, format_time
from frappe.utils.durations import format_duration
from frappe.utils.numbers import cint, flt, fmt_money
from frappe.utils.strings import cstr, escape_html


def format_value(
    value: Any,
    df: Any = None,
    doc: Any = None,
    currency: str | None = None,
    translated: bool = False,
    format: str | None = None,
) -> Any:
    """Return the value of a field as text in the formats of the site; "" for nothing.

    `df` is a field (or its type as text); without it the kind of the value decides. Text fields become HTML with line
    breaks; rich text is returned as it is.
    """
    field = _field(df, value)
    formatter = _FORMATTERS.get(field.fieldtype)
    if value is None and field.fieldtype not in ("Check",):
        return ""
    if formatter is not None:
        return formatter(value, field, doc, currency, format)
    if translated and field.fieldtype in ("Select", "Link", "Data"):
        from frappe.translate import _

        return _(cstr(value))
    return value


format = format_value


def _field(df: Any, value: Any) -> _dict:
    if isinstance(df, str):
        return _dict(fieldtype=df)
    if df is None:
        return _dict(fieldtype=_guess_type(value))
    return _dict(
        fieldtype=df.get("fieldtype"),
        fieldname=df.get("fieldname"),
        options=df.get("options"),
        precision=df.get("precision"),
        hide_days=df.get("hide_days"),
    )


def _guess_type(value: Any) -> str:
    import datetime

    if isinstance(value, datetime.datetime):
        return "Datetime"
    if isinstance(value, datetime.date):
        return "Date"
    if isinstance(value, datetime.timedelta | datetime.time):
        return "Time"
    if isinstance(value, bool | int):
        return "Int"
    return "Float" if isinstance(value, float) else "Data"


def _date(value: Any, _field: _dict, _doc: Any, _currency: str | None, format: str | None) -> str:
    return format_date(value, format)


def _datetime(value: Any, _field: _dict, _doc: Any, _currency: str | None, format: str | None) -> str:
    return format_datetime(value, format) or ""


def _time(value: Any, _field: _dict, _doc: Any, _currency: str | None, format: str | None) -> str:
    return format_time(value, format)


def _duration(value: Any, field: _dict, *_rest: Any) -> str:
    return format_duration(value, hide_days=bool(field.hide_days))


def _int(value: Any, *_rest: Any) -> str:
    return cstr(cint(value))


def _float(value: Any, field: _dict, _doc: Any, _currency: str | None, _format: str | None) -> str:
    precision = cint(field.precision) if field.precision not in (None, "") else _decimals(flt(value))
    return fmt_money(value, precision=precision)


def _decimals(value: float) -> int:
    _, _, fraction = f"{value:.9f}".rstrip("0").partition(".")
    return len(fraction)


def _currency(value: Any, field: _dict, doc: Any, currency: str | None, _format: str | None) -> str:
    from frappe.model.meta import get_field_currency

    code = currency or get_field_currency(field, doc)
    return fmt_money(value, precision=field.precision or None, currency=code)


def _percent(value: Any, field: _dict, *_rest: Any) -> str:
    return f"{fmt_money(value, precision=cint(field.precision) if field.precision else 2)}%"


def _lines(value: Any, *_rest: Any) -> str:
    return escape_html(value).replace("\n", "<br>")


def _rows(value: Any, field: _dict, *_rest: Any) -> str:
    import frappe

    link = next((each for each in frappe.get_meta(field.options).fields if each.fieldtype == "Link"), None)
    if link is None:
        return ""
    return ", ".join(escape_html(row.get(link.fieldname)) for row in value or ())


def _markdown(value: Any, *_rest: Any) -> str:
    from frappe.utils.html_utils import sanitize_html
    from frappe.utils.strings import md_to_html

    return cstr(sanitize_html(cstr(md_to_html(value)), always_sanitize=True))


_FORMATTERS: dict[str | None, Any] = {
    "Date": _date,
    "Datetime": _datetime,
    "Time": _time,
    "Duration": _duration,
    "Int": _int,
    "Check": _int,
    "Float": _float,
    "Currency": _currency,
    "Percent": _percent,
    "Small Text": _lines,
    "Text": _lines,
    "Long Text": _lines,
    "Table MultiSelect": _rows,
    "Markdown Editor": _markdown,
}
