"""Slides: scanned films that are read region by region, from the level that fits."""
