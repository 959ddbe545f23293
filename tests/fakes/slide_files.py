"""Slides with cells at known places, written as scanners and programs write them."""

from __future__ import annotations

import struct
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import cv2
import numpy as np
import tifffile

BACKGROUND, INK = (236, 228, 232), (178, 96, 118)


@dataclass(frozen=True)
class Film:
    """A drawn film: ``(H, W, 3)`` uint8 RGB, and the centres ``(N, 2)`` of its cells, x then y, in its pixels."""

    pixels: np.ndarray
    centres: np.ndarray

    def level(self, factor: int) -> np.ndarray:
        """Reduced as scanners do: averages of whole blocks; what is left over at the right and bottom is dropped."""
        height, width = (side // factor for side in self.pixels.shape[:2])
        whole = self.pixels[: height * factor, : width * factor]
        return np.asarray(cv2.resize(whole, (width, height), interpolation=cv2.INTER_AREA), np.uint8)


def drawn_film(width: int = 3001, height: int = 2003, *, cells: int = 24, radius: int = 40, seed: int = 5) -> Film:
    """Round cells that don't touch, at places that lie between pixels; one near each corner."""
    rng = np.random.default_rng(seed)
    edge = radius + 8
    centres = [(edge, edge), (width - edge, edge), (edge, height - edge), (width - edge, height - edge)]
    while len(centres) < cells:
        x, y = rng.uniform(edge, width - edge), rng.uniform(edge, height - edge)
        if all((x - a) ** 2 + (y - b) ** 2 > (3 * radius) ** 2 for a, b in centres):
            centres.append((x, y))
    pixels = np.full((height, width, 3), BACKGROUND, np.uint8)
    for x, y in centres:
        place = round((x - 0.5) * 16), round((y - 0.5) * 16)  # OpenCV counts from the centre of a pixel
        cv2.circle(pixels, place, radius * 16, INK, -1, cv2.LINE_AA, 4)
    return Film(pixels, np.array(centres))


def write_pages(path: Path, film: Film, *, factors: tuple[int, ...] = (1, 4, 16), **options: Any) -> Path:
    """Levels as later pages that are marked as reduced (libvips, GDAL)."""
    given = {"photometric": "rgb", "tile": (256, 256), "compression": "deflate", **options}
    with tifffile.TiffWriter(path, bigtiff=True) as writer:
        for factor in factors:
            samples = film.level(factor)
            samples = np.moveaxis(samples, 2, 0) if options.get("planarconfig") == "separate" else samples
            writer.write(samples, subfiletype=int(factor > 1), metadata=None, **given)
    return path


def write_ome(path: Path, film: Film, *, factors: tuple[int, ...] = (1, 4, 16), **options: Any) -> Path:
    """Levels as SubIFDs of the first page, with OME-XML (Bio-Formats, QuPath)."""
    given = {"photometric": "rgb", "tile": (256, 256), "compression": "deflate", **options}
    described = {
        "axes": "YXS", "PhysicalSizeX": 0.25, "PhysicalSizeY": 0.25, "PhysicalSizeXUnit": "µm",
        "PhysicalSizeYUnit": "µm", "AcquisitionDate": "2026-03-04T05:06:07", "Name": "film",
    }  # fmt: skip
    with tifffile.TiffWriter(path, bigtiff=True, ome=True) as writer:
        writer.write(film.level(factors[0]), subifds=len(factors) - 1, metadata=described, **given)
        for factor in factors[1:]:
            writer.write(film.level(factor), subfiletype=1, **given)
    return path


def write_svs(path: Path, film: Film, *, factors: tuple[int, ...] = (1, 4, 16), secret: str = "label") -> Path:
    """As an Aperio scanner does: base, thumbnail, levels, label and macro; `secret` is written into both pictures."""
    height, width = film.pixels.shape[:2]
    head = "Aperio Image Library v12.0.15\r\n"
    facts = "|AppMag = 40|MPP = 0.25|ScanScope ID = SS1234|Date = 03/04/26|Time = 05:06:07"
    tiled = {"photometric": "rgb", "tile": (256, 256), "compression": "jpeg", "compressionargs": {"level": 95}}
    with tifffile.TiffWriter(path) as writer:
        full = f"{head}{width}x{height} [0,0 {width}x{height}] (256x256) JPEG/RGB Q=95{facts}"
        writer.write(film.level(1), description=full, metadata=None, **tiled)
        small = film.level(factors[-1])
        text = f"{head}{width}x{height} -> {small.shape[1]}x{small.shape[0]} - {facts}"
        writer.write(small, description=text, metadata=None, photometric="rgb", compression="jpeg", rowsperstrip=16)
        for factor in factors[1:]:
            part = film.level(factor)
            text = f"{head}{width}x{height} (256x256) -> {part.shape[1]}x{part.shape[0]} JPEG/RGB Q=95{facts}"
            writer.write(part, description=text, metadata=None, **tiled)
        for name, kind in (("label", 1), ("macro", 9)):
            glass = np.full((300, 300, 3), 255, np.uint8)
            cv2.putText(glass, secret, (10, 150), cv2.FONT_HERSHEY_SIMPLEX, 1, (0, 0, 0), 2)
            writer.write(
                glass, description=f"{head}{name} 300x300", metadata=None, subfiletype=kind, photometric="rgb",
                compression="jpeg", rowsperstrip=16,
            )  # fmt: skip
    return path


def seen_centres(pixels: np.ndarray) -> np.ndarray:
    """Centres ``(N, 2)`` of the dark cells of an RGB image, weighted by how dark their pixels are, in its pixels."""
    dark = np.clip(float(BACKGROUND[1]) - pixels[..., 1].astype(np.float64), 0, None)
    count, _, boxes, _ = cv2.connectedComponentsWithStats((dark > 20).astype(np.uint8))
    centres = []
    for x, y, width, height, _ in boxes[1:count]:
        x0, y0 = max(0, x - 2), max(0, y - 2)
        weight = dark[y0 : y + height + 2, x0 : x + width + 2]
        rows, columns = np.mgrid[: weight.shape[0], : weight.shape[1]] + 0.5
        centres.append((x0 + (columns * weight).sum() / weight.sum(), y0 + (rows * weight).sum() / weight.sum()))
    return np.array(centres).reshape(-1, 2)


def repeated_film(side: int, *, period: int = 1_024, radius: int = 22, seed: int = 3) -> Film:
    """A square film of one pattern over and over, whose pixels aren't made; `centres` are those of the pattern."""
    part = drawn_film(period, period, cells=60, radius=radius, seed=seed)
    assert side % period == 0
    return part


def write_repeated(path: Path, part: Film, *, side: int, factors: tuple[int, ...] = (1, 4, 16, 64)) -> Path:
    """A pyramid of `side` pixels a side that repeats a square film of 1,024; takes the memory of one tile.

    Args:
        path: of the TIFF file.
        part: what is repeated.
        side: a multiple of its side.
        factors: of the levels.
    """
    period = part.pixels.shape[0]
    with tifffile.TiffWriter(path, bigtiff=True) as writer:
        for factor in factors:
            small = part.level(factor)
            repeats = max(1, 512 // small.shape[0])
            tiled = np.tile(small, (repeats, repeats, 1))
            step = tiled.shape[0] // 512
            pieces = [
                [np.ascontiguousarray(tiled[y : y + 512, x : x + 512]) for x in range(0, tiled.shape[1], 512)]
                for y in range(0, tiled.shape[0], 512)
            ]
            length = side // factor
            across = -(-length // 512)
            writer.write(
                (pieces[row % step][column % step] for row in range(across) for column in range(across)),
                shape=(length, length, 3), dtype=np.uint8, photometric="rgb", tile=(512, 512), compression="jpeg",
                compressionargs={"level": 90}, subfiletype=int(factor > 1), metadata=None,
                resolution=(1e4 / (7.5 / 44), 1e4 / (7.5 / 44)), resolutionunit="CENTIMETER",
            )  # fmt: skip
    assert period % 512 == 0
    return path


def write_hollow(path: Path, *, side: int = 34_000, tile: int = 1_000) -> Path:
    """A BigTIFF of `side` pixels a side, uncompressed: 3.5 GB, all of it holes in the file but for the header."""
    tiles = (side // tile) ** 2
    size = 3 * tile * tile
    tags = [  # number, type (SHORT, LONG, LONG8), values
        (256, 4, [side]), (257, 4, [side]), (258, 3, [8, 8, 8]), (259, 3, [1]), (262, 3, [2]), (277, 3, [3]),
        (322, 4, [tile]), (323, 4, [tile]), (324, 16, [2**20 + size * n for n in range(tiles)]),
        (325, 16, [size] * tiles),
    ]  # fmt: skip
    place = 16 + 8 + 20 * len(tags) + 8
    entries, behind = b"", b""
    for number, kind, values in tags:
        data = np.array(values, {3: "<u2", 4: "<u4", 16: "<u8"}[kind]).tobytes()
        short = data.ljust(8, b"\0") if len(data) <= 8 else struct.pack("<Q", place + len(behind))
        behind += b"" if len(data) <= 8 else data
        entries += struct.pack("<HHQ", number, kind, len(values)) + short
    head = struct.pack("<2sHHHQQ", b"II", 43, 8, 0, 16, len(tags))
    with path.open("wb") as file:
        file.write(head + entries + struct.pack("<Q", 0) + behind)
        file.truncate(2**20 + size * tiles)
    return path
