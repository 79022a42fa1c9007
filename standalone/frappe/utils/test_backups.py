"""A backup holds what was there, and puts it back."""

import tarfile
from collections.abc import Iterator
from pathlib import Path

import pytest

import frappe
import frappe.installer
from frappe.server import SiteLock
from frappe.testing.sites import TestBench
from frappe.utils import backup_encryption
from frappe.utils.backups import delete_extra_backups, new_backup
from frappe.utils.restoring import restore_backup


@pytest.fixture
def one_file(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestBench]:
    """A connected site in SQLite, whatever the other tests run on: what is promised of one file alone."""
    bench = TestBench(tmp_path_factory.mktemp("one-file") / "bench", ("frappe",))
    bench.make()
    bench.connect()
    yield bench
    bench.disconnect()


def describe(text: str) -> None:
    frappe.get_doc({"doctype": "ToDo", "description": text}).insert()
    frappe.db.commit()


def descriptions() -> set[str]:
    return set(frappe.get_all("ToDo", pluck="description"))


def restore(
    site: TestBench,
    database: Path | None,
    public_files: Path | None = None,
    private_files: Path | None = None,
    key: str | None = None,
) -> None:
    frappe.destroy()
    try:
        restore_backup(site.site, database or Path(), public_files, private_files, str(site.sites_path), key)
    finally:
        site.connect()
        frappe.cache.flushall()


def test_what_came_after_the_backup_is_gone_and_what_was_before_is_back(site: TestBench, tmp_path: Path) -> None:
    describe("before")
    kept = Path(frappe.get_site_path("private", "files", "letter.txt"))
    kept.write_text("dear Anna")
    made = new_backup(backup_path=tmp_path)
    describe("after")
    kept.unlink()
    restore(site, made.database, made.public_files, made.private_files)
    assert descriptions() == {"before"}
    assert kept.read_text() == "dear Anna"
    kept.unlink()


def test_a_backup_is_readable_by_the_owner_only(site: TestBench, tmp_path: Path) -> None:
    for path in new_backup(backup_path=tmp_path).paths():
        assert path.stat().st_mode & 0o077 == 0


def test_uncommitted_work_of_others_is_not_in_the_backup(site: TestBench, tmp_path: Path) -> None:
    frappe.get_doc({"doctype": "ToDo", "description": "not yet"}).insert()
    made = new_backup(ignore_files=True, backup_path=tmp_path)
    frappe.db.rollback()
    restore(site, made.database)
    assert descriptions() == set()


@pytest.mark.parametrize("content", [b"", b"not a database", b"\x1f\x8bbroken"])
def test_a_file_that_is_no_backup_is_refused_and_the_data_stays(
    site: TestBench, tmp_path: Path, content: bytes
) -> None:
    describe("precious")
    bad = tmp_path / "bad.sqlite.gz"
    bad.write_bytes(content)
    with pytest.raises(frappe.ValidationError, match=r"bad\.sqlite\.gz"):
        restore(site, bad)
    assert descriptions() == {"precious"}


def test_an_archive_that_leads_out_of_the_site_is_refused(site: TestBench, tmp_path: Path) -> None:
    made = new_backup(ignore_files=True, backup_path=tmp_path)
    evil = tmp_path / "files.tar"
    outside = tmp_path / "x"
    outside.write_text("x")
    with tarfile.open(evil, "w") as archive:
        archive.add(outside, arcname="../../evil.txt")
    describe("after")
    with pytest.raises(frappe.ValidationError, match=r"evil\.txt"):
        restore(site, made.database, evil)
    assert descriptions() == {"after"}


def test_a_site_that_is_served_is_not_restored(site: TestBench, tmp_path: Path) -> None:
    made = new_backup(ignore_files=True, backup_path=tmp_path)
    lock = SiteLock(site.site, site.sites_path)
    lock.acquire()
    try:
        with pytest.raises(frappe.LockTimeoutError):
            restore(site, made.database)
    finally:
        lock.release()


def test_only_the_newest_backups_are_kept(site: TestBench) -> None:
    folder = Path(frappe.get_site_path("private", "backups"))
    for day in range(1, 6):
        (folder / f"2026010{day}_000000-x-database.sqlite.gz").touch()
        (folder / f"2026010{day}_000000-x-files.tar").touch()
    delete_extra_backups()
    left = sorted(path.name for path in folder.iterdir())
    assert len(left) == 6
    assert left[0].startswith("20260103")
    for name in left:
        (folder / name).unlink()


def test_an_encrypted_backup_is_unreadable_and_comes_back(site: TestBench, tmp_path: Path) -> None:
    describe("a secret that must not be readable")
    made = new_backup(backup_path=tmp_path, encrypt=True)
    assert all(path.name.endswith(".enc") and path.stat().st_mode & 0o077 == 0 for path in tmp_path.iterdir())
    assert all(backup_encryption.is_encrypted(path) for path in made.paths())
    describe("after")
    restore(site, made.database, made.public_files, made.private_files)
    assert descriptions() == {"a secret that must not be readable"}


@pytest.mark.parametrize("key", ["wrong", None])
def test_an_encrypted_backup_needs_its_key(site: TestBench, tmp_path: Path, key: str | None) -> None:
    made = new_backup(ignore_files=True, backup_path=tmp_path, encrypt=True)
    frappe.installer.update_site_config(backup_encryption.KEY, None)
    describe("after")
    with pytest.raises(frappe.ValidationError, match=r"another key|encrypted: give"):
        restore(site, made.database, key=key)
    assert descriptions() == {"after"}


def test_an_encrypted_backup_that_was_changed_or_cut_is_refused(site: TestBench, tmp_path: Path) -> None:
    made = new_backup(ignore_files=True, backup_path=tmp_path, encrypt=True)
    describe("after")
    content = made.database.read_bytes()
    for bad in (content[:-30], content[:60] + b"x" + content[61:], content[:20]):
        made.database.write_bytes(bad)
        with pytest.raises(frappe.ValidationError, match="damaged"):
            restore(site, made.database)
    assert descriptions() == {"after"}


@pytest.mark.parametrize("setting", ["site", "System Settings"])
def test_backups_are_encrypted_when_the_site_says_so(site: TestBench, tmp_path: Path, setting: str) -> None:
    switch = {
        "site": lambda: frappe.conf.update(encrypt_backup=1),
        "System Settings": lambda: frappe.db.set_single_value("System Settings", "encrypt_backup", 1),
    }
    switch[setting]()
    assert new_backup(ignore_files=True, backup_path=tmp_path).database.suffix == ".enc"


@pytest.mark.slow
def test_a_restore_that_is_interrupted_before_the_last_step_leaves_the_site_as_it_was(
    one_file: TestBench, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = new_backup(backup_path=tmp_path)
    describe("after")

    def stop(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("frappe.utils.restoring.os.replace", stop)
    with pytest.raises(KeyboardInterrupt):
        restore(one_file, made.database, made.public_files, made.private_files)
    monkeypatch.undo()
    assert descriptions() == {"after"}
    assert not list(Path(one_file.sites_path, one_file.site).glob(".restore-*"))


@pytest.mark.slow
def test_a_backup_that_fails_leaves_nothing_behind(
    one_file: TestBench, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("frappe.utils.backups._compress", full)
    with pytest.raises(OSError, match="No space left"):
        new_backup(backup_path=tmp_path)
    assert list(tmp_path.iterdir()) == []
