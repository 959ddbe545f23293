"""Files: images, case files, settings, paths."""
