"""OpenCV's linear algebra through SciPy's library."""

import ctypes
import os
import shutil
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

import blas_stand_in
import numpy as np
import pytest

SITE = Path(find_spec("cv2").origin).parents[1]
NEEDS_GCC = pytest.mark.skipif(
    shutil.which("gcc") is None or not sys.platform.startswith("linux"), reason="needs gcc on Linux"
)
PROGRAM = """
import numpy as np, cv2
rng = np.random.default_rng(1)
for kind in (np.float32, np.float64):
    a, b = rng.normal(size=(160, 160)).astype(kind), rng.normal(size=(160, 160)).astype(kind)
    assert np.allclose(cv2.gemm(a, b, 1, None, 0), a @ b, rtol=1e-3, atol=1e-3)
    for how in (cv2.DECOMP_LU, cv2.DECOMP_QR):
        done, x = cv2.solve(a, b, flags=how)
        assert done and np.allclose(a @ x, b, atol=2e-2), how
    done, x = cv2.solve(a @ a.T + 160 * np.eye(160, dtype=kind), b, flags=cv2.DECOMP_CHOLESKY)
    assert done and np.allclose((a @ a.T + 160 * np.eye(160)) @ x, b, atol=2e-2)
    tall = rng.normal(size=(300, 40)).astype(kind)
    done, x = cv2.solve(tall, tall @ np.ones((40, 1), kind), flags=cv2.DECOMP_QR)
    assert done and np.allclose(x, 1, atol=1e-2)
    w, u, vt = cv2.SVDecomp(tall)
    assert np.allclose(u @ np.diag(w[:, 0]) @ vt, tall, atol=1e-2)
    done, x = cv2.solve(tall, tall @ np.ones((40, 1), kind), flags=cv2.DECOMP_SVD)
    assert done and np.allclose(x, 1, atol=1e-2)
values, _ = cv2.eigenNonSymmetric(np.array([[2.0, 1.0], [0.0, 3.0]]))
assert np.allclose(sorted(values[:, 0]), [2, 3])
print(*sorted({line.split("/")[-1].strip() for line in open("/proc/self/maps") if "openblas" in line}))
"""


def test_every_function_that_opencv_calls_has_a_stand_in():
    undefined = "  U cblas_sgemm\n  U dgels_\n  U memcpy@GLIBC_2.14\n  U _ZN2cv3\n"
    assert blas_stand_in.asked_of_blas(undefined) == ["cblas_sgemm", "dgels_"]
    text = blas_stand_in.stand_in_text()
    assert all(f"void {name}(" in text for name in blas_stand_in.calls())


@NEEDS_GCC
def test_opencv_calculates_as_before_with_the_library_of_scipy(tmp_path):
    """On a copy of the installed packages, laid out as in the frozen folder."""
    for name in ("cv2", "opencv_python_headless.libs", "scipy.libs", "numpy", "numpy.libs"):
        if name in ("cv2", "opencv_python_headless.libs"):
            shutil.copytree(SITE / name, tmp_path / name, symlinks=True, copy_function=os.link)
        else:
            (tmp_path / name).symlink_to(SITE / name)
    (tmp_path / "work").mkdir()
    blas_stand_in.replace_blas(tmp_path, tmp_path / "work")
    assert not list((tmp_path / "opencv_python_headless.libs").glob("libgfortran*"))
    assert next((tmp_path / "opencv_python_headless.libs").glob("libopenblas*")).stat().st_size < 40_000
    done = subprocess.run(
        [sys.executable, "-S", "-c", PROGRAM], env={"PYTHONPATH": str(tmp_path)}, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stderr[-2000:]
    loaded = done.stdout.split()
    assert any(name.startswith("libscipy_openblas-") for name in loaded)


@NEEDS_GCC
def test_a_stand_in_passes_every_argument_on(tmp_path):
    source = tmp_path / "x.c"
    source.write_text(blas_stand_in.stand_in_text())
    (other,) = (SITE / "scipy.libs").glob("libscipy_openblas-*")
    blas_stand_in.compile_stand_in_of_blas(source, target=tmp_path / "libx.so", other=other, rpath=str(other.parent))
    library = ctypes.CDLL(str(tmp_path / "libx.so"))
    a, b, c = np.arange(6.0).reshape(2, 3), np.arange(12.0).reshape(3, 4), np.ones((2, 4))
    at = [array.ctypes.data_as(ctypes.c_void_p) for array in (a, b, c)]
    half = ctypes.c_double(0.5)
    library.cblas_dgemm(101, 111, 111, 2, 4, 3, half, at[0], 3, at[1], 4, ctypes.c_double(2.0), at[2], 4)
    assert np.allclose(c, 0.5 * (a @ b) + 2)
