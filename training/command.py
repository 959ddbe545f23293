"""What the study's commands have in common."""

from __future__ import annotations

import functools
import sys
from collections.abc import Callable

from rbc_desktop.errors import RbcError


def command(main: Callable[[], None]) -> Callable[[], None]:
    """Errors of the user's making end with their one sentence and exit status 2."""

    @functools.wraps(main)
    def run() -> None:
        try:
            main()
        except RbcError as error:
            print(error.message, file=sys.stderr)
            sys.exit(2)

    return run
