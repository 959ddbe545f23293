"""Finding texts that bypass the language module, and that the application has none."""

import pytest
import untranslated

CLEAN = """
from .language import mark, plural, tr
TITLE = mark("Settings")
class Place:
    def build(self, name, n):
        self.setWindowTitle(tr(TITLE))
        self.label.setText(tr("Open {name}", name=name) if n else plural("{count} cell", "{count} cells", n))
        self.label.setText(f"{name}: {n} px")
        self.box.addItem(tr("This field"), "field")
        self.setObjectName("a name for code")
        log.warning("for who looks after the program")
        raise ExportError(tr("There is nothing to write."))
"""

BYPASSING = {
    'def f(x): x.setText("Open")': "'Open'",
    'def f(x): x.setToolTip(f"{x} cells")': "'{} cells'",
    'def f(x): x.setText(tr("Open") if x else "Close")': "'Close'",
    'def f(x): x.addRow("Name", x)': "'Name'",
    'def f(x): x.setText(", ".join(f"{y} cells" for y in x))': "'{} cells'",
    "def f(x): x.setText(TITLE)": "TITLE is shown as it is",
    'def f(x): raise ExportError(f"{x} is full.")': "'{} is full.'",
    'def f(x): return changed(x, "There is no hole to fill.")': "There is no hole",
    'def f(x): x += ["There is no image in that folder."]': "There is no image",
    'def f(x): return Failure(f"{x} could not be read.")': "could not be read",
    "def f(x): x.setText(f\"{tr('Open')} {x}\")": "tr('Open') inside an f-string",
    'def f(x): return tr("Open" if x else "Close")': "isn't one literal",
    'TITLE = tr("Open")': "at import; mark it there",
    'def f(x, title=tr("Open")): ...': "at import; mark it there",
}


@pytest.fixture
def found_in(tmp_path, monkeypatch):
    monkeypatch.setattr(untranslated, "_user_errors", lambda: frozenset({"ExportError"}))

    def _found_in(source):
        package = tmp_path / "package"
        package.mkdir(exist_ok=True)
        monkeypatch.setattr(untranslated, "PACKAGE", package)
        (package / "module.py").write_text(source, encoding="utf-8")
        return untranslated.findings(package / "module.py")

    return _found_in


def test_what_goes_through_the_module_is_no_finding(found_in):
    assert found_in(CLEAN) == []


@pytest.mark.parametrize(("source", "finding"), BYPASSING.items())
def test_what_bypasses_it_is_named_with_its_line(found_in, source, finding):
    [line] = found_in(source)
    assert line.startswith("package/module.py:1: ")
    assert finding in line


def test_nothing_of_the_application_bypasses_it():
    modules = sorted(untranslated.PACKAGE.rglob("*.py"))
    assert len(modules) > 400
    assert [line for path in modules for line in untranslated.findings(path)] == []
