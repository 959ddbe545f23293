"""What is said: the status line, the message bar, the hint on the next key."""
