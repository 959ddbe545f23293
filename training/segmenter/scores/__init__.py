"""What the segmenter is worth, measured as the application runs it."""
