"""Controller of the DocType Installed Applications: a readable copy of the list of apps."""

from typing import Any

import frappe
from frappe.model.document import Document


class InstalledApplications(Document):
    """The apps of the site with their versions. What counts is the global default `installed_apps`."""

    def update_versions(self) -> None:
        """Write the apps as they are now, if anything differs."""
        rows = installed_rows()
        known = [(row.app_name, row.app_version, row.git_branch) for row in self.get("installed_applications")]
        if known != [(row["app_name"], row["app_version"], row["git_branch"]) for row in rows]:
            self.set("installed_applications", rows)
            self.save(ignore_permissions=True)


def installed_rows() -> list[dict[str, Any]]:
    """Return `[{app_name, app_version, git_branch}]` in the order of installation."""
    rows = []
    for app in frappe.get_installed_apps():
        version = getattr(frappe.get_module(app), "__version__", None)
        rows.append({"app_name": app, "app_version": version or "UNVERSIONED", "git_branch": "UNVERSIONED"})
    return rows


@frappe.whitelist()
def get_installed_app_order() -> list[str]:
    """Return the apps in the order of their installation."""
    frappe.only_for("System Manager")
    return list(frappe.get_installed_apps())
