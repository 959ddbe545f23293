"""From tiles and seeds to clean masks, what they leave uncovered, and how a hand mends them."""
