"""Takes OpenCV's own OpenBLAS out of the frozen folder: 39 MB, and a Fortran runtime, for a score of functions.

SciPy's OpenBLAS has the same functions with integers of the same size, under names that begin with `scipy_`. A library
with the name of OpenCV's, whose functions call SciPy's, takes its place; SciPy's is loaded in any case.
"""

from __future__ import annotations

import re
import subprocess
from collections.abc import Iterator
from pathlib import Path

FOLDER, SCIPY_FOLDER = "opencv_python_headless.libs", "scipy.libs"
OWN, OTHER = "libopenblas", "libscipy_openblas-"
UNUSED_THEN = ("libgfortran-", "libquadmath-")

_BLAS = re.compile(r"cblas_\w+|[sdcz][a-z0-9]{3,5}_")

_GEMM = """\
void scipy_cblas_{t}gemm(int, int, int, int, int, int, {s}, const void *, int, const void *, int, {s}, void *, int);
void cblas_{t}gemm(int order, int ta, int tb, int m, int n, int k, {s} alpha, const void *a, int lda, const void *b,
                   int ldb, {s} beta, void *c, int ldc) {{
    scipy_cblas_{t}gemm(order, ta, tb, m, n, k, alpha, a, lda, b, ldb, beta, c, ldc);
}}
"""

_LAPACK = {"gesv": (8, 0), "getrf": (6, 0), "geqrf": (8, 0), "gels": (11, 1), "potrf": (5, 1), "posv": (8, 1),
           "gesdd": (14, 1), "geev": (14, 2)}  # fmt: skip
"""How many arguments each has, and how many of them are letters: Fortran passes everything by address, and after it the
length of each text."""

_DOUBLE_ONLY = {"geev"}


def calls() -> list[str]:
    """The functions that OpenCV calls, by the names that it calls them by."""
    return sorted([*(f"cblas_{t}gemm" for t in "sdcz"), *(f"{name}_" for name, _, _ in _lapack())])


def _lapack() -> Iterator[tuple[str, int, int]]:
    """Each function with the number of its arguments and of the letters among them."""
    for name, (arguments, letters) in _LAPACK.items():
        for kind in "d" if name in _DOUBLE_ONLY else "sd":
            yield f"{kind}{name}", arguments, letters


def stand_in_text() -> str:
    """C text of a library whose functions call SciPy's."""
    scalars = {"s": "float", "d": "double", "c": "const void *", "z": "const void *"}
    text = "".join(_GEMM.format(t=t, s=scalar) for t, scalar in scalars.items())
    for name, count, letters in _lapack():
        types = ", ".join(["void *"] * count + ["unsigned long"] * letters)
        takes = ", ".join(f"void *p{n}" for n in range(count))
        gives = ", ".join([f"p{n}" for n in range(count)] + ["1"] * letters)
        text += f"void scipy_{name}_({types});\nvoid {name}_({takes}) {{ scipy_{name}_({gives}); }}\n"
    return text


def asked_of_blas(undefined: str) -> list[str]:
    """The functions of linear algebra among the undefined ones of a library, from `nm -D --undefined-only`."""
    names = [line.split()[-1].split("@")[0] for line in undefined.splitlines() if line.strip()]
    return sorted(name for name in names if _BLAS.fullmatch(name))


def compile_stand_in_of_blas(source: Path, *, target: Path, other: Path, rpath: str) -> None:
    """Make the library `target`; the same bytes wherever it is done.

    Args:
        source: C text.
        target: the library.
        other: SciPy's OpenBLAS.
        rpath: where it is looked for when the program runs.

    Raises:
        subprocess.CalledProcessError: when gcc fails.
    """
    command = ["gcc", "-shared", "-fPIC", "-O2", "-s", "-Wl,--build-id=none", f"-Wl,-soname,{target.name}"]
    command += ["-Wl,--no-as-needed", f"-Wl,-rpath,{rpath}", "-Wl,--allow-shlib-undefined", "-o", str(target)]
    subprocess.run([*command, source.name, str(other)], cwd=source.parent, check=True)


def replace_blas(internal: Path, work: Path) -> None:
    """Replace OpenCV's OpenBLAS in the frozen folder; `work` is an existing folder for the source.

    Raises:
        SystemExit: when OpenCV calls other functions than expected (after an upgrade, say).
        subprocess.CalledProcessError: when nm or gcc fail.
    """
    library = next((internal / "cv2").glob("cv2*.so"))
    listed = subprocess.run(["nm", "-D", "--undefined-only", str(library)], capture_output=True, text=True, check=True)
    if (asked := asked_of_blas(listed.stdout)) != calls():
        raise SystemExit(f"OpenCV calls other functions of BLAS than expected: {asked}. See {Path(__file__).name}.")
    (target,) = (path for path in (internal / FOLDER).iterdir() if path.name.startswith(OWN))
    (other,) = (path for path in (internal / SCIPY_FOLDER).iterdir() if path.name.startswith(OTHER))
    source = work / "blas_stand_in.c"
    source.write_text(stand_in_text(), encoding="utf-8")
    target.unlink()
    compile_stand_in_of_blas(source, target=target, other=other, rpath=f"$ORIGIN/../{SCIPY_FOLDER}")
    unused = [path for path in (internal / FOLDER).iterdir() if path.name.startswith(UNUSED_THEN)]
    for path in sorted(unused):
        links = [link for link in internal.glob("*/*") if link.is_symlink() and link.resolve() == path.resolve()]
        if not path.is_symlink() and set(links) - set(unused):
            continue  # another wheel's library is a link to this one
        path.unlink()
        if (link := internal / path.name).is_symlink():
            link.unlink()
