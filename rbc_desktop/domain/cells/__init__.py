"""Cells: mask, prompts, measurements, prediction, reviewed class; one by one and as columns."""
