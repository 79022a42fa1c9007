"""Functions that templates call by name: assets, text direction, small helpers for markup."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from frappe.context import is_active, local
from frappe.utils.site_settings import user_language
from frappe.utils.strings import escape_html, generate_hash

__all__ = [
    "bundled_asset",
    "get_dom_id",
    "include_icons",
    "include_script",
    "include_style",
    "inspect",
    "is_rtl",
    "resolve_class",
    "web_block",
    "web_blocks",
]

RTL_LANGUAGES = frozenset(
    ("ar", "arc", "ckb", "dv", "fa", "ha", "he", "khw", "ks", "ps", "sd", "ug", "ur", "uz_AF", "yi")
)


def resolve_class(*classes: Any) -> str:
    """Return the text of a `class` attribute from texts, lists, and dicts of class → condition."""
    return " ".join(name for each in classes for name in _class_names(each))


def _class_names(value: Any) -> list[str]:
    if not value:
        return []
    if isinstance(value, str):
        return [value]
    if isinstance(value, Mapping):
        return [name for name, wanted in value.items() if wanted]
    if isinstance(value, list | tuple):
        return [name for each in value for name in _class_names(each)]
    return []


def inspect(var: Any, render: bool = True) -> str:
    """Return what a value holds, for people who write templates; only in developer mode."""
    import pprint

    if not is_active() or not local.conf.developer_mode:
        return ""
    text = pprint.pformat(var, depth=3, width=100)
    return f"<pre>{escape_html(text)}</pre>" if render else text


def web_block(template: str, values: Mapping[str, Any] | None = None, **kwargs: Any) -> str:
    """Return one block of a Web Page. There are no Web Templates in this runtime."""
    raise AttributeError(f"Web Templates do not exist in this runtime, so {template} cannot be shown.")


def web_blocks(blocks: list[Mapping[str, Any]]) -> str:
    """Return the blocks of a Web Page. There are no Web Templates in this runtime."""
    return "".join(web_block(block["template"], block.get("values")) for block in blocks)


def get_dom_id(seed: str | None = None) -> str:
    """Return an id for an element that does not occur twice."""
    return f"id-{generate_hash(seed, 12)}"


def include_script(path: str, preload: bool = True) -> str:
    """Return the script tag of an asset, or of a bundle by its name."""
    address = bundled_asset(path)
    if preload:
        _preload("script", address)
    return f'<script type="text/javascript" src="{escape_html(address)}"></script>'


def include_style(path: str, rtl: bool | None = None, preload: bool = True) -> str:
    """Return the link tag of a style sheet, or of a bundle by its name."""
    address = bundled_asset(path, rtl)
    if preload:
        _preload("style", address)
    return f'<link type="text/css" rel="stylesheet" href="{escape_html(address)}">'


def include_icons(path: str, preload: bool = True) -> str:
    """Return markup that puts the icons of an SVG sprite into the page."""
    address = escape_html(bundled_asset(path))
    return f'<svg aria-hidden="true" style="display:none"><use href="{address}"></use></svg>'


def _preload(kind: str, address: str) -> None:
    if is_active():
        addresses = local.preload_assets.setdefault(kind, [])
        if address not in addresses:
            addresses.append(address)


def bundled_asset(path: str, rtl: bool | None = None) -> str:
    """Return the address of a built asset: `x.bundle.js` through `assets.json`, other paths as they are."""
    if ".bundle." in path and not path.startswith("/assets"):
        from frappe.utils.paths import get_assets_json

        known = get_assets_json()
        if path.endswith(".css") and is_rtl(rtl):
            path = known.get(f"rtl_{path}") or path
        path = known.get(path) or path
    return path if path.startswith(("/", "http://", "https://")) else f"/{path}"


def is_rtl(rtl: bool | None = None) -> bool:
    """Tell whether the language of the request is written from right to left; `rtl` decides when it is given."""
    if rtl is not None:
        return rtl
    language = user_language()
    return language in RTL_LANGUAGES or language.replace("_", "-").partition("-")[0] in RTL_LANGUAGES
