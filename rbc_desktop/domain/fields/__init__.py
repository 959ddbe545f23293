"""A field as an image: its scale, what can be seen on it, its parts, and how it is shown."""
