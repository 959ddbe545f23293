"""The working case: its one mutator, the undo stack, and what each change means for what stands already."""
