"""The page for paths that lead nowhere, under its own address."""

from __future__ import annotations

from typing import NoReturn

import frappe
from frappe.types import _dict


def get_context(context: _dict) -> NoReturn:
    raise frappe.PageDoesNotExistError
