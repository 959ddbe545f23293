"""The working case: its one mutator and the undo stack."""
