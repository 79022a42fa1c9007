"""The reference of methods says what the code says."""

import api_reference

from helpdesk.api.role_table import ROWS


def test_the_reference_is_up_to_date() -> None:
    page = api_reference.PAGE.read_text(encoding="utf-8")
    assert api_reference.rendered(page) == page, "run scripts/api_reference.py"


def test_every_method_has_a_line_that_says_who_and_what() -> None:
    lines = api_reference.table().splitlines()[2:]
    assert len(lines) == len({row.method for row in ROWS})
    for line in lines:
        assert "→ ?" not in line and "| ? |" not in line and not line.endswith("|  |"), line
