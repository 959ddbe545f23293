"""The parts: what metadata say about licences, the list from source, the page that a frozen folder brings along."""

import pytest

from rbc_desktop.errors import RbcError
from rbc_desktop.storage.distributions import joined_texts, licence_in, licence_of, normalised, required_distributions
from rbc_desktop.storage.parts import KINDS, WITHOUT_TEXT, Part, environment_parts, licences_page, read_licences

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
    assert all(facts.version and facts.licence for facts in found.values())
    assert "Redistribution and use" in found["scikit-image"].text
    assert all(key == normalised(facts.name) for key, facts in found.items())


def test_page_from_source_has_ourselves_models_fonts_python_and_packages():
    parts = {part.name: part for part in environment_parts()}
    assert {"RBC Desktop", "compact-sam2", "rbc-lightgbm", "DejaVuSans", "Python", "torch"} <= set(parts)
    assert parts["DejaVuSans"].version == "2.37"
    assert "MIT License" in parts["compact-sam2"].text
    assert "Bitstream" in parts["DejaVuSans"].text
    page = read_licences()
    listed, *texts = page.split("─" * 100)
    heads = [text.strip().splitlines()[0] for text in texts]
    for part in parts.values():
        assert f"  {part.title}: {part.licence}. {part.purpose}\n" in listed
        assert sum(part.title in head.split(", ") for head in heads) == 1
        assert part.text.strip() in page


def test_page_lists_by_kind_and_repeats_no_text():
    parts = [
        Part("zlib", "1.3", "Zlib", "Compression", "system", "Zlib's text\n"),
        Part("b", "2", "MIT", "", "python", "MIT's text"),
        Part("A", "", "", "Letters", "python"),
        Part("RBC Desktop", "9", "MIT", "Cells", "application", "MIT's text\n"),
    ]
    page = licences_page(parts)
    assert page == licences_page(reversed(parts))
    listed, *texts = [section.strip() for section in page.split("─" * 100)]
    assert listed.split("\n\n") == [
        "RBC Desktop is made of 4 parts. Their licence texts follow the list.",
        f"{KINDS['application']}\n  RBC Desktop 9: MIT. Cells",
        f"{KINDS['python']}\n  A: no licence stated. Letters\n  b 2: MIT.",
        f"{KINDS['system']}\n  zlib 1.3: Zlib. Compression",
    ]
    assert texts == ["RBC Desktop 9, b 2\n\nMIT's text", f"A\n\n{WITHOUT_TEXT}", "zlib 1.3\n\nZlib's text"]


def test_page_of_a_frozen_folder(tmp_path, monkeypatch):
    monkeypatch.setattr("rbc_desktop.storage.parts.resource_root", lambda: tmp_path / "resources")
    (tmp_path / "licences.txt").write_text("The µ page\n", encoding="utf-8")
    assert read_licences() == "The µ page\n"
    (tmp_path / "licences.txt").write_bytes(b"\xff")
    with pytest.raises(RbcError, match="install the application again"):
        read_licences()


def test_several_texts_become_one_and_repetitions_are_left_out(tmp_path):
    for name, text in (("a", "MIT text\n"), ("b", "two"), ("c", "MIT text")):
        (tmp_path / name).write_text(text)
    joined = joined_texts([tmp_path / "a", tmp_path / "b", tmp_path / "c"])
    assert joined.count("MIT text") == 1
    assert [line.rsplit("/", 1)[-1] for line in joined.splitlines() if line.startswith("──")] == ["a", "c", "b"]
    assert joined_texts([tmp_path / "b"]) == "two\n"
    assert joined_texts([]) == ""
