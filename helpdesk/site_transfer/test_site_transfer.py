"""A site that travels loses nothing, and a package that is not right changes nothing."""

import tempfile
import zipfile
from datetime import timedelta
from decimal import Decimal
from pathlib import Path
from unittest.mock import patch

import frappe
from frappe.utils.password import get_decrypted_password, remove_encrypted_password, set_encrypted_password

from helpdesk.site_transfer import exporting, importing, package, selection
from helpdesk.test_utils import ANNA, HelpdeskTestCase, make_ticket

PASSPHRASE = "kite umbrella"


class TestSiteTransfer(HelpdeskTestCase):
    """Writes a site out, changes it and brings it back, with commits: not for a site that others use too."""

    def setUp(self):
        super().setUp()
        others = set(frappe.get_installed_apps()) - {"frappe", "helpdesk"}
        if others:
            self.skipTest(f"needs a site of its own; this one has {', '.join(sorted(others))}")
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.path = Path(folder.name, "site.zip")

    def give_secret(self, text):
        """Store a secret as people do: an export sees what is committed."""
        set_encrypted_password("User", ANNA, text, "api_secret")
        frappe.db.commit()
        self.addCleanup(frappe.db.commit)
        self.addCleanup(remove_encrypted_password, "User", ANNA, "api_secret")

    def snapshot(self):
        found = {}
        for part in selection.parts():
            found[part.doctype] = [dict(row) for row in exporting.rows_of(part)]
        return found

    def test_everything_is_as_it_was_after_a_journey(self):
        ticket = make_ticket(subject="Ünïcode – 😀", description="<p>a\nb</p>")
        self.give_secret("hush")
        file = frappe.get_doc(
            {"doctype": "File", "file_name": "a letter.txt", "content": b"dear Anna", "is_private": 1}
        )
        file.insert()
        frappe.db.commit()
        before = self.snapshot()
        report = exporting.export_site(str(self.path), PASSPHRASE)
        self.assertEqual(report["warnings"], [])
        Path(file.get_full_path()).unlink()
        ticket.add_comment("Comment", "after the export")
        frappe.db.set_value("HD Ticket", ticket.name, "subject", "changed")
        set_encrypted_password("User", ANNA, "other", "api_secret")
        later = make_ticket(subject="later")
        report = importing.import_site(str(self.path), PASSPHRASE)
        self.assertEqual(report["warnings"], [])
        self.assertEqual(self.snapshot(), before)
        self.assertEqual(get_decrypted_password("User", ANNA, "api_secret"), "hush")
        self.assertEqual(Path(file.get_full_path()).read_bytes(), b"dear Anna")
        self.assertTrue(all(sent == found for sent, found in report["counts"].values()))
        self.assertGreater(int(make_ticket(subject="next").name), int(ticket.name))
        self.assertFalse(frappe.db.exists("HD Ticket", {"subject": later.subject}))

    def test_without_a_passphrase_secrets_stay_behind_and_that_is_said(self):
        self.give_secret("hush")
        report = exporting.export_site(str(self.path))
        self.assertIn(f"the api_secret of User {ANNA} stays behind", " ".join(report["warnings"]))
        with zipfile.ZipFile(self.path) as archive:
            self.assertEqual(archive.read("secrets.jsonl"), b"")

    def test_a_secret_is_nowhere_readable_in_the_package(self):
        self.give_secret("hush-hush-secret")
        exporting.export_site(str(self.path), PASSPHRASE)
        with zipfile.ZipFile(self.path) as archive:
            self.assertFalse(any(b"hush-hush-secret" in archive.read(name) for name in archive.namelist()))
        self.assertEqual(self.path.stat().st_mode & 0o077, 0)

    def test_an_import_that_was_interrupted_goes_on_where_it_stopped(self):
        make_ticket(subject="precious")
        frappe.db.commit()
        exporting.export_site(str(self.path), PASSPHRASE)
        frappe.db.rollback()
        before = self.snapshot()
        with (
            patch.object(importing.Import, "_series", side_effect=KeyboardInterrupt),
            self.assertRaises(KeyboardInterrupt),
        ):
            importing.import_site(str(self.path), PASSPHRASE)
        with patch.object(importing.Import, "_rows", side_effect=AssertionError("read twice")):
            importing.import_site(str(self.path), PASSPHRASE)
        self.assertEqual(self.snapshot(), before)

    def test_an_export_that_was_interrupted_writes_only_what_is_missing_or_changed(self):
        with (
            patch.object(exporting, "_write_the_rest", side_effect=KeyboardInterrupt),
            self.assertRaises(KeyboardInterrupt),
        ):
            exporting.export_site(str(self.path))
        self.assertFalse(self.path.exists())
        frappe.db.set_value("HD Ticket", frappe.get_all("HD Ticket", pluck="name")[0], "subject", "since then")
        frappe.db.commit()
        written = []
        original = exporting.rows_of
        with patch.object(exporting, "rows_of", lambda part: written.append(part.doctype) or original(part)):
            exporting.export_site(str(self.path))
        self.assertEqual(written, ["HD Ticket"])
        self.assertFalse(self.path.with_name("site.zip.part").exists())

    def test_what_changes_while_it_is_written_is_written_again(self):
        original = exporting.rows_of
        changes = ["changed meanwhile"]

        def rows_of(part):
            yield from original(part)
            if part.doctype == "HD Ticket" and changes:
                name = frappe.get_all("HD Ticket", pluck="name")[0]
                frappe.db.set_value("HD Ticket", name, "subject", changes.pop())
                frappe.db.commit()

        with patch.object(exporting, "rows_of", rows_of):
            exporting.export_site(str(self.path))
        with zipfile.ZipFile(self.path) as archive:
            self.assertIn(b"changed meanwhile", archive.read(package.member_of("HD Ticket")))

    def test_a_package_that_is_not_right_is_refused_and_nothing_changes(self):
        exporting.export_site(str(self.path), PASSPHRASE)
        content = self.path.read_bytes()
        cases = {
            "not an exported site": b"PK nonsense",
            "damaged|not an exported site": content[: len(content) // 2],
        }
        before = self.snapshot()
        for reason, bad in cases.items():
            self.path.write_bytes(bad)
            with self.assertRaisesRegex(frappe.ValidationError, reason):
                importing.import_site(str(self.path), PASSPHRASE)
        self.path.write_bytes(content)
        with self.assertRaisesRegex(frappe.ValidationError, "passphrase"):
            importing.import_site(str(self.path), "wrong")
        with self.assertRaisesRegex(frappe.ValidationError, "passphrase"):
            importing.import_site(str(self.path))
        with (
            patch.object(frappe, "get_installed_apps", return_value=["frappe"]),
            self.assertRaisesRegex(frappe.ValidationError, "needs helpdesk"),
        ):
            importing.import_site(str(self.path), PASSPHRASE)
        self.assertEqual(self.snapshot(), before)

    def test_a_member_that_leads_out_of_the_site_is_refused(self):
        exporting.export_site(str(self.path))
        with zipfile.ZipFile(self.path, "a") as archive:
            archive.writestr("public/files/../../evil.txt", "x")
        with self.assertRaisesRegex(frappe.ValidationError, "none of a site's files"):
            importing.import_site(str(self.path))

    def test_an_export_overwrites_nothing(self):
        self.path.write_text("mine")
        with self.assertRaisesRegex(frappe.ValidationError, "exists already"):
            exporting.export_site(str(self.path))
        self.assertEqual(self.path.read_text(), "mine")

    def test_values_of_columns_have_one_form(self):
        self.assertEqual(package.plain(timedelta(hours=30, minutes=5)), "30:05:00")
        self.assertEqual(package.plain(-timedelta(seconds=1, microseconds=5)), "-00:00:01.000005")
        self.assertEqual(package.plain(Decimal("1.500000000")), "1.500000000")
        with self.assertRaises(TypeError):
            package.plain(object())
