"""Training data, training, evaluation and model cards. Nothing in the application imports this."""
