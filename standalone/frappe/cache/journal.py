"""How the processes that serve a site tell each other what has become stale: the notes of a journal, read in order.

A note is a short list: `["key", k]`, `["prefix", p, *lasting]` or `["field", name, *fields]`. The embedded profile
writes them to a file beside the database; with Redis they go into a stream.
"""

from __future__ import annotations

import fcntl
import json
import os
from collections.abc import Sequence
from pathlib import Path
from typing import IO, Any, Protocol

Note = list[str]

MAX_BYTES = 1024 * 1024
MAX_NOTES = 10_000
NOTES_AT_ONCE = 5_000


class Journal(Protocol):
    """What others have written since the last look."""

    def news(self) -> list[Note] | None:
        """Return the new notes of others; None when they are not known, so that anything may be stale."""

    def write(self, notes: Sequence[Note]) -> list[Note] | None:
        """Tell others; return what `news` would have returned just before."""


class FileJournal:
    """Notes in a file, for the processes of one machine. A full file makes way for the next of its line.

    The first line says the how-manieth file it is. Whoever was not at the end of the one before has missed notes.
    """

    def __init__(self, path: Path):
        self._path = path
        self._seen = self._look()
        self._volume, self._offset = self._end()

    def _look(self) -> tuple[int, int, int] | None:
        try:
            stat = os.stat(self._path)
        except FileNotFoundError:
            return None
        return stat.st_ino, stat.st_size, stat.st_mtime_ns

    def _end(self) -> tuple[int, int]:
        try:
            with self._path.open("rb") as file:
                fcntl.flock(file, fcntl.LOCK_SH)
                return _volume_of(file), file.seek(0, os.SEEK_END)
        except FileNotFoundError:
            return 0, 0

    def news(self) -> list[Note] | None:
        look = self._look()
        if look == self._seen:
            return []
        try:
            with self._path.open("rb") as file:
                fcntl.flock(file, fcntl.LOCK_SH)
                self._seen = look
                return self._unread(file)
        except FileNotFoundError:
            self._seen, self._volume, self._offset = None, 0, 0
            return None

    def _unread(self, file: IO[bytes]) -> list[Note] | None:
        """Return the notes that we have not seen, and be at the end; the caller holds the lock."""
        volume, end = _volume_of(file), file.seek(0, os.SEEK_END)
        is_known = volume == self._volume and self._offset <= end
        file.seek(self._offset)
        lines = file.read().splitlines() if is_known else []
        self._volume, self._offset = volume, end
        return [json.loads(line) for line in lines if line.startswith(b"[")] if is_known else None

    def write(self, notes: Sequence[Note]) -> list[Note] | None:
        text = "".join(json.dumps(note) + "\n" for note in notes).encode()
        while True:
            try:
                opened = self._path.open("a+b")
            except FileNotFoundError:
                if not self._path.parent.parent.is_dir():
                    return []  # the site is being removed
                self._path.parent.mkdir(exist_ok=True)
                continue
            with opened as file:
                fcntl.flock(file, fcntl.LOCK_EX)
                if not self._is_current(file):
                    continue  # replaced by somebody else since we opened it
                before = self._unread(file)
                if self._offset > MAX_BYTES:
                    self._begin_next()
                    continue
                head = b"" if self._offset else b"%d\n" % self._volume
                file.write(head + text)
                file.flush()
                self._offset = file.tell()
                self._seen = self._look()
                return before

    def _is_current(self, file: IO[bytes]) -> bool:
        look = self._look()
        return look is not None and look[0] == os.fstat(file.fileno()).st_ino

    def _begin_next(self) -> None:
        """Put the next file in the place of the full one, whose notes we have all seen."""
        fresh = self._path.with_suffix(".fresh")
        fresh.write_bytes(b"%d\n" % (self._volume + 1))
        self._volume, self._offset = self._volume + 1, fresh.stat().st_size
        os.replace(fresh, self._path)


def _volume_of(file: IO[bytes]) -> int:
    file.seek(0)
    line = file.readline(20)
    return int(line) if line.strip().isdigit() else 0


class RedisJournal:
    """Notes in a stream, for the processes of many machines."""

    def __init__(self, client: Any, key: str, author: str):
        self._client, self._key, self._author = client, key, author
        self._last = ""

    def news(self) -> list[Note] | None:
        if not self._last:
            self._start()
            return None
        found = self._client.xrange(self._key, min=self._last, count=NOTES_AT_ONCE)
        if not found or found[0][0] != self._last or len(found) == NOTES_AT_ONCE:
            self._start()  # trimmed, lost or too much to read
            return None
        self._last = found[-1][0]
        return [json.loads(entry[b"note"]) for _, entry in found[1:] if entry[b"by"] != self._author.encode()]

    def _start(self) -> None:
        """Stand at the end of the stream, which is never empty, so that a lost one is noticed."""
        self._last = self._client.xadd(self._key, {"by": self._author, "note": '["key", ""]'}, maxlen=MAX_NOTES)

    def write(self, notes: Sequence[Note]) -> list[Note] | None:
        pipeline = self._client.pipeline(transaction=False)
        self.write_to(pipeline, notes)
        pipeline.execute()
        return []  # what others wrote is read by the next look

    def write_to(self, pipeline: Any, notes: Sequence[Note]) -> None:
        """Add the notes to commands that are sent together."""
        for note in notes:
            entry = {"by": self._author, "note": json.dumps(note)}
            pipeline.xadd(self._key, entry, maxlen=MAX_NOTES, approximate=True)
