"""Login hashes, section 12.5 of the runtime contract."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from frappe.utils import password_hashing
from frappe.utils.password_hashing import hash_password, needs_rehash, verify_password

IMPORTED = "$pbkdf2-sha256$1000$tHYupRQCYEypdW7NuZcypg$uT0CELSbkk0uYg08Dwy.8DqC9SCwCtuKNWV8MHVbZQY"


def test_a_password_matches_its_own_hash_only() -> None:
    stored = hash_password("right horse")
    assert verify_password("right horse", stored)
    assert not verify_password("wrong horse", stored)


def test_a_check_costs_what_owasp_recommends_at_least() -> None:
    assert (password_hashing.TIME_COST, password_hashing.PARALLELISM) == (2, 1)
    assert password_hashing.MEMORY_KIB >= 19 * 1024


def test_two_hashes_of_one_password_differ() -> None:
    assert hash_password("x") != hash_password("x")


def test_a_hash_of_an_imported_site_is_accepted_and_marked_for_replacement() -> None:
    assert verify_password("pässword", IMPORTED)
    assert not verify_password("password", IMPORTED)
    assert needs_rehash(IMPORTED)
    assert not needs_rehash(hash_password("x"))


@pytest.mark.parametrize("stored", [None, "", "plain", "$pbkdf2-sha256$x$y$z", "$pbkdf2-sha256$1", "$argon2id$broken"])
def test_what_is_no_hash_matches_nothing(stored: str | None) -> None:
    assert not verify_password("plain", stored)
    assert not verify_password("", stored)


def test_a_hash_that_would_take_for_ever_is_not_computed() -> None:
    costly = IMPORTED.replace("$1000$", "$999999999999$")
    assert not verify_password("pässword", costly)


def test_a_password_of_more_than_512_characters_is_refused() -> None:
    with pytest.raises(ValueError, match="512"):
        hash_password("x" * 513)
    assert not verify_password("x" * 513, hash_password("x" * 512))


@given(password=st.text(max_size=600), stored=st.text(max_size=80))
def test_junk_never_matches_and_never_breaks(password: str, stored: str) -> None:
    assert not verify_password(password, "$pbkdf2-sha256$" + stored)
