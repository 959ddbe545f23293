"""Puts the window together: paths, settings, log, engine, working case; and takes it apart cleanly."""

from __future__ import annotations

import faulthandler
import logging
import re
import signal
import sys
import threading
from collections.abc import Sequence
from logging.handlers import RotatingFileHandler
from pathlib import Path

from PySide6.QtCore import QMessageLogContext, QtMsgType, qInstallMessageHandler
from PySide6.QtWidgets import QApplication

from . import __version__
from .domain.case import Case
from .editing.case_editor import CaseEditor
from .editing.selection import Selection
from .engine.engine import Engine
from .engine.tasks import TaskRunner
from .ports import CellClassifier, Segmenter
from .storage import autosave
from .storage.image_reader import read_image
from .storage.paths import log_folder, resource_root, settings_file
from .storage.settings import Settings
from .ui import icons
from .ui.case_files import CaseFiles
from .ui.crash_dialog import CrashReporter
from .ui.field_images import FieldImages
from .ui.gui_collector import GuiCollector
from .ui.main_window import MainWindow, Services
from .ui.settings_keeper import SettingsKeeper
from .ui.theme import ThemeController, add_bundled_fonts

log = logging.getLogger(__name__)

LOG_BYTES, LOG_FILES = 1_000_000, 3
SAMPLE = "sample_smear.png"


def run(images: Sequence[Path]) -> int:
    """Open the window, with these images or this case if any; returns the exit status."""
    log_file = start_log(log_folder())
    app = QApplication(sys.argv[:1])
    app.setApplicationName("RBC Desktop")
    app.setApplicationVersion(__version__)
    app.setDesktopFileName("rbc-desktop")
    reporter = CrashReporter(log_file=log_file, parent=app)
    sys.excepthook, threading.excepthook = reporter.handle, reporter.handle_thread
    collector = GuiCollector(app)
    for ending in (signal.SIGINT, signal.SIGTERM):
        # Python runs it at the collector's next tick: Qt's loop alone never returns to the interpreter.
        signal.signal(ending, lambda *_: app.quit())
    window = build_window(app)
    window.services.engine.ready.connect(collector.freeze)
    window.show()
    window.services.engine.start()
    window.services.files.start(images)
    log.info("window open")
    status = app.exec()
    close_down(window)
    collector.stop()
    log.info("closed")
    return status


def build_window(app: QApplication) -> MainWindow:
    """The window with everything behind it; the engine is not started yet.

    Raises:
        CaseFileError: when the user's data folder can't be written to: work could not be kept then.
    """
    resources = resource_root()
    add_bundled_fonts(resources / "fonts")
    theme = ThemeController(app, icon_folder=resources / "icons")
    app.setWindowIcon(icons.app_icon())
    tasks = TaskRunner(parent=app)
    settings = SettingsKeeper(settings_file(), tasks, app)
    theme.force(settings.value.theme)
    editor = CaseEditor(Case(), autosave.new_case_file(), app)
    fields = FieldImages(tasks, read_image, parent=app)
    files = CaseFiles(
        editor,
        fields,
        tasks=tasks,
        settings=settings,
        reader=read_image,
        sample=resources / "sample" / SAMPLE,
        parent=app,
    )
    engine = Engine(SegmenterOfSettings(settings.value), classifier, parent=app)
    manual = resources.parent / "docs" / "manual.html"
    return MainWindow(
        Services(
            theme=theme,
            settings=settings,
            tasks=tasks,
            editor=editor,
            selection=Selection(editor, app),
            images=fields,
            files=files,
            engine=engine,
            reader=read_image,
            manual=manual if manual.is_file() else None,
        )
    )


def close_down(window: MainWindow) -> None:
    """Stop the threads, close the case file, store the settings: in this order, so that nothing is lost."""
    services = window.services
    if not services.engine.shutdown():
        log.error("the inference thread did not stop in time")
    if not services.tasks.shutdown():
        log.error("a background task did not stop in time")
    services.files.close()
    services.settings.flush()


class SegmenterOfSettings:
    """Builds the segmenter that the settings name; called on the inference thread, where torch is imported."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings

    def __call__(self) -> tuple[Segmenter, tuple[str, ...]]:
        """The segmenter and notes for the user."""
        from .models import native

        native.load()
        from .models.device import choose_device
        from .models.segmenter import load_bundled, load_checkpoint

        device, notes = choose_device(None if self._settings.device == "auto" else (self._settings.device,))
        if self._settings.segmenter_weights:
            segmenter, more = load_checkpoint(Path(self._settings.segmenter_weights), device=device)
        else:
            segmenter, more = load_bundled(resource_root() / "weights", device=device)
        return segmenter, (*notes, *more)


def classifier() -> CellClassifier:
    """The bundled classifier; called on the inference thread."""
    from .models.classifier import LightGbmClassifier

    return LightGbmClassifier.load(resource_root() / "weights")


# Log

# A path up to its ending, blanks included; or a bare name.
_FILE_NAME = re.compile(r"(?:[^\s'\"]*[/\\][^\n'\"]*?|[^\s'\"/\\]+)\.(png|jpe?g|bmp|dib|tiff?|rbc)\b", re.IGNORECASE)


class PrivateFormatter(logging.Formatter):
    """Leaves the names of images and cases out: laboratories name files after patients."""

    def format(self, record: logging.LogRecord) -> str:
        return _FILE_NAME.sub(lambda match: f"(a .{match[1].lower()} file)", super().format(record))


def start_log(folder: Path) -> Path:
    """Write a rotating log there; returns the file."""
    path = folder / "rbc-desktop.log"
    handler = RotatingFileHandler(path, maxBytes=LOG_BYTES, backupCount=LOG_FILES - 1, encoding="utf-8", delay=True)
    handler.setFormatter(PrivateFormatter("%(asctime)s %(levelname)s %(threadName)s %(name)s: %(message)s"))
    root = logging.getLogger()
    root.addHandler(handler)
    root.setLevel(logging.INFO)
    logging.captureWarnings(True)
    qInstallMessageHandler(_log_qt)
    log.info("start %s, Python %s, %s", __version__, sys.version.split()[0], sys.platform)
    if sys.stderr is not None:  # a windowed build has none
        faulthandler.enable()
    return path


_LEVELS = {
    QtMsgType.QtDebugMsg: logging.DEBUG, QtMsgType.QtInfoMsg: logging.INFO, QtMsgType.QtWarningMsg: logging.WARNING,
    QtMsgType.QtCriticalMsg: logging.ERROR, QtMsgType.QtFatalMsg: logging.CRITICAL,
}  # fmt: skip


def _log_qt(kind: QtMsgType, context: QMessageLogContext, message: str) -> None:
    logging.getLogger("qt").log(_LEVELS.get(kind, logging.WARNING), "%s %s", context.category or "", message)
