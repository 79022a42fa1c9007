"""Which files people may put on tickets."""

import frappe

from helpdesk.conversation import attachments
from helpdesk.exceptions import FileNotTaken
from helpdesk.guests import uploads
from helpdesk.test_utils import (
    ANNA,
    CLEO,
    HelpdeskTestCase,
    acting_as,
    make_ticket,
    requesting,
    set_settings,
)

MEGABYTE = 1024 * 1024


def send(name: str = "notes.txt", size: int = 5, **values):
    content = frappe.generate_hash().encode().ljust(size, b"x")[:size]
    return frappe.get_doc(
        {"doctype": "File", "file_name": name, "content": content, "is_private": 1, **values}
    ).insert()


class TestUploads(HelpdeskTestCase):
    def setUp(self) -> None:
        super().setUp()
        set_settings(forbid_customer_attachments=0, max_attachment_mb=10, attachment_types=None)

    def test_customers_send_files_unless_the_settings_forbid_it_and_agents_always(self):
        with requesting("/api/method/upload_file"), acting_as(CLEO):
            send()
            set_settings(forbid_customer_attachments=1)
            self.assertRaises(FileNotTaken, send)
            self.assertRaises(FileNotTaken, send, is_private=0)
            frappe.set_user(ANNA)
            send()

    def test_a_file_is_as_large_as_the_settings_say_at_most(self):
        set_settings(max_attachment_mb=1)
        ticket = make_ticket()
        with requesting("/api/method/upload_file"), acting_as(ANNA):
            send(size=MEGABYTE)
            with self.assertRaisesRegex(FileNotTaken, "1 MB at most"):
                send(size=MEGABYTE + 1)
            on_ticket = {"attached_to_doctype": "HD Ticket", "attached_to_name": str(ticket.name)}
            self.assertRaises(FileNotTaken, send, size=MEGABYTE + 1, **on_ticket)
            set_settings(max_attachment_mb=0)
            send(size=MEGABYTE + 1)

    def test_only_the_kinds_that_the_settings_name_are_taken(self):
        set_settings(attachment_types="pdf, png")
        with requesting("/api/method/upload_file"), acting_as(CLEO):
            send("Report.PDF")
            for name in ("notes.txt", "pdf", "a.pdf.exe"):
                with self.subTest(name=name), self.assertRaisesRegex(FileNotTaken, "pdf, png"):
                    send(name)

    def test_pictures_of_articles_and_what_is_there_already_are_not_judged(self):
        old = send("old.exe")
        set_settings(attachment_types="pdf", forbid_customer_attachments=1)
        ticket = make_ticket()
        with requesting("/api/method/upload_file"):
            with acting_as(ANNA):
                send("picture.png", is_private=0)
                attachments.attach("HD Ticket", ticket.name, old.file_url)
            with acting_as(CLEO):
                send("me.png", attached_to_doctype="User", attached_to_name=CLEO)
        send("mailed.exe")

    def test_guests_are_offered_what_is_taken(self):
        self.assertIn(".docx", uploads.accepted())
        set_settings(attachment_types="pdf, exe")
        self.assertEqual(uploads.accepted(), ".pdf")
        set_settings(forbid_customer_attachments=1)
        self.assertEqual(uploads.accepted(), "")

    def test_settings_keep_endings_as_they_are_compared_and_refuse_others(self):
        settings = frappe.get_doc("HD Settings")
        settings.attachment_types = ".PDF; png\npdf"
        settings.save()
        self.assertEqual(settings.attachment_types, "pdf, png")
        for values in ({"attachment_types": "p*"}, {"max_attachment_mb": -1}):
            with self.subTest(values=values), self.assertRaises(frappe.ValidationError):
                frappe.get_doc("HD Settings").update(values).save()
