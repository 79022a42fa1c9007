"""Numbers and sums of money in words, as on a receipt."""

from __future__ import annotations

from decimal import Decimal, InvalidOperation
from typing import Any


def in_words(integer: int | str, in_million: bool = True) -> str:
    """Return a whole number in words of the user's language, in English where there are none: `one hundred and one`.

    Without `in_million` large numbers are counted in lakhs and crores.
    """
    from num2words import num2words

    from frappe.context import local

    language = ((local.lang or "en") if in_million else "en_IN").replace("-", "_")
    try:
        text = num2words(int(integer), lang=language)
    except NotImplementedError:
        text = num2words(int(integer), lang="en")
    return str(text).replace("-", " ")


def money_in_words(number: Any, main_currency: str | None = None, fraction_currency: str | None = None) -> str:
    """Return a sum in words: `EUR Twelve and Fifty Cent only.`; an empty text for what is no number or negative.

    The currency is that of the site's defaults, its fraction the one of the Currency record, when they are not given.
    """
    import frappe
    from frappe.translate import _

    try:
        amount = Decimal(str(number))
    except InvalidOperation:
        return ""
    if amount < 0 or not amount.is_finite():
        return ""
    currency = main_currency or frappe.db.get_default("currency") or "INR"
    record = frappe.db.get_value("Currency", currency, ["fraction", "fraction_units"], as_dict=True) or frappe._dict()
    units = record.fraction_units or 100
    whole, rest = divmod(round(amount * units), units)
    fraction = fraction_currency or record.fraction or _("Cent")
    in_million = str(frappe.db.get_default("number_format") or "#,###.##") != "#,##,###.##"
    parts = f"{in_words(rest, in_million).title()} {_(fraction)}"
    if rest and not whole:
        return f"{parts} {_('only.')}"
    text = f"{_(currency)} {in_words(whole, in_million).title() if whole else _('Zero')}"
    return f"{text} {_('and')} {parts} {_('only.')}" if rest else f"{text} {_('only.')}"
