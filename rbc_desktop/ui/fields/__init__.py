"""The strip of fields and the place of the image."""
