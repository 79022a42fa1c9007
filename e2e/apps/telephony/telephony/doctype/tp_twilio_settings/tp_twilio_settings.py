from frappe.model.document import Document


class TPTwilioSettings(Document):
    """The account at Twilio; what is needed besides is made at the first save."""

    account_sid: str | None
    enabled: int
    twiml_sid: str | None

    def validate(self) -> None:
        if self.enabled and not self.twiml_sid:
            self.twiml_sid = f"AP{self.account_sid}"
