"""The list of parts: what metadata say about licences, the list of a frozen folder, the list from source."""

import json
from dataclasses import replace

import pytest

from rbc_desktop.storage import parts as parts_module
from rbc_desktop.storage.distributions import licence_in, licence_of, normalised, required_distributions
from rbc_desktop.storage.parts import (
    KINDS,
    Part,
    environment_parts,
    joined_texts,
    licence_text,
    parts_from_json,
    parts_to_json,
    read_parts,
)

MIT = "MIT License\n\nCopyright\n\nPermission is hereby granted, free of charge, to any person …"
BSD_2 = "Redistribution and use in source and binary forms, …\n2. …\nTHIS SOFTWARE IS PROVIDED …"
BSD_3 = BSD_2.replace("2. …", "3. names may not be used to endorse\n   or promote products")
APACHE = "                Apache License\n        Version 2.0, January 2004"
DEBIAN = f"Files: *\nCopyright: 2009 the team\nLicense: BSD-3-Clause\n\nFiles: other.py\n{BSD_2}"


@pytest.mark.parametrize(
    ("given", "licence"),
    [
        ({"expression": "MIT AND Zlib", "field": "whatever"}, "MIT AND Zlib"),
        ({"field": "MPL-2.0 AND MIT"}, "MPL-2.0 AND MIT"),
        ({"field": "Apache 2.0"}, "Apache-2.0"),
        ({"field": "FreeBSD"}, "BSD-2-Clause"),
        ({"field": "BSD", "text": BSD_3}, "BSD-3-Clause"),
        ({"field": "BSD", "text": BSD_2}, "BSD-2-Clause"),
        ({"field": "MIT licensed, as found in the LICENSE file", "text": MIT}, "MIT"),
        ({"classifiers": ["License :: OSI Approved :: BSD License"], "text": f"{BSD_3}\n{MIT}"}, "BSD-3-Clause"),
        ({"classifiers": ["License :: OSI Approved :: Apache Software License"]}, "Apache-2.0"),
        ({"field": "Copyright (c) somebody\n\nlong text", "text": DEBIAN}, "BSD-3-Clause"),
        ({"field": "BSD"}, "BSD"),
        ({"field": "Ask us\nfor more"}, "Ask us"),
        ({"classifiers": ["License :: Other/Proprietary License"]}, "Other/Proprietary License"),
        ({}, ""),
    ],
)
def test_licence_from_metadata(given, licence):
    assert licence_of(**{"expression": "", "field": "", "classifiers": (), "text": "", **given}) == licence


@pytest.mark.parametrize(
    ("text", "licence"),
    [
        (MIT, "MIT"),
        (APACHE, "Apache-2.0"),
        (BSD_2, "BSD-2-Clause"),
        (BSD_3, "BSD-3-Clause"),
        ("All rights reserved", ""),
    ],
)
def test_licence_from_its_text(text, licence):
    assert licence_in(text) == licence


def test_requirements_are_followed_through_the_environment():
    found = {facts.key: facts for facts in required_distributions(["rbc-desktop", "sam2"])}
    assert {"rbc-desktop", "torch", "numpy", "pyside6-essentials", "shiboken6", "hydra-core", "omegaconf"} <= set(found)
    assert not {"pytest", "mypy", "ruff", "pyinstaller", "torchvision"} & set(found)
    assert found["scikit-image"].licence == "BSD-3-Clause"
    assert all(facts.version and facts.licence and len(facts.record_sha256) == 64 for facts in found.values())
    assert all(key == normalised(facts.name) for key, facts in found.items())


def test_list_from_source_has_ourselves_models_fonts_python_and_packages():
    parts = read_parts()
    assert parts == tuple(sorted(environment_parts(), key=lambda part: part.order))
    assert [part.kind for part in parts] == sorted((part.kind for part in parts), key=list(KINDS).index)
    by_name = {part.name: part for part in parts}
    assert parts[0].name == "RBC Desktop"
    assert {"compact-sam2", "rbc-lightgbm", "DejaVuSans", "Python", "torch", "PySide6_Essentials"} <= set(by_name)
    assert by_name["DejaVuSans"].version == "2.37"
    assert "MIT License" in licence_text(by_name["compact-sam2"])
    assert "Bitstream" in licence_text(by_name["DejaVuSans"])


def test_list_of_a_frozen_folder(tmp_path, monkeypatch):
    (tmp_path / "resources").mkdir()
    (tmp_path / "licences").mkdir()
    (tmp_path / "licences" / "zlib.txt").write_text("Zlib's text\n")
    texts = (tmp_path / "licences" / "zlib.txt",)
    library = Part("zlib", "1.3", "Zlib", "Compression", "system", "ab" * 32, 2, texts)
    ours = Part("RBC Desktop", "9", "MIT", "", "application", texts=(tmp_path / "licences" / "gone.txt",))
    (tmp_path / "parts.json").write_text(parts_to_json([library, ours]), encoding="utf-8")
    assert json.loads((tmp_path / "parts.json").read_text())[1]["texts"] == ["zlib.txt"]
    assert parts_from_json(tmp_path / "parts.json") == [ours, library]
    monkeypatch.setattr(parts_module, "resource_root", lambda: tmp_path / "resources")
    assert read_parts() == (ours, library)
    assert licence_text(library) == "Zlib's text\n"


def test_the_same_list_has_the_same_text():
    one = Part("b", "1", "MIT", "", "python")
    other = replace(one, name="A")
    assert parts_to_json([one, other]) == parts_to_json([other, one])


def test_several_texts_become_one_and_repetitions_are_left_out(tmp_path):
    for name, text in (("a", "MIT text\n"), ("b", "two"), ("c", "MIT text")):
        (tmp_path / name).write_text(text)
    joined = joined_texts([tmp_path / "a", tmp_path / "b", tmp_path / "c"])
    assert joined.count("MIT text") == 1
    assert [line.rsplit("/", 1)[-1] for line in joined.splitlines() if line.startswith("──")] == ["a", "c", "b"]
    assert joined_texts([tmp_path / "b"]) == "two\n"


def test_a_part_without_text_says_what_its_makers_state():
    assert "Its makers state: BSD." in licence_text(Part("antlr", "4", "BSD", "", "python"))
