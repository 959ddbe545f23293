"""The software bill of materials as CycloneDX 1.6 JSON; the same text for the same parts."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from cyclonedx.model import HashAlgorithm, HashType, Property
from cyclonedx.model.bom import Bom, BomMetaData
from cyclonedx.model.component import Component, ComponentType
from cyclonedx.model.component_evidence import ComponentEvidence, Occurrence
from cyclonedx.model.license import DisjunctiveLicense, License, LicenseExpression
from cyclonedx.model.lifecycle import LifecyclePhase, PredefinedLifecycle
from cyclonedx.output.json import JsonV1Dot6
from cyclonedx.spdx import is_supported_id
from packageurl import PackageURL

from rbc_desktop.storage.parts import Part

_TYPES = {
    "application": ComponentType.APPLICATION,
    "model": ComponentType.MACHINE_LEARNING_MODEL,
    "font": ComponentType.DATA,
    "runtime": ComponentType.PLATFORM,
}
"""CycloneDX's types of our kinds; all others are libraries."""


@dataclass(frozen=True, slots=True)
class Listed:
    """A part of a frozen folder with what only the build knows.

    Attributes:
        sha256: of its file; of several files that of their checksum lines (`sha256  path`, as in SHA256SUMS).
        paths: its files inside the folder, sorted.
    """

    part: Part
    sha256: str
    paths: tuple[str, ...]


def bill_of_materials(listed: Sequence[Listed], *, timestamp: int) -> str:
    """The document. The first part of kind "application" is what it is about; all others are its components.

    Args:
        listed: every part, sorted.
        timestamp: seconds since 1970, of the commit that was built.
    """
    main = next(one for one in listed if one.part.kind == "application")
    root, components = _component(main), [_component(one) for one in listed if one is not main]
    bill = Bom(
        serial_number=uuid.uuid5(uuid.NAMESPACE_URL, repr(listed)),
        metadata=BomMetaData(
            timestamp=datetime.fromtimestamp(timestamp, UTC),
            lifecycles=[PredefinedLifecycle(phase=LifecyclePhase.BUILD)],
            component=root,
        ),
        components=components,
    )
    bill.register_dependency(root, components)
    return JsonV1Dot6(bill).output_as_string(indent=1) + "\n"


def _component(one: Listed) -> Component:
    part = one.part
    reference = f"{part.kind}/{part.name}@{part.version}"
    component = Component(
        type=_TYPES.get(part.kind, ComponentType.LIBRARY),
        bom_ref=reference,
        name=part.name,
        version=part.version,
        description=part.purpose,
        hashes=[HashType(alg=HashAlgorithm.SHA_256, content=one.sha256)],
        licenses=[_licence(part.licence)],
        purl=PackageURL.from_string(part.purl),
    )
    if len(one.paths) <= 20:
        found = [Occurrence(location=path, bom_ref=f"{reference}#{path}") for path in one.paths]  # the references sort
        component.evidence = ComponentEvidence(occurrences=found)
    if len(one.paths) > 1:
        note = f"SHA-256 of the lines of SHA256SUMS of its {len(one.paths)} files, sorted by path"
        component.properties.add(Property(name="rbc-desktop:hash", value=note))
    return component


def _licence(expression: str) -> License:
    """One identifier as such, so that scanners which know no expressions read it; all else as an expression."""
    if is_supported_id(expression):
        return DisjunctiveLicense(id=expression)
    return LicenseExpression(expression)
