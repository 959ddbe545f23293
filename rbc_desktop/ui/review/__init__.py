"""The review bar: the cell in hand, magnified, with what the classifier suggests."""
