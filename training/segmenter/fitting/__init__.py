"""How the segmenter is trained and tuned."""
