"""Theme, icons and class colours."""
