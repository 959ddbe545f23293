"""The graded sample as an HL7 FHIR bundle: a DiagnosticReport with one Observation per line.

Only elements that R4 and R4B share. The value of an Observation is the grade; shares, limits and counts are components
with local codes. Terminology isn't validated by anyone: LOINC codes come from a published value set.
https://hl7.org/fhir/R4B/diagnosticreport.html
"""

from __future__ import annotations

import json
import uuid
from pathlib import Path
from typing import Any

from ..codes import LOCAL_SYSTEM, LOINC, LOINC_SYSTEM, PANEL, iso_date, local_code
from ..summary.grades import GradeLine
from ..summary.summary import RUO_LINE, ReportSummary

UCUM = "http://unitsofmeasure.org"

_GENDERS = {
    "m": "male",
    "male": "male",
    "f": "female",
    "female": "female",
    "w": "female",
    "other": "other",
    "x": "other",
}


def write_fhir(path: Path, summary: ReportSummary) -> None:
    """Write the bundle as JSON in UTF-8; equal byte for byte for equal summaries.

    Raises:
        OSError: when the path can't be written to.
    """
    path.write_text(json.dumps(bundle(summary), indent=1, ensure_ascii=False) + "\n", encoding="utf-8")


def bundle(summary: ReportSummary) -> dict[str, Any]:
    """The bundle as plain dictionaries."""
    status = fhir_status(summary)
    patient = _patient(summary)
    specimen = _specimen(summary)
    subject = _reference(summary, "Patient")
    observations = [
        _observation(summary, line, status=status, subject=subject, specimen=_reference(summary, "Specimen"))
        for line in summary.sample.grades
    ]
    report = _diagnostic_report(summary, observations, status=status, subject=subject)
    resources = [report, patient, specimen, *observations]
    entries = [{"fullUrl": f"urn:uuid:{resource['id']}", "resource": resource} for resource in resources]
    return _filled({"resourceType": "Bundle", "type": "collection", "timestamp": _instant(summary), "entry": entries})


def fhir_status(summary: ReportSummary) -> str:
    """Preliminary until the report is final; a later version of a final report is an amended one."""
    if summary.sample.state != "final":
        return "preliminary"
    return "final" if summary.sample.version == 1 else "amended"


def _diagnostic_report(
    summary: ReportSummary, observations: list[dict[str, Any]], *, status: str, subject: dict[str, str]
) -> dict[str, Any]:
    identity = summary.identity
    who = [name for name in (identity.laboratory, identity.operator) if name.strip()]
    return _filled(
        {
            "resourceType": "DiagnosticReport",
            "id": _id(summary, "DiagnosticReport"),
            "identifier": _identifiers("accession", identity.accession),
            "status": status,
            "code": _code(PANEL[0], PANEL[1]),
            "subject": subject,
            "effectiveDateTime": iso_date(identity.collected),
            "issued": _instant(summary),
            "performer": [{"display": name.strip()} for name in who],
            "specimen": [_reference(summary, "Specimen")],
            "result": [{"reference": f"urn:uuid:{o['id']}"} for o in observations],
            "conclusion": "\n".join(filter(None, (*summary.sample.findings, identity.comment.strip(), RUO_LINE))),
        }
    )


def _observation(
    summary: ReportSummary, line: GradeLine, *, status: str, subject: dict[str, str], specimen: dict[str, str]
) -> dict[str, Any]:
    code, display = LOINC.get(line.name, ("", ""))
    scheme = summary.sample.graded_by(line)
    graded = f" Graded by {scheme}." if scheme else ""
    observation: dict[str, Any] = {
        "resourceType": "Observation",
        "id": _id(summary, f"Observation {line.name}"),
        "status": status,
        "code": _code(code, display, local=line.name),
        "subject": subject,
        "specimen": specimen,
        "method": {"text": f"{summary.counting_rule}{graded} rbc-desktop {summary.context.app_version}"},
        "note": [{"text": text} for text in _notes(line)],
        "component": _components(line),
    }
    if line.grade is not None:
        observation["valueCodeableConcept"] = {"text": line.grade}
    elif line.withheld or line.share is None:
        reason = "not-performed" if line.withheld else "unknown"
        system = "http://terminology.hl7.org/CodeSystem/data-absent-reason"
        observation["dataAbsentReason"] = _filled({"coding": [{"system": system, "code": reason}], "text": line.remark})
    return _filled(observation)


def _notes(line: GradeLine) -> list[str]:
    notes = [line.remark] if line.remark and line.grade is not None else []
    if line.suggested is not None and line.suggested.grade is not None:
        if line.confirmed is None:
            notes.append("Suggested, not confirmed by a person.")
        elif line.confirmed != line.suggested.grade:
            notes.append(f"Suggested: {line.suggested.grade}.")
        if line.suggested.is_borderline:
            notes.append(f"Borderline: the interval reaches from {line.suggested.low} to {line.suggested.high}.")
    return notes


def _components(line: GradeLine) -> list[dict[str, Any]]:
    shares = {"percentage": line.share, "percentage-low-95": line.low, "percentage-high-95": line.high}
    parts: list[dict[str, Any]] = [
        {"code": _code("", "", local=name), "valueQuantity": _percent(100 * share)}
        for name, share in shares.items()
        if share is not None
    ]
    if line.total and not line.withheld:
        parts.append({"code": _code("", "", local="cells"), "valueInteger": line.count})
        parts.append({"code": _code("", "", local="red cells counted"), "valueInteger": line.total})
    return parts


def _percent(value: float) -> dict[str, Any]:
    return {"value": round(value, 2), "unit": "%", "system": UCUM, "code": "%"}


def _patient(summary: ReportSummary) -> dict[str, Any]:
    identity = summary.identity
    return _filled(
        {
            "resourceType": "Patient",
            "id": _id(summary, "Patient"),
            "identifier": _identifiers("patient", identity.patient_id),
            "name": [{"text": identity.patient.strip()}] if identity.patient.strip() else [],
            "gender": _GENDERS.get(identity.sex.strip().lower(), "unknown" if identity.sex.strip() else ""),
            "birthDate": iso_date(identity.birth_date),
        }
    )


def _specimen(summary: ReportSummary) -> dict[str, Any]:
    identity = summary.identity
    return _filled(
        {
            "resourceType": "Specimen",
            "id": _id(summary, "Specimen"),
            "identifier": _identifiers("sample", identity.sample_id),
            "type": {"text": identity.specimen.strip() or "Peripheral blood smear"},
            "subject": _reference(summary, "Patient"),
            "receivedTime": iso_date(identity.received),
        }
    )


def _identifiers(kind: str, value: str) -> list[dict[str, str]]:
    return [{"system": f"urn:rbc-desktop:{kind}", "value": value.strip()}] if value.strip() else []


def _code(code: str, display: str, *, local: str = "") -> dict[str, Any]:
    coding = [{"system": LOINC_SYSTEM, "code": code, "display": display}] if code else []
    if local:
        coding.append({"system": LOCAL_SYSTEM, "code": local_code(local), "display": local})
    return {"coding": coding, "text": local or display}


def _reference(summary: ReportSummary, kind: str) -> dict[str, str]:
    return {"reference": f"urn:uuid:{_id(summary, kind)}"}


def _id(summary: ReportSummary, name: str) -> str:
    """The same for the same state of the same case."""
    seed = "/".join((summary.context.head, summary.identity.accession, summary.identity.sample_id, name))
    return str(uuid.uuid5(uuid.NAMESPACE_URL, f"rbc-desktop:{seed}"))


def _instant(summary: ReportSummary) -> str:
    """FHIR's instants have no form with a year alone."""
    return "" if summary.context.is_deidentified else summary.context.generated.isoformat(timespec="seconds")


def _filled(resource: dict[str, Any]) -> dict[str, Any]:
    """Without empty elements, which FHIR forbids."""
    return {name: value for name, value in resource.items() if value not in ("", [], {}, None)}
