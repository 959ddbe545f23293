"""`analyze`: every cell of images and folders. Heavy imports wait until the command runs."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from ..domain.fields.calibration import Calibration
from ..errors import CaseFileError, UsageError
from ..language import mark, tr
from ..models.choice.choice import ModelChoice
from .terminal.result_choice import Results
from .terminal.streams import CANCELLED
from .terminal.terminal import output_folder, say

if TYPE_CHECKING:
    from ..workflows.batch.results_folder import Mode
    from .workers.staffing import Who

MONOLAYER = "monolayer"
"""Value of ``--regions`` for the regions that a search for the monolayer proposes."""


def analyze(
    paths: Sequence[Path],
    *,
    out: Path,
    calibration: Calibration | None,
    results: Results | None = None,
    models: ModelChoice,
    mode: Mode = "new",
    incomplete: bool = False,
    who: Who | None = None,
    regions: str | None = None,
) -> int:
    """Find, measure and classify every cell of every image; one case, one report, one `cells.csv`.

    The results are the same whoever does the work. An image that was cut off is taken only when
    `incomplete` says so. Of a slide all is analysed, or the `regions` of a file, or with
    "monolayer" those that are proposed.
    """
    from ..storage.images.region_file import read_regions
    from ..storage.images.walk import find_images, unreadable_text
    from ..workflows.batch.file_analysis import HowToAnalyse
    from ..workflows.batch.results_folder import refuse_results, without_results
    from .workers.batch import analyse_into, read_scheme_of
    from .workers.staffing import Who, open_analyst

    chosen = None if regions in (None, MONOLAYER) else read_regions(Path(str(regions)))
    how = HowToAnalyse(calibration, incomplete, chosen, monolayer=regions == MONOLAYER)
    unreadable: list[Path] = []
    images = without_results(find_images(paths, unreadable=unreadable), out)
    for place in unreadable:
        say(unreadable_text(place))
    if not images:
        raise UsageError(tr("There is no image in the given folders; name image files or folders that hold some."))
    results = results or Results()
    read_scheme_of(results)
    refuse_results(out, mode=mode)
    folder, started = output_folder(out), time.monotonic()
    who = who or Who()
    who = replace(who, at_first=min(who.workers, len(images)))  # one slide has work for all of them
    with open_analyst(models, how=how, who=who, notify=say) as analyst:
        try:
            outcome = analyse_into(folder, images, analyst=analyst, calibration=calibration, results=results, mode=mode)
        except KeyboardInterrupt:
            say(tr("Cancelled. What is done is kept; the same command with --resume continues from there."))
            return CANCELLED
        except CaseFileError as error:
            text = mark("{reason} What is done is kept; the same command with --resume continues from there.")
            say(tr(text, reason=error.message))
            return 1
    done, seconds = len(images) - outcome.failed, time.monotonic() - started
    text = mark("{done} of {images} images, {seconds:.0f} s; results in {folder}")
    say(tr(text, done=done, images=len(images), seconds=seconds, folder=folder))
    return 1 if outcome.failed or unreadable or not outcome.is_written else 0
