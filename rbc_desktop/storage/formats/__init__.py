"""What is in image files, by format: bytes to upright RGB, or one sentence that says why not."""
