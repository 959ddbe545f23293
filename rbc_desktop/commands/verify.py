"""`verify`: whether a case file is what its audit trail says; nothing of it is changed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from .. import __version__, research_use
from ..language import Language, present, tr
from ..models.choice.choice import ModelChoice
from .terminal.streams import answer, say
from .terminal.terminal import Progress


def verify(path: Path, *, head: str, replay: bool, models: ModelChoice, numbers: Sequence[Path] = ()) -> int:
    """Print one line per finding; status 0 when everything holds, else 1.

    Args:
        path: the case file.
        head: the head of the trail that stands in a report, "" without one.
        replay: also draw the outlines again from their prompts.
        models: for the replay.
        numbers: files that were exported, to be compared with the case.
    """
    from ..storage.case.case_trail import read_trail
    from ..storage.images.image_reader import read_image
    from ..storage.laboratory.operators_file import load_operators
    from ..storage.paths import operators_file
    from ..workflows.configuring import build_pipeline
    from ..workflows.verification.verified_numbers import number_findings, stated_head
    from ..workflows.verification.verified_signatures import signature_findings
    from ..workflows.verification.verifying import head_finding, image_findings, replay_findings, trail_findings

    read = read_trail(path)
    known = load_operators(operators_file())
    findings = [*trail_findings(read, head=head), *signature_findings(read, operators=known)]
    findings += image_findings(read.case, reader=read_image)
    for file in numbers:
        if stated := stated_head(file):
            findings.append(head_finding(read, stated))
        findings += number_findings(read.case, file, languages=_languages())
    if replay:
        pipeline = build_pipeline(notify=say, models=models)
        with Progress(len(read.case.fields), unit="field") as progress:
            findings += replay_findings(read.case, reader=read_image, pipeline=pipeline, advance=progress.advance)
    names = [tr(finding.name) for finding in findings]
    width, marks = max(map(len, names)), (tr("FAIL"), tr("ok"))
    side = max(map(len, marks))
    lines = [
        f"{marks[finding.ok]:<{side}}  {name:<{width}}  {finding.detail}"
        for name, finding in zip(names, findings, strict=True)
    ]
    written = answer("\n".join([f"rbc-desktop {__version__}, {path.name}", *lines, research_use()]))
    return 0 if written and all(finding.ok for finding in findings) else 1


def _languages() -> Iterator[Language]:
    """The present language, then the others, which are loaded only when something differs in it."""
    yield present()
    for code in ("en", "de"):
        if code != present().code:
            from .terminal.catalogues import language_named

            yield language_named(code)
