"""The inbound side of a mail account, for a help desk."""

from frappe.email.doctype.email_account.email_account import EmailAccount


class CustomEmailAccount(EmailAccount):
    """Pulls mail; what is automatic does not become a ticket."""
