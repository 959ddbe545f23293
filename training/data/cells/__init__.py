"""Single cells cut from fields, and where each really ends."""
