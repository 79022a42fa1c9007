"""How `patches.txt` is read."""

import pytest

from frappe.modules.patch_handler import PatchError, PatchType, parse_patches


def test_sections_separate_what_runs_before_from_what_runs_after() -> None:
    text = "[pre_model_sync]\napp.a\n# a comment\n\n[post_model_sync]\napp.b #2024-01-01\nexecute:print(1)\n"
    assert parse_patches(text) == {
        PatchType.pre_model_sync: ["app.a"],
        PatchType.post_model_sync: ["app.b #2024-01-01", "execute:print(1)"],
    }


def test_a_plain_list_runs_before() -> None:
    assert parse_patches("app.a\napp.b\n")[PatchType.pre_model_sync] == ["app.a", "app.b"]


def test_a_missing_section_is_named() -> None:
    with pytest.raises(PatchError, match="post_model_sync"):
        parse_patches("[pre_model_sync]\napp.a\n")


def test_an_unknown_section_is_named() -> None:
    with pytest.raises(PatchError, match="before_lunch"):
        parse_patches("[before_lunch]\napp.a\n")
