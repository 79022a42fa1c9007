"""What is new in the folders of an account, and what has been dealt with.

For IMAP a folder's place in the counting (`uidvalidity`, `uidnext`) is kept in its row and moves on in the transaction
of the mail it passes; `\\Seen` is set after that. For POP3 a mail is deleted on the server when it is settled.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Literal, NamedTuple
from zoneinfo import ZoneInfo

import frappe
from frappe.email.mailbox import (
    FetchedMail,
    FolderStatus,
    ImapMailbox,
    Listed,
    MailboxError,
    MailGone,
    PopMailbox,
    Refused,
)
from frappe.email.troubled import Troubled
from frappe.utils import cint, cstr, get_datetime, get_system_timezone

MAX_MAILS = 100
MAX_BYTES = 64 * 1024 * 1024
DEFAULT_MAX_MAIL_BYTES = 50 * 1024 * 1024
DEFAULT_FIRST_COUNT = 250
RESYNC_COUNT = 100


class Place(NamedTuple):
    """How far a folder has been read. 0 stands for "not known"."""

    uidvalidity: int = 0
    uidnext: int = 0
    initial_uidnext: int = 0


class Plan(NamedTuple):
    """Which mails of a folder to look at, and the place that is true before any of them is read."""

    what: Literal["unseen", "from", "last"]
    number: int
    place: Place
    is_renumbered: bool = False


def plan(rule: str, known: Place, status: FolderStatus, first_count: int) -> Plan:
    """Decide what to fetch from a folder.

    A folder seen for the first time, or numbered anew by its server, has mails older than our interest in it: those
    below `initial_uidnext`. Under ALL the newest of them are taken in; under UNSEEN the mails themselves say.
    """
    if known.uidvalidity == status.uidvalidity:
        if rule == "UNSEEN":
            return Plan("unseen", 0, known)
        return Plan("from", max(known.uidnext, 1), known)
    place = Place(status.uidvalidity, 1, status.uidnext)
    is_renumbered = bool(known.uidvalidity)
    if rule == "UNSEEN":
        return Plan("unseen", 0, place, is_renumbered)
    return Plan("last", RESYNC_COUNT if is_renumbered else first_count, place, is_renumbered)


class Inbox:
    """One run through the mailbox of an account."""

    def __init__(self, account: Any, mailbox: Any):
        self.account = account
        self.mailbox: ImapMailbox | PopMailbox = mailbox
        self.rule = account.build_email_sync_rule()
        self.max_mail_bytes = cint(frappe.conf.max_incoming_mail_size) or DEFAULT_MAX_MAIL_BYTES
        self.rows = {row.folder_name: row for row in account.imap_folder}
        self.places: dict[str, Place] = {}
        self.problem: MailboxError | None = None
        """What kept some of the mails away although others came."""
        self._open: dict[str, set[int]] = {}
        self._end: dict[str, int] = {}

    def close(self) -> None:
        self.mailbox.close()

    def append_to(self, raw: Any) -> str | None:
        """Return the DocType that a mail becomes a document of."""
        if not isinstance(self.mailbox, ImapMailbox):
            return self.account.append_to or None
        row = self.rows.get(getattr(raw, "folder", ""))
        return (row.append_to if row else self.account.append_to) or None

    def is_found(self, raw: Any) -> bool:
        """Tell whether a mail lay in the folder when it was first looked into, or was numbered anew."""
        place = self.places.get(getattr(raw, "folder", ""))
        return bool(place and raw.uid and cint(raw.uid) < place.initial_uidnext)

    def is_initial(self, raw: Any) -> bool:
        """Tell whether a mail had come before there was an account to take it in."""
        return self.is_found(raw) and bool(raw.arrived) and raw.arrived + 1 < _seconds(self.account.creation)

    # -- fetching -----------------------------------------------------------------------------------------------------

    def fetch(self) -> Iterator[FetchedMail]:
        """Yield new mails, oldest first, until there is enough for one run.

        A mail or a folder that the server refuses does not keep the others away, and what came before a connection
        broke is used. Raises MailboxError when nothing came because of a problem; else `problem` tells of it.
        """
        count = 0
        try:
            for mail in self._fetch_folders():
                count += 1
                yield mail
        except MailboxError as error:
            self.problem = error
        if self.problem and not count:
            raise self.problem

    def _fetch_folders(self) -> Iterator[FetchedMail]:
        budget = _Budget()
        if isinstance(self.mailbox, PopMailbox):
            yield from self._read(self.mailbox.list_all()[:MAX_MAILS], "", budget)
            return
        for folder, row in self.rows.items():
            try:
                listed = self._list(self.mailbox, folder, row)
            except Refused as error:
                self.problem = error
                continue
            if self.rule == "UNSEEN":
                listed = [mail for mail in listed if not mail.seen]
            yield from self._read(listed, folder, budget)

    def _list(self, mailbox: ImapMailbox, folder: str, row: Any) -> list[Listed]:
        known = Place(cint(row.uidvalidity), cint(row.uidnext), cint(row.get("initial_uidnext")))
        if known.uidvalidity and not known.uidnext:
            known = known._replace(uidnext=_highest_known_uid(self.account.name, folder) + 1)
        count = cint(self.account.initial_sync_count) or DEFAULT_FIRST_COUNT
        decided = plan(self.rule, known, mailbox.status(folder), count)
        mailbox.select(folder, writable=self.rule == "UNSEEN")
        uids = _uids(mailbox, decided)
        if decided.what == "last":
            decided = decided._replace(place=_starting_at(decided.place, uids))
        if decided.place != known:
            self._begin_anew(row, decided)
        self.places[folder] = decided.place
        listed = mailbox.describe(uids[:MAX_MAILS])
        self._open[folder] = {int(mail.uid) for mail in listed}
        self._end[folder] = max(self._open[folder], default=0) + 1
        return listed

    def _begin_anew(self, row: Any, decided: Plan) -> None:
        """Remember the folder's new numbering; uids from before it mean nothing any more."""
        if decided.is_renumbered:
            frappe.db.sql("update `tabCommunication` set `uid` = -1 where `email_account` = %s", (self.account.name,))
        self._save_place(row, decided.place)
        frappe.db.commit()

    def _save_place(self, row: Any, place: Place) -> None:
        values = {
            "uidvalidity": cstr(place.uidvalidity),
            "uidnext": cstr(place.uidnext),
            "initial_uidnext": cstr(place.initial_uidnext),
        }
        row.update(values)
        frappe.db.set_value("IMAP Folder", row.name, values, update_modified=False)
        frappe.clear_document_cache("Email Account", self.account.name)

    def _read(self, listed: list[Listed], folder: str, budget: _Budget) -> Iterator[FetchedMail]:
        """Yield mails of a folder; one that made trouble before comes last, as it may break the connection again."""
        place = self.places.get(folder)
        troubled = Troubled(self.account.name, folder, place.uidvalidity) if place else None
        for mail in sorted(listed, key=lambda mail: troubled is not None and mail.uid in troubled):
            if not budget.allows(0 if mail.size > self.max_mail_bytes else mail.size):
                return
            try:
                raw = self._fetch_one(mail, folder)
            except MailGone:
                self._open.get(folder, set()).discard(int(mail.uid))
                continue
            except MailboxError as error:
                self.problem = error
                if troubled is not None and troubled.note(mail.uid):
                    yield _not_given_out(mail, folder, error)
                if not isinstance(error, Refused):
                    raise
                continue
            if troubled is not None:
                troubled.forget(mail.uid)
            yield raw

    def _fetch_one(self, mail: Listed, folder: str) -> FetchedMail:
        if mail.size <= self.max_mail_bytes:
            return self.mailbox.fetch(mail, folder)
        raw = self.mailbox.fetch_header(mail, folder)
        raw.too_large = mail.size
        return raw

    # -- settling -----------------------------------------------------------------------------------------------------

    def pass_by(self, raw: Any) -> None:
        """Move the place of the folder on, in the transaction of the mail that was dealt with.

        It never moves past a mail of this run that is not: those come again.
        """
        folder = getattr(raw, "folder", "")
        place, row = self.places.get(folder), self.rows.get(folder)
        if place is None or row is None or self.rule != "ALL":
            return
        self._open[folder].discard(cint(raw.uid))
        uidnext = min(self._open[folder], default=self._end[folder])
        self.places[folder] = place._replace(uidnext=max(place.uidnext, uidnext))
        self._save_place(row, self.places[folder])

    def leave(self, raw: Any) -> None:
        """Count a mail as not dealt with after all: what it did was rolled back."""
        folder = getattr(raw, "folder", "")
        if folder in self._open:
            self._open[folder].add(cint(raw.uid))
            place = self.places[folder]
            self.places[folder] = place._replace(uidnext=min(place.uidnext, cint(raw.uid)))

    def is_open(self, raw: Any) -> bool:
        """Tell whether a mail of this run is still to be dealt with."""
        return self.rule == "ALL" and cint(raw.uid) in self._open.get(getattr(raw, "folder", ""), ())

    def settle(self, raw: Any) -> None:
        """Mark a mail on the server as dealt with; also, and committed at once, in our counting if it is not yet."""
        if self.is_open(raw):
            self.pass_by(raw)
            frappe.db.commit()
        if isinstance(self.mailbox, PopMailbox) or self.rule == "UNSEEN":
            self.mailbox.settle(raw)


def _not_given_out(mail: Listed, folder: str, error: MailboxError) -> FetchedMail:
    """Return what stands for a mail that stays on the server as it is."""
    raw = FetchedMail(b"", mail.uid, folder, mail.seen)
    raw.refused = str(error)
    return raw


def _uids(mailbox: ImapMailbox, decided: Plan) -> list[str]:
    if decided.what == "unseen":
        return mailbox.list_unseen()
    if decided.what == "from":
        return mailbox.list_from(decided.number)
    return mailbox.list_last(decided.number)


def _starting_at(place: Place, uids: list[str]) -> Place:
    """Return a place from which the first of `uids` is the next, the end of the folder if there are none."""
    return place._replace(uidnext=int(uids[0]) if uids else place.initial_uidnext)


def _seconds(moment: Any) -> float:
    """Return a moment in the time zone of the site as seconds since 1970."""
    return float(get_datetime(moment).replace(tzinfo=ZoneInfo(get_system_timezone())).timestamp())


class _Budget:
    """How much one run may still fetch; at least one mail always."""

    def __init__(self) -> None:
        self.mails, self.bytes = MAX_MAILS * 10, MAX_BYTES
        self.is_untouched = True

    def allows(self, size: int) -> bool:
        if not self.is_untouched and (self.mails < 1 or self.bytes < size):
            return False
        self.is_untouched = False
        self.mails -= 1
        self.bytes -= size
        return True


def _highest_known_uid(account: str, folder: str) -> int:
    filters: dict[str, Any] = {"email_account": account, "imap_folder": folder}
    return cint(frappe.db.get_value("Communication", filters, "uid", order_by="uid desc"))
