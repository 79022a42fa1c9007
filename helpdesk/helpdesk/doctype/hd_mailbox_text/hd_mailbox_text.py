"""HD Mailbox Text: the text of one kind of mail on tickets of one mailbox."""

from typing import TYPE_CHECKING

from frappe.model.document import Document


class HDMailboxText(Document):
    """The text of one kind of mail on tickets of one mailbox."""

    if TYPE_CHECKING:
        email_account: str
        notification: str
        content: str
