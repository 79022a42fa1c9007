"""The Frappe API, standalone: what an app gets with `import frappe`.

The names are listed in `frappe/_public.py`; each is imported from its module when it is first used. What belongs to the
current request (`frappe.db`, `frappe.session`, …) is a proxy onto `frappe.local`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from frappe import absent as absent
from frappe import exceptions as exceptions
from frappe._public import MODULES, PUBLIC
from frappe._public import resolve as __getattr__  # noqa: F401 - Python asks it for names that are not bound yet

# Two public names are also the names of the modules they live in. Importing the module binds its name here, so the
# object must be bound right after, once and for all.
from frappe.cache import cache
from frappe.context import (
    conf,
    connect,
    db,
    debug_log,
    destroy,
    error_log,
    flags,
    form,
    form_dict,
    init,
    init_site,
    job,
    lang,
    local,
    message_log,
    qb,
    request,
    response,
    session,
    user,
)
from frappe.exceptions import *  # noqa: F403 - the error classes are public names of this package
from frappe.types import _dict
from frappe.version import FRAPPE_VERSION
from frappe.whitelist import whitelist

if TYPE_CHECKING:  # so that type checkers know that nothing follows it
    from frappe.messages import throw as throw

absent.explain_missing_modules()

__version__ = FRAPPE_VERSION
__title__ = "Helpdesk standalone runtime"

STANDARD_USERS = ("Guest", "Administrator")

__all__ = [
    "STANDARD_USERS",
    "_dict",
    "cache",
    "conf",
    "connect",
    "db",
    "debug_log",
    "destroy",
    "error_log",
    "exceptions",
    "flags",
    "form",
    "form_dict",
    "init",
    "init_site",
    "job",
    "lang",
    "local",
    "message_log",
    "qb",
    "request",
    "response",
    "session",
    "user",
    "whitelist",
    *sorted(PUBLIC.keys() - {"cache", "whitelist"}),
]


def __dir__() -> list[str]:
    return sorted(set(globals()) | set(__all__) | MODULES)
