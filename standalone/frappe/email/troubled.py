"""Mails that a server lists and does not give out: they come last, and after an hour people hear of them."""

from __future__ import annotations

import time

import frappe

GIVE_UP_SECONDS = 60 * 60
REMEMBER_SECONDS = 30 * 24 * 60 * 60


class Troubled:
    """Which mails of one folder could not be fetched, since when, and whether that has been told."""

    def __init__(self, account: str, folder: str, uidvalidity: int):
        self._key = f"troubled_mails::{account}::{folder}::{uidvalidity}"
        self._known: dict[str, tuple[float, bool]] = frappe.cache.get_value(self._key) or {}

    def __contains__(self, uid: str) -> bool:
        return uid in self._known

    def note(self, uid: str) -> bool:
        """Remember that a mail could not be fetched; return whether it is time to tell, which is so once."""
        since, is_told = self._known.get(uid) or (time.time(), False)
        tell = not is_told and time.time() - since >= GIVE_UP_SECONDS
        self._keep({**self._known, uid: (since, is_told or tell)})
        return tell

    def forget(self, uid: str) -> None:
        """Forget the trouble with a mail that has come after all."""
        if uid in self._known:
            self._keep({known: state for known, state in self._known.items() if known != uid})

    def _keep(self, known: dict[str, tuple[float, bool]]) -> None:
        self._known = known
        frappe.cache.set_value(self._key, known, expires_in_sec=REMEMBER_SECONDS)
