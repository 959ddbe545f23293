"""The frozen folder's size by part, with the reason why each part is needed; printed at the end of the build."""

from __future__ import annotations

from pathlib import Path

from fixed_files import files_in

PARTS = (
    ("_internal/torch/lib/libtorch_cpu", "torch: kernels and MKL's mathematics of every network layer, one library"),
    ("_internal/torch/lib/", "torch: the other libraries (Python bindings, OpenMP)"),
    ("_internal/torch/", "torch: the modules that `import torch` loads"),
    ("_internal/nvidia/", "CUDA libraries of the GPU variant"),
    ("_internal/PySide6/Qt/lib/libicu", "ICU: text and time zones; Qt's core library is linked to it"),
    ("_internal/PySide6/", "Qt: window, widgets, SVG icons, X11 and Wayland"),
    ("_internal/shiboken6/", "Qt's Python bindings"),
    ("_internal/cv2/", "OpenCV: contours, distance transform, resampling; one library"),
    ("_internal/opencv_python_headless.libs/", "OpenCV's codecs: not used, but linked to the library"),
    ("_internal/scipy.libs/", "OpenBLAS of SciPy and OpenCV (32-bit integers)"),
    ("_internal/scipy/", "SciPy: peaks, filters; LightGBM imports its sparse matrices"),
    ("_internal/numpy.libs/", "OpenBLAS of NumPy (64-bit integers)"),
    ("_internal/numpy/", "NumPy"),
    ("_internal/skimage/", "scikit-image: thresholds, Crofton perimeter"),
    ("_internal/lightgbm/", "LightGBM: the classifier"),
    ("_internal/resources/", "weights, sample, fonts, icons"),
    ("_internal/docs/", "the manual"),
    ("_internal/licences.txt", "licences of all parts"),
    ("_internal/PIL/", "Pillow: reading images, thumbnails"),
    ("_internal/pillow.libs/", "Pillow's codecs: JPEG, WebP, TIFF, JPEG 2000; colour profiles"),
    ("_internal/imagecodecs", "imagecodecs: LZW, Deflate, LZMA, ZSTD and JPEG inside TIFF"),
    ("_internal/pi_heif", "libheif: HEIC images of phones"),
    ("_internal/openslide", "OpenSlide: slides in the scanners' own formats"),
    ("_internal/libpython", "Python"),
    ("_internal/base_library.zip", "Python: what it needs to start"),
    ("_internal/", "the rest: reportlab, hydra, system libraries of X11, Python's standard library, our own code"),
    ("", "programs, icons, desktop integration, checksums"),
)
"""Beginning of the path → why it is there; the first that fits counts."""


def part_sizes(sizes: dict[str, int]) -> list[tuple[int, str, str]]:
    """(bytes, beginning, reason) of the parts that exist, largest first, from bytes by path (with slashes)."""
    totals = dict.fromkeys(PARTS, 0)
    for path, size in sizes.items():
        totals[next(part for part in PARTS if path.startswith(part[0]))] += size
    return sorted(((size, *part) for part, size in totals.items() if size), reverse=True)


def size_table(folder: Path) -> str:
    """Lines of size in MB (10⁶ bytes), path and reason, the total last."""
    sizes = {path.as_posix(): (folder / path).lstat().st_size for path in files_in(folder)}
    lines = [f"{size / 1e6:8.1f} MB  {start or '(top)':<52} {why}" for size, start, why in part_sizes(sizes)]
    return "\n".join([*lines, f"{sum(sizes.values()) / 1e6:8.1f} MB  in {len(sizes)} files"])
