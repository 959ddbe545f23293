"""Text in any script, drawn with the report's font: what that lacks is taken from a font of the computer.

Letters that join, stack or run from right to left are shaped by HarfBuzz. Each shaped glyph becomes a glyph of the
report's font under a character of a private plane, so that measuring, wrapping and drawing know nothing of it and the
file embeds one font. The file maps them back to the text, so that it can be searched and copied.
"""

from __future__ import annotations

import itertools
import re
import struct
import threading
import unicodedata
from dataclasses import dataclass, field
from typing import Any

import uharfbuzz
from reportlab.pdfbase.ttfonts import TTFont, TTFontFace

from .bidi import is_bidirectional, visual_runs
from .system_fonts import face_with, load_face

MISSING = "□"
"""In place of a letter that no font has."""

FIRST_OWN = 0xF0000
"""Of the private plane that shaped glyphs stand in."""

_UNITS = 2048
_INVISIBLE = "\u200b"
_PIECES = 4
"""Quadratic curves in place of a cubic one."""

Outline = list[list[tuple[int, int, bool]]]
"""Contours of a glyph: points and whether they lie on the curve."""


class ReportFace(TTFontFace):
    """A face that takes further glyphs while a report is laid out."""

    _ttf_data: bytes
    _end = 0
    """Where the table of outlines begins once it was moved."""

    def add_glyph(self, code: int, outline: Outline, *, advance: int) -> None:
        """Give a character this outline and width, in units of 1/2048 em."""
        data = _glyph_data(outline)
        glyphs = self.get_table("glyf") + data + bytes(-len(data) % 4)
        self.charToGlyph[code] = len(self.glyphPos) - 1
        self.glyphPos.append(len(glyphs))
        left = min((x for contour in outline for x, _, _ in contour), default=0)
        self.hmetrics.append((advance, left & 0xFFFF))
        self.charWidths[code] = round(advance * 1000 / _UNITS)
        if not self._end:
            self._end = (len(self._ttf_data) + 3) // 4 * 4
        self._ttf_data = self._ttf_data[: self._end].ljust(self._end, b"\0") + glyphs  # the table moves to the end
        self.table["glyf"] = {**self.table["glyf"], "offset": self._end, "length": len(glyphs)}


class ReportFont(TTFont):
    """The report's font; its text can be searched and copied as it was given."""

    def __init__(self, name: str, file: str) -> None:
        super().__init__(name, file, shapable=False)
        self.face.__class__ = ReportFace

    def addObjects(self, doc: Any) -> None:
        super().addObjects(doc)
        for name, stream in doc.idToObject.items():
            if name.startswith("toUnicodeCMap:"):
                stream.content = _READABLE.sub(_readable, stream.content)


_READABLE = re.compile(r"(?<=> )<(F[0-9A-F]{4})>")


def _readable(found: re.Match[str]) -> str:
    return f"<{(SHAPER.text_of.get(int(found[1], 16)) or _INVISIBLE).encode('utf-16-be').hex().upper()}>"


@dataclass(slots=True)
class Shaper:
    """The glyphs that were shaped so far, by face, number, offset and width."""

    fonts: tuple[ReportFont, ...] = ()
    file: str = ""
    known: dict[tuple[object, ...], str] = field(default_factory=dict)
    text_of: dict[int, str] = field(default_factory=dict)
    lock: Any = field(default_factory=threading.RLock)

    def printable(self, text: str) -> str:
        """The text on one line, in the order and with the glyphs in which it is drawn."""
        text = _one_line(text)
        if text.isascii() or (self._is_plain(text) and not is_bidirectional(text)):
            return text
        with self.lock:
            return "".join(self._run(run.text, is_rtl=run.is_rtl) for run in visual_runs(text))

    def missing(self, text: str) -> str:
        """The letters of a text that no font has, each once."""
        text = _one_line(text)
        if text.isascii() or self._is_plain(text):
            return ""
        return "".join(dict.fromkeys(cluster for cluster in _clusters(text) if self._face_for(cluster) is None))

    def _is_plain(self, text: str) -> bool:
        """Whether the report's font has each letter, and none stands on another."""
        own = self.fonts[0].face.charToGlyph
        return all(ord(c) in own and not unicodedata.combining(c) for c in text)

    def _face_for(self, cluster: str) -> tuple[str, int] | None:
        needed = frozenset(ord(c) for c in cluster if not _needs_no_glyph(c))
        own = self.fonts[0].face.charToGlyph
        return (self.file, 0) if all(code in own for code in needed) else face_with(needed)

    def _run(self, text: str, *, is_rtl: bool) -> str:
        """A piece in one direction, from left to right."""
        pieces: list[tuple[tuple[str, int] | None, str]] = []
        for cluster in _clusters(text):
            face = self._face_for(cluster)
            if pieces and (pieces[-1][0] == face or cluster.isspace()):
                face, before = pieces.pop()
                cluster = before + cluster
            pieces.append((face, cluster))
        drawn = [self._piece(face, piece, is_rtl=is_rtl) for face, piece in pieces]
        return "".join(reversed(drawn) if is_rtl else drawn)

    def _piece(self, face: tuple[str, int] | None, text: str, *, is_rtl: bool) -> str:
        if face is None:
            return "".join(c if c == " " else MISSING for c in (cl[0] for cl in _clusters(text)))
        if face == (self.file, 0) and not is_rtl and not any(map(unicodedata.combining, text)):
            return "".join(c for c in text if not _needs_no_glyph(c))
        font = uharfbuzz.Font(load_face(*face))
        font.scale = (_UNITS, _UNITS)
        buffer = uharfbuzz.Buffer()
        buffer.add_str(text)
        buffer.guess_segment_properties()
        buffer.direction = "rtl" if is_rtl else "ltr"
        uharfbuzz.shape(font, buffer)
        read = _read_by(text, [info.cluster for info in buffer.glyph_infos])
        return "".join(
            self._glyph(face, font, info.codepoint, place, said)
            for info, place, said in zip(buffer.glyph_infos, buffer.glyph_positions, read, strict=True)
        )

    def _glyph(self, face: tuple[str, int], font: Any, number: int, place: Any, text: str) -> str:
        if text == " ":
            return " "
        key = (face, number, place.x_offset, place.y_offset, place.x_advance, text)
        if key not in self.known:
            pen = _Pen(place.x_offset, place.y_offset)
            font.draw_glyph_with_pen(number, pen)
            code = FIRST_OWN + len(self.known)
            for each in self.fonts:
                each.face.add_glyph(code, pen.contours, advance=place.x_advance)
            self.known[key], self.text_of[code] = chr(code), text
        return self.known[key]


SHAPER = Shaper()


def _one_line(text: str) -> str:
    return unicodedata.normalize("NFC", " ".join(text.split()))


def _clusters(text: str) -> list[str]:
    """Letters with the marks that stand on them."""
    found: list[str] = []
    for c in text:
        if found and (unicodedata.category(c).startswith("M") or _needs_no_glyph(c)):
            found[-1] += c
        else:
            found.append(c)
    return found


def _needs_no_glyph(c: str) -> bool:
    """Joiners and variation selectors."""
    return c in "\u200b\u200c\u200d\u2060" or "\ufe00" <= c <= "\ufe0f"


def _read_by(text: str, clusters: list[int]) -> list[str]:
    """What each glyph says when it is copied: the first of a cluster all of it, the others nothing."""
    starts = sorted({*clusters, len(text)})
    end_of = dict(itertools.pairwise(starts))
    seen: set[int] = set()
    read = []
    for cluster in clusters:
        read.append("" if cluster in seen else text[cluster : end_of[cluster]])
        seen.add(cluster)
    return read


class _Pen:
    """Takes an outline from HarfBuzz, which names the methods, as TrueType has it."""

    def __init__(self, x: int, y: int) -> None:
        self._dx, self._dy = x, y
        self.contours: Outline = []
        self._at = (0.0, 0.0)

    def moveTo(self, point: tuple[float, float]) -> None:
        self.contours.append([])
        self._add(point, on=True)

    def lineTo(self, point: tuple[float, float]) -> None:
        self._add(point, on=True)

    def qCurveTo(self, control: tuple[float, float], point: tuple[float, float]) -> None:
        self._add(control, on=False)
        self._add(point, on=True)

    def curveTo(self, first: tuple[float, float], second: tuple[float, float], point: tuple[float, float]) -> None:
        ends = self._at, first, second, point
        for piece in range(_PIECES):
            a, c1, c2, b = _part(ends, piece / _PIECES, (piece + 1) / _PIECES)
            control = tuple((3 * (p + q) - s - e) / 4 for p, q, s, e in zip(c1, c2, a, b, strict=True))
            self.qCurveTo((control[0], control[1]), b)

    def closePath(self) -> None:
        contour = self.contours[-1]
        if len(contour) > 1 and contour[0] == contour[-1]:
            contour.pop()

    def _add(self, point: tuple[float, float], *, on: bool) -> None:
        self._at = point if on else self._at
        self.contours[-1].append((round(point[0]) + self._dx, round(point[1]) + self._dy, on))


Point = tuple[float, float]


def _part(ends: tuple[Point, Point, Point, Point], t0: float, t1: float) -> tuple[Point, Point, Point, Point]:
    """The piece of a cubic curve between two parameters (blossoming)."""

    def blossom(a: float, b: float, c: float) -> Point:
        points = list(ends)
        for t in (a, b, c):
            points = [(p[0] + t * (q[0] - p[0]), p[1] + t * (q[1] - p[1])) for p, q in itertools.pairwise(points)]
        return points[0]

    return blossom(t0, t0, t0), blossom(t0, t0, t1), blossom(t0, t1, t1), blossom(t1, t1, t1)


def _glyph_data(outline: Outline) -> bytes:
    """A simple glyph of a TrueType font; empty for one without an outline."""
    contours = [contour for contour in outline if len(contour) > 1]
    points = [point for contour in contours for point in contour]
    if not points:
        return b""
    xs, ys = [p[0] for p in points], [p[1] for p in points]
    ends, last = [], -1
    for contour in contours:
        last += len(contour)
        ends.append(last)
    steps = [[b - a for a, b in zip([0, *values], values, strict=False)] for values in (xs, ys)]
    return b"".join(
        (
            struct.pack(">5h", len(contours), min(xs), min(ys), max(xs), max(ys)),
            struct.pack(f">{len(ends)}H", *ends),
            struct.pack(">H", 0),
            bytes(int(on) for _, _, on in points),
            struct.pack(f">{len(points)}h", *steps[0]),
            struct.pack(f">{len(points)}h", *steps[1]),
        )
    )
