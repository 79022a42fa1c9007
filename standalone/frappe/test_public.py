"""What `import frappe` offers: names, where they are imported from, and what is said about names that do not exist."""

from __future__ import annotations

import importlib
from typing import Any

import pytest

import frappe
from frappe import absent
from frappe._public import MODULES, PUBLIC


@pytest.mark.parametrize("name", sorted(PUBLIC))
def test_every_public_name_leads_to_its_object(name: str) -> None:
    module, _, attribute = PUBLIC[name].partition(":")
    assert getattr(frappe, name) is getattr(importlib.import_module(module), attribute)


@pytest.mark.parametrize("name", sorted(MODULES))
def test_every_public_module_can_be_imported(name: str) -> None:
    assert importlib.import_module(f"frappe.{name}").__name__ == f"frappe.{name}"


def test_a_name_of_nothing_is_an_attribute_error_so_that_apps_can_ask_for_it() -> None:
    assert not hasattr(frappe, "no_such_name")
    assert getattr(frappe, "client_cache", None) is None


@pytest.mark.parametrize("name", sorted(absent.NAMES))
def test_a_name_left_out_on_purpose_says_why(name: str) -> None:
    with pytest.raises(frappe.MissingFrameworkFeature) as caught:
        getattr(frappe, name)
    assert str(caught.value) == f"frappe.{name} does not exist here: {absent.NAMES[name]}"
    assert not hasattr(frappe, name)


@pytest.mark.parametrize("name", sorted(absent.MODULES))
def test_a_module_left_out_on_purpose_says_why(name: str) -> None:
    with pytest.raises(ModuleNotFoundError) as caught:
        importlib.import_module(name)
    assert str(caught.value) == f"{name} does not exist here: {absent.MODULES[name]}"


def test_public_functions_take_the_keywords_that_apps_write(site: Any) -> None:
    assert frappe.get_roles(username="Guest") == frappe.get_roles(user="Guest") == ["Guest"]
    todo = frappe.get_doc(doctype="ToDo", description="x").insert()
    answer = frappe.set_value(doctype="ToDo", docname=todo.name, fieldname="description", value="y")
    assert answer["description"] == "y"


@pytest.mark.parametrize("path", ["an_app_nobody_has.api.do", "another_app.hooks.run"])
def test_a_path_into_an_app_that_the_site_does_not_have_is_named(site: Any, path: str) -> None:
    with pytest.raises(frappe.AppNotInstalledError, match=path.split(".")[0]):
        frappe.get_attr(path)
