"""Entries of the macOS bundle's Info.plist, used by the spec. Untested on macOS."""

from __future__ import annotations

from typing import Any

BUNDLE_ID = "org.rbc-desktop.rbc-desktop"
CASE_TYPE = f"{BUNDLE_ID}.case"


def info_plist(version: str) -> dict[str, Any]:
    """The entries besides those that PyInstaller writes itself.

    Args:
        version: of pyproject.toml.
    """
    return {
        "CFBundleDisplayName": "RBC Desktop",
        "CFBundleShortVersionString": version,
        "CFBundleVersion": version,
        "LSMinimumSystemVersion": "13.0",  # Qt 6.11 needs it
        "LSApplicationCategoryType": "public.app-category.medical",
        "NSHighResolutionCapable": True,
        "NSRequiresAquaSystemAppearance": False,
        "NSHumanReadableCopyright": "MIT licence. For Research Use Only. Not for use in diagnostic procedures.",
        "CFBundleDocumentTypes": [
            {
                "CFBundleTypeName": "Red cell case",
                "CFBundleTypeRole": "Editor",
                "CFBundleTypeIconFile": "case.icns",
                "LSHandlerRank": "Owner",
                "LSItemContentTypes": [CASE_TYPE],
            },
            {
                "CFBundleTypeName": "Image",
                "CFBundleTypeRole": "Viewer",
                "LSHandlerRank": "Alternate",
                "LSItemContentTypes": ["public.png", "public.jpeg", "public.tiff", "com.microsoft.bmp"],
            },
        ],
        "UTExportedTypeDeclarations": [
            {
                "UTTypeIdentifier": CASE_TYPE,
                "UTTypeDescription": "Red cell case",
                "UTTypeConformsTo": ["public.data", "public.database"],
                "UTTypeIconFile": "case.icns",
                "UTTypeTagSpecification": {
                    "public.filename-extension": ["rbc"],
                    "public.mime-type": ["application/x-rbc-case"],
                },
            }
        ],
    }
