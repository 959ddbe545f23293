"""What the commands share: sentences and progress on stderr, the output folder, the report's context."""

from __future__ import annotations

import sys
import time
from collections import deque
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ...errors import ExportError, UsageError
from ...language import tr
from ...phrases import told
from .pace import WINDOW, pace_text
from .streams import say as say

if TYPE_CHECKING:
    from ...engine.pipeline import Pipeline
    from ...reports.summary.summary import ReportContext
    from ...workflows.configuring import ModelsAtWork


class Progress:
    """A bar on a terminal, a line per item elsewhere, both with pace and time left; always on stderr.

    An item can fall into regions, which have a bar or lines of their own.

    Attributes:
        parts: into how many regions the item in hand falls; 0 for none.
    """

    def __init__(self, total: int, *, unit: str) -> None:
        self._total, self._done, self._unit = total, 0, unit
        self._times = deque([time.monotonic()], maxlen=WINDOW)
        self.parts = self._parts_done = 0
        self._part_times: deque[float] = deque(maxlen=WINDOW)
        self._part_cells: deque[int] = deque(maxlen=WINDOW - 1)
        self._bar: Any = None
        self._part_bar: Any = None
        if sys.stderr is not None and sys.stderr.isatty():
            from tqdm import tqdm

            self._bar = tqdm(total=total, unit=unit, file=sys.stderr, leave=False)

    def __enter__(self) -> Progress:
        return self

    def __exit__(self, *_: object) -> None:
        self._end_parts()
        if self._bar is not None:
            self._bar.close()

    def divide(self, parts: int) -> None:
        """The item in hand falls into so many regions."""
        self._end_parts()
        self.parts = parts
        self._part_times.append(time.monotonic())
        if self._bar is not None and parts:
            from tqdm import tqdm

            self._part_bar = tqdm(total=parts, unit="region", file=sys.stderr, leave=False)

    def advance_part(self, name: str, *, cells: int) -> None:
        """One region of the item in hand is done.

        Args:
            name: of the item.
            cells: that were found on it.
        """
        self._parts_done += 1
        self._part_times.append(time.monotonic())
        self._part_cells.append(cells)
        seconds = self._part_times[-1] - self._part_times[0]
        rate = tr("{cells:,.0f} cells/s", cells=sum(self._part_cells) / max(seconds, 1e-3))
        if self._part_bar is not None:
            self._part_bar.set_postfix_str(rate, refresh=False)
            self._part_bar.update()
        else:
            pace = pace_text(self._part_times, left=self.parts - self._parts_done, unit="region")
            said = ", ".join(filter(None, (rate, pace)))
            text = tr("{name}: region {done:,}/{all:,}", name=name, done=self._parts_done, all=self.parts)
            say(f"{text} ({said})")

    def _end_parts(self) -> None:
        self.parts = self._parts_done = 0
        self._part_times.clear()
        self._part_cells.clear()
        if self._part_bar is not None:
            self._part_bar.close()
            self._part_bar = None

    def advance(self, name: str = "") -> None:
        """One item is done."""
        self._end_parts()
        self._done += 1
        self._times.append(time.monotonic())
        if self._bar is not None:
            self._bar.update()
        elif name:
            pace = pace_text(self._times, left=self._total - self._done, unit=self._unit)
            say(f"{self._done}/{self._total} {name}{f' ({pace})' if pace else ''}")

    def say(self, message: str) -> None:
        """A sentence between the items."""
        if self._bar is not None:
            self._bar.write(told(message), file=sys.stderr)
        else:
            say(message)


class Uninterrupted:
    """Task control without a cancel button (`ports.TaskControl`)."""

    def check(self) -> None:
        """Go on."""

    def progress(self, done: int, total: int) -> None:
        """Go on."""


def output_folder(out: Path) -> Path:
    """The folder for the results, which exists.

    Raises:
        UsageError: when it can't be made.
    """
    from ...workflows.results.exporting import make_folder

    try:
        make_folder(out)
    except ExportError as error:
        raise UsageError(tr("The folder {out} can't be made; give another one with --out.", out=out)) from error
    return out


def tell_notices(pipeline: Pipeline) -> None:
    """Say what the pipeline has to say, e.g. that the device was changed."""
    for notice in pipeline.take_notices():
        say(notice)


def context_of(models: ModelsAtWork, *, head: str = "") -> ReportContext:
    """What a report says of the models that ran, of the audit trail of the case, and of the laboratory."""
    from ...storage.laboratory.settings import load_settings
    from ...storage.paths import settings_file
    from ...workflows.results.exporting import report_context

    return report_context(
        segmenter=models.segmenter, classifier=models.classifier or "", device=models.device, head=head,
        settings=load_settings(settings_file()),
    )  # fmt: skip
