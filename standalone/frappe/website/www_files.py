"""Finding the files behind website paths in the `www` folders of the apps."""

from __future__ import annotations

import os
from collections.abc import Iterable
from dataclasses import dataclass

import frappe
from frappe.apps import get_app_path


@dataclass(frozen=True)
class WwwFile:
    """A file in the `www` folder of an app."""

    app: str
    file: str
    route: str

    @property
    def template_path(self) -> str:
        """The path by which Jinja finds it: `helpdesk/www/login.html`."""
        return f"{self.app}/www/{self.route}"


def find_file(candidates: Iterable[str]) -> WwwFile | None:
    """Return the first candidate that exists; the app that was installed last is asked first."""
    names = tuple(candidates)
    for app in reversed(frappe.get_installed_apps() or ["frappe"]):
        folder = www_folder(app)
        for name in names:
            path = os.path.join(folder, *name.split("/"))
            if os.path.isfile(path):
                return WwwFile(app, path, name)
    return None


def www_folder(app: str) -> str:
    """Return the `www` folder of an app, whether it exists or not."""
    return get_app_path(app, "www")
