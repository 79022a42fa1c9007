"""One-way hashes of login passwords.

New ones are Argon2id. Hashes in passlib's modular form of PBKDF2-SHA256 (`$pbkdf2-sha256$rounds$salt$checksum`), as an
imported bench site has them, are accepted and replaced at the next login.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import hmac
from functools import lru_cache
from typing import Any

MAX_PASSWORD_LENGTH = 512
MAX_PBKDF2_ROUNDS = 5_000_000

# OWASP's smallest recommended Argon2id setting: some 20 ms and 19 MiB for one check.
TIME_COST = 2
MEMORY_KIB = 19_456
PARALLELISM = 1


@lru_cache(maxsize=1)
def _hasher() -> Any:
    from argon2 import PasswordHasher

    return PasswordHasher(time_cost=TIME_COST, memory_cost=MEMORY_KIB, parallelism=PARALLELISM)


def hash_password(password: str) -> str:
    """Return a salted hash of `password`. Raises ValueError when it is too long or cannot be encoded."""
    return str(_hasher().hash(_encoded(password)))


def verify_password(password: str, stored: str | None) -> bool:
    """Tell whether `password` belongs to the `stored` hash; takes as long when there is no hash at all."""
    try:
        encoded = _encoded(password)
    except ValueError:
        return False
    if not stored:
        _verify_argon2(encoded, _decoy())
        return False
    if stored.startswith("$argon2"):
        return _verify_argon2(encoded, stored)
    if stored.startswith("$pbkdf2-sha256$"):
        return _verify_pbkdf2(encoded, stored)
    return False


def needs_rehash(stored: str) -> bool:
    """Tell whether a hash should be replaced by one made with today's settings."""
    return not stored.startswith("$argon2id$") or bool(_hasher().check_needs_rehash(stored))


def _encoded(password: str) -> bytes:
    if len(password) > MAX_PASSWORD_LENGTH:
        raise ValueError(f"A password has at most {MAX_PASSWORD_LENGTH} characters.")
    return password.encode("utf-8")  # a lone surrogate raises UnicodeEncodeError, a ValueError


@lru_cache(maxsize=1)
def _decoy() -> str:
    """What an unknown user's password is compared with, so that the answer comes as late as for a known one."""
    import secrets

    return hash_password(secrets.token_hex())


def _verify_argon2(password: bytes, stored: str) -> bool:
    from argon2.exceptions import Argon2Error, InvalidHashError

    try:
        return bool(_hasher().verify(stored, password))
    except (Argon2Error, InvalidHashError):
        return False


def _verify_pbkdf2(password: bytes, stored: str) -> bool:
    try:
        _, _, rounds_text, salt_text, checksum_text = stored.split("$")
        rounds = int(rounds_text)
        salt, checksum = _from_adapted_base64(salt_text), _from_adapted_base64(checksum_text)
    except (ValueError, binascii.Error):
        return False
    if not 0 < rounds <= MAX_PBKDF2_ROUNDS or not checksum:
        return False
    return hmac.compare_digest(hashlib.pbkdf2_hmac("sha256", password, salt, rounds, len(checksum)), checksum)


def _from_adapted_base64(text: str) -> bytes:
    """Decode base64 without padding and with `.` for `+`, the alphabet of the modular format."""
    return base64.b64decode(text.replace(".", "+") + "=" * (-len(text) % 4), validate=True)


class PasswordContext:
    """The hashes of login passwords under the names that passlib's users write."""

    @staticmethod
    def hash(secret: str) -> str:
        """Return a salted hash."""
        return hash_password(secret)

    @staticmethod
    def verify(secret: str, hash: str | None) -> bool:
        """Tell whether a password belongs to a hash."""
        return verify_password(secret, hash)

    @staticmethod
    def needs_update(hash: str) -> bool:
        """Tell whether a hash should be made anew with today's settings."""
        return needs_rehash(hash)
