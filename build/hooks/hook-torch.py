"""Replaces the contributed hook, which collects every torch module, data file and test program (about 180 MB more).

Inference needs the libraries in torch/lib and what `import torch` itself imports.
"""

from pathlib import Path

from PyInstaller import compat
from PyInstaller.utils.hooks import PY_DYLIB_PATTERNS, collect_dynamic_libs, get_module_file_attribute

# Libraries of torch's own tests and of extensions; nothing links to them.
TESTS = ("libaoti_custom_ops", "libbackend_with_compiler", "libjitbackend_test", "libtorchbind_test")

_libraries = collect_dynamic_libs("torch", search_patterns=[*PY_DYLIB_PATTERNS, "*.so.*"])
binaries = [
    (source, target)
    for source, target in _libraries
    if Path(target).parts[:2] == ("torch", "lib") and not Path(source).name.startswith(TESTS)
]
_shm_manager = Path(get_module_file_attribute("torch")).parent / "bin" / "torch_shm_manager"
if _shm_manager.exists():  # `import torch` stops without it on Linux and macOS
    binaries.append((str(_shm_manager), "torch/bin"))

hiddenimports = []
if compat.is_linux:  # a CUDA build takes its libraries from the nvidia-* packages that its metadata names
    from importlib.metadata import requires

    from _pyinstaller_hooks_contrib.utils.nvidia_cuda import infer_hiddenimports_from_requirements
    from packaging.requirements import Requirement

    _requirements = [Requirement(text) for text in requires("torch") or ()]
    _named = [r.name for r in _requirements if r.marker is None or r.marker.evaluate()]
    hiddenimports += infer_hiddenimports_from_requirements(_named)

# These read their own source text while `import torch` runs (settings with comments, overloads for torch.jit).
module_collection_mode = dict.fromkeys(
    (
        "torch._export.config",
        "torch._native.registry",
        "torch._library.custom_ops",
        "torch.compiler.config",
        "torch.cuda",
        "torch.distributed.config",
        "torch.functional",
        "torch.fx.experimental._config",
        "torch.nn.functional",
        "torch.nn.modules.rnn",
        "torch.utils._debug_mode._mode",
    ),
    "py",
)
bindepend_symlink_suppression = ["**/torch/lib/*.so*"]
warn_on_missing_hiddenimports = False
