"""Mail services and how to reach them. Values only."""

from typing import Any

IMAP = {"use_imap": 1, "use_ssl": 1, "incoming_port": 993}
SMTP = {"smtp_port": 587, "use_tls": 1}


def _both(incoming: str, outgoing: str) -> dict[str, Any]:
    return {**IMAP, **SMTP, "email_server": incoming, "smtp_server": outgoing}


_OUTLOOK = _both("imap-mail.outlook.com", "smtp-mail.outlook.com")
_YAHOO = _both("imap.mail.yahoo.com", "smtp.mail.yahoo.com")
_YANDEX = _both("imap.yandex.com", "smtp.yandex.com")

PRESETS: dict[str, dict[str, Any]] = {
    "GMail": _both("imap.gmail.com", "smtp.gmail.com"),
    "Outlook": _OUTLOOK,
    "Outlook.com": _OUTLOOK,
    "Yahoo": _YAHOO,
    "Yahoo Mail": _YAHOO,
    "Yandex": _YANDEX,
    "Yandex.Mail": _YANDEX,
    "Sendgrid": {**SMTP, "smtp_server": "smtp.sendgrid.net"},
    "SparkPost": {**SMTP, "smtp_server": "smtp.sparkpostmail.com"},
    "Frappe Mail": {"always_use_account_email_id_as_sender": 1},
    "Custom": {},
}
CALLED = {"Outlook": "Outlook.com", "Yahoo": "Yahoo Mail", "Yandex": "Yandex.Mail", "Custom": ""}
"""What the framework calls a service, where that is another name."""
OUTGOING_ONLY = frozenset({"Sendgrid", "SparkPost"})
CUSTOM_FIELDS = (
    "domain",
    "email_server",
    "incoming_port",
    "smtp_server",
    "smtp_port",
    "use_ssl",
    "use_starttls",
    "use_tls",
    "use_ssl_for_outgoing",
    "validate_ssl_certificate",
    "validate_ssl_certificate_for_outgoing",
)
CUSTOM_DEFAULTS = {
    "smtp_port": 587,
    "use_imap": 1,
    "validate_ssl_certificate": 1,
    "validate_ssl_certificate_for_outgoing": 1,
}
CREDENTIALS = ("password", "api_key", "api_secret", "frappe_mail_site")
