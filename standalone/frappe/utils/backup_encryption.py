"""Backups that only who has the key can read: AES-256 in GCM, the key made from `backup_encryption_key` by scrypt.

A file is `MAGIC`, the salt, the nonce, the encrypted content, and the tag that proves it whole.
"""

from __future__ import annotations

import os
import secrets
from pathlib import Path
from typing import IO, Any

from frappe.context import local
from frappe.exceptions import ValidationError

KEY = "backup_encryption_key"
SUFFIX = ".enc"
MAGIC = b"HDBACKUP1\n"
SALT_BYTES, NONCE_BYTES, TAG_BYTES = 16, 12, 16
_CHUNK = 1024 * 1024


def site_key() -> str:
    """Return the site's key for backups; one is made and written to the site's configuration when missing."""
    from frappe.installer import update_site_config

    if not local.conf.get(KEY):
        update_site_config(KEY, secrets.token_urlsafe(32), validate=False)
    return str(local.conf[KEY])


def encrypt_file(path: Path, key: str) -> Path:
    """Put an encrypted file in the place of `path`; return its path."""
    target = path.with_name(path.name + SUFFIX)
    salt, nonce = os.urandom(SALT_BYTES), os.urandom(NONCE_BYTES)
    handle = os.open(target, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with path.open("rb") as source, os.fdopen(handle, "wb") as file:
        encryptor = _cipher(key, salt, nonce).encryptor()
        file.write(MAGIC + salt + nonce)
        while chunk := source.read(_CHUNK):
            file.write(encryptor.update(chunk))
        encryptor.finalize()
        file.write(encryptor.tag)
    path.unlink()
    return target


def is_encrypted(path: Path) -> bool:
    with path.open("rb") as file:
        return file.read(len(MAGIC)) == MAGIC


def decrypt_file(path: Path, target: Path, key: str) -> None:
    """Write the content of an encrypted file to `target`. Raises ValidationError, and leaves none, for a wrong key."""
    from cryptography.exceptions import InvalidTag

    handle = os.open(target, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    try:
        with path.open("rb") as source, os.fdopen(handle, "wb") as file:
            _decrypt(source, file, path.stat().st_size, key)
    except (InvalidTag, ValueError):
        target.unlink()
        raise ValidationError(f"{path.name} is damaged, or was encrypted with another key.") from None


def _decrypt(source: IO[bytes], target: IO[bytes], size: int, key: str) -> None:
    source.seek(len(MAGIC))
    salt, nonce = source.read(SALT_BYTES), source.read(NONCE_BYTES)
    left = size - source.tell() - TAG_BYTES
    if left < 0:
        raise ValueError("The file ends too early.")
    decryptor = _cipher(key, salt, nonce).decryptor()
    while left:
        chunk = source.read(min(_CHUNK, left))
        target.write(decryptor.update(chunk))
        left -= len(chunk)
    decryptor.finalize_with_tag(source.read(TAG_BYTES))


def _cipher(key: str, salt: bytes, nonce: bytes) -> Any:
    from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes
    from cryptography.hazmat.primitives.kdf.scrypt import Scrypt

    derived = Scrypt(salt=salt, length=32, n=2**15, r=8, p=1).derive(key.encode())
    return Cipher(algorithms.AES(derived), modes.GCM(nonce))
