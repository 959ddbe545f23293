"""Start of the window: the splash first, then the imports that take time, then the window.

Imports nothing heavy at its top, so that the splash comes at once; tests/unit/test_import_time.py holds it to that.
"""

from __future__ import annotations

import logging
import signal
import sys
import threading
import traceback
from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication

from .. import __version__
from ..language import tr
from ..log_file import start_log
from ..storage.laboratory.settings import Settings, load_settings
from ..storage.paths import log_folder, resource_root, settings_file
from ..ui.look.theme import add_bundled_fonts
from .desktop.process import GuiCollector, OpenedFiles, paths_of, release_environment
from .desktop.splash import Splash
from .terminal.catalogues import speak_in_window

log = logging.getLogger(__name__)


def run(arguments: Sequence[str]) -> int:
    """Open the window, with these images or this case if any; returns the exit status."""
    app = QApplication(sys.argv[:1])
    app.setApplicationName("RBC Desktop")
    app.setApplicationVersion(__version__)
    app.setDesktopFileName("rbc-desktop")
    release_environment()
    add_bundled_fonts(resource_root() / "fonts")
    speak_in_window(app, _chosen_language())
    splash = Splash(resource_root() / "icons" / "app.svg")
    splash.show_at_once()
    log_file: Path | None = None
    try:
        log_file = start_log(log_folder())
        log.info("splash shown")
        from .desktop.assembly import build_window, close_down
        from .desktop.crash_dialog import CrashReporter

        window = build_window(app)
    except Exception as error:
        log.critical("the window could not be opened", exc_info=True)
        splash.close()
        _tell(error, log_file)
        return 1
    reporter = CrashReporter(log_file=log_file, parent=app)
    sys.excepthook, threading.excepthook = reporter.handle, reporter.handle_thread
    collector = GuiCollector(app)
    for ending in (signal.SIGINT, signal.SIGTERM):
        # Python runs it at the collector's next tick: Qt's loop alone never returns to the interpreter.
        signal.signal(ending, lambda *_: app.quit())
    services = window.services
    services.engine.ready.connect(collector.freeze)
    services.engine.ready.connect(_log_ready)
    OpenedFiles(services.files.open_paths, app)
    window.show()
    splash.finish(window)
    services.engine.start()
    services.files.start(paths_of(arguments))
    QTimer.singleShot(0, _log_open)
    status = app.exec()
    close_down(window)
    collector.stop()
    log.info("closed")
    return status


def _chosen_language() -> str:
    """What the settings say; where their folder can't be made, the window says so later."""
    try:
        return load_settings(settings_file()).language
    except OSError:
        return Settings().language


def _log_open() -> None:
    """Called by the event loop: the window is there and answers."""
    log.info("window open")


def _log_ready(_: object) -> None:
    log.info("models ready")


def _tell(error: Exception, log_file: Path | None) -> None:
    """Say why there is no window; without it a program without a console would end in silence."""
    from PySide6.QtWidgets import QMessageBox

    from ..errors import RbcError

    if isinstance(error, RbcError):
        sentence = error.message
    elif isinstance(error, OSError):
        where = error.filename or tr("its folder")
        sentence = tr(
            "RBC Desktop can't write to {where}; make room there or ask for access, then start it again.", where=where
        )
    else:
        sentence = tr("RBC Desktop could not start; please send the details to whoever looks after this program.")
    box = QMessageBox(QMessageBox.Icon.Critical, "RBC Desktop", sentence, QMessageBox.StandardButton.Close)
    details = "".join(traceback.format_exception(error))
    box.setDetailedText(f"RBC Desktop {__version__}\nLog: {log_file or 'none'}\n{details}")
    box.exec()
