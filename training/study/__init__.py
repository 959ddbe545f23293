"""The study of AneRBC, reproduced end to end: ``python -m training.study`` runs every step (see docs/study.md)."""
