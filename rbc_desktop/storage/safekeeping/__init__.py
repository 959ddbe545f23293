"""What keeps work from being lost: unnamed cases, what a run has begun, recent cases, backups."""
