"""Training and measuring the segmenter."""
