"""Facts about the runtime."""

from __future__ import annotations


def get_frappe_version() -> str:
    """Return the version of the Frappe API that this runtime speaks."""
    import frappe

    return frappe.__version__
