"""Batches of scenes with the prompts of a user."""
