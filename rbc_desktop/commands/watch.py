"""`watch`: analyse what a scanner drops, once it is complete. Heavy imports wait until the command runs."""

from __future__ import annotations

import signal
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from ..domain.fields.calibration import Calibration
from ..errors import CaseFileError, ExportError, UsageError
from ..language import plural, tr
from ..models.choice.choice import ModelChoice
from ..workflows.batch.watching import Watched, look
from .terminal.result_choice import Results
from .terminal.terminal import output_folder, say

if TYPE_CHECKING:
    from .workers.analysts import Analyst
    from .workers.staffing import Who

INTERVAL_S = 10.0
"""Seconds between two looks, between which a complete file doesn't change."""


def watch(
    folder: Path,
    *,
    out: Path,
    calibration: Calibration | None,
    results: Results,
    models: ModelChoice,
    incomplete: bool = False,
    who: Who | None = None,
    interval: float = INTERVAL_S,
    once: bool = False,
) -> int:
    """Analyse every complete image of a folder into one case, as `analyze --resume` would, until Ctrl+C.

    Args:
        folder: what is watched, with its subfolders.
        out: folder for the results; what is in it is continued, so a restart loses nothing.
        calibration, results, models, incomplete, who: as in `analyze`.
        interval: seconds between two looks.
        once: analyse what is complete now, and end.

    Returns:
        the exit status: 0 when it was ended by the user, or everything went well `once`.

    Raises:
        UsageError: when there is no such folder.
        RbcError: when the models can't be loaded.
    """
    from ..workflows.batch.file_analysis import HowToAnalyse
    from .workers.batch import read_scheme_of
    from .workers.staffing import Who, open_analyst

    if not folder.is_dir():
        raise UsageError(tr("{folder} is no folder; give the one into which the images come.", folder=folder))
    read_scheme_of(results)
    place = output_folder(out)
    signal.signal(signal.SIGTERM, signal.default_int_handler)  # a service is ended by it
    watcher = _Watcher(folder, place, calibration, results)
    try:
        with open_analyst(models, how=HowToAnalyse(calibration, incomplete), who=who or Who(), notify=say) as analyst:
            if not once:
                say(tr("Watching {folder}; the results go to {place}. Ctrl and C ends it.", folder=folder, place=place))
            watcher.look(None)
            while True:
                time.sleep(interval)
                watcher.look(analyst)
                if once:
                    return watcher.end()
    except KeyboardInterrupt:
        say(
            plural(
                "The watch has ended: {count} image since it began. The same command continues.",
                "The watch has ended: {count} images since it began. The same command continues.",
                watcher.images,
            )
        )
        return 0


@dataclass(slots=True)
class _Watcher:
    """Looks at a folder, again and again.

    Attributes:
        folder, place: what is watched, and where the results go.
        calibration, results: of every batch.
        watched: what the looks have shown.
        images, failed: files that were analysed since the beginning, and how many of them failed.
        growing: files that may still be written.
        is_whole: whether every batch could be written and every folder listed.
        said: sentences that aren't repeated while nothing changes.
    """

    folder: Path
    place: Path
    calibration: Calibration | None
    results: Results
    watched: Watched = field(default_factory=Watched)
    images: int = 0
    failed: int = 0
    growing: int = 0
    is_whole: bool = True
    said: tuple[str, ...] = ()

    def look(self, analyst: Analyst | None) -> None:
        """Look once, and analyse what is complete; without an analyst only look."""
        from ..storage.images.walk import unreadable_text
        from ..workflows.batch.results_folder import without_results

        unreadable: list[Path] = []
        sights = look(self.folder, unreadable=unreadable)
        problems = [unreadable_text(place) for place in ([self.folder] if sights is None else unreadable)]
        if sights is not None:
            ours = set(without_results(sights, self.place))
            sights = {path: sight for path, sight in sights.items() if path in ours}
            ready = self.watched.complete(sights)
            self.growing = len(self.watched.growing(sights))
            self.watched = self.watched.after_look(sights)
            if ready and analyst is not None:
                problems += self._analyse(ready, analyst)
        for problem in problems:
            if problem not in self.said:
                say(problem)
        self.said = tuple(problems)
        self.is_whole = not problems

    def _analyse(self, ready: Sequence[Path], analyst: Analyst) -> list[str]:
        """One batch; a sentence when it has to be tried again at the next look."""
        from .workers.batch import analyse_into

        try:
            outcome = analyse_into(
                self.place, ready, analyst=analyst, calibration=self.calibration, results=self.results, mode="resume"
            )
        except (CaseFileError, ExportError) as error:  # a window works on the case, the disk is full, a share is away
            return [tr("{reason} The watch tries again.", reason=error.message)]
        self.watched = self.watched.after_analysis(ready)
        self.images += len(ready)
        self.failed += outcome.failed
        say(
            plural(
                "{done} of {count} image; results in {place}",
                "{done} of {count} images; results in {place}",
                len(ready),
                done=len(ready) - outcome.failed,
                place=self.place,
            )
        )
        if not outcome.is_written:
            return [tr("Not every report could be written; the next images write them again.")]
        return []

    def end(self) -> int:
        """Say what a single look has left; the exit status."""
        if self.growing:
            say(
                plural(
                    "{count} image may still be written and will be analysed by the next run.",
                    "{count} images may still be written and will be analysed by the next run.",
                    self.growing,
                )
            )
        elif not self.images:
            say(tr("There is no image yet."))
        return 1 if self.failed or not self.is_whole else 0
