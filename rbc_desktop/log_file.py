"""The log: a rotating file in the user's folder that names no image and no case."""

from __future__ import annotations

import faulthandler
import logging
import re
import sys
from logging.handlers import RotatingFileHandler
from pathlib import Path

from PySide6.QtCore import QMessageLogContext, QtMsgType, qInstallMessageHandler

from . import __version__

log = logging.getLogger(__name__)

LOG_BYTES, LOG_FILES = 1_000_000, 3

# A path up to its ending, blanks included; or a bare name.
_FILE_NAME = re.compile(
    r"(?:[^\s'\"]*[/\\][^\n'\"]*?|[^\s'\"/\\]+)\.(png|jpe?g?|bmp|dib|tiff?|webp|gif|hei[cf]|rbc)\b", re.IGNORECASE
)


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
