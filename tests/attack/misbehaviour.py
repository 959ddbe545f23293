"""Every fault that an attack looks for, so that the watching itself can be tested."""

from __future__ import annotations

import os
import signal


def misbehave(outcome: str) -> None:
    """Fail in the way that is asked for."""
    from rbc_desktop.errors import CaseFileError

    if outcome == "SENTENCE":
        raise CaseFileError("It can't be done; do something else.")
    if outcome == "TRACEBACK":
        raise ZeroDivisionError
    if outcome == "SIGNAL":
        os.kill(os.getpid(), signal.SIGSEGV)
    if outcome == "HANG":
        signal.pause()
    if outcome == "MEMORY":
        assert len(b"\1" * (1100 * 1024**2)) > 0
