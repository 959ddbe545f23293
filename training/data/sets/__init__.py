"""The data sets: fields with their labels, prepared sets, folds and crops of them."""
