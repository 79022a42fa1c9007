"""What a text on a command line means, and how a configuration file is changed."""

from pathlib import Path
from typing import Any

import pytest

import frappe
from frappe.config import read_json, write_json
from frappe.installer import parse_app_name, parse_config_value, update_site_config
from frappe.sites import validate_site_name


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("5", 5),
        ("true", True),
        ("False", False),
        ("None", None),
        ('{"a": 1}', {"a": 1}),
        ("['x']", ["x"]),
        ("plain text", "plain text"),
        ("a@example.com", "a@example.com"),
    ],
)
def test_a_value_is_read_as_what_it_looks_like(text: str, value: Any) -> None:
    assert parse_config_value(text) == value


def test_a_key_is_set_and_removed_without_touching_others(tmp_path: Path) -> None:
    path = tmp_path / "site_config.json"
    write_json(path, {"kept": 1})
    with frappe.init_site(None, sites_path=str(tmp_path)):
        update_site_config("added", "7", site_config_path=str(path))
        assert read_json(path) == {"kept": 1, "added": 7}
        update_site_config("added", None, site_config_path=str(path))
    assert read_json(path) == {"kept": 1}
    assert path.stat().st_mode & 0o077 == 0


@pytest.mark.parametrize("name", ["", "../up", "a/b", ".hidden", "-flag", "assets", "all", "a b"])
def test_names_that_cannot_be_a_folder_are_refused(name: str) -> None:
    with pytest.raises(frappe.ValidationError):
        validate_site_name(name)


def test_an_app_is_named_like_its_repository() -> None:
    assert parse_app_name("org/helpdesk") == "helpdesk"
    assert parse_app_name("https://example.com/org/telephony.git") == "telephony"
    assert parse_app_name("helpdesk") == "helpdesk"
