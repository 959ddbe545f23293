"""Retraining the classifier on a laboratory's reviewed cells."""
