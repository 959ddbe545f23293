"""A field as a whole: scale, quality, why it is empty, where a film can be read."""
