"""Training of the cell classifier: masks for labelled cells, features, boosters, scores."""
