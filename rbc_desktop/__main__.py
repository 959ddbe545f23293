"""Start: native libraries in the order that works, then the command line."""

from __future__ import annotations

import multiprocessing
import sys

from .allocator import give_back_freed


def main() -> int:
    """Run the command line; returns the exit status."""
    multiprocessing.freeze_support()
    give_back_freed()
    from .cli import COMMANDS
    from .cli import main as run
    from .models import native

    if not set(sys.argv[1:2]) & set(COMMANDS):
        native.before_qt()
    return run()


def console() -> int:
    """Run the console program of the frozen folder, which knows the commands but no window; returns the exit status."""
    multiprocessing.freeze_support()
    give_back_freed()
    from .cli import commands_only

    return commands_only()


if __name__ == "__main__":
    sys.exit(main())
