"""A whole slide: its overview, its regions, and where its film can be read."""
