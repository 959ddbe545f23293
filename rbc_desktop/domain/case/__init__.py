"""The case, what a step changes in it, and the trail of those steps."""
