"""Mirrors User Permissions on customers: the paths that the framework calls for each User Permission."""

from helpdesk.integrations.erpnext.mirror import after_insert, before_validate, on_trash, on_update

__all__ = ["after_insert", "before_validate", "on_trash", "on_update"]
