"""Takes the video codecs out of the frozen OpenCV: 32 MB that read films, and an OpenSSL for network streams.

OpenCV is one library that is linked to FFmpeg, so FFmpeg's four libraries must be there when it is loaded. The
application reads no film: no code path calls them. Each is replaced by a library of the same name with the same
symbols and versions, whose functions end the program with a sentence. FFmpeg's own dependencies go with it.
"""

from __future__ import annotations

import subprocess
from collections import defaultdict
from pathlib import Path

FOLDER = "opencv_python_headless.libs"
REPLACED = ("libavcodec", "libavformat", "libavutil", "libswscale")
UNUSED_THEN = ("libswresample-", "libvpx-", "libssl-", "libcrypto-", "libdrm-")


def wanted_symbols(readelf: str) -> dict[str, list[str]]:
    """Undefined functions of a library by the version that it asks for, from `readelf -W --dyn-syms`.

    Only versions named after the replaced libraries: {"LIBAVCODEC_62": ["av_bsf_alloc", …], …}.
    """
    wanted: defaultdict[str, set[str]] = defaultdict(set)
    for line in readelf.splitlines():
        columns = line.split()
        if len(columns) >= 8 and columns[3] == "FUNC" and columns[6] == "UND" and "@" in columns[7]:
            name, version = columns[7].split("@")
            if version.lower().startswith(REPLACED):
                wanted[version].add(name)
    return {version: sorted(names) for version, names in sorted(wanted.items())}


def stand_in_source(names: list[str]) -> str:
    """C text of a library with these functions."""
    functions = "".join(f"void {name}(void) {{ unavailable(); }}\n" for name in names)
    message = "Video codecs are not part of RBC Desktop."
    return (
        "#include <stdio.h>\n#include <stdlib.h>\n"
        f'static void unavailable(void) {{ fputs("{message}\\n", stderr); abort(); }}\n{functions}'
    )


def version_script(version: str, names: list[str]) -> str:
    """The linker's version script that gives the functions the version that OpenCV asks for."""
    return f"{version} {{ global: {'; '.join(names)}; local: *; }};\n"


def compile_stand_in(source: Path, script: Path, target: Path) -> None:
    """Make the library `target` from C text and version script; the same bytes wherever it is done.

    Raises:
        subprocess.CalledProcessError: when gcc fails.
    """
    command = ["gcc", "-shared", "-fPIC", "-O1", "-s", "-Wl,--build-id=none", f"-Wl,-soname,{target.name}"]
    command += [f"-Wl,--version-script={script.name}", "-o", str(target), source.name]
    subprocess.run(command, cwd=source.parent, check=True)


def replace_codecs(internal: Path, work: Path) -> None:
    """Replace FFmpeg in the frozen folder; `work` is an existing folder for the sources.

    Raises:
        SystemExit: when OpenCV asks for other libraries than expected (after an upgrade, say).
        subprocess.CalledProcessError: when readelf or gcc fail.
    """
    library = next((internal / "cv2").glob("cv2*.so"))
    readelf = subprocess.run(["readelf", "-W", "--dyn-syms", str(library)], capture_output=True, text=True, check=True)
    wanted = wanted_symbols(readelf.stdout)
    if sorted(version.lower().split("_")[0] for version in wanted) != list(REPLACED):
        raise SystemExit(f"OpenCV asks for other codecs than expected: {', '.join(wanted)}. See {Path(__file__).name}.")
    for version, names in wanted.items():
        stem = version.lower().split("_")[0]
        (target,) = (internal / FOLDER).glob(f"{stem}-*")
        source, script = work / f"{stem}.c", work / f"{stem}.map"
        source.write_text(stand_in_source(names), encoding="utf-8")
        script.write_text(version_script(version, names), encoding="utf-8")
        target.unlink()
        compile_stand_in(source, script, target)
    for folder in (internal / FOLDER, internal):  # the latter has links to the former
        for path in sorted(folder.iterdir()):
            if path.name.startswith(UNUSED_THEN) and (folder != internal or path.is_symlink()):
                path.unlink()
