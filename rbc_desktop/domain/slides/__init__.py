"""Scanned films: what is known of one, where it can be read, and its regions."""
