"""The calibration dialog."""
