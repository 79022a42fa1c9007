"""Uploaded images: made smaller without trusting what they claim to be."""

from __future__ import annotations

import io
from typing import Any

MAX_PIXELS = 50_000_000
"""An image that unpacks to more is left alone: it may be made to exhaust the memory."""


def optimize_image(
    content: bytes,
    content_type: str | None = None,
    max_width: int = 1024,
    max_height: int = 768,
    optimize: bool = True,
    quality: int = 85,
) -> bytes:
    """Return an image scaled down to fit the given size; the original when that is no gain or it is no image.

    Animated images and vector graphics are returned as they are.
    """
    if content_type == "image/svg+xml":
        return content
    image = _open(content)
    if image is None:
        return content
    from PIL import ImageOps

    kind = image.format
    try:
        image = ImageOps.exif_transpose(image) or image  # the camera's note on which side is up does not survive
        image.thumbnail((max_width, max_height))
        buffer = io.BytesIO()
        image.save(buffer, format=kind, optimize=optimize, quality=quality)
    except (OSError, ValueError, SyntaxError):  # truncated, or a mode its own format cannot hold
        return content
    smaller = buffer.getvalue()
    return smaller if len(smaller) < len(content) else content


def _open(content: bytes) -> Any:
    """Return the opened image; None when it is none, too large or animated."""
    from PIL import Image, UnidentifiedImageError

    try:
        image = Image.open(io.BytesIO(content))
    except (UnidentifiedImageError, Image.DecompressionBombError, OSError, ValueError):
        return None
    width, height = image.size
    if width * height > MAX_PIXELS or getattr(image, "is_animated", False):
        return None
    return image
