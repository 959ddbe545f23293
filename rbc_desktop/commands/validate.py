"""`validate`: a validation study of cases that were read twice, and of samples that were imaged twice."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from .. import RESEARCH_USE_ONLY, __version__
from ..domain.laboratory.concordance import repeatability_of
from ..errors import ExportError, RbcError, UsageError
from ..files import replace_atomically
from ..language import tr
from .terminal.streams import answer
from .terminal.terminal import Progress

PDF_NAME, CSV_NAME = "validation.pdf", "validation_cases.csv"


def validate(paths: Sequence[Path], *, out: Path) -> int:
    """Write the study's page and its CSV, and print its sentences; status 1 when a case was left out.

    Args:
        paths: case files, and folders of them.
        out: folder for the results.

    Raises:
        UsageError: when there is no case.
        ExportError: when the results can't be written.
    """
    from ..domain.clock import now
    from ..reports.pdf.validation_report import Study, sentences, write_study_csv, write_study_pdf
    from ..storage.case.case_trail import read_trail
    from ..workflows.control.validating import case_files, imaging_of, rereads_of

    files = case_files(paths)
    if not files:
        raise UsageError(tr("There is no case file (.rbc) in these places; name files or folders with cases."))
    rereads, imagings, left_out, models = [], [], [], dict[str, None]()
    with Progress(len(files), unit="case") as progress:
        for file in files:
            try:
                read = read_trail(file)
                rereads += rereads_of(read, name=file.stem)
                imagings.append(imaging_of(read.case, name=file.stem))
                models.update(dict.fromkeys(c.segmenter for c in read.case.cells.values() if c.segmenter))
                predictions = (a.prediction for a in read.case.analyses.values())
                models.update(dict.fromkeys(p.model for p in predictions if p is not None))
            except RbcError as error:
                left_out.append(error.message)
            progress.advance()
    study = Study(
        tuple(rereads), repeatability_of(imagings), tuple(left_out), tuple(models), now().astimezone(), __version__
    )
    try:
        out.mkdir(parents=True, exist_ok=True)
        with replace_atomically(out / PDF_NAME) as path:
            write_study_pdf(path, study)
        with replace_atomically(out / CSV_NAME) as path:
            write_study_csv(path, study.rereads)
    except OSError as error:
        raise ExportError(
            tr("The study can't be written to {folder}: {reason}.", folder=out, reason=error.strerror or error)
        ) from error
    written = answer("\n".join([*sentences(study), f"Written: {out / PDF_NAME}, {out / CSV_NAME}", RESEARCH_USE_ONLY]))
    return 0 if written and not left_out else 1
