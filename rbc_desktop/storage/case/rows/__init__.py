"""Values of a case as rows of its file, and back."""
