"""OpenSlide's library lies in a package of its own, which is found by its name when it is loaded."""

from PyInstaller.utils.hooks import collect_dynamic_libs

hiddenimports = ["openslide_bin"]
binaries = collect_dynamic_libs("openslide_bin", search_patterns=["libopenslide*", "*.dll"])
excludedimports = ["openslide.deepzoom"]
