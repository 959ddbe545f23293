"""`control`: the charts of a microscope's control films, and how often persons overrule the classifier."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path

from .. import __version__, research_use
from ..domain.laboratory.control_chart import chart_of
from ..domain.laboratory.control_film import MEASURES, Film
from ..errors import ExportError, RbcError, UsageError
from ..files import replace_atomically
from ..language import tr
from .terminal.streams import answer
from .terminal.terminal import Progress

PDF_NAME = "control.pdf"


def control(paths: Sequence[Path], *, out: Path, baseline: int) -> int:
    """Write the charts and print what the newest film says; status 1 when one has run off or a case was left out.

    Args:
        paths: cases of control films, and folders of them.
        out: folder for the results.
        baseline: how many of the first films of an instrument make its limits.

    Raises:
        UsageError: when there is no case.
        ExportError: when the charts can't be written.
    """
    from ..reports.pdf.control_report import ControlLine, MonthLine, sentences, write_control_pdf
    from ..storage.case.case_trail import read_trail
    from ..workflows.control.controlling import LEAST_CELLS, film_of, overrides_of
    from ..workflows.control.validating import case_files

    files = case_files(paths)
    if not files:
        raise UsageError(tr("There is no case file (.rbc) in these places; name files or folders with cases."))
    films, cases, left_out = defaultdict[str, list[Film]](list), [], []
    with Progress(len(files), unit="case") as progress:
        for file in files:
            try:
                case = read_trail(file).case
                cases.append(case)
                film = film_of(case, name=file.stem)
                if film is None:
                    text = tr("{name} is left out: it has fewer than {least} measured red cells.", name=file.name,
                              least=LEAST_CELLS)  # fmt: skip
                    left_out.append(text)
                else:
                    films[film.instrument].append(film)
            except RbcError as error:
                left_out.append(error.message)
            progress.advance()
    lines, few = [], []
    for instrument, own in sorted(films.items()):
        values = {m: [(f.name, f.time, f.values[m]) for f in own if m in f.values] for m in MEASURES}
        charts = {m: chart for m, v in values.items() if (chart := chart_of(v, baseline=baseline)) is not None}
        lines += [ControlLine(instrument, measure, MEASURES[measure], chart) for measure, chart in charts.items()]
        few += [] if charts else [instrument]
    try:
        out.mkdir(parents=True, exist_ok=True)
        months = [MonthLine(o.month, o.predicted, o.seen, o.overruled) for o in overrides_of(cases)]
        with replace_atomically(out / PDF_NAME) as path:
            write_control_pdf(path, lines, months, few=few, app_version=__version__)
    except OSError as error:
        raise ExportError(
            tr("The charts can't be written to {folder}: {reason}.", folder=out, reason=error.strerror or error)
        ) from error
    told = [*sentences(lines, few=few), *left_out, tr("Written: {files}", files=out / PDF_NAME), research_use(" ")]
    has_run_off = any(line.chart.last is not None and line.chart.last.is_rejected for line in lines)
    return 0 if answer("\n".join(told)) and not left_out and not has_run_off else 1
