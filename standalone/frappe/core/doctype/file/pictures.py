"""Small versions of pictures. Nothing here runs on upload: a picture may be made to fill the memory when decoded."""

from __future__ import annotations

import io

from frappe.utils.image import MAX_PIXELS


def thumbnail(content: bytes, width: int, height: int, crop: bool = False) -> bytes | None:
    """Return a picture that fits into the box, None for what is no picture or has too many pixels to be decoded."""
    from PIL import Image, ImageOps, UnidentifiedImageError

    try:
        with Image.open(io.BytesIO(content)) as picture:
            if picture.width * picture.height > MAX_PIXELS:
                return None
            form = picture.format or "PNG"
            upright = ImageOps.exif_transpose(picture) or picture
            small = ImageOps.fit(upright, (width, height)) if crop else upright.copy()
            small.thumbnail((width, height))
            out = io.BytesIO()
            small.save(out, format=form)
            return out.getvalue()
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError, Image.DecompressionBombError):
        return None
