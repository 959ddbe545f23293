"""Models of the application: the compact SAM 2 segmenter and the LightGBM classifier."""
