"""Removing what a camera wrote about place, time and owner from a JPEG, without decoding the picture.

Only the segments in front of the picture are looked at, so a picture that would fill the memory costs nothing. The
orientation stays, since a picture would lie on its side without it.
"""

from __future__ import annotations

import struct

_EXIF = b"Exif\x00\x00"
_ORIENTATION = 0x0112
_PRIVATE_SEGMENTS = {0xE1, 0xED, 0xFE}
"""APP1 (Exif, XMP), APP13 (Photoshop, IPTC) and comments."""


def without_metadata(content: bytes) -> bytes:
    """Return a JPEG without its metadata; anything that is no well-formed JPEG is returned as it is."""
    if not content.startswith(b"\xff\xd8\xff"):
        return content
    kept = [content[:2]]
    position, removed = 2, False
    while position + 4 <= len(content):
        if content[position] != 0xFF:
            return content
        marker = content[position + 1]
        if marker == 0xDA:
            break
        length = struct.unpack(">H", content[position + 2 : position + 4])[0]
        end = position + 2 + length
        if length < 2 or end > len(content):
            return content
        segment = content[position:end]
        if marker in _PRIVATE_SEGMENTS:
            removed = True
            kept.append(_orientation_only(segment))
        else:
            kept.append(segment)
        position = end
    return b"".join(kept) + content[position:] if removed else content


def _orientation_only(segment: bytes) -> bytes:
    orientation = _orientation(segment[4:]) if segment[4:10] == _EXIF else None
    if orientation is None:
        return b""
    tiff = b"MM\x00\x2a\x00\x00\x00\x08" + struct.pack(">HHHIHHI", 1, _ORIENTATION, 3, 1, orientation, 0, 0)
    payload = _EXIF + tiff
    return b"\xff\xe1" + struct.pack(">H", len(payload) + 2) + payload


def _orientation(exif: bytes) -> int | None:
    """Return the orientation 2..8 of an Exif block, None when it is upright or not said."""
    tiff = exif[len(_EXIF) :]
    order = {b"MM": ">", b"II": "<"}.get(tiff[:2])
    if order is None or len(tiff) < 8:
        return None
    offset = struct.unpack(order + "I", tiff[4:8])[0]
    if offset + 2 > len(tiff):
        return None
    count = struct.unpack(order + "H", tiff[offset : offset + 2])[0]
    for number in range(min(count, 200)):
        entry = tiff[offset + 2 + number * 12 : offset + 14 + number * 12]
        if len(entry) < 12:
            return None
        if struct.unpack(order + "H", entry[:2])[0] == _ORIENTATION:
            value = int(struct.unpack(order + "H", entry[8:10])[0])
            return value if 2 <= value <= 8 else None
    return None
