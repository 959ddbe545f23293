"""What opens over the window: cases, classes, sample, laboratory, settings."""
