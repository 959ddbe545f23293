"""How much of a JPEG file is there: decoders fill what is missing with grey and say nothing."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

_MARKER = re.compile(rb"\xff[^\x00\xd0-\xd7\xff]")
"""The next marker after entropy-coded data, in which 0xFF is followed by 0 or is a restart."""

_SOI, _SOS, _EOI = 0xD8, 0xDA, 0xD9
_FRAMES = {*range(0xC0, 0xD0)} - {0xC4, 0xC8, 0xCC}
_NO_LENGTH = {0x01, *range(0xD0, 0xD9)}
_COEFFICIENTS = 64

LEAST_ZEROS = 64
"""So many zero bytes in a row before the end don't occur in the coded data of a photograph."""

_PLAIN = 16
"""Coded bytes before the zeros of a picture of one plain colour."""

LEAST_BLANK = 2
"""Blocks of plain grey at the end that a photograph doesn't have by chance."""

_LONGEST_PERIOD = 96
"""Bytes after which the code of equal blocks repeats at the latest, six blocks of up to 128 bits."""


@dataclass(frozen=True, slots=True)
class _Scan:
    """One scan: its components, the coefficients that it holds and where its data lies in the file."""

    components: tuple[int, ...]
    first: int
    last: int
    low_bit: int
    start: int
    end: int


@dataclass(slots=True)
class _Frame:
    """What the file is made of.

    Attributes:
        block: pixels across and down that are coded together.
        components: identifiers of the colour components.
        is_closed: whether an end marker follows the last scan.
    """

    block: tuple[int, int] = (8, 8)
    components: tuple[int, ...] = ()
    scans: list[_Scan] = field(default_factory=list)
    is_closed: bool = False


def has_an_end(data: bytes) -> bool:
    """Whether an end marker follows the first scan; without it the file was cut off."""
    frame = _read_frame(data)
    return bool(frame.scans) and frame.is_closed


def stated_size(data: bytes) -> tuple[int, int]:
    """Width and height that the beginning of a stream states; 0 where it doesn't reach that far."""
    for marker, start, end in _segments(data):
        if marker in _FRAMES and end - start >= 6:
            return int.from_bytes(data[start + 3 : start + 5], "big"), int.from_bytes(
                data[start + 1 : start + 3], "big"
            )
    return 0, 0


def complete_share(data: bytes, decoded: npt.NDArray[np.uint8]) -> float:
    """Share of the picture that the file holds, 1.0 when nothing is known to be missing.

    Found are files that end too early though an end marker closes them (plain grey to the last block, by code that
    doesn't say so), files whose tail is zeros, and progressive files without their last scans.

    Args:
        data: the whole file.
        decoded: its pixels as they lie in the file, ``(H, W)`` grey, ``(H, W, 3)`` RGB or ``(H, W, 4)`` CMYK.
    """
    frame = _read_frame(data)
    if not frame.scans:
        return 0.0
    coded = sum(scan.end - scan.start for scan in frame.scans)
    last = frame.scans[-1]
    tail = data[last.start : last.end]
    zeros = len(tail) - len(tail.rstrip(b"\0"))
    if zeros >= LEAST_ZEROS and zeros < len(tail) - _PLAIN:
        return max(0.0, 1 - zeros / coded)
    if len(frame.scans) > 1:
        return _coverage(frame)
    blank, total = _blank_blocks(decoded, frame.block)
    if blank < LEAST_BLANK or _says_blank(tail, blank):
        return 1.0
    return 1 - blank / total


def _read_frame(data: bytes) -> _Frame:
    frame = _Frame()
    for marker, start, end in _segments(data):
        body = data[start:end]
        if marker in _FRAMES and len(body) >= 6:
            parts = [body[6 + 3 * n : 9 + 3 * n] for n in range(body[5])]
            frame.components = tuple(part[0] for part in parts if len(part) == 3)
            if len(frame.components) > 1:  # a single component is coded block by block, whatever its factors
                frame.block = (8 * max(p[1] >> 4 for p in parts), 8 * max(p[1] & 15 for p in parts))
        elif marker == _SOS and body and len(body) >= 1 + 2 * body[0] + 3:
            count = body[0]
            first, last, bits = body[1 + 2 * count : 4 + 2 * count]
            found = _MARKER.search(data, end)
            stop = found.start() if found else len(data)
            names = tuple(body[1 + 2 * n] for n in range(count))
            frame.scans.append(_Scan(names, first, last, bits & 15, end, stop))
        elif marker == _EOI and frame.scans:
            frame.is_closed = True
            break
    return frame


def _segments(data: bytes) -> Iterator[tuple[int, int, int]]:
    """Markers with the range of their parameters, to the first end marker after a scan."""
    position = 2
    while position + 2 <= len(data):
        found = _MARKER.search(data, position)
        if found is None:
            return
        marker, start = data[found.start() + 1], found.end()
        if marker in _NO_LENGTH or marker in (_SOI, _EOI):
            yield marker, start, start
            position = start
            continue
        length = int.from_bytes(data[start : start + 2], "big")
        yield marker, start + 2, start + max(2, length)
        position = start + max(2, length)


def _coverage(frame: _Frame) -> float:
    """Share of the coefficients that some scan has brought to their last bit."""
    done = {name: np.zeros(_COEFFICIENTS, bool) for name in frame.components}
    for scan in frame.scans:
        for name in scan.components:
            if name in done and scan.low_bit == 0:
                done[name][scan.first : scan.last + 1] = True
    return float(np.mean([values.mean() for values in done.values()])) if done else 0.0


def _blank_blocks(decoded: npt.NDArray[np.uint8], block: tuple[int, int]) -> tuple[int, int]:
    """How many blocks at the end decode to the grey that stands for nothing, and how many there are."""
    samples = decoded if decoded.ndim == 3 else decoded[..., None]
    across, down = block
    height, width, channels = samples.shape
    rows, columns = -(-height // down), -(-width // across)
    neutral = 255 - 128 if channels == 4 else 128  # CMYK is stored inverted
    blank = 0
    for row in reversed(range(rows)):
        part = samples[row * down : (row + 1) * down]
        padded = np.pad(part, ((0, down - len(part)), (0, -width % across), (0, 0)), mode="edge")
        band = padded.reshape(down, columns, across, channels)
        # Colours of the blocks above and beside are smoothed into the outermost pixels.
        empty = (band[2:, :, 2:-2] == neutral).all(axis=(0, 2, 3))
        filled = np.flatnonzero(~empty)
        blank += columns - 1 - int(filled[-1]) if len(filled) else columns
        if len(filled):
            break
    return blank, rows * columns


def _says_blank(tail: bytes, blocks: int) -> bool:
    """Whether the code ends in the repetition that so many equal blocks give: then the grey is in the picture."""
    needed = min(max(blocks // 4, 8), 1024)  # a block takes at least two bits a component
    end: npt.NDArray[np.uint8] = np.frombuffer(tail[-needed - 2 : -2] if len(tail) > needed + 2 else tail, np.uint8)
    periods = range(1, min(_LONGEST_PERIOD, len(end) // 2) + 1)
    return any(np.array_equal(end[period:], end[:-period]) for period in periods)
