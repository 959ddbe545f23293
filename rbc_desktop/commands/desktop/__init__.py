"""The window put together, its splash, its process, and the last resort when it fails."""
