"""The inference thread, its scheduler and the analysis pipeline."""
