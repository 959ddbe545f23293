"""What the models learn from: photographed fields, cells cut from them, composed scenes, prepared sets."""
