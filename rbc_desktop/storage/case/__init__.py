"""The case file: opened, locked, checked, written, audited, emptied of patient data."""
