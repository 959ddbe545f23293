"""How long the verbs of the case editor hold the GUI thread, with a real case file behind them.

Usage: python -m tests.benchmarks.files.case_storage [FOLDER ON THE DISK TO MEASURE]
"""

from __future__ import annotations

import random
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterable
from functools import partial
from pathlib import Path

from rbc_desktop.domain.case.case import Case, Identity
from rbc_desktop.domain.classes.taxonomy import CellClass
from rbc_desktop.editing.case_editor import CaseEditor
from rbc_desktop.editing.sample_editor import SampleEditor
from rbc_desktop.storage.case.case_file import CaseFile
from tests.fakes.casework import make_analysis, make_proposal, write_image

CELLS = 1000


def measure(folder: Path, *, clock: Callable[[], float] = time.perf_counter) -> dict[str, float]:
    """Milliseconds of each verb; the 95th percentile where there are 20 of them, else the longest."""
    worst = partial(_worst, clock)
    rng = random.Random(1)
    store = CaseFile.create(folder / "bench.rbc")
    editor = CaseEditor(Case(), store)
    field = editor.add_fields([write_image(folder / "field.png", 1)])[0]
    batches = [[make_proposal(rng) for _ in range(16)] for _ in range(CELLS // 16)]
    run = editor.new_run()
    singles = [make_proposal(rng) for _ in range(200)]
    times = {"accept one cell": worst(_calls(lambda n: editor.add_cell(field.id, singles[n]), 200))}
    times["identity"] = worst(_calls(lambda n: SampleEditor(editor).set_identity(Identity(sample_id=str(n))), 100))
    times["Segment all, a batch of 16"] = worst(_calls(lambda n: editor.add_cells(field.id, batches[n], run=run), 62))
    cells = list(editor.case.cells.values())[-CELLS:]
    ids = [c.id for c in cells]
    analyses = [make_analysis(c, rng) for c in cells]
    times["64 analyses"] = worst(_calls(lambda n: editor.set_analyses(analyses[n * 64 : n * 64 + 64]), 15))
    times[f"{CELLS} analyses at once"] = worst(_calls(lambda _: editor.set_analyses(analyses), 1))
    times[f"class of {CELLS} cells"] = worst(_calls(lambda _: editor.set_class(ids, CellClass.NORMAL), 1))
    times[f"delete {CELLS} cells"] = worst(_calls(lambda _: editor.remove_cells(ids), 1))
    times[f"undo the deletion of {CELLS} cells"] = worst(_calls(lambda _: editor.undo(), 1))
    times["Save as"] = worst(_calls(lambda _: store.save_as(folder / "copy.rbc"), 1))
    store.close()
    times[f"open a case of {len(editor.case.cells)} cells"] = worst(
        _calls(lambda _: CaseFile.open(folder / "copy.rbc")[0].close(), 1)
    )
    return times


def _calls(verb: Callable[[int], object], count: int) -> Iterable[Callable[[], object]]:
    return (lambda n=n: verb(n) for n in range(count))


def _worst(clock: Callable[[], float], calls: Iterable[Callable[[], object]]) -> float:
    times = []
    for call in calls:
        start = clock()
        call()
        times.append((clock() - start) * 1000)
    return statistics.quantiles(times, n=20)[-1] if len(times) >= 20 else max(times)


def main() -> None:
    """Print a table: by the clock, and the processor's part, which a busy machine doesn't distort."""
    place = sys.argv[1] if len(sys.argv) > 1 else None
    with tempfile.TemporaryDirectory(dir=place) as first, tempfile.TemporaryDirectory(dir=place) as second:
        wall, processor = measure(Path(first)), measure(Path(second), clock=time.thread_time)
    for name, milliseconds in wall.items():
        sys.stdout.write(f"{name:38} {milliseconds:8.1f} ms   processor {processor[name]:8.1f} ms\n")


if __name__ == "__main__":
    main()
