r"""The graded sample as an HL7 v2.5.1 message ORU^R01, for a folder that a laboratory system watches.

Segments end in a carriage return, as the standard has it; the encoding is UTF-8 (MSH-18). One OBX per line with the
grade and the scheme that it is one of (OBX-17), and one with the percentage under a local code; remarks follow as NTE.
"""

from __future__ import annotations

import re
from datetime import datetime
from pathlib import Path

from ..codes import LOINC, PANEL, iso_date, local_code
from ..summary.grades import GradeLine
from ..summary.summary import RUO_LINE, ReportSummary

_ESCAPES = {"\\": "\\E\\", "|": "\\F\\", "^": "\\S\\", "&": "\\T\\", "~": "\\R\\"}
_SEXES = {"m": "M", "male": "M", "f": "F", "female": "F", "w": "F", "other": "O", "x": "O"}
NULL = '""'
"""A required field without a value (2.5.1, §2.5.3)."""

_LONGEST = 200
"""Characters of a short field; longer text belongs into notes."""


def write_hl7(path: Path, summary: ReportSummary) -> None:
    """Write the message; equal byte for byte for equal summaries.

    Raises:
        OSError: when the path can't be written to.
    """
    path.write_bytes(message(summary).encode("utf-8"))


def message(summary: ReportSummary) -> str:
    """The message, each segment ended by a carriage return."""
    return "".join(f"{segment}\r" for segment in _segments(summary))


def hl7_status(summary: ReportSummary) -> str:
    """OBX-11 and OBR-25: preliminary, final, or corrected."""
    if summary.sample.state != "final":
        return "P"
    return "F" if summary.sample.version == 1 else "C"


def escaped(text: str) -> str:
    r"""Text in which the delimiters are escaped (2.5.1, §2.7.1) and line ends are ``\.br\``."""
    plain = "".join(_ESCAPES.get(character, character) for character in text)
    return re.sub(r"[\x00-\x1f]", " ", re.sub(r"\r\n|\r|\n", lambda _: "\\.br\\", plain))


def _segments(summary: ReportSummary) -> list[str]:
    identity, status = summary.identity, hl7_status(summary)
    made = summary.context.generated
    time = f"{made:%Y}" if summary.context.is_deidentified else _time(made)
    control = (summary.context.head or _short(identity.sample_id) or time)[:20]
    laboratory = _short(identity.laboratory)
    sample = _short(identity.sample_id)
    number, name = _short(identity.patient_id) or NULL, _short(identity.patient) or NULL
    segments = [
        f"MSH|^~\\&|RBC-DESKTOP|{laboratory}|||{time}||ORU^R01^ORU_R01|{control}|P|2.5.1||||||UNICODE UTF-8",
        f"PID|1||{number}||{name}||{_date(identity.birth_date)}"
        f"|{_SEXES.get(identity.sex.strip().lower(), 'U' if identity.sex.strip() else '')}",
        f"OBR|1||{_short(identity.accession) or sample}|{PANEL[0]}^{PANEL[1]}^LN|||{_date(identity.collected)}"
        f"|||||||{_date(identity.received)}||{_named(identity.requester)}||||||{time}|||{status}",
    ]
    place = 0
    for line in summary.sample.grades:
        for segment in _observations(line, status=status, time=time, scheme=summary.sample.graded_by(line)):
            place += segment.startswith("OBX")
            segments.append(segment.replace("OBX|", f"OBX|{place}|", 1))
    note = "\n".join(filter(None, (*summary.sample.findings, identity.comment.strip())))
    segments += [f"NTE|{n}||{escaped(text)}" for n, text in enumerate(filter(None, (note, RUO_LINE)), start=1)]
    return segments


def _observations(line: GradeLine, *, status: str, time: str, scheme: str) -> list[str]:
    code, display = LOINC.get(line.name, ("", ""))
    local = f"{local_code(line.name)}^{escaped(line.name)}^99RBC"
    named = f"{code}^{display}^LN^{local}" if code else local
    state = "X" if line.withheld else status
    end = f"||||||{state}|||{time}"
    method = f"|||{_named(scheme)}" if scheme else ""
    segments = [f"OBX|CWE|{named}||{f'^{escaped(line.grade)}' if line.grade else ''}{end}{method}"]
    if line.remark:
        segments.append(f"NTE|1||{escaped(line.remark)}")
    if line.share is not None and line.low is not None and line.high is not None:
        percent = f"{local_code(line.name)}-percent^{escaped(line.name)} percent^99RBC"
        segments.append(f"OBX|NM|{percent}||{100 * line.share:.2f}|%|||||{state}|||{time}")
        interval = f"{100 * line.low:.2f} to {100 * line.high:.2f} %"
        segments.append(f"NTE|1||{line.count} of {line.total} red cells, 95 % interval {interval}")
    return segments


def _named(text: str) -> str:
    return f"^{_short(text)}" if text.strip() else ""


def _short(text: str) -> str:
    return escaped(" ".join(text.split())[:_LONGEST])


def _date(text: str) -> str:
    return iso_date(text).replace("-", "")


def _time(moment: datetime) -> str:
    return moment.strftime("%Y%m%d%H%M%S%z")
