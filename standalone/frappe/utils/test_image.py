"""Pictures that are made smaller show what they showed before."""

from __future__ import annotations

import io

import pytest
from PIL import Image

from frappe.utils.image import optimize_image

SIDEWAYS = 6
"""The value of EXIF's Orientation for a telephone held upright."""


def photograph(**exif: int) -> bytes:
    """Return a wide JPEG, red on its left and blue on its right."""
    picture = Image.effect_noise((1600, 800), 60).convert("RGB")
    picture.paste((255, 0, 0), (0, 0, 800, 800))
    notes = Image.Exif()
    if exif:
        notes[0x0112] = exif["orientation"]
    content = io.BytesIO()
    picture.save(content, "JPEG", quality=95, exif=notes)
    return content.getvalue()


def test_a_photograph_stays_upright() -> None:
    small = Image.open(io.BytesIO(optimize_image(photograph(orientation=SIDEWAYS), max_width=400, max_height=400)))
    assert small.size == (200, 400)
    red, _green, blue = small.convert("RGB").getpixel((100, 40))  # type: ignore[misc]
    assert red > 200 and blue < 60


def test_a_picture_fits_into_the_box() -> None:
    assert Image.open(io.BytesIO(optimize_image(photograph(), max_width=400, max_height=400))).size == (400, 200)


@pytest.mark.parametrize("content", [b"", b"no picture", photograph()[:2000], b"\x89PNG\r\n\x1a\n" + b"\0" * 50])
def test_what_is_no_whole_picture_stays_as_it_is(content: bytes) -> None:
    assert optimize_image(content) == content
