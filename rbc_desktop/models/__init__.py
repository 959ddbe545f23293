"""Models: the compact SAM 2 segmenter, the LightGBM classifier, and those that a laboratory brings."""
