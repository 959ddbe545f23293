"""Pixels: pure functions on arrays, without a network."""
