"""A second window on a case, without the window: a process that does what it is told and acknowledges each step.

Run as a module it reads commands from standard input, one JSON list per line, and answers each with a JSON object:
``{"done": …}``, or ``{"refused": sentence}`` for an error that a user would see. See `Window` for the commands.
"""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
ANSWER_SECONDS = 60


class RefusedError(Exception):
    """What the user would read."""


class Window:
    """A handle on such a process.

    Args:
        home: the user's folders (settings, unsaved cases) of this process.
    """

    def __init__(self, home: Path) -> None:
        environment = {**os.environ, "RBC_DESKTOP_HOME": str(home), "PYTHONUTF8": "1"}
        self.process = subprocess.Popen(
            [sys.executable, "-m", "tests.attack.case_window"],
            cwd=ROOT,
            env=environment,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            encoding="utf-8",
        )
        self.tell("hello")

    def send(self, command: str, *arguments: Any) -> None:
        """Ask for something without waiting for the answer."""
        self.process.stdin.write(json.dumps([command, *map(_plain, arguments)]) + "\n")
        self.process.stdin.flush()

    def answer(self) -> Any:
        """The answer to the oldest unanswered command.

        Raises:
            RefusedError: with the sentence.
            EOFError: when the process is dead.
        """
        line = self.process.stdout.readline()
        if not line.endswith("\n"):
            raise EOFError(f"the process ended with {self.process.poll()}")
        said = json.loads(line)
        if "refused" in said:
            raise RefusedError(said["refused"])
        return said["done"]

    def tell(self, command: str, *arguments: Any) -> Any:
        """Ask and wait."""
        self.send(command, *arguments)
        return self.answer()

    def kill(self) -> list[Any]:
        """Kill it as the system would; returns the unread acknowledgements."""
        self.process.kill()
        rest = self.process.stdout.read().splitlines(keepends=True)
        self.process.wait()
        return [json.loads(line) for line in rest if line.endswith("\n")]

    def __enter__(self) -> Window:
        return self

    def __exit__(self, *_: object) -> None:
        if self.process.poll() is None:
            self.process.stdin.close()
            try:
                self.process.wait(ANSWER_SECONDS)
            except subprocess.TimeoutExpired:
                self.process.kill()
                self.process.wait()
                raise
        self.process.stdin.close()
        self.process.stdout.close()


def _plain(value: Any) -> Any:
    return str(value) if isinstance(value, Path) else value


def say(answer: dict[str, Any]) -> None:
    """Acknowledge."""
    sys.stdout.write(json.dumps(answer) + "\n")
    sys.stdout.flush()


class Hands:
    """The process's side: each method is a command."""

    def __init__(self) -> None:
        self.store: Any = None
        self.opened: Any = None

    def hello(self) -> int:
        return os.getpid()

    def become(self, account: int) -> int:
        """Go on as another system account; only root may."""
        import rbc_desktop.storage.safekeeping.autosave  # noqa: F401  (read while it may be read)

        os.setgroups([])
        os.setgid(account)
        os.setuid(account)
        return os.geteuid()

    def create(self, path: str) -> str:
        from rbc_desktop.storage.case.case_file import CaseFile

        self.store = CaseFile.create(Path(path))
        return str(self.store.path)

    def create_unsaved(self, image: str) -> str:
        """What the window does at its start, and an image in it."""
        from rbc_desktop.domain.case.case import Field
        from rbc_desktop.domain.case.changes import PutFields
        from rbc_desktop.storage.safekeeping import autosave

        self.store = autosave.new_case_file()
        self.store.apply(PutFields((Field(1, Path(image), "0" * 64, 200, 150),)))
        return str(self.store.path)

    def open(self, path: str) -> str:
        """Open another case in place of this one; a refusal leaves this one."""
        from rbc_desktop.storage.case.case_file import CaseFile

        store, case = CaseFile.open(Path(path))
        if self.store is not None:
            self.store.close()
        self.store, self.opened = store, case
        return case.identity.sample_id

    def size(self) -> int:
        """Characters of the comment in the case that was opened."""
        return len(self.opened.identity.comment)

    def left_over(self) -> str | None:
        from rbc_desktop.storage.safekeeping import autosave

        found = autosave.left_over()
        return None if found is None else str(found)

    def read(self, path: str) -> str:
        """Open and close the file by its bytes, as reading an image does."""
        from rbc_desktop.storage.digest import sha256_of

        return sha256_of(Path(path))

    def edit(self, text: str) -> str:
        from rbc_desktop.domain.case.case import Identity
        from rbc_desktop.domain.case.changes import PutIdentity

        self.store.apply(PutIdentity(Identity(sample_id=text)))
        return text

    def edit_until_killed(self) -> None:
        for number in range(10**9):
            say({"done": self.edit(str(number))})

    def fill(self, characters: int) -> int:
        """One large edit."""
        from rbc_desktop.domain.case.case import Identity
        from rbc_desktop.domain.case.changes import PutIdentity

        self.store.apply(PutIdentity(Identity(sample_id="full", comment="x" * characters)))
        return characters

    def save_as(self, path: str) -> str:
        self.store.save_as(Path(path))
        return str(self.store.path)

    def check(self) -> str:
        self.store.check_place()
        return "kept"

    def is_read_only(self) -> bool:
        return bool(self.store.is_read_only)

    def close(self) -> str:
        self.store.close()
        self.store = None
        return "closed"


def main() -> None:
    """Obey until the input ends."""
    from rbc_desktop.errors import RbcError

    signal.signal(signal.SIGINT, signal.SIG_DFL)
    hands = Hands()
    for line in sys.stdin:
        command, *arguments = json.loads(line)
        try:
            said = {"done": getattr(hands, command)(*arguments)}
        except RbcError as error:
            said = {"refused": error.message}
        say(said)


if __name__ == "__main__":
    main()
