"""What a PDF report says of itself for programs: how it was made, and its numbers; a property of its XMP packet.

With it `verify` lays the report out again and compares; the property is declared as PDF/A asks for (ISO
19005-2, 6.6.2.3).
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, get_args
from xml.sax.saxutils import escape, unescape

from ...domain.laboratory.control_film import Verdict, VerdictKind
from ...domain.laboratory.reference_band import LEVELS, Reference
from ...language import present, tr
from ..summary.letterhead import Letterhead, read_logo
from ..summary.options import ReportOptions
from ..summary.summary import ReportContext, ReportSummary
from ..tables.summary_csv import whole_rows

NAMESPACE = "urn:rbc-desktop:report:1.0/"
_OPEN, _CLOSE = "<rbc:statement>", "</rbc:statement>"

MOST_BYTES = 500_000_000

Numbers = dict[str, str]
"""By what they are of: “target cell, percent” to “7.00”."""


@dataclass(frozen=True, slots=True)
class Statement:
    """How a report was made.

    Attributes:
        app_version: of the application.
        is_deidentified: then nothing else is stated.
        language: its code.
        options: what went in.
        context: with everything but a logo.
        logo_size: of the letterhead's logo in pixels, None without one.
        numbers: of the graded lines, in their order.
    """

    app_version: str
    is_deidentified: bool
    language: str = "en"
    options: ReportOptions | None = None
    context: ReportContext | None = None
    logo_size: tuple[int, int] | None = None
    numbers: Mapping[str, str] | None = None


def numbers_of(summary: ReportSummary) -> Numbers:
    """The numbers of the graded lines, as `sample.csv` has them."""
    of = ("cells", "red_cells", "percent", "percent_low_95", "percent_high_95", "grade", "suggested_grade",
          "confirmed_grade")  # fmt: skip
    return {f"{row['class']}, {name}": row.get(name, "") for row in whole_rows(summary) for name in of}


def statement_text(summary: ReportSummary, options: ReportOptions) -> str:
    """The property's text: JSON in ASCII."""
    context = summary.context
    stated: dict[str, Any] = {"app_version": context.app_version, "deidentified": context.is_deidentified}
    if not context.is_deidentified:
        logo = context.letterhead.logo
        stated |= {
            "language": present().code,
            "options": asdict(options),
            "made": context.generated.isoformat(),
            "segmenter": context.segmenter,
            "classifier": context.classifier,
            "device": context.device,
            "head": context.head,
            "letterhead": context.letterhead.text,
            "control": None if context.control is None else [context.control.kind, tr(context.control.text)],
            "reference": None if context.reference is None else asdict(context.reference),
            "logo": None if logo is None else read_logo(logo)[1:],
            "numbers": numbers_of(summary),
        }
    return json.dumps(stated)


def xmp_property(text: str) -> str:
    """The property with the schema that declares it, as parts of the packet."""
    return f"{_SCHEMA}  {_BEGIN}{_OPEN}{escape(text)}{_CLOSE}</rdf:Description>\n"


def read_statement(data: bytes) -> Statement:
    """What a PDF states.

    Raises:
        ValueError: when it states nothing, or something that no report of ours does.
    """
    start, end = data.rfind(_OPEN.encode()), data.rfind(_CLOSE.encode())
    if start < 0 or end < start:
        raise ValueError("nothing is stated")
    stated = json.loads(unescape(data[start + len(_OPEN) : end].decode("utf-8")))
    try:
        return _statement(stated)
    except (KeyError, TypeError, AttributeError) as error:
        raise ValueError("stated otherwise") from error


def _statement(stated: Any) -> Statement:
    version, is_deidentified = str(stated["app_version"]), bool(stated["deidentified"])
    if is_deidentified:
        return Statement(version, is_deidentified)
    logo = stated["logo"]
    return Statement(
        version,
        is_deidentified,
        str(stated["language"]),
        ReportOptions(**stated["options"]),
        ReportContext(
            app_version=version,
            generated=datetime.fromisoformat(stated["made"]),
            segmenter=str(stated["segmenter"]),
            classifier=str(stated["classifier"]),
            device=str(stated["device"]),
            head=str(stated["head"]),
            letterhead=Letterhead(str(stated["letterhead"])),
            control=_control(stated.get("control")),
            reference=_reference(stated.get("reference")),
        ),
        None if logo is None else (int(logo[0]), int(logo[1])),
        {str(name): str(value) for name, value in stated["numbers"].items()},
    )


def _control(stated: Any) -> Verdict | None:
    if stated is None:
        return None
    kind, text = stated
    if kind not in get_args(VerdictKind):
        raise TypeError("no verdict")
    return Verdict(kind, str(text))


def _reference(stated: Any) -> Reference | None:
    if stated is None:
        return None
    samples = {str(measure): int(count) for measure, count in stated["samples"].items()}
    bands = {str(m): tuple((float(low), float(high)) for low, high in band) for m, band in stated["bands"].items()}
    if any(len(band) != len(LEVELS) for band in bands.values()):
        raise TypeError("no band")
    return Reference(samples, bands)


def blank_logo(size: tuple[int, int], folder: Path) -> Path:
    """A picture that takes the room of a logo, for laying a report out again."""
    from PIL import Image

    path = folder / "logo.png"
    Image.new("RGB", (min(size[0], 2000), min(size[1], 2000)), "white").save(path)
    return path


_BEGIN = f'<rdf:Description rdf:about="" xmlns:rbc="{NAMESPACE}">'
_SCHEMA = f"""  <rdf:Description rdf:about="" xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/"
    xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#" xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#">
   <pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType="Resource">
    <pdfaSchema:schema>Report of RBC Desktop</pdfaSchema:schema>
    <pdfaSchema:namespaceURI>{NAMESPACE}</pdfaSchema:namespaceURI>
    <pdfaSchema:prefix>rbc</pdfaSchema:prefix>
    <pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource">
     <pdfaProperty:name>statement</pdfaProperty:name>
     <pdfaProperty:valueType>Text</pdfaProperty:valueType>
     <pdfaProperty:category>internal</pdfaProperty:category>
     <pdfaProperty:description>How the report was made, and its numbers, as JSON</pdfaProperty:description>
    </rdf:li></rdf:Seq></pdfaSchema:property>
   </rdf:li></rdf:Bag></pdfaExtension:schemas>
  </rdf:Description>
"""
