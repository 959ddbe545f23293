"""The gallery: cells of one field or all as tiles at one scale."""
