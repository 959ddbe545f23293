"""The segmenter: prompts, window, trunk and heads of the compact SAM 2; the official networks beside it."""
