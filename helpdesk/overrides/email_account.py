"""The inbound side of a mail account, for a help desk."""

import frappe
from frappe.email.doctype.email_account.email_account import EmailAccount
from frappe.email.receive import InboundMail

from helpdesk.inbox.threading import HelpdeskInboundMail, is_automatic


class CustomEmailAccount(EmailAccount):
    """Pulls mail, leaves out what machines wrote, and finds threads by References too."""

    def get_inbound_mails(self) -> list[InboundMail]:
        """Return the new mails that people wrote; one that cannot be read is left to the framework to put aside."""
        return [mail for each in super().get_inbound_mails() if (mail := self._adopt(each)) is not None]

    def _adopt(self, mail: InboundMail) -> InboundMail | None:
        try:
            automatic = is_automatic(mail)
        except Exception:  # whatever is wrong with it, processing it will put it aside, and only this one mail
            frappe.logger("helpdesk").warning("A mail to %s could not be looked into", self.name, exc_info=True)
            return mail
        if automatic:
            self._set_aside(mail)
            return None
        mail.__class__ = HelpdeskInboundMail  # it keeps nothing of its own; versions name what they keep differently
        return mail

    def _set_aside(self, mail: InboundMail) -> None:
        """Count a mail as dealt with, where the framework keeps count."""
        frappe.logger("helpdesk").info("An automatic mail to %s was left out", self.name)
        if hasattr(self, "settle"):
            self.settle(mail)
