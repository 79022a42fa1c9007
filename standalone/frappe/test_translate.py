"""Texts in the reader's language."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

import frappe
from frappe import translate
from frappe.context import local
from frappe.translate import _, _lt


def make_translation(source: str, translated: str, **values: Any) -> None:
    frappe.get_doc(
        {"doctype": "Translation", "language": "de", "source_text": source, "translated_text": translated, **values}
    ).insert()


def test_without_a_site_texts_stay_as_they_are() -> None:
    assert _("Open tickets") == "Open tickets"
    assert str(_lt("Open tickets")) == "Open tickets"


def test_texts_of_the_site_are_translated_by_language_and_context(site: Any) -> None:
    make_translation("Open", "Offen")
    make_translation("Open", "Öffnen", context="Verb")
    translate.clear_cache()
    assert _("Open") == "Open"
    assert _("Open", lang="de") == "Offen"
    local.lang = "de"
    assert _("Open") == "Offen"
    assert _("Open", context="Verb") == "Öffnen"
    assert _("Open", context="Shop") == "Offen"
    assert _("<b>Open</b> ") == "Offen"
    assert _("Nothing like it {0}").format(1) == "Nothing like it 1"


def test_a_region_inherits_from_its_language(site: Any) -> None:
    make_translation("Open", "Offen")
    translate.clear_cache()
    assert _("Open", lang="de-AT") == "Offen"


def test_country_names_are_known(site: Any) -> None:
    assert _("Germany", lang="de") == "Deutschland"


def test_the_framework_speaks_german(site: Any) -> None:
    local.lang = "de"
    with pytest.raises(frappe.DoesNotExistError, match="Benutzer 5 nicht gefunden"):
        frappe.get_doc("User", "5")
    with pytest.raises(frappe.ValidationError, match="Nur eine Adresse kann die Hauptadresse sein"):
        addresses = [{"email_id": f"{name}@x.example", "is_primary": 1} for name in ("a", "b")]
        frappe.get_doc({"doctype": "Contact", "first_name": "Cleo", "email_ids": addresses}).insert()


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("/login", "Passwort vergessen?"),
        ("/login", "Mit einem Link anmelden"),
        ("/update-password?key=x", "Dieser Link zum Festlegen eines Passworts wurde bereits verwendet"),
        ("/nothing-here", "Hier gibt es keine Seite."),
    ],
)
def test_pages_for_guests_speak_the_language_of_their_browser(site: Any, client: Any, path: str, text: str) -> None:
    german = client.get(path, headers={"Accept-Language": "de-AT,de;q=0.9,en;q=0.5"}).get_data(as_text=True)
    english = client.get(path, headers={"Accept-Language": "en"}).get_data(as_text=True)
    assert '<html lang="de"' in german
    assert text in german
    assert text not in english


def test_lazy_texts_follow_the_language(site: Any) -> None:
    text = _lt("Germany")
    assert str(text) == "Germany"
    local.lang = "de"
    assert text + "!" == "Deutschland!"
    assert f"{text}" == text.strip() == "Deutschland"


@pytest.mark.parametrize("code", ["../../etc/passwd", "de/../x", "", "x", "de\n", "' or 1=1"])
def test_what_is_no_language_reaches_no_file(site: Any, code: str) -> None:
    assert translate.get_all_translations(code) == {}
    assert translate.get_translations_from_apps(code) == {}


def test_a_language_for_a_block(site: Any) -> None:
    with translate.print_language("de"):
        assert _("Germany") == "Deutschland"
    assert _("Germany") == "Germany"


def test_catalogues_of_apps_in_both_formats(tmp_path: Path) -> None:
    table = tmp_path / "de.csv"
    table.write_text('Open,Offen\n"Open, verb",Öffnen,Verb\nEmpty,\n', encoding="utf-8")
    assert translate._read_csv(str(table)) == {"Open": "Offen", "Open, verb:Verb": "Öffnen"}
    catalogue = tmp_path / "de.po"
    catalogue.write_text(
        'msgid ""\nmsgstr "Content-Type: text/plain; charset=utf-8\\n"\n\n'
        'msgid "Open"\nmsgstr "Offen"\n\nmsgctxt "Verb"\nmsgid "Open"\nmsgstr "Öffnen"\n\n'
        '#, fuzzy\nmsgid "Maybe"\nmsgstr "Vielleicht"\n',
        encoding="utf-8",
    )
    assert translate._read_po(str(catalogue)) == {"Open": "Offen", "Open:Verb": "Öffnen"}


def test_a_broken_table_names_file_and_line(tmp_path: Path) -> None:
    table = tmp_path / "de.csv"
    table.write_text("Open,Offen\nonly one\n", encoding="utf-8")
    with pytest.raises(ValueError, match=r"de\.csv, line 2"):
        translate._read_csv(str(table))


def test_a_request_speaks_the_language_of_its_user_or_browser(site: Any, client: Any) -> None:
    from werkzeug.test import EnvironBuilder
    from werkzeug.wrappers import Request

    for code, name in (("de", "Deutsch"), ("fr", "Français")):
        if not frappe.db.exists("Language", code):
            frappe.get_doc({"doctype": "Language", "language_code": code, "language_name": name, "enabled": 1}).insert()
        frappe.db.set_value("Language", code, "enabled", 1)
    translate.clear_cache()
    frappe.set_user("Guest")
    local.request = Request(EnvironBuilder(headers=[("Accept-Language", "xx, de-AT;q=0.8")]).get_environ())
    assert translate.get_language() == "de"
    local.form_dict["_lang"] = "fr"
    assert translate.get_language() == "fr"
    local.form_dict["_lang"] = "../fr"
    assert translate.get_language() == "de"
