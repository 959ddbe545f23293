"""The sRGB colour space as an ICC profile, for the output intent of a PDF/A file.

ICC.1:2001-04 (version 2.4), a display profile of matrix and tone curves. Primaries and white are those of
IEC 61966-2-1, adapted to D50 by the Bradford transform, as in the profiles that everybody uses.
"""

from __future__ import annotations

import functools
import struct

_D50 = (0.9642, 1.0, 0.8249)
_WHITE = (0.95047, 1.0, 1.08883)
_COLUMNS = {
    b"rXYZ": (0.43607, 0.22249, 0.01392),
    b"gXYZ": (0.38515, 0.71687, 0.09708),
    b"bXYZ": (0.14307, 0.06061, 0.71410),
}
_CURVE_POINTS = 1024


@functools.cache
def srgb_profile() -> bytes:
    """The profile's bytes, always the same."""
    curve = _curve()
    tags = {
        b"desc": _description("sRGB IEC61966-2.1"),
        b"cprt": b"text\0\0\0\0No copyright, use freely\0",
        b"wtpt": _xyz(_WHITE),
        **{name: _xyz(value) for name, value in _COLUMNS.items()},
        b"rTRC": curve,
        b"gTRC": curve,
        b"bTRC": curve,
    }
    table, body, places = b"", b"", {}
    start = 128 + 4 + 12 * len(tags)
    for name, data in tags.items():
        if data not in places:
            places[data] = start + len(body)
            body += data + b"\0" * (-len(data) % 4)
        table += struct.pack(">4sII", name, places[data], len(data))
    rest = struct.pack(">I", len(tags)) + table + body
    return _header(128 + len(rest)) + rest


def _header(size: int) -> bytes:
    date = struct.pack(">6H", 2000, 1, 1, 0, 0, 0)
    head = struct.pack(">I4sI4s4s4s", size, b"\0\0\0\0", 0x02400000, b"mntr", b"RGB ", b"XYZ ")
    head += date + b"acsp" + b"\0" * 28 + b"".join(_fixed(value) for value in _D50)
    return head.ljust(128, b"\0")


def _fixed(value: float) -> bytes:
    """s15Fixed16Number."""
    return struct.pack(">i", round(value * 65536))


def _xyz(values: tuple[float, float, float]) -> bytes:
    return b"XYZ \0\0\0\0" + b"".join(_fixed(value) for value in values)


def _curve() -> bytes:
    steps = (i / (_CURVE_POINTS - 1) for i in range(_CURVE_POINTS))
    linear = (x / 12.92 if x <= 0.04045 else ((x + 0.055) / 1.055) ** 2.4 for x in steps)
    values = [round(65535 * value) for value in linear]
    return struct.pack(f">4sII{_CURVE_POINTS}H", b"curv", 0, _CURVE_POINTS, *values)


def _description(text: str) -> bytes:
    """textDescriptionType: the text in ASCII, no Unicode, no Macintosh script."""
    ascii_text = text.encode("ascii") + b"\0"
    return b"desc\0\0\0\0" + struct.pack(">I", len(ascii_text)) + ascii_text + b"\0" * (4 + 4 + 2 + 1 + 67)
