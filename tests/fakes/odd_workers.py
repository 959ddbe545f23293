"""Workers for pools: some die, some never get ready, some say much. Light, because each is loaded in a new process."""

import os
import signal
import threading
from dataclasses import dataclass

from rbc_desktop.errors import ModelLoadError


@dataclass(frozen=True)
class Echo:
    """Says each word of a task, and how many facts it knows; "die" kills it, "once:PATH" unless the path exists."""

    def __call__(self):
        return {"threads": os.environ.get("OMP_NUM_THREADS")}, self._work

    def _work(self, task, facts):
        for word in task.split():
            if word == "die":
                os.kill(os.getpid(), signal.SIGKILL)
            elif word.startswith("once:"):
                if not os.path.exists(word[5:]):
                    os.mkdir(word[5:])
                    os.kill(os.getpid(), signal.SIGKILL)
            elif word == "exit":
                os._exit(3)
            elif word == "hang":
                threading.Event().wait()
            else:
                yield word, len(facts)


@dataclass(frozen=True)
class Refusing:
    """Never gets ready: it says why, or dies of it."""

    silent: bool = False

    def __call__(self):
        if self.silent:
            os._exit(1)
        raise ModelLoadError("The weights are damaged; install again.")
