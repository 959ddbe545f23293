"""The panel beside the image: table, counts, thumbnails."""
