"""The cast and the set-up they need, made over REST as an administrator's script would."""

from __future__ import annotations

from typing import Any

from e2e.mail_servers import PASSWORD as MAIL_PASSWORD
from e2e.mail_servers import MailServers
from e2e.rest import Rest

SUPPORT = "support@helpdesk.test"
ANNA = "anna@helpdesk.test"
ARNE = "arne@helpdesk.test"
CLEO = "cleo@customer.test"
XENIA = "xenia@outside.test"
AGENT_PASSWORD = "anna and arne answer"


def make_user(admin: Rest, email: str, first_name: str, *roles: str) -> None:
    admin.insert(
        "User",
        email=email,
        first_name=first_name,
        send_welcome_email=0,
        new_password=AGENT_PASSWORD,
        roles=[{"role": role} for role in roles],
    )


def make_agents(admin: Rest) -> None:
    """Anna and Arne, agents who take turns."""
    for email, name in ((ANNA, "Anna"), (ARNE, "Arne")):
        make_user(admin, email, name, "Agent")
        if not admin.list("HD Agent", filters={"user": email}):
            admin.insert("HD Agent", user=email, agent_name=name, is_active=1)
    rotate(admin, ANNA, ARNE)


def write_to_customers(admin: Rest) -> None:
    """Acknowledge what comes in by mail, and wait for the customer after an answer."""
    admin.update(
        "HD Settings", "HD Settings", send_acknowledgement_email=1, auto_update_status=1, update_status_to="Replied"
    )


def rotate(admin: Rest, *users: str) -> None:
    """Give every open ticket to the users in turn."""
    rule = admin.call("frappe.client.get_single_value", "GET", doctype="HD Settings", field="base_support_rotation")
    admin.update("Assignment Rule", rule, disabled=0, users=[{"user": user} for user in users])


def make_mailbox(admin: Rest, mail: MailServers) -> dict[str, Any]:
    """The support address, read by IMAP and answered by SMTP."""
    return admin.insert(
        "Email Account",
        email_account_name="Support",
        email_id=SUPPORT,
        password=MAIL_PASSWORD,
        enable_incoming=1,
        default_incoming=1,
        use_imap=1,
        use_ssl=0,
        email_server="127.0.0.1",
        incoming_port=str(mail.imap_port),
        email_sync_option="UNSEEN",
        initial_sync_count="100",
        imap_folder=[{"folder_name": "INBOX", "append_to": "HD Ticket"}],
        create_contact=1,
        enable_outgoing=1,
        default_outgoing=1,
        smtp_server="127.0.0.1",
        smtp_port=str(mail.smtp_port),
        use_tls=0,
        no_smtp_authentication=1,
    )
