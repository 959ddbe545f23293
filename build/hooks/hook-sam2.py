"""Replaces the contributed hook, which collects all of sam2 with its configurations.

The application builds its networks in plain Python from the few modules that it imports; none reads its source.
"""

hiddenimports: list[str] = []
