"""What goes into the frozen folder and what is left out: pure functions, shared by the spec and its tests."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from importlib.metadata import packages_distributions
from pathlib import PurePosixPath

from setup_env import groups_of

from rbc_desktop.storage.distributions import normalised

Entry = tuple[str, str, str]
"""One file as PyInstaller lists it: path inside the folder, where it comes from, kind."""

EXCLUDED_MODULES = (
    # development and other front ends
    "tkinter", "matplotlib", "pandas", "sklearn", "IPython", "setuptools", "pkg_resources",
    "distutils", "pip", "wheel", "pydoc_data", "lib2to3", "training", "tests", "Cython",
    "readline",  # Python's module is linked to GNU Readline, which is under the GPL
    # torch: what inference never calls
    "sympy", "mpmath", "networkx", "triton", "tensorboard", "torchvision", "torchaudio", "functorch", "caffe2",
    "torch._inductor", "torch._dynamo", "torch.onnx", "torch.utils.tensorboard", "torch.utils.benchmark",
    "torch.utils.cpp_extension", "torch.distributed._shard", "torch.distributed.checkpoint",
    "torch.distributed.elastic", "torch.distributed.fsdp", "torch.distributed.pipelining", "torch.distributed.optim",
    "torch.distributed.tensor",
    # measuring needs SciPy's and scikit-image's filters, thresholds and perimeter
    "scipy.cluster", "scipy.datasets", "scipy.fftpack", "scipy.io", "scipy.misc", "scipy.odr",
    "skimage.color", "skimage.draw", "skimage.feature", "skimage.future", "skimage.graph", "skimage.io",
    "skimage.metrics", "skimage.morphology", "skimage.registration", "skimage.restoration", "skimage.segmentation",
    "skimage.filters.rank",
    # Qt: the window is widgets and SVG icons
    "PySide6.QtQml", "PySide6.QtQuick", "PySide6.QtNetwork", "PySide6.QtOpenGL", "PySide6.QtOpenGLWidgets",
    "PySide6.QtTest", "PySide6.QtSql", "PySide6.QtXml", "PySide6.QtDesigner", "PySide6.QtHelp",
    # data frames of others, which LightGBM would take through narwhals
    "narwhals._pandas_like", "narwhals._arrow", "narwhals._polars", "narwhals._dask", "narwhals._spark_like",
    "narwhals._duckdb", "narwhals._ibis", "narwhals._sql", "narwhals.stable",
    # accelerator of PyYAML; image formats and drawing of Pillow that the application does not use
    "yaml._yaml", "PIL._avif", "PIL._imagingft", "PIL._imagingtk",
)  # fmt: skip
"""Modules that PyInstaller must not follow, though something on the way mentions them."""

DROPPED = (
    "PySide6/Qt/translations/", "PySide6/Qt/qml/",
    "PySide6/Qt/plugins/egldeviceintegrations/", "PySide6/Qt/plugins/generic/",
    "PySide6/Qt/plugins/networkinformation/", "PySide6/Qt/plugins/tls/",
    "PySide6/Qt/plugins/platforms/libqeglfs", "PySide6/Qt/plugins/platforms/libqlinuxfb",
    "PySide6/Qt/plugins/platforms/libqvkkhr", "PySide6/Qt/plugins/platforms/libqvnc",
    "PySide6/Qt/plugins/imageformats/libqtiff", "PySide6/Qt/plugins/imageformats/libqwebp",
    "PySide6/Qt/plugins/imageformats/libqtga", "PySide6/Qt/plugins/imageformats/libqwbmp",
    "PySide6/Qt/plugins/imageformats/libqicns", "PySide6/Qt/plugins/imageformats/libqgif",
    "PySide6/Qt/plugins/platforms/libqminimal", "PySide6/Qt/plugins/platformthemes/libqgtk3",
    "skimage/data/",
)  # fmt: skip
"""Beginnings of paths inside the frozen folder that stay out."""

KEPT = ("PySide6/Qt/translations/qtbase_de.qm",)
"""What stays in all the same: Qt's own buttons and dialogs in German."""


def modules_of_others(lock: str, *, installed: Mapping[str, Sequence[str]] | None = None) -> list[str]:
    """Top-level modules that only packages outside the lock's group `run` bring along.

    The application never imports them, but a package of its own may when it finds them (Pillow does, of defusedxml).

    Args:
        lock: text of `requirements.lock`.
        installed: names of distributions by module; None: those of this environment.
    """
    groups = groups_of(lock)
    others = {normalised(line.split("==")[0]) for group in groups if group != "run" for line in groups[group]}
    installed = packages_distributions() if installed is None else installed
    return sorted(module for module, names in installed.items() if set(map(normalised, names)) <= others)


def is_dropped(target: str) -> bool:
    """Whether the file at this path inside the frozen folder stays out; either kind of slash."""
    path = target.replace("\\", "/")
    return (path.startswith(DROPPED) and path not in KEPT) or "/tests/" in f"/{path}"


def kept(entries: Iterable[Entry]) -> list[Entry]:
    """The entries that go in, sorted, so that two builds compare equal."""
    return sorted(entry for entry in entries if not is_dropped(entry[0]))


def reached(entries: Iterable[Entry], imports: Callable[[str], Iterable[str]]) -> list[Entry]:
    """The entries without shared libraries that only dropped files asked for (GTK behind a Qt theme, and the like).

    Args:
        entries: what is left after dropping.
        imports: names of the libraries that the file at a source path is linked to.
    """
    entries = list(entries)
    files = [entry for entry in entries if entry[2] != "SYMLINK"]
    libraries = {PurePosixPath(entry[0]).name: entry[1] for entry in files if _is_library(entry)}
    waiting = [entry[1] for entry in files if not _is_library(entry) and _is_code(entry[0])]
    names = {name for name in libraries if name.startswith("libpython")}  # the start program loads it by name
    waiting += [libraries[name] for name in names]
    while waiting:
        for name in imports(waiting.pop()):
            if name in libraries and name not in names:
                names.add(name)
                waiting.append(libraries[name])
    return [entry for entry in entries if not _is_library(entry) or PurePosixPath(entry[0]).name in names]


def linked(entries: Iterable[Entry], digest: Callable[[str], str]) -> list[Entry]:
    """The entries in which a wheel's library that another wheel brings along, too, is a link to the first of them.

    Args:
        entries: what goes in.
        digest: hash of the file at a source path.
    """
    first: dict[tuple[str, str], str] = {}
    result = []
    for target, source, kind in entries:
        path = PurePosixPath(target)
        if kind == "BINARY" and path.parent.name.endswith(".libs") and len(path.parts) == 2:
            there = first.setdefault((path.name, digest(source)), target)
            if there != target:
                result.append((target, f"../{there}", "SYMLINK"))
                continue
        result.append((target, source, kind))
    return result


def _is_code(target: str) -> bool:
    """Whether a file may be linked to libraries: a library, an extension module, or a program without suffix."""
    return ".so" in target or "." not in PurePosixPath(target).name


def _is_library(entry: Entry) -> bool:
    """Whether it is a library that is only ever loaded because another file is linked to it."""
    target, _, kind = entry
    folder = PurePosixPath(target).parent
    there = str(folder) in (".", "PySide6/Qt/lib") or folder.name.endswith(".libs")
    return ".so" in target and kind != "EXTENSION" and there


def variant_problem(wanted: str, cuda: str | None) -> str | None:
    """Why the variant can't be built with the installed torch, in one sentence; None when it can.

    Args:
        wanted: "cpu" or "cuda", from the environment variable RBC_DESKTOP_TORCH.
        cuda: the CUDA version that the installed torch was built for, if any.
    """
    if wanted not in ("cpu", "cuda"):
        return f"RBC_DESKTOP_TORCH is cpu or cuda, not '{wanted}'."
    if wanted == "cuda" and cuda is None:
        return "The installed torch has no CUDA; install a CUDA build of the same version into .venv first."
    if wanted == "cpu" and cuda is not None:
        return f"The installed torch is built for CUDA {cuda}; set RBC_DESKTOP_TORCH=cuda, or install the CPU build."
    return None
