"""Which models run, and whether one from elsewhere can."""
