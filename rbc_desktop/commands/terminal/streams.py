"""Standard streams that are closed, full or left by their reader: never a traceback, never a file in their place.

Imports the standard library only: it runs before anything else.
"""

from __future__ import annotations

import contextlib
import errno
import logging
import os
import sys
from collections.abc import Mapping
from typing import NoReturn, TextIO

from ...phrases import told

UNWRITTEN = 1
"""Exit status when an answer could not be written."""

CANCELLED = 130
"""Exit status of a run that Ctrl+C has ended, as shells know it."""


def occupy_standard_streams() -> None:
    """Open nothing in place of standard streams that the caller closed.

    Otherwise the first file that is opened gets the number of the closed stream, and what a library prints lands in it.
    """
    for number in range(3):
        try:
            os.fstat(number)
        except OSError:
            os.open(os.devnull, os.O_RDWR)  # the lowest free number: this one


def say(message: str) -> None:
    """A sentence for the user, on stderr, in the present language; a closed stderr is ignored."""
    if sys.stderr is not None:
        with contextlib.suppress(OSError, ValueError):
            print(told(message), file=sys.stderr, flush=True)


def answer(text: str) -> bool:
    """Print what was asked for on stdout; whether it could be written. A reader who has read enough is no failure."""
    if sys.stdout is None:
        return True
    try:
        print(text, flush=True)
    except OSError as error:
        _silence(sys.stdout)
        if error.errno == errno.EPIPE:
            return True
        say(f"The answer can't be written: {os.strerror(error.errno or 0)}; print it somewhere else.")
        return False
    return True


def leave(status: int) -> int:
    """The exit status after the streams are emptied: Python would end with a traceback and 120 if it failed there."""
    for stream in (sys.stdout, sys.stderr):
        if stream is None:
            continue
        try:
            stream.flush()
        except (OSError, ValueError) as error:
            _silence(stream)
            if stream is sys.stdout and getattr(error, "errno", None) != errno.EPIPE:
                status = status or UNWRITTEN
    return status


def end_at_once(status: int) -> NoReturn:
    """End the process without taking Python apart, which takes most of a second once the models are loaded.

    Whoever has pressed Ctrl+C waits for that. What is to be kept is in files by then, and other processes have ended.
    """
    logging.shutdown()
    os._exit(status)


def _silence(stream: TextIO) -> None:
    """What is left in the stream goes nowhere."""
    with contextlib.suppress(OSError, ValueError):
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, stream.fileno())
        os.close(nowhere)


def screen_problem(environment: Mapping[str, str], *, platform: str, has_display: bool) -> str | None:
    """Why no window can be opened, in one sentence; None when it can.

    Args:
        environment: variables of the process.
        platform: as `sys.platform`.
        has_display: whether an X server answers (see `x_server_answers`).
    """
    if platform != "linux" or environment.get("QT_QPA_PLATFORM") or environment.get("WAYLAND_DISPLAY") or has_display:
        return None
    where = (
        f"the screen {environment['DISPLAY']} doesn't answer" if environment.get("DISPLAY") else "there is no screen"
    )
    return (
        f"RBC Desktop can't open its window: {where}. Start it on a desktop, or use the commands segment and analyze"
        " (rbc-desktop segment --help)."
    )


def x_server_answers() -> bool:
    """Whether the X server that DISPLAY names takes a connection; Qt would end the process without one."""
    import ctypes

    try:
        xcb = ctypes.CDLL("libxcb.so.1")
    except OSError:
        return True  # Qt will say what is missing
    xcb.xcb_connect.restype = ctypes.c_void_p
    xcb.xcb_connection_has_error.argtypes = xcb.xcb_disconnect.argtypes = [ctypes.c_void_p]
    connection = xcb.xcb_connect(None, None)
    failed = bool(xcb.xcb_connection_has_error(connection))
    xcb.xcb_disconnect(connection)
    return not failed
