"""Many images into one case: who does the work, here or on other machines."""
