"""The catalogues of a language, as Qt compiled them: imported only where Qt may be, or where German is asked for."""

from __future__ import annotations

import logging
from functools import lru_cache
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QLibraryInfo, QLocale, QTranslator

from ...files import resource_root
from ...language import ENGLISH, Language, speak

CATALOGUES = ("window", "messages", "reports")
"""Of the window, of the layers below it, and of reports; a sentence that several have reads the same in each."""

log = logging.getLogger(__name__)


def translations_folder() -> Path:
    """Where the catalogues lie."""
    return resource_root() / "translations"


def german() -> Language:
    """German; sentences whose catalogue is missing stay English."""
    translators = [_loaded(translations_folder() / f"{name}_de.qm") for name in CATALOGUES]

    @lru_cache(maxsize=10_000)
    def find(source: str, note: str, count: int) -> str:
        found = [text for each in translators if (text := each.translate("", source, note, count))]
        if note:  # a catalogue without the note gives the sentence that has none
            found.sort(key={each.translate("", source, "", count) for each in translators}.__contains__)
        return found[0] if found else ""

    return Language("de", find, decimal=",", group=".")


def language_named(code: str) -> Language:
    """The language with this code; "system" is what the system speaks, and English where that isn't German."""
    if code == "system":
        code = next((name.lower().split("-")[0] for name in QLocale.system().uiLanguages()), "en")
    return german() if code == "de" else ENGLISH


def speak_in_window(app: QCoreApplication, code: str) -> None:
    """Speak this language, Qt's own buttons and number boxes included; before the first widget is made."""
    language = language_named(code)
    speak(language)
    if language.code == "de":
        QLocale.setDefault(QLocale(QLocale.Language.German, QLocale.Country.Germany))
        qt = _loaded(Path(QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)) / "qtbase_de.qm")
        qt.setParent(app)
        app.installTranslator(qt)


def _loaded(file: Path) -> QTranslator:
    translator = QTranslator()
    if not translator.load(str(file)):
        log.warning("no catalogue at %s", file.name)
    return translator
