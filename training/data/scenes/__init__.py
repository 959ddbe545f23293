"""Training scenes: composed, drawn or cut from real fields, with what is known of every pixel."""
