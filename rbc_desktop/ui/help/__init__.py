"""Manual, keyboard shortcuts, About."""
