"""The frozen folder's list of parts: who owns a file, what is complete, which licences may go in, the bill."""

import hashlib
import json
import re
import shutil
from importlib import metadata
from pathlib import Path

import bill_of_materials
import bundled_parts
import file_owners
import licence_rules
import pytest
import smoke_checks
import system_libraries
import wheel_libraries
from packaging.licenses import canonicalize_license_expression

from rbc_desktop.storage.distributions import facts_of
from rbc_desktop.storage.parts import Part, licences_page

ROOT = Path(__file__).resolve().parents[4]

GCC = "GPL-3.0-or-later WITH GCC-exception-3.1"


@pytest.mark.parametrize(
    ("expression", "words"),
    [
        ("MIT", None),
        ("LGPL-3.0-only", None),
        (GCC, None),
        (f"MIT AND {GCC}", None),
        ("AFL-2.1 OR GPL-2.0-or-later", None),
        ("(MIT AND GPL-2.0-only) OR BSD-2-Clause", None),
        ("GPL-3.0-or-later", "whole application"),
        ("AGPL-3.0-only", "whole application"),
        ("MIT AND GPL-2.0-only", "whole application"),
        ("MIT AND (GPL-2.0-only OR AGPL-3.0-only)", "whole application"),
        ("BSD", "no SPDX"),
        ("", "no SPDX"),
    ],
)
def test_which_licences_may_go_in(expression, words):
    problem = licence_rules.problem(expression)
    assert problem is None if words is None else words in problem


def test_every_stated_licence_is_spdx_and_only_readline_is_refused():
    stated = {name: licence for name, (licence, _) in system_libraries.PACKAGES.items()}
    stated |= {library.name: library.licence for library in wheel_libraries.LIBRARIES}
    for licence in stated.values():
        canonicalize_license_expression(licence)
    assert [name for name, licence in stated.items() if licence_rules.problem(licence)] == ["readline"]


@pytest.mark.parametrize(
    ("path", "names"),
    [
        ("pkg/mod.pyc", ["pkg/mod.pyc", "pkg/mod.py"]),
        ("pkg/__pycache__/mod.cpython-311.pyc", ["pkg/__pycache__/mod.cpython-311.pyc", "pkg/mod.py"]),
        ("numpy.libs/libx-1.so.3", ["numpy.libs/libx-1.so.3"]),
    ],
)
def test_names_before_freezing(path, names):
    assert file_owners.source_names(path) == names


@pytest.mark.parametrize(
    ("path", "name"),
    [
        ("numpy.libs/libscipy_openblas64_-32a4.so", "OpenBLAS (NumPy)"),
        ("scipy.libs/libgfortran-8f1e.so.5.0.0", "libgfortran"),
        ("pi_heif.libs/libheif-7a3e.so.1.23.0", "libheif"),
        ("imagecodecs.libs/libjpeg-f212.so.8.3.2", "libjpeg-turbo (imagecodecs)"),
        ("pillow.libs/libsharpyuv-0066.so.0.1.2", "libwebp (Pillow)"),
        ("PySide6/Qt/lib/libicudata.so.73", "ICU"),
        ("PySide6/Qt/lib/libQt6Core.so.6", "Qt"),
        ("PySide6/QtCore.abi3.so", None),
        ("torch/lib/libtorch_cpu.so", None),
    ],
)
def test_libraries_inside_wheels(path, name):
    library = wheel_libraries.library_at(path)
    assert (library and library.name) == name


def test_linked_libraries_are_parts_too():
    assert [lib.name for lib in wheel_libraries.libraries_inside("torch/lib/libtorch_cpu.so")] == ["Intel oneMKL"]


def test_section_of_a_licence():
    text = "Name: One\nfirst\n----\nName: Two\nsecond\n"
    assert wheel_libraries.section_of(text, wheel_libraries.Section("x", "Name: One", "----")) == "Name: One\nfirst\n"
    assert wheel_libraries.section_of(text, wheel_libraries.Section("x", "Name: Two", "----")) == "Name: Two\nsecond\n"
    with pytest.raises(SystemExit, match="no section 'Name: Three'"):
        wheel_libraries.section_of(text, wheel_libraries.Section("x", "Name: Three", "----"))


def test_every_section_and_text_of_the_table_exists():
    for library in wheel_libraries.LIBRARIES:
        for text in library.texts:
            if isinstance(text, str):
                assert (wheel_libraries.LICENCES / text).read_text(encoding="utf-8").strip()
            else:
                found = metadata.distribution(text.distribution)
                whole = facts_of(found).text
                assert len(wheel_libraries.section_of(whole, text)) > 200, library.name


def test_version_of_a_library(tmp_path):
    file = tmp_path / "libx-12ab.so.5.0.0"
    file.write_bytes(b"...\0libx version 1.2.3.\0")
    make = wheel_libraries.WheelLibrary
    bills = [json.dumps({"components": [{"name": "libx", "version": "7-1.el8"}]})]

    def version(*, listed="", pattern=b"", ask=None, bills=()):
        library = make("x", (), "MIT", "", (), listed=listed, pattern=pattern, ask=ask)
        return wheel_libraries.version_of(library, file=file, bills=bills)

    assert version(listed="libx", pattern=rb"version ([\d.]+)", bills=bills) == "7-1.el8"
    assert version(listed="liby", pattern=rb"version ([\d.]+)", bills=bills) == "1.2.3"
    assert version(ask=lambda: "9") == "9"
    assert version() == "5.0.0"


@pytest.mark.skipif(shutil.which("dpkg-query") is None, reason="needs Debian or Ubuntu")
def test_package_of_a_system_library_is_found_by_its_bytes(tmp_path):
    real = next(Path("/").glob("usr/lib/*/libz.so.1")).resolve()
    copied = tmp_path / "libz.so.1"
    shutil.copy(real, copied)
    package = system_libraries.package_of(copied)
    assert (package.source, package.stated[0]) == ("zlib", "Zlib")
    assert "Jean-loup Gailly" in package.text
    copied.write_bytes(real.read_bytes() + b"\0")
    assert system_libraries.package_of(copied) is None


def test_a_system_package_that_nobody_has_read_stops_the_build():
    assert system_libraries.SystemPackage("gcc-14", "14", "libgcc-s1").stated[0] == GCC
    with pytest.raises(SystemExit, match=r"No licence is stated for newlib .*/usr/share/doc/newlib1/copyright"):
        _ = system_libraries.SystemPackage("newlib", "1", "newlib1").stated


# A small folder, made of files that the environment really has


def _freeze(folder: Path, *installed: str) -> None:
    site = Path(metadata.distribution("tqdm").locate_file(""))
    for name in installed:
        target = folder / "_internal" / name
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(site / name, target)


@pytest.fixture
def folder(tmp_path):
    folder = tmp_path / "rbc-desktop"
    (folder / "_internal" / "rbc_desktop").mkdir(parents=True)
    (folder / "_internal" / "json").mkdir()
    (folder / "_internal" / "pycocotools").mkdir()
    shutil.copytree(ROOT / "resources", folder / "_internal" / "resources")
    (folder / "rbc-desktop").write_bytes(b"start program")
    (folder / "LICENSE.txt").write_text("MIT")
    (folder / "_internal" / "rbc_desktop" / "cli.pyc").write_bytes(b"ours")
    (folder / "_internal" / "json" / "decoder.pyc").write_bytes(b"python's")
    (folder / "_internal" / "pycocotools" / "mask.pyc").write_bytes(b"compiled")
    _freeze(folder, "tqdm/std.py", "numpy/version.py")
    (folder / "_internal" / "link.py").symlink_to("tqdm/std.py")
    return folder


def test_every_file_gets_its_part(folder):
    found = bundled_parts.find_files(file_owners.Owners(folder))
    files = {owner.name: paths for owner, paths in found.items()}
    assert files["tqdm"] == ["_internal/tqdm/std.py"]  # the link is the same file
    assert files["Python"] == ["_internal/json/decoder.pyc"]
    assert files["PyInstaller bootloader"] == ["rbc-desktop"]
    assert files["compact-sam2"] == ["_internal/resources/weights/segmenter.safetensors"]
    assert set(files["RBC Desktop"]) >= {"LICENSE.txt", "_internal/rbc_desktop/cli.pyc"}
    assert files["DejaVuSans"] == ["_internal/resources/fonts/DejaVuSans.ttf"]
    owner = next(owner for owner in found if owner.name == "pycocotools")
    assert owner.licence == "BSD-2-Clause"
    assert "Piotr Dollar" in owner.text
    bundled_parts.check(list(found))


@pytest.mark.parametrize(
    "stranger",
    ["_internal/unknown/thing.bin", "_internal/numpy.libs/libunknown-1.so.2", "notes.txt", "_internal/x.pyc"],
)
def test_a_file_that_no_part_owns_stops_the_build(folder, stranger):
    (folder / stranger).parent.mkdir(exist_ok=True)
    (folder / stranger).write_bytes(b"?")
    with pytest.raises(SystemExit, match=re.escape(stranger)):
        bundled_parts.find_files(file_owners.Owners(folder))


def test_replaced_weights_belong_to_no_part(folder):
    (folder / "_internal" / "resources" / "weights" / "classifier.txt").write_text("another model")
    with pytest.raises(SystemExit, match=r"classifier\.txt"):
        bundled_parts.find_files(file_owners.Owners(folder))


def test_codecs_are_ours_only_when_they_were_replaced(folder):
    name = next(
        file.as_posix()
        for file in metadata.distribution("opencv-python-headless").files
        if "/libswscale-" in file.as_posix()
    )
    _freeze(folder, name)
    owners = file_owners.Owners(folder)
    assert owners.owner_of(f"_internal/{name}") is None
    (folder / "_internal" / name).write_bytes(b"stand-in")
    assert owners.owner_of(f"_internal/{name}").name == "RBC Desktop"


def test_parts_that_may_not_go_in_are_named():
    good = Part("zlib", "1", "Zlib", "", "system", "text")
    bad = Part("readline", "8", "GPL-3.0-or-later", "", "system", "text")
    mute = Part("mute", "2", "MIT", "", "python", " ")
    bundled_parts.check([good])
    with pytest.raises(SystemExit) as stopped:
        bundled_parts.check([good, bad, mute])
    assert "readline 8: GPL-3.0-or-later" in str(stopped.value)
    assert "mute 2: no licence text" in str(stopped.value)
    assert "zlib" not in str(stopped.value)


def test_hash_of_a_set_is_that_of_its_checksum_lines():
    assert bundled_parts.set_digest({"a": "11"}) == "11"
    lines = b"11  a\n22  b\n"
    assert bundled_parts.set_digest({"b": "22", "a": "11"}) == hashlib.sha256(lines).hexdigest()


def test_written_list_repeats(folder):
    def write():
        listed = bundled_parts.describe(folder)
        bundled_parts.write_list(folder, listed, timestamp=1_700_000_000)
        files = [folder / "sbom.cdx.json", folder / "_internal" / "licences.txt"]
        return listed, [path.read_text(encoding="utf-8") for path in files]

    listed, first = write()
    assert write() == (listed, first)
    assert first[1] == licences_page(one.part for one in listed)
    assert smoke_checks.check_bill(*first) == len(listed)


# The bill of materials, by the rules of CycloneDX 1.6 that matter to readers


@pytest.fixture
def bill(folder):
    listed = bundled_parts.describe(folder)
    return json.loads(bill_of_materials.bill_of_materials(listed, timestamp=1_700_000_000))


def test_bill_names_format_time_and_product(bill):
    assert (bill["bomFormat"], bill["specVersion"], bill["version"]) == ("CycloneDX", "1.6", 1)
    assert re.fullmatch(r"urn:uuid:[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", bill["serialNumber"])
    assert bill["metadata"]["timestamp"] == "2023-11-14T22:13:20+00:00"
    assert bill["metadata"]["component"]["name"] == "RBC Desktop"
    assert bill["metadata"]["component"]["type"] == "application"


def test_bill_components_are_complete(bill):
    components = [bill["metadata"]["component"], *bill["components"]]
    references = [component["bom-ref"] for component in components]
    assert len(set(references)) == len(references)
    for component in components:
        assert component["type"] in {"application", "library", "platform", "data", "machine-learning-model"}
        assert component["name"]
        assert component["purl"].startswith("pkg:")
        assert " " not in component["purl"]
        assert [entry["alg"] for entry in component["hashes"]] == ["SHA-256"]
        assert re.fullmatch("[0-9a-f]{64}", component["hashes"][0]["content"])
        (licence,) = component["licenses"]
        expression = licence["expression"] if "expression" in licence else licence["license"]["id"]
        assert canonicalize_license_expression(expression) == expression
    assert {entry["ref"] for entry in bill["dependencies"]} == set(references)
    assert set(bill["dependencies"][0]["dependsOn"]) == set(references[1:])


def test_serial_number_follows_the_content(folder, bill):
    (folder / "_internal" / "rbc_desktop" / "cli.pyc").write_bytes(b"changed")
    listed = bundled_parts.describe(folder)
    other = json.loads(bill_of_materials.bill_of_materials(listed, timestamp=1_700_000_000))
    assert other["serialNumber"] != bill["serialNumber"]


def test_one_identifier_is_written_as_such():
    def licences(expression):
        part = Part("x", "1", expression, "", "application", "text", "pkg:generic/x@1")
        listed = [bill_of_materials.Listed(part, "0" * 64, ("x",))]
        bill = json.loads(bill_of_materials.bill_of_materials(listed, timestamp=0))
        return bill["metadata"]["component"]["licenses"]

    assert licences("MIT") == [{"license": {"id": "MIT"}}]
    assert licences(GCC) == [{"expression": GCC}]
    assert licences("LicenseRef-Public-Domain") == [{"expression": "LicenseRef-Public-Domain"}]
