"""Why a file is refused. All are ValidationErrors and known to the error handler by these names."""

from __future__ import annotations

import frappe

MaxFileSizeReachedError = frappe.MaxFileSizeReachedError
FileTypeNotAllowed = frappe.FileTypeNotAllowed
AttachmentLimitReached = frappe.AttachmentLimitReached


class FolderNotEmpty(frappe.ValidationError):
    """A folder cannot be deleted while there are files in it."""
