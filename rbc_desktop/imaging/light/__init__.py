"""Light through a field: which part shows the smear, its background, optical density, stain."""
