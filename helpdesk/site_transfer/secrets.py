"""Secrets on the way: what one site's key protected is carried under a passphrase and protected by the other's."""

from __future__ import annotations

import base64
import os

from cryptography.fernet import Fernet, InvalidToken
from cryptography.hazmat.primitives.kdf.scrypt import Scrypt

SALT_BYTES = 16
_PROOF = "the passphrase is right"


class WrongPassphrase(Exception):
    """The passphrase is not the one the package was made with."""


class Wrapping:
    """Encrypts and decrypts under a key made from a passphrase (scrypt, then Fernet)."""

    def __init__(self, passphrase: str, salt: bytes | None = None):
        self.salt = salt or os.urandom(SALT_BYTES)
        key = Scrypt(salt=self.salt, length=32, n=2**15, r=8, p=1).derive(passphrase.encode())
        self._cipher = Fernet(base64.urlsafe_b64encode(key))

    def wrap(self, text: str) -> str:
        return self._cipher.encrypt(text.encode()).decode()

    def unwrap(self, token: str) -> str:
        try:
            return self._cipher.decrypt(token.encode()).decode()
        except InvalidToken as error:
            raise WrongPassphrase("The passphrase is not the one this package was made with.") from error

    def described(self) -> dict[str, str]:
        """Return what a package says about its secrets."""
        return {"salt": base64.b64encode(self.salt).decode(), "proof": self.wrap(_PROOF)}

    @classmethod
    def from_description(cls, description: dict[str, str], passphrase: str) -> Wrapping:
        """Return the wrapping of a package. Raises WrongPassphrase at once, before anything is read."""
        wrapping = cls(passphrase, base64.b64decode(description["salt"]))
        wrapping.unwrap(description["proof"])
        return wrapping
