"""Many images without a window: one after the other, in several processes, or as they come."""
