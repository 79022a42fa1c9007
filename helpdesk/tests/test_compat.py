"""Differences between the versions of the framework, told by what is there."""

import os
from types import SimpleNamespace
from unittest.mock import MagicMock, patch

import frappe

from helpdesk import compat
from helpdesk.test_utils import ACME, HelpdeskTestCase, outbox

URGENT = ({"now": True}, {"delayed": False})


class TestUrgentMail(HelpdeskTestCase):
    """A framework that sends within the call commits there, so that the rest of a change could not be undone."""

    def sent(self, *, keeps: bool, queued: object = None, **options: object) -> tuple[dict, MagicMock]:
        """Return what the framework's `sendmail` got, and its `enqueue_doc`."""
        sendmail = MagicMock(return_value=queued)
        with (
            patch("frappe.sendmail", sendmail),
            patch("frappe.enqueue_doc") as enqueue,
            patch("helpdesk.compat._keeps_urgent_mail", lambda: keeps),
        ):
            compat.sendmail(recipients=["cleo@acme.example"], **options)
        return sendmail.call_args.kwargs, enqueue

    def test_it_is_queued_and_leaves_after_the_commit(self) -> None:
        for urgent in URGENT:
            with self.subTest(**urgent):
                options, enqueue = self.sent(keeps=False, queued=SimpleNamespace(name="mail-1"), **urgent)
                self.assertEqual((options["now"], options["delayed"]), (False, True))
                enqueue.assert_called_once_with(
                    "Email Queue", "mail-1", "send", queue="short", enqueue_after_commit=True
                )

    def test_a_framework_that_waits_for_the_commit_is_left_to_do_so(self) -> None:
        for urgent in URGENT:
            with self.subTest(**urgent):
                options, enqueue = self.sent(keeps=True, **urgent)
                self.assertEqual({name: options[name] for name in urgent}, urgent)
                enqueue.assert_not_called()

    def test_mail_to_nobody_leaves_nothing_to_send(self) -> None:
        _options, enqueue = self.sent(keeps=False, queued=[], now=True)
        enqueue.assert_not_called()

    def test_other_mail_waits_in_the_queue(self) -> None:
        for keeps in (False, True):
            with self.subTest(keeps=keeps):
                options, enqueue = self.sent(keeps=keeps, queued=SimpleNamespace(name="mail-1"), delayed=True)
                self.assertNotIn("now", options)
                enqueue.assert_not_called()


class TestHeaders(HelpdeskTestCase):
    def test_headers_go_along_where_the_framework_takes_them(self) -> None:
        for takes, expected in ((True, {"X-Auto-Generated": "hd"}), (False, None)):
            with (
                self.subTest(takes=takes),
                outbox() as mails,
                patch("helpdesk.compat._takes_headers", lambda t=takes: t),
            ):
                compat.sendmail(headers={"X-Auto-Generated": "hd"}, recipients=["cleo@acme.example"])
                self.assertEqual(mails[0].get("email_headers"), expected)


class TestCounting(HelpdeskTestCase):
    def test_what_is_visible_is_counted_with_either_way_of_naming_a_function(self) -> None:
        expected = frappe.db.count("HD Customer", {"name": ACME})
        self.assertEqual(compat.count_visible("HD Customer", [["name", "=", ACME]]), expected)

    def test_a_percent_sign_in_a_literal_is_a_percent_sign(self) -> None:
        for text in ("100 %", "%%", "a%b", "it's"):
            with self.subTest(text=text):
                self.assertEqual(frappe.db.sql(f"select {compat.literal(text)}")[0][0], text)
                self.assertEqual(frappe.db.sql(f"select {compat.literal(text)}, %s", ("x",))[0][0], text)


class TestFrameworkWithoutInvitations(HelpdeskTestCase):
    """Version 15 has no User Invitation."""

    def test_a_customer_has_no_pending_invitations_there(self) -> None:
        with patch("helpdesk.helpdesk.doctype.hd_customer.hd_customer.has_doctype", lambda _doctype: False):
            self.assertEqual(frappe.get_doc("HD Customer", ACME).get_pending_invites(), [])


class TestLiveEvents(HelpdeskTestCase):
    def test_they_have_a_port_of_their_own_only_where_bench_start_runs(self) -> None:
        for environment, configured, expected in (
            ({"DEV_SERVER": "true"}, 9000, 9000),
            ({"DEV_SERVER": "true"}, None, None),
            ({}, 9000, None),
        ):
            with (
                self.subTest(environment=environment, configured=configured),
                patch.dict(os.environ, {"DEV_SERVER": "", **environment}),
                patch.dict(frappe.local.conf, socketio_port=configured),
            ):
                self.assertEqual(compat.socket_port(), expected)
