"""Invitations, from the mail to the membership."""

import re
from contextlib import contextmanager
from unittest import skipUnless

import frappe

from helpdesk.customers.invitations import INVITATION
from helpdesk.test_utils import (
    ACME,
    ANNA,
    MONA,
    XENIA,
    HelpdeskTestCase,
    acting_as,
    contact_of,
    make_contact,
    outbox,
    requesting,
)

try:
    from frappe.core.api import user_invitation
except ImportError:  # version 15
    user_invitation = None

with_invitations = skipUnless(user_invitation, "needs invitations, which version 15 has not")

NEW, LINKLESS = "new@bolt.example", "linkless@bolt.example"
ACCEPT = "/api/method/frappe.core.api.user_invitation.accept_invitation"


def key_in(mail) -> str:
    return re.search(r"key=(\w+)", str(mail["args"])).group(1)


@contextmanager
def staying_logged_out():
    """Accepting logs the invited person in; that is the framework's part, and is left out here."""
    from unittest.mock import MagicMock, patch

    with patch.object(frappe.local, "login_manager", MagicMock(), create=True):
        yield


def accept(name: str) -> None:
    frappe.get_doc(INVITATION, name).accept(ignore_permissions=True)


def invitation_of(email: str):
    return frappe.get_doc(INVITATION, frappe.db.get_value(INVITATION, {"email": email}, "name"))


def memberships(contact: str) -> list[tuple[str, int]]:
    rows = frappe.get_all("HD Customer Member", filters={"contact_name": contact}, fields=["parent", "is_manager"])
    return [(row.parent, row.is_manager) for row in rows]


@with_invitations
class TestAddingPeople(HelpdeskTestCase):
    def test_k13_known_people_join_and_others_are_invited(self):
        linkless = make_contact(LINKLESS, "Link Less")
        with acting_as(MONA), outbox() as mails:
            found = frappe.get_doc("HD Customer", ACME).add_contacts([contact_of(XENIA), linkless, NEW])
        self.assertEqual(found["added"], [contact_of(XENIA)])
        self.assertEqual(sorted(found["invite_result"]["invited_emails"]), [LINKLESS, NEW])
        self.assertEqual(sorted(str(mail["recipients"]) for mail in mails), [LINKLESS, NEW])
        self.assertEqual(memberships(contact_of(XENIA)), [(ACME, 0)])
        self.assertEqual(memberships(linkless), [])
        kept = {email: invitation_of(email) for email in (LINKLESS, NEW)}
        self.assertEqual([kept[LINKLESS].customer, kept[LINKLESS].contact], [ACME, linkless])
        self.assertEqual([kept[NEW].customer, kept[NEW].contact or None], [ACME, None])
        with acting_as(MONA):
            pending = frappe.get_doc("HD Customer", ACME).get_pending_invites()
        self.assertEqual({row["email"] for row in pending}, {LINKLESS, NEW})

    def test_k13_with_nobody_to_invite_the_answer_has_its_usual_shape(self):
        with acting_as(MONA):
            found = frappe.get_doc("HD Customer", ACME).add_contacts([contact_of(XENIA)])
        groups = ("invited_emails", "pending_invite_emails", "accepted_invite_emails", "disabled_user_emails")
        self.assertEqual(found["invite_result"], {group: [] for group in groups})


@with_invitations
class TestAccepting(HelpdeskTestCase):
    def invite(self, email: str, role: str):
        with acting_as(MONA), outbox() as mails:
            frappe.get_doc("HD Customer", ACME).add_contacts([email], role)
        self.mails = mails
        return invitation_of(email)

    def test_k15_the_contact_is_a_member_once(self):
        contact = make_contact(LINKLESS, "Link Less")
        accept(self.invite(LINKLESS, "HD Customer").name)
        self.assertEqual(memberships(contact), [(ACME, 0)])
        self.assertEqual(frappe.db.get_value("Contact", contact, "user"), LINKLESS)
        self.assertIn("HD Customer", frappe.get_roles(LINKLESS))
        self.assertNotIn("Agent", frappe.get_roles(LINKLESS))
        self.assertFalse(frappe.db.exists("HD Agent", LINKLESS))

    def test_k15_who_has_no_contact_gets_one(self):
        accept(self.invite(NEW, "HD Customer").name)
        self.assertEqual(memberships(contact_of(NEW)), [(ACME, 0)])

    def test_k15_a_manager_is_promoted_and_not_doubled(self):
        contact = make_contact(LINKLESS, "Link Less")
        customer = frappe.get_doc("HD Customer", ACME)
        customer.append("contacts", {"contact_name": contact})
        customer.save()
        accept(self.invite(LINKLESS, "HD Customer Manager").name)
        self.assertEqual(memberships(contact), [(ACME, 1)])
        self.assertIn("HD Customer Manager", frappe.get_roles(LINKLESS))

    def test_k15_a_manager_stays_one_when_invited_as_member(self):
        contact = make_contact(LINKLESS, "Link Less")
        customer = frappe.get_doc("HD Customer", ACME)
        customer.append("contacts", {"contact_name": contact, "is_manager": 1})
        customer.save()
        accept(self.invite(LINKLESS, "HD Customer").name)
        self.assertEqual(memberships(contact), [(ACME, 1)])

    def test_k15_the_link_in_the_mail_works_once(self):
        self.invite(NEW, "HD Customer")
        key = key_in(self.mails[0])
        with requesting(ACCEPT, "GET", key=key), acting_as("Guest"), staying_logged_out():
            user_invitation.accept_invitation(key)
        self.assertEqual(memberships(contact_of(NEW)), [(ACME, 0)])
        for wrong in (key, "guessed", ""):
            with (
                requesting(ACCEPT, "GET", key=wrong),
                acting_as("Guest"),
                staying_logged_out(),
                self.subTest(key=wrong),
                self.assertRaises(frappe.ValidationError),
            ):
                user_invitation.accept_invitation(wrong)

    def test_a_customer_that_is_gone_is_not_joined(self):
        invitation = self.invite(NEW, "HD Customer")
        frappe.delete_doc("HD Customer", ACME)
        accept(invitation.name)
        self.assertEqual(memberships(contact_of(NEW)), [])


@with_invitations
class TestInvitingAgents(HelpdeskTestCase):
    def invite(self, inviter: str, *roles: str) -> None:
        with acting_as(inviter), outbox():
            user_invitation.invite_by_email(NEW, list(roles), "/helpdesk", "helpdesk")

    def test_w06_agent_managers_do_not_invite_system_managers(self):
        self.assertNotIn("System Manager", frappe.get_roles(MONA))
        with self.assertRaises(frappe.ValidationError):
            self.invite(MONA, "Agent", "Agent Manager", "System Manager")
        self.assertFalse(frappe.db.exists(INVITATION, {"email": NEW}))

    def test_w06_agents_invite_nobody(self):
        with self.assertRaises((frappe.PermissionError, frappe.ValidationError)):
            self.invite(ANNA, "Agent")
        self.assertFalse(frappe.db.exists(INVITATION, {"email": NEW}))

    def test_w06_accepting_makes_an_agent(self):
        self.invite(MONA, "Agent")
        self.assertFalse(frappe.db.exists("HD Agent", NEW))
        accept(invitation_of(NEW).name)
        agent = frappe.get_doc("HD Agent", NEW)
        self.assertEqual((agent.is_active, agent.user), (1, NEW))
        self.assertIn("Agent", frappe.get_roles(NEW))
        self.assertNotIn("Agent Manager", frappe.get_roles(NEW))

    def test_the_subject_names_the_brand(self):
        with self.settings(brand_name="Bolt"), acting_as(MONA), outbox() as mails:
            user_invitation.invite_by_email(NEW, ["Agent"], "/helpdesk", "helpdesk")
        self.assertIn("Bolt on Helpdesk", mails[0]["subject"])


@with_invitations
class TestInvitingByTheEndpoint(HelpdeskTestCase):
    """The framework's endpoint takes the fields that this app added to invitations."""

    def invite(self, **extra) -> list[dict]:
        with acting_as(MONA), requesting("/api/method/x", **extra), outbox() as mails:
            user_invitation.invite_by_email(NEW, ["HD Customer"], "/helpdesk/my-tickets", "helpdesk")
        return mails

    def test_customer_and_contact_are_kept(self):
        contact = make_contact(LINKLESS, "Link Less")
        self.invite(customer=ACME, contact=contact, status="Accepted", key="guessed")
        kept = invitation_of(NEW)
        self.assertEqual((kept.customer, kept.contact), (ACME, contact))
        self.assertEqual(kept.status, "Pending")
        self.assertNotEqual(kept.key, "guessed")

    def test_the_invited_person_joins_the_customer(self):
        (mail,) = self.invite(customer=ACME)
        key = key_in(mail)
        with requesting(ACCEPT, "GET", key=key), acting_as("Guest"), staying_logged_out():
            user_invitation.accept_invitation(key)
            self.assertIn("/update-password", frappe.local.response["location"])
        self.assertEqual(memberships(contact_of(NEW)), [(ACME, 0)])

    def test_values_that_name_nothing_are_refused(self):
        for customer in ("Nobody Ltd", {"name": ACME}, [ACME]):
            with self.subTest(customer=customer), self.assertRaises(frappe.ValidationError):
                self.invite(customer=customer)
        self.assertFalse(frappe.db.exists(INVITATION, {"email": NEW}))
