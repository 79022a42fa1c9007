"""Secrets at rest: login hashes and encrypted Password fields, both in the table `__Auth`.

A row of `__Auth` is one (doctype, name, fieldname). `encrypted = 0` rows hold one-way hashes of login passwords,
`encrypted = 1` rows hold Fernet tokens under the site's `encryption_key`.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Any, NoReturn

from frappe import exceptions
from frappe.context import current_state, local
from frappe.query_builder import Table
from frappe.utils.password_hashing import PasswordContext, hash_password, needs_rehash, verify_password

passwordless_fieldname = "password"

passlibctx = PasswordContext()
Auth = Table("__Auth")
"""The table of secrets, for the query builder."""

API_SECRET = ("User", "api_secret")
API_SECRET_CACHE = "api_secret_digests"
"""Hash `name → {user: digest}` of API secrets seen to be right; dropped whenever one is changed."""


# -- table __Auth -----------------------------------------------------------------------------------------------------


def _read(doctype: str, name: str, fieldname: str, encrypted: int) -> str | None:
    rows = local.db.sql(
        "select `password` from `__Auth`"
        " where `doctype` = %s and `name` = %s and `fieldname` = %s and `encrypted` = %s",
        (doctype, str(name), fieldname, encrypted),
    )
    return str(rows[0][0]) if rows and rows[0][0] is not None else None


def _write(doctype: str, name: str, fieldname: str, secret: str, encrypted: int) -> None:
    key = (doctype, str(name), fieldname)
    exists = local.db.sql("select 1 from `__Auth` where `doctype` = %s and `name` = %s and `fieldname` = %s", key)
    if exists:
        local.db.sql(
            "update `__Auth` set `password` = %s, `encrypted` = %s"
            " where `doctype` = %s and `name` = %s and `fieldname` = %s",
            (secret, encrypted, *key),
        )
    else:
        local.db.sql(
            "insert into `__Auth` (`doctype`, `name`, `fieldname`, `password`, `encrypted`)"
            " values (%s, %s, %s, %s, %s)",
            (*key, secret, encrypted),
        )
    _forget(doctype, name, fieldname)


def _forget(doctype: str, name: str, fieldname: str | None) -> None:
    if doctype == "User" and fieldname in (None, "api_secret"):
        from frappe.cache import cache

        cache.hdel(API_SECRET_CACHE, name)
        # Another request may have read the old secret again before this transaction ends.
        local.db.after_commit.add(lambda: cache.hdel(API_SECRET_CACHE, name))


# -- login passwords --------------------------------------------------------------------------------------------------


def update_password(
    user: str, pwd: str, doctype: str = "User", fieldname: str = "password", logout_all_sessions: bool = False
) -> None:
    """Store the login password of `user`; `logout_all_sessions` ends every session but the current one.

    Raises ValidationError for a password that is empty or too long.
    """
    if not pwd:
        _refuse("A password may not be empty.")
    try:
        hashed = hash_password(pwd)
    except ValueError:
        _refuse("This password is too long or contains characters that cannot be stored.")
    _write(doctype, user, fieldname, hashed, encrypted=0)
    if logout_all_sessions:
        from frappe.sessions import clear_sessions

        clear_sessions(user=user, keep_current=True, force=True)


def check_password(
    user: str, pwd: str, doctype: str = "User", fieldname: str = "password", delete_tracker_cache: bool = True
) -> str:
    """Return the exact name of `user` if `pwd` is right; raises AuthenticationError otherwise.

    An outdated hash is replaced by a current one. `delete_tracker_cache` forgets failed attempts of the user.
    """
    rows = local.db.sql(
        "select `name`, `password` from `__Auth`"
        " where `doctype` = %s and `name` = %s and `fieldname` = %s and `encrypted` = 0",
        (doctype, str(user), fieldname),
    )
    name, stored = (str(rows[0][0]), rows[0][1]) if rows else (str(user), None)
    if not verify_password(pwd, stored):
        raise exceptions.AuthenticationError("Invalid login credentials")
    if delete_tracker_cache:
        delete_login_failed_cache(name)
    if stored and needs_rehash(stored) and not local.flags.read_only:
        _write(doctype, name, fieldname, hash_password(pwd), encrypted=0)
    return name


def delete_login_failed_cache(user: str) -> None:
    """Forget the failed logins of `user`."""
    from frappe.cache import cache

    for key in ("last_login_tried", "login_failed_count", "locked_account_time"):
        cache.hdel(key, user)


def has_password(user: str, doctype: str = "User", fieldname: str = "password") -> bool:
    """Tell whether a login password was ever set."""
    return _read(doctype, user, fieldname, encrypted=0) is not None


# -- Password fields --------------------------------------------------------------------------------------------------


def get_decrypted_password(
    doctype: str, name: str, fieldname: str = "password", raise_exception: bool = True
) -> str | None:
    """Return the clear text of a Password field; None (or AuthenticationError) when nothing is stored."""
    token = _read(doctype, name, fieldname, encrypted=1)
    if token:
        return decrypt(token, key=f"{doctype}.{name}.{fieldname}")
    if raise_exception:
        from frappe.messages import throw
        from frappe.translate import _

        throw(
            _("Nothing is stored for the password field {2} of {0} {1}.").format(doctype, name, fieldname),
            exceptions.AuthenticationError,
        )
    return None


def set_encrypted_password(doctype: str, name: str, pwd: str, fieldname: str = "password") -> None:
    """Encrypt and store the value of a Password field."""
    _write(doctype, name, fieldname, encrypt(pwd), encrypted=1)


def remove_encrypted_password(doctype: str, name: str, fieldname: str = "password") -> None:
    """Forget the value of a Password field."""
    local.db.sql(
        "delete from `__Auth` where `doctype` = %s and `name` = %s and `fieldname` = %s",
        (doctype, str(name), fieldname),
    )
    _forget(doctype, name, fieldname)


def delete_all_passwords_for(doctype: str, name: str) -> None:
    """Forget every secret of one document."""
    local.db.sql("delete from `__Auth` where `doctype` = %s and `name` = %s", (doctype, str(name)))
    _forget(doctype, name, None)


def rename_password(doctype: str, old_name: str, new_name: str) -> None:
    """Let the secrets of a renamed document follow it."""
    local.db.sql(
        "update `__Auth` set `name` = %s where `doctype` = %s and `name` = %s", (new_name, doctype, str(old_name))
    )
    _forget(doctype, old_name, None)


def rename_password_field(doctype: str, old_fieldname: str, new_fieldname: str) -> None:
    """Let the secrets of a renamed Password field follow it."""
    local.db.sql(
        "update `__Auth` set `fieldname` = %s where `doctype` = %s and `fieldname` = %s",
        (new_fieldname, doctype, old_fieldname),
    )


# -- Fernet -----------------------------------------------------------------------------------------------------------


def encrypt(txt: str, encryption_key: str | bytes | None = None) -> str:
    """Return `txt` encrypted under the site's key (or the given one)."""
    return _cipher(encryption_key).encrypt(str(txt).encode()).decode()  # type: ignore[no-any-return]


def decrypt(txt: str, encryption_key: str | bytes | None = None, key: str | None = None) -> str:
    """Return the clear text of what `encrypt` made; `key` names the value in the error for an operator.

    Raises ValidationError when the text was encrypted under another key.
    """
    from cryptography.fernet import InvalidToken

    try:
        return _cipher(encryption_key).decrypt(str(txt).encode()).decode()  # type: ignore[no-any-return]
    except InvalidToken:
        what = f" of {key}" if key else ""
        _refuse(f"The secret{what} cannot be read: it was encrypted with another encryption_key than the site's.")


def _cipher(encryption_key: str | bytes | None) -> Any:
    key = encryption_key or get_encryption_key()
    return _fernet(key if isinstance(key, bytes) else key.encode())


@lru_cache(maxsize=16)
def _fernet(key: bytes) -> Any:
    from cryptography.fernet import Fernet

    try:
        return Fernet(key)
    except ValueError:
        _refuse("The encryption_key of this site is not valid: it must be 32 bytes in url-safe base64.")


def get_encryption_key() -> str:
    """Return the site's key for Password fields; one is made and written to the site's configuration when missing."""
    key = local.conf.encryption_key
    return str(key) if key else _create_encryption_key()


def _create_encryption_key() -> str:
    from cryptography.fernet import Fernet

    from frappe.config import SITE_CONFIG, get_site_path, read_json, write_json
    from frappe.utils.synchronization import filelock

    with filelock("encryption_key"):
        path = get_site_path(SITE_CONFIG)
        stored = read_json(path)  # another process may have written one meanwhile
        if not stored.get("encryption_key"):
            stored["encryption_key"] = Fernet.generate_key().decode()
            write_json(path, stored)
    current_state().conf.encryption_key = stored["encryption_key"]
    return str(stored["encryption_key"])


def _refuse(message: str) -> NoReturn:
    from frappe.messages import throw
    from frappe.translate import _

    throw(_(message))


__all__ = [
    "Auth",
    "check_password",
    "decrypt",
    "delete_all_passwords_for",
    "encrypt",
    "get_decrypted_password",
    "get_encryption_key",
    "passlibctx",
    "remove_encrypted_password",
    "set_encrypted_password",
    "update_password",
]
