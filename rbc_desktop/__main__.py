"""Start: native libraries in the order that works, then the command line."""

from __future__ import annotations

import multiprocessing
import sys
from collections.abc import Callable

from .allocator import give_back_freed
from .commands.terminal import streams


def main() -> int:
    """Run the command line; returns the exit status."""
    multiprocessing.freeze_support()
    return _kept(_run)


def _run() -> int:
    from .cli import COMMANDS
    from .cli import main as run
    from .models import native

    if not set(sys.argv[1:2]) & set(COMMANDS):
        native.before_qt()
    return run()


def console() -> int:
    """Run the console program of the frozen folder, which knows the commands but no window; returns the exit status."""
    multiprocessing.freeze_support()
    from .cli import commands_only

    return _kept(commands_only)


def _kept(run: Callable[[], int]) -> int:
    """Run with standard streams that can't do harm, and give back what is freed."""
    give_back_freed()
    streams.occupy_standard_streams()
    try:
        status = run()
    except SystemExit as end:  # argparse, after --help or wrong usage
        status = end.code if isinstance(end.code, int) else 0 if end.code is None else 1
    status = streams.leave(status)
    if status == streams.CANCELLED:
        streams.end_at_once(status)
    return status


if __name__ == "__main__":
    sys.exit(main())
