"""How single values stand in a case file, and whether what stands there can be believed."""
