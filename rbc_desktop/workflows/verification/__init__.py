"""Whether a case and what was exported from it are what they say."""
