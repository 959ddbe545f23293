"""The log: a rotating file in the user's folder that names no image and no case."""

from __future__ import annotations

import faulthandler
import logging
import re
import sys
import traceback
from io import TextIOWrapper
from logging.handlers import RotatingFileHandler
from pathlib import Path
from typing import Any

from PySide6.QtCore import QMessageLogContext, QtMsgType, qInstallMessageHandler

from . import __version__
from .errors import RbcError
from .files import open_privately

log = logging.getLogger(__name__)

LOG_BYTES, LOG_FILES = 1_000_000, 3

_NAMES_A_FILE = re.compile(
    r"""['"`«»“”‘’/\\]|\.(png|jpe?g|bmp|dib|tiff?|svs|ndpi|webp|gif|hei[cf]|rbc|csv|pdf|json|pt|txt)\b""", re.IGNORECASE
)
_LEFT_OUT = "(left out: it may name a file)"
_OURS = __name__.partition(".")[0]


class PrivateFormatter(logging.Formatter):
    """Leaves names out: laboratories name files after patients.

    Our own messages are written without names; only their arguments are looked at. What other packages and Qt say, and
    what an exception says, is kept only where nothing in it can be a name of a file. Where an exception was raised is
    always kept.
    """

    def format(self, record: logging.LogRecord) -> str:
        public = logging.makeLogRecord({**record.__dict__, "msg": _message(record), "args": (), "exc_text": None})
        return super().format(public)

    def formatException(self, ei: Any) -> str:
        return "\n".join(_described(error) for error in _chain(ei[1])) if ei[1] is not None else ""


def _message(record: logging.LogRecord) -> str:
    if record.name.partition(".")[0] != _OURS:
        return _without_names(record.getMessage())
    arguments = record.args if isinstance(record.args, tuple) else ()
    kept = tuple(_without_names(a) if isinstance(a, str) else a for a in arguments)
    plain = all(isinstance(a, (int, float, str)) for a in kept)
    return str(record.msg) % kept if plain else str(record.msg)


def _without_names(text: str) -> str:
    return _LEFT_OUT if _NAMES_A_FILE.search(text) else text


def _described(error: BaseException) -> str:
    """Where an exception was raised, its kind, and what it says unless that may be a name."""
    if isinstance(error, RbcError):
        said = _LEFT_OUT
    else:
        said = f"errno {error.errno}" if isinstance(error, OSError) else _without_names(str(error))
    return f"{''.join(traceback.format_tb(error.__traceback__))}{type(error).__qualname__}: {said}"


def _chain(error: BaseException) -> list[BaseException]:
    """An exception and what led to it, first cause first."""
    found: list[BaseException] = []
    following: BaseException | None = error
    while following is not None and following not in found:
        found.append(following)
        following = following.__cause__ or following.__context__
    return found[::-1]


class PrivateFileHandler(RotatingFileHandler):
    """Writes files that only their owner can read."""

    def _open(self) -> TextIOWrapper:
        return open(self.baseFilename, self.mode, encoding=self.encoding, opener=open_privately)  # type: ignore[return-value]


def start_log(folder: Path) -> Path:
    """Write a rotating log there; returns the file."""
    path = folder / "rbc-desktop.log"
    handler = PrivateFileHandler(path, maxBytes=LOG_BYTES, backupCount=LOG_FILES - 1, encoding="utf-8", delay=True)
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
